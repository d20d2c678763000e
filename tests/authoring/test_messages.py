"""All that the package says is found, and a catalogue keeps its translations when it is brought up to date."""

import pytest

from rnncourse.authoring.messages import Message, NotAMessageError, all_messages, messages_of, updated
from rnncourse.language import ENGLISH, FOLDER, LANGUAGES, read_po
from rnncourse.misconceptions import CATALOGUE

SOURCE = """
def answer(name, many, record):
    say("two pieces " "of {name}", name=name)
    say("many" if many else "one")
    label.say(name)
    return say(record.hint)
"""


def test_templates_are_found_in_their_order():
    assert [message.text for message in messages_of(SOURCE, "a.py")] == ["two pieces of {name}", "many", "one"]


@pytest.mark.parametrize("given", ['f"uses {name}"', "name", '"a" + "b"', '"a".format(1)', '"a" if b else name'])
def test_what_is_not_written_out_is_refused(given):
    with pytest.raises(NotAMessageError, match="line 1"):
        messages_of(f"say({given})", "a.py")


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
