"""Words are what is left of a text without maths, code, tags and addresses."""

import pytest

from rnncourse.authoring.messages.words import has_words


@pytest.mark.parametrize(
    "text",
    ["returns `dx`", "$x$ and $y$", r"$\text{mean}$", "$$\na = \\text{from its own output}\n$$", "a <b>word</b>"],
)
def test_words_are_found(text):
    assert has_words(text)


@pytest.mark.parametrize(
    "text", ["", "`(T, B)`", r"$\tanh x$", "$$\\sum_t\nx$$", "https://a.org/b", "<br>", "1 + x", "—"]
)
def test_there_are_none_in_maths_code_tags_and_addresses(text):
    assert not has_words(text)
