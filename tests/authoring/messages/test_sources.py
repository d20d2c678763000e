"""What a file says is found, in each of the languages in which the package is written."""

import re

import pytest

from rnncourse.authoring.messages.package import PACKAGE, all_messages
from rnncourse.authoring.messages.sources import PASSING_ON, NotAMessageError, messages_of
from rnncourse.interactive.explorers.explorer import FOLDER

IMPORT = "from rnncourse.language import phrase, say\n"
PYTHON = """
def answer(name, many, record):
    say("two pieces " "of {name}", name=phrase("a name"))
    say("many" if many else "one")
    label.say(name)
    return say(record.hint)
"""
PAGE = """<h2 id="points">{{ say("Points") }}</h2>
<p aria-label="{{ say("Feedback for \\"{student}\\"", student=student) }}">{{ essay("no") }}</p>
"""
SCRIPT = r"""import { tell } from "./words.js";
label.textContent = tell("the state " + "at t = {t}", { t });
foretell("no");
say({ kind: "output" });
  tell(
    "β is \"0.9\"");
"""


def test_templates_are_found_in_their_order():
    assert messages_of(IMPORT + PYTHON, "a.py") == ["two pieces of {name}", "a name", "many", "one"]
    assert messages_of(PAGE, "a.html.j2") == ["Points", 'Feedback for "{student}"']
    assert messages_of(SCRIPT, "a.js") == ["the state at t = {t}", 'β is "0.9"']


def test_only_what_is_the_package_s_own_says():
    assert messages_of(PYTHON, "a.py") == []
    assert messages_of('from rnncourse.language import say as told\ntold("a")\nsay(1)', "a.py") == ["a"]
    assert messages_of('def say(template):\n    return template\n\nsay("a")', "language.py") == ["a"]


@pytest.mark.parametrize("given", ['f"uses {name}"', "name", '"a" + "b"', '"a".format(1)', '"a" if b else name'])
@pytest.mark.parametrize("function", ["say", "phrase"])
def test_what_is_not_written_out_is_refused(function, given):
    source = f"{IMPORT}{function}({given})"
    with pytest.raises(NotAMessageError, match="line 2"):
        list(messages_of(source, "a.py"))
    if '"' not in given:
        assert messages_of(source, PASSING_ON[0]) == []


def test_a_template_says_its_messages_in_order():
    source = '{% if x %}{{ say("one {part}", part=x | length) }}{% endif %}\n<p>{{ names | join(say(", ")) }}</p>'
    assert messages_of(source, "page.j2") == ["one {part}", ", "]


def test_what_is_no_text_is_refused():
    with pytest.raises(ValueError, match="line 2: say is given no text"):
        messages_of("\n{{ say(title) }}", "page.j2")


def test_why_a_message_of_a_process_is_refused_is_a_message():
    source = '_demand(x, "no shape")\nraise ProtocolError("too long")\n_demand(y, "no shape")\n_demand(y, why)\n'
    assert messages_of(source, "grading/sandbox/protocol/decoding.py") == ["no shape", "too long"]
    assert messages_of(source, "a.py") == []


def test_all_are_listed_with_their_files():
    found = [(message.text, message.file) for message in all_messages()]
    assert ("Your notebook", "grading/templates/feedback.html.j2") in found
    assert ("half is left", "interactive/explorers/browser/lstm_gates.js") in found
    for path in [*(PACKAGE / "grading" / "templates").glob("*.j2"), *FOLDER.glob("*.js")]:
        source = re.sub(r"export function tell\(", "", path.read_text(encoding="utf-8"))
        called = len(re.findall(r"\b(?:say|tell)\(", source)) if path.suffix == ".j2" else source.count("tell(")
        assert called == len([file for _, file in found if file == path.relative_to(PACKAGE).as_posix()]), path
