"""A measured table is as narrow as it can be, and says what it leaves out."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_ext"))

from book_measured import RESULTS, constant_columns, split_table

TABLE = """<!-- generated -->

A sentence.

| check | named | pairs |
|---|---:|---:|
| `a` | 1 % | 3 |
| `b` | 1 % | 4 |
"""
FITS = """() => [...document.querySelectorAll('table.measured')].map((table) => table.parentElement).every(
  (box) => box.scrollWidth <= box.clientWidth)"""


def test_a_table_is_taken_apart():
    assert split_table(TABLE) == (
        "A sentence.",
        ["check", "named", "pairs"],
        [["`a`", "1 %", "3"], ["`b`", "1 %", "4"]],
    )


def test_a_column_that_never_changes_is_found():
    _, head, rows = split_table(TABLE)
    assert constant_columns(head, rows) == {"named": "1 %"}


def test_the_page_shows_every_check_and_says_every_constant(site):
    _, head, rows = split_table((RESULTS / "checks.md").read_text(encoding="utf-8"))
    page = (site / "book" / "appendix_mistakes.html").read_text(encoding="utf-8")
    table = page.split('class="measured', 1)[1].split("</table>")[0]
    assert table.count("<tr") == len(rows) + 1
    for name, value in constant_columns(head, rows).items():
        assert f"{name}: {value}" in page and f"<p>{name}</p>" not in table


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 375])
def test_the_table_fits_its_column(browser, address, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{address}book/appendix_mistakes.html")
    assert page.locator("table.measured").count() == 1
    assert page.evaluate(FITS)
    page.close()
