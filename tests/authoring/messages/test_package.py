"""All that the package says is found, and a catalogue keeps its translations when it is brought up to date."""

import re
import string

import pytest

from rnncourse.authoring.messages.package import Message, all_messages, updated
from rnncourse.language import ENGLISH, FOLDER, LANGUAGES, read_po
from rnncourse.misconceptions import CATALOGUE


def test_what_every_mistake_says_is_found():
    found = {message.text for message in all_messages()}
    assert found >= {text for records in CATALOGUE.values() for each in records for text in (each.says, each.hint)}


def written(text):
    """Read a catalogue's messages, without its head."""
    return {entry: translation for entry, translation in read_po(text) if entry}


def test_a_catalogue_keeps_its_translations():
    one, more, gone = Message("one", "b.py"), Message('a "{part}"\n', "a.py"), Message("gone {away}", "b.py")
    first = updated("", "zh_CN", [one, gone])
    assert written(first) == {"one": "", "gone {away}": ""}
    translated = first.replace('"one"\nmsgstr ""', '"one"\nmsgstr "一"').replace(
        '}"\nmsgstr ""', '}"\nmsgstr "走 {away}"'
    )
    second = updated(translated, "zh_CN", [more, one])
    assert written(second) == {'a "{part}"\n': "", "one": "一"}
    assert '#~ msgid "gone {away}"' in second
    assert updated(second, "zh_CN", [more, one]) == second
    assert written(updated(second, "zh_CN", [one, gone])) == {"one": "一", "gone {away}": "走 {away}"}


def test_a_message_names_each_file_once_and_no_line():
    text = updated("", "zh_CN", [Message("one", "a.py", "an exercise"), Message("one", "a.py"), Message("one", "b.py")])
    assert "#. an exercise\n#: a.py b.py\nmsgid" in text


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != ENGLISH])
def test_the_catalogue_is_up_to_date(language):
    """`make messages` brings it there."""
    text = (FOLDER / language / "LC_MESSAGES" / "rnncourse.po").read_text(encoding="utf-8")
    assert list(written(text)) == list(written(updated(text, language, all_messages())))


MARKS = {
    "parts": re.compile(r"\{\w+(?:![rs])?(?::[^{}]*)?\}"),
    "code": re.compile(r"`[^`]+`"),
    "maths": re.compile(r"\$[^$]+\$"),
    "tags": re.compile(r"</?\w[^<>]*>"),
}
NAMES = re.compile(r"[A-Za-z0-9]+_\w+", re.ASCII)
"""Names of the code, which stand in messages without backticks: "the bias b_h is never added"."""


def kept(text):
    """List what a translation has to keep: parts, code and maths as often as they are there, names at all."""
    return {kind: sorted(mark.findall(text)) for kind, mark in MARKS.items()} | {"names": {*NAMES.findall(text)}}


def lost(language):
    """List the messages whose translation has not kept what it has to."""
    path = FOLDER / language / "LC_MESSAGES" / "rnncourse.po"
    entries = written(path.read_text(encoding="utf-8")).items()
    return [(text, translation) for text, translation in entries if translation and kept(text) != kept(translation)]


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != ENGLISH])
def test_a_translation_keeps_parts_code_and_maths(language):
    assert lost(language) == []


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        ("uses {name}", "用了"),
        ("is {got:.6g}", "是 {got}"),
        ("`h_t`, the state", "状态"),
        ("$T$ steps", "$B$ 步"),
        ("the bias b_h", "偏置 b_y"),
    ],
)
def test_what_a_translation_loses_is_seen(text, translation):
    assert kept(text) != kept(translation) and kept(text) == kept(f"{text}。")


def test_the_parts_of_a_template_have_names():
    """Whoever translates has to know what a part is, and may put it anywhere."""
    for message in all_messages():
        parts = [name for _, name, _, _ in string.Formatter().parse(message.text) if name is not None]
        assert all(name.isidentifier() for name in parts), message
