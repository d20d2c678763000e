"""Of a long list of mistakes three stand open; nothing is lost behind the fold."""

import sys
from pathlib import Path

import pytest
from docutils import nodes

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_ext"))

from book_folds import choose, fold


def definitions(*terms):
    return nodes.definition_list(
        "", *(nodes.definition_list_item("", nodes.term("", term), nodes.definition("")) for term in terms)
    )


def box(*children):
    return nodes.admonition("", nodes.title("", "What goes wrong"), *children, classes=["mistake"])


def terms(node):
    return [term.astext() for term in node.findall(nodes.term)]


@pytest.mark.parametrize(
    ("lengths", "chosen"),
    [([9], [(0, 0), (0, 1), (0, 2)]), ([2, 3, 4, 5], [(0, 0), (1, 0), (2, 0)]), ([3, 1], [(0, 0), (0, 1), (1, 0)])],
)
def test_the_first_of_each_list_stands_open(lengths, chosen):
    assert choose(lengths) == chosen


def test_all_mistakes_of_a_folded_box_are_still_there():
    said = nodes.paragraph("", "The names are those of the check.")
    one, two = nodes.paragraph("", "In the sum:"), nodes.paragraph("", "In the loop:")
    folded = box(said, one, definitions("a", "b", "c"), two, definitions("d", "e"))
    fold(folded)
    assert terms(folded) == ["a", "b", "d", "c", "e"]
    kinds = [type(child).__name__ for child in folded.children]
    assert kinds == ["title", "paragraph", "definition_list", "raw", *["paragraph", "definition_list"] * 2, "raw"]
    assert "All 5: the other 2" in folded.children[3].astext()


def test_a_heading_whose_list_stands_open_goes_with_it():
    folded = box(nodes.paragraph("", "First:"), definitions("a"), nodes.paragraph("", "Then:"), definitions(*"bcdef"))
    fold(folded)
    assert [node.astext() for node in folded.findall(nodes.paragraph)] == ["Then:"]


def test_a_short_box_stays_as_it_is():
    short = box(definitions("a", "b", "c", "d"))
    before = short.pformat()
    fold(short)
    assert short.pformat() == before


def test_the_book_folds_its_long_boxes(site):
    chapter = [path.read_text(encoding="utf-8") for path in (site / "book").glob("03_*.html")]
    assert sum(page.count('<details class="rest">') for page in chapter) >= 5
    page = (site / "book" / "03_bptt.html").read_text(encoding="utf-8")
    assert page.index("no-recurrent-term</span>") < page.index(
        '<details class="rest">', page.index('id="the-recursion"')
    )
