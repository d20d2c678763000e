"""A chapter says how long it takes to read, and the words say the same."""

import re
import sys
from pathlib import Path

import pytest
from docutils import nodes

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from book_reading import FORMULA, LINE, WORDS, minutes, words  # noqa: E402

CHAPTERS = sorted((ROOT / "book").glob("0*.md"))


def page(*children):
    return nodes.section("", nodes.title("", ""), *children)


def paragraph(words):
    return nodes.paragraph("", "word " * words)


def test_words_formulas_and_lines_take_their_time():
    assert minutes(page(paragraph(30 * WORDS))) == 30
    assert minutes(page(*[nodes.math_block("", "a")] * (15 * 60 // FORMULA))) == 15
    code = "line\n" * (10 * 60 // LINE)
    assert minutes(page(nodes.literal_block(code, code))) == 10


def test_what_is_folded_does_not_count():
    answer = nodes.container("", paragraph(99 * WORDS), classes=["sd-dropdown"])
    printed = nodes.container("", nodes.literal_block("", "1\n" * 9999), nb_element="cell_code_output")
    start, end = nodes.raw("", "<details><summary>more</summary>"), nodes.raw("", "</details>")
    long = page(paragraph(20 * WORDS), answer, printed, start, paragraph(99 * WORDS), end, paragraph(5 * WORDS))
    assert minutes(long) == 25


def test_chinese_takes_as_long_as_its_english():
    assert words("the hidden state of one step") == 6
    assert words("隐藏状态 `h` 的形状") == pytest.approx(1 + 7 / 1.6)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.stem)
def test_no_chapter_says_it_by_hand(chapter):
    head = chapter.read_text(encoding="utf-8").split(":::{div} facts\n", 1)[1].split(":::", 1)[0]
    assert head.startswith("{minutes}`to read`")
    assert not re.search(r"\d+ minutes", head)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.stem)
def test_the_time_fits_the_words_of_the_page(site, chapter):
    html = (site / "book" / f"{chapter.stem}.html").read_text(encoding="utf-8")
    said = int(re.search(r"(\d+) minutes to read", html)[1])
    unread = "|".join(rf"<{tag}\b.*?</{tag}>" for tag in ("details", "pre", "math", "script", "style", "svg"))
    body = re.sub(unread, " x ", html.split("<article", 1)[1], flags=re.S)
    words = len(re.sub(r"<[^>]+>", " ", body.split("</article>")[0]).split())
    assert words / 250 < said < words / 60
