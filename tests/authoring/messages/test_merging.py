"""A catalogue that is brought up to date keeps what is translated, and does not change when nothing has."""

from rnncourse.authoring.messages.merging import merged, update
from rnncourse.language import read_po

OLD = """#. by a tool
#, fuzzy
msgid ""
msgstr ""
"POT-Creation-Date: 2026-11-29 12:14+0000\\n"

#: ../elsewhere/a.md:8
msgid "stays"
msgstr "留下"

#: ../elsewhere/a.md:9
msgid "goes"
msgstr "走了"

#, fuzzy
msgid "was guessed"
msgstr "猜的"
"""
MESSAGES = {"new": ["book/a.md"], "stays": ["book/a.md", "book/b.md"], "was guessed": ["book/a.md"]}


def test_translations_stay_and_guesses_do_not():
    text = merged(OLD, "zh_CN", MESSAGES)
    assert dict(read_po(text)) | {"": ""} == {"": "", "new": "", "stays": "留下", "was guessed": ""}
    assert "#: book/a.md book/b.md\n" in text and "fuzzy" not in text and "2026" not in text
    assert '#~ msgid "goes"' in text


def test_the_same_messages_give_the_same_bytes():
    once = merged(OLD, "zh_CN", MESSAGES)
    assert merged(once, "zh_CN", MESSAGES) == once
    back = merged(once, "zh_CN", MESSAGES | {"goes": ["book/a.md"]})
    assert dict(read_po(back))["goes"] == "走了"


def test_a_file_is_touched_only_where_it_changes(tmp_path):
    path = tmp_path / "a" / "b.po"
    assert update(path, "zh_CN", MESSAGES) == 3
    before = path.stat().st_mtime_ns
    assert update(path, "zh_CN", MESSAGES) == 3
    assert path.stat().st_mtime_ns == before
