"""A page loads one stylesheet, waits for one small script, and leaves the index of the search to the search."""

import re
import sys
from pathlib import Path

import pytest
from support.contents import book_pages

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "book" / room) for room in ("_assets", "_ext", "_python")]

from book_light import light_scripts  # noqa: E402

PAGE = """<head>
<script src="a/documentation_options.js?v=1"></script>
<script src="a/doctools.js?v=2"></script>
<script>inline()</script>
<script type="module" src="a/b.js"></script>
<script defer src="a/c.js"></script>
<script src="a/searchtools.js"></script>
<script src="searchindex.js"></script>
</head>"""


def test_scripts_wait_and_the_search_is_left_out():
    page = light_scripts(PAGE, searches=False)
    assert '<script src="a/documentation_options.js?v=1">' in page
    assert '<script defer src="a/doctools.js?v=2">' in page
    assert page.count("defer") == 2 and "search" not in page
    assert light_scripts(page, searches=False) == page


def test_the_search_keeps_its_scripts_in_their_order():
    page = light_scripts(PAGE, searches=True)
    assert re.findall(r'<script defer src="([^"]+)"', page)[-2:] == ["a/searchtools.js", "searchindex.js"]


@pytest.mark.parametrize("page", book_pages())
def test_a_page_waits_for_two_files(site, page):
    html = (site / f"{page}.html").read_text(encoding="utf-8")
    styles = re.findall(r'<link[^>]*rel="stylesheet"[^>]*href="([^"]+)"', html)
    scripts = re.findall(r"<script(?![^>]*\b(?:defer|module))[^>]*src=\"([^\"?]+)", html)
    assert [Path(style.partition("?")[0]).name for style in styles] == ["all.css"]
    assert [Path(script).name for script in scripts] == ["documentation_options.js"]
    assert "searchindex.js" not in html


@pytest.mark.browser
def test_the_search_finds(browser, address):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}search.html?q=truncated")
    page.locator("#search-results a", has_text="Vanishing and exploding gradients").first.wait_for()
    context.close()


@pytest.mark.browser
def test_what_scrolls_is_reached_by_the_keyboard_when_it_comes_into_sight(browser, address):
    context = browser.new_context(viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(f"{address}book/06_long_memory.html")
    table = page.locator(".cell_output pre, .pst-scrollable-table-container").last
    table.scroll_into_view_if_needed()
    reached = "node => (node.tabIndex === 0) === (node.scrollWidth > node.clientWidth)"
    page.wait_for_function(reached, arg=table.element_handle())
    context.close()
