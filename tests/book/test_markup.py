"""What the theme and its extensions leave to be mended in a page is mended, once."""

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "book" / room) for room in ("_ext", "_languages")]

from book_markup import mend  # noqa: E402

MATHS = '<span class="math notranslate nohighlight"><math><mi>x</mi></math></span>'


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("so ", " is", ""),
        ("so ", ", and", f"{MATHS},"),
        ("即 ", "。下一句", f"{MATHS}。"),
        ("即（", "）。", f"（{MATHS}）。"),
        ("(", " here)", f"({MATHS}"),
    ],
)
def test_a_formula_keeps_the_signs_beside_it(before, after, kept):
    page = f"<p>{before}{MATHS}{after}</p>"
    mended = mend(page)
    assert mended == (page.replace(kept, f'<span class="unbroken">{kept}</span>') if kept else page)
    assert mend(mended) == mended


def test_each_formula_by_itself():
    page = f"<p>{MATHS} und {MATHS}.</p>"
    assert mend(page) == f'<p>{MATHS} und <span class="unbroken">{MATHS}.</span></p>'


def test_a_summary_has_no_paragraph_and_no_link():
    assert mend('<summary><p class="a">A <a href="#">b</a></p></summary>') == (
        '<summary><span class="a">A b</span></summary>'
    )
