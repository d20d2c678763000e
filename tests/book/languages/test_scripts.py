"""What a script says is found, and every script says what a reader reads."""

import re
from pathlib import Path

from scripts import BOOK, said_in, script_messages


def test_templates_are_found():
    assert said_in('say("One {x}", { x }); say(\n  "a \\"b\\"");essay("no")') == ["One {x}", 'a "b"']


def test_every_message_is_of_a_script():
    found = script_messages()
    assert {"Check", "Stopped.", "{found} of {all} mistakes"} <= found.keys()
    assert all(isinstance(path, Path) and path.is_file() for path in found.values())


def test_no_script_says_a_sentence_in_english_alone():
    for path in (BOOK / "_exercise").glob("*.mjs"):
        text = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
        sentences = re.findall(r'(?<!say\()(?<!say\(\n)["`]([A-Z][a-z]+ [a-z][^"`]*)["`]', text)
        assert [said for said in sentences if said not in script_messages()] == [], path.name
