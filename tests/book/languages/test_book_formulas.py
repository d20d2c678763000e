"""The Chinese edition has the formulas of the English one: all of them, sign by sign; only words in them differ."""

import re
from collections import Counter

import pytest
from support.contents import book_pages

BLOCK = re.compile(r'<math[^>]*display="block".*?</math>', re.DOTALL)
SIGN = re.compile(r"<m([ino])[^>]*>([^<]*)</m\1>")


def signs(page):
    """Count the letters, numbers and signs of each displayed formula; not the words."""
    return [Counter(SIGN.findall(formula)) for formula in BLOCK.findall(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("name", book_pages())
def test_every_formula_is_the_same_in_both_editions(site, name):
    assert signs(site / "zh" / f"{name}.html") == signs(site / f"{name}.html")


def test_there_are_many(site):
    assert sum(len(signs(site / f"{name}.html")) for name in book_pages()) > 100
