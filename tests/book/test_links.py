"""Every internal link leads somewhere, and every promise of the package about the book holds."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from rnncourse.misconceptions import CATALOGUE

ROOT = Path(__file__).resolve().parents[2]
MISCONCEPTIONS = [one for exercise in CATALOGUE.values() for one in exercise]


class Page(HTMLParser):
    """The ids of a page, what it links to, and what a browser loads for it."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.loads = set(), [], []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if attributes.get("id"):
            self.ids.add(attributes["id"])
        if tag == "a" and attributes.get("href"):
            self.links.append(attributes["href"])
        elif tag == "link" and attributes.get("rel") in ("stylesheet", "preload", "icon"):
            self.loads.append(attributes["href"])
        elif tag in ("script", "img", "iframe", "source") and attributes.get("src"):
            self.loads.append(attributes["src"])


@pytest.fixture(scope="module")
def pages(site):
    return {path.resolve(): Page(path) for path in site.rglob("*.html") if "_static" not in path.parts}


def broken(path, page, pages):
    """The internal links of a page that lead nowhere."""
    for link in page.links + page.loads:
        parts = urlsplit(link)
        if parts.scheme:
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if not target.is_file() or (
            parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids
        ):
            yield link


def test_internal_links_and_anchors(pages):
    found = {path.name: list(broken(path, page, pages)) for path, page in pages.items()}
    assert {name: links for name, links in found.items() if links} == {}


def test_no_page_names_another_host_to_load_from(pages):
    loads = [load for page in pages.values() for load in page.loads]
    assert [load for load in loads if urlsplit(load).netloc] == []


def test_the_book_explains_what_the_checks_point_to(site, pages):
    for misconception in MISCONCEPTIONS:
        page, _, anchor = misconception.see.partition("#")
        path = (site / "book" / f"{page}.html").resolve()
        if path not in pages:
            pytest.fail(f"{misconception.label} points to {misconception.see}; there is no such page")
        assert anchor in pages[path].ids, f"{misconception.label} points to {misconception.see}"


def test_mistakes_named_in_the_book_are_in_the_catalogue():
    named = {
        label
        for path in (ROOT / "book").glob("0*.md")
        for label in re.findall(r"^`([\w-]+)`\n: ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    }
    assert len(named) >= 10
    assert named <= {misconception.label for misconception in MISCONCEPTIONS}
