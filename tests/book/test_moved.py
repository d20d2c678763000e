"""What a section can be linked by is collected, and what docutils only counts is not."""

import sys
from pathlib import Path

from docutils import nodes

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_ext"))

from book_moved import anchors


def test_anchors_are_the_names_of_places():
    page = nodes.document(None, None)
    section = nodes.section(
        "", nodes.paragraph("", "", nodes.reference("", "", ids=["id12"])), ids=["the-loss", "sec-loss"]
    )
    page += [section, nodes.math_block("", "x", ids=["equation-loss"]), nodes.section("", ids=["sec-loss"])]
    assert anchors(page) == ["the-loss", "sec-loss", "equation-loss"]
