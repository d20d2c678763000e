"""A long line of code goes on below on a phone, and nothing is changed in what one copies."""

import re
import sys
from html import unescape
from pathlib import Path

import pytest
from support.contents import book_pages

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_ext"))

from book_code import mark_long_lines

LONG = "    <span class='n'>h</span> = step(x &lt; y, " + "h_prev, " * 6 + "W)"
START = '<div class="highlight-python notranslate"><div class="highlight"><pre><span></span>'
CODE = f"{START}def f():\n{LONG}\n</pre></div></div>"


def text(page):
    return unescape(re.sub("<[^>]*>", "", page))


def test_only_the_long_line_is_marked():
    marked = mark_long_lines(CODE)
    assert marked.count('class="long"') == 1
    assert f'<span class="long" style="--indent: 6ch">{LONG}</span>\n' in marked
    assert "<pre><span></span>def f():\n" in marked
    assert text(marked) == text(CODE)


def test_what_a_cell_printed_keeps_its_columns():
    printed = CODE.replace("highlight-python", "output highlight-none")
    assert mark_long_lines(printed) == printed


@pytest.mark.browser
@pytest.mark.parametrize("name", ["book/03_bptt", "book/04_training", "book/05_lstm"])
def test_no_code_scrolls_sideways_on_a_phone(browser, address, name):
    assert name in book_pages()
    context = browser.new_context(viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(f"{address}{name}.html")
    wide = """[...document.querySelectorAll('.cell_input pre, .highlight-python pre')].map((node) => {
      const folded = node.closest('details');
      if (folded) folded.open = true;
      return [node.scrollWidth - node.clientWidth, node.textContent.slice(0, 50)];
    }).filter(([over]) => over > 0)"""
    assert page.evaluate(wide) == []
    context.close()
