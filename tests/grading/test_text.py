"""Whatever a text holds, made valid it can be written, shown and read; and valid text stays as it is."""

import io
import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnncourse.grading.text import one_line, valid

ANY = st.text(st.characters(categories=None, exclude_categories=()), max_size=200)
PIECES = st.lists(st.sampled_from(["\x1b", "[", "]", "0;1", "m", "\x07", "\\", "\ud800", "\x9b", "P", "a", "\n", "\0"]))


@given(ANY | PIECES.map("".join))
def test_valid_text_can_be_encoded_and_commands_no_terminal(text):
    made = valid(text)
    assert made.encode().decode() == made
    assert not any((ord(one) < 32 and one not in "\t\n\r") or 0x7F <= ord(one) < 0xA0 for one in made)
    assert json.loads(json.dumps(made, ensure_ascii=False).encode()) == made
    assert io.TextIOWrapper(io.BytesIO(), encoding="utf-8").write(made) == len(made)
    assert valid(made) == made


@given(st.text(string.printable.replace("\x0b", "").replace("\x0c", "") + "äλ中\U0001f600\u200d"))
def test_ordinary_text_stays_as_it_is(text):
    assert valid(text) is text


@pytest.mark.parametrize(
    "text, made",
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07name", "name"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPdevice\x1b\\rest", "rest"),
        ("half \ud83d", "half \ufffd"),
        ("bell\x07, nothing\0, \x7f", "bell\u2407, nothing\u2400, \u2421"),
        ("\x9b31m", "\ufffd31m"),
        ("alone \x1b", "alone \u241b"),
    ],
)
def test_what_is_made_of_each_kind(text, made):
    assert valid(text) == made


def test_long_text_is_cut_and_says_how_much():
    assert valid("x" * 30, 10) == "xxxxxxxxxx ... 20 characters left out ..."


@given(ANY)
def test_one_line_has_no_line_end_and_a_length(text):
    made = one_line(text, 50)
    assert len(made) <= 50 and len(made.splitlines()) <= 1
