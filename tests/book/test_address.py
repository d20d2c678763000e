"""Each page says what it is about and where it lives, and a report's links stay in the copy that one reads."""

import re
import sys
from pathlib import Path

from docutils import nodes

from rnncourse.addresses import project_address

BOOK = project_address("Book")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from book_address import LONGEST, describe, shorten, stay_inside  # noqa: E402


def test_a_description_keeps_whole_sentences():
    assert shorten("One.  Two\nthree. Four is too long.", 15) == "One. Two three."
    assert shorten("no end in sight at all", 12) == "no end in …"


def test_a_page_is_described_by_its_lead():
    facts = nodes.container("", nodes.paragraph("", "10 minutes"), classes=["facts"])
    lead = nodes.container("", nodes.paragraph("", "The lead."), classes=["lead"])
    section = nodes.section("", nodes.title("", "T"), facts, lead, nodes.paragraph("", "Later."))
    assert describe(nodes.container("", section)) == "The lead."
    section.remove(lead)
    assert describe(nodes.container("", section)) == "Later."


def test_links_of_a_report_lead_to_the_page_beside_this_one():
    inside = stay_inside(f"<a href='{BOOK}book/05_lstm.html#sec-cell'>5</a>", BOOK)
    assert inside == "<a href='05_lstm.html#sec-cell'>5</a>"
    canonical = f'<link rel="canonical" href="{BOOK}book/index.html" />'
    assert stay_inside(canonical, BOOK) == canonical


def test_every_page_has_a_description_and_a_canonical_address(site):
    pages = [site / "index.html", *(site / "book").glob("*.html")]
    described = {}
    for path in pages:
        head = path.read_text(encoding="utf-8").split("</head>")[0]
        (text,) = re.findall(r'<meta name="description" content="([^"]+)"', head)
        (canonical,) = re.findall(r'<link rel="canonical" href="([^"]+)"', head)
        described[path.name, path.parent.name] = text
        assert 10 < len(text) <= LONGEST + 25, path.name  # an apostrophe is five characters of HTML
        assert canonical == f"{BOOK}book/{path.name}"
    assert len(set(described.values())) == len(pages)


def test_no_answer_on_a_page_links_to_the_published_book(site):
    for path in (site / "book").glob("*.html"):
        assert not re.search(rf"<a [^>]*href=['\"]{re.escape(BOOK)}", path.read_text(encoding="utf-8"))
