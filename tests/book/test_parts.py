"""A chapter of several pages lists them at the head of each, and an old address of a section leads on."""

import re

import pytest
from support.contents import book_pages

CHAPTERS = {
    "03_loss_and_bptt": ["03_bptt", "03_gradient_check", "03_vanishing"],
    "05_lstm": ["05_lstm_backward", "05_cell_path", "05_gru"],
}
PARTS = [(chapter, page) for chapter, below in CHAPTERS.items() for page in (chapter, *below)]


def test_the_parts_stand_below_their_chapter():
    for chapter, below in CHAPTERS.items():
        first = book_pages().index(f"book/{chapter}")
        assert book_pages()[first + 1 : first + 4] == [f"book/{page}" for page in below]


@pytest.mark.parametrize("chapter, page", PARTS)
def test_each_page_lists_all_and_marks_itself(site, chapter, page):
    html = (site / "book" / f"{page}.html").read_text(encoding="utf-8")
    (listed,) = re.findall(r"<nav class='parts'.*?</nav>", html)
    rows = re.findall(r"<li>(.*?)</li>", listed)
    assert len(rows) == 4
    for name, row in zip((chapter, *CHAPTERS[chapter]), rows, strict=True):
        assert ("aria-current" in row) == (name == page)
        assert (f"href='{name}.html'" in row) == (name != page)
        minutes = re.search(r"(\d+) min<", row)[1]
        other = (site / "book" / f"{name}.html").read_text(encoding="utf-8")
        assert f"{minutes} minutes to read" in other


@pytest.mark.browser
@pytest.mark.parametrize(
    "old, new",
    [
        ("03_loss_and_bptt.html#sec-bptt-weights", "03_bptt.html#sec-bptt-weights"),
        ("03_loss_and_bptt.html#exercise-truncated_bptt", "03_vanishing.html#exercise-truncated_bptt"),
        ("05_lstm.html#equation-gru-state", "05_gru.html#equation-gru-state"),
        ("05_lstm.html#sec-cell", "05_lstm.html#sec-cell"),
    ],
)
def test_an_old_address_leads_on(browser, address, old, new):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}book/{old}")
    page.wait_for_url(f"**/book/{new}")
    assert page.evaluate("document.getElementById(location.hash.slice(1)) !== null")
    context.close()
