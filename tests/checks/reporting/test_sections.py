"""The titles that reports give to sections are the book's own."""

import re
from pathlib import Path

import pytest

from rnncourse.checks.reporting.sections import CHAPTERS, SECTIONS, section_title
from rnncourse.misconceptions import CATALOGUE

ROOT = Path(__file__).parents[3]
CONTENTS = dict(re.findall(r"file: book/(\S+)\n\s+title: (.*)", (ROOT / "_toc.yml").read_text(encoding="utf-8")))
NAMED = sorted({misconception.see for known in CATALOGUE.values() for misconception in known})


def heading(page, anchor):
    """Find the heading under an anchor: its marks of level, and its text as a terminal can show it."""
    text = (ROOT / "book" / f"{page}.md").read_text(encoding="utf-8")
    level, title = re.search(rf"^\({re.escape(anchor)}\)=\n+(#+) (.*)$", text, re.MULTILINE).groups()
    return level, title.replace(r"$\delta_y$", "δ_y")


@pytest.mark.parametrize("section", NAMED)
def test_a_title_is_that_of_the_book(section):
    page, anchor = section.split("#")
    level, title = heading(page, anchor)
    assert section_title(section) == (CONTENTS[page] if level == "#" else f"{CONTENTS[page]}, {title}")


def test_no_title_is_left_over():
    pages, anchors = ({section.split("#")[k] for section in NAMED} for k in (0, 1))
    assert CHAPTERS.keys() <= pages and SECTIONS.keys() <= anchors
