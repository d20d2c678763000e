"""Every section that a misconception points to is in the book."""

from pathlib import Path

import pytest

from rnncourse.misconceptions import CATALOGUE

BOOK = Path(__file__).parents[2] / "book"
SECTIONS = sorted({one.see for known in CATALOGUE.values() for one in known})


@pytest.mark.parametrize("section", SECTIONS)
def test_section_is_in_the_book(section):
    page, anchor = section.split("#")
    assert f"({anchor})=" in (BOOK / f"{page}.md").read_text(encoding="utf-8")
