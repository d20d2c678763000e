"""Everything that an explorer says is a message, and is handed to the page in its language."""

import json
import re

import pytest
from support.bracketed_language import bracketed_language, unsaid
from support.node import evaluate

from rnncourse.interactive import explorers
from rnncourse.interactive.explorers.words import MODULE, PLACE, told_messages, with_words

NAMES = explorers.__all__
PAGE = """<!doctype html><html lang="zh-CN"><head><title>Explorer</title></head><body><main>{}</main></body></html>"""
DATA = {"max", "norm", "tanh", "Wxh", "Whh"}
"""Names of the notation; they are the same in every language."""
SEEN = """() => {
  const root = document.querySelector(".rnn-explorer");
  const said = [...root.querySelectorAll("label span, label output, button, option, p, td, th, .equation, svg text")]
    .filter((node) => !node.hasAttribute("xml:space")).map((node) => node.textContent);
  for (const name of ["aria-label", "aria-valuetext"])
    said.push(...[...root.querySelectorAll(`[${name}]`)].map((node) => node.getAttribute(name)));
  return said;
}"""


def test_messages_are_found_where_they_are_told():
    source = 'tell("one"); tell(\n  "two {x}, " +\n    "and \\"more\\"",\n  { x },\n); retell("no"); tell(variable)'
    assert told_messages(source) == ["one", 'two {x}, and "more"']


def test_a_message_is_told_with_its_parts():
    found = evaluate(MODULE, '[module.tell("{b} before {a}: {b}", { a: 1, b: "{a}" }), module.tell("as it is")]')
    assert found == ["{a} before 1: {a}", "as it is"]


def test_sentences_follow_one_another():
    assert evaluate(MODULE, 'module.sentences("One.", "", "Two.", "Three.")') == "One. Two. Three."


def test_in_english_nothing_is_handed_over():
    modules = [(MODULE, PLACE), ("a.js", 'tell("x")')]
    assert with_words(modules) == modules


def test_only_what_an_explorer_tells_is_handed_over():
    with bracketed_language():
        (_, words), _ = with_words([(MODULE, PLACE), ("a.js", 'tell("x")')])
    assert json.loads(words.removeprefix("const said = ").removesuffix(";")) == {"x": "⟦x⟧"}


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_a_message(browser, name):
    page = browser.new_page()
    trouble = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    with bracketed_language():
        explorer = getattr(explorers, name)()
        assert not unsaid(explorer.summary)
        page.set_content(PAGE.format(explorer._repr_html_()))
    page.locator(".rnn-explorer svg").first.wait_for()
    texts = page.evaluate(SEEN)
    for control in page.locator(".rnn-explorer input").all():
        control.focus()
        page.keyboard.press("End")
        texts += page.evaluate(SEEN)
    page.close()
    assert any("⟦" in text for text in texts) and trouble == []
    written = getattr(explorer, "config", {}).get("samples", [])
    for text in texts:
        for sample in written:  # what the model wrote is no message
            text = text.replace(sample, "")
        assert not set(unsaid(text)) - DATA, text
        assert not re.search(r"\{\w+\}|undefined", text), text


def test_what_an_explorer_may_say_is_recorded(tmp_path, monkeypatch):
    monkeypatch.setattr("rnncourse.language._recorded", set())
    monkeypatch.setenv("RNNCOURSE_SAID", str(tmp_path / "said"))
    with_words([("words.js", "const said = {};"), ("a.js", 'tell("At step {t}")')])
    assert (tmp_path / "said").read_text(encoding="utf-8") == "'At step {t}'\n"
