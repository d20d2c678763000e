"""Formulas are MathML in the pages, drawn with a font that has every character they use."""

import io
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "book" / room) for room in ("_assets", "_ext", "_python")]

from book_maths import FONT, Temml  # noqa: E402
from maths_font import italic, subset, used_characters  # noqa: E402


@pytest.fixture(scope="module")
def temml():
    process = Temml()
    yield process
    process.close()


def test_tex_becomes_mathml(temml):
    assert temml.render("a_t", display=True).startswith('<math display="block"')
    assert "<msub><mi>a</mi><mi>t</mi></msub>" in temml.render("a_t")
    assert "<mtext>naïve状态</mtext>" in temml.render(r"\text{naïve状态}")


@pytest.mark.parametrize("tex", [r"\nosuch x", r"\frac{1}", "{", r"\begin{aligned} a", "a & b", "x_1_2"])
def test_what_is_no_tex_is_refused_and_the_next_formula_is_rendered(temml, tex):
    with pytest.raises(ValueError):
        temml.render(tex)
    assert "<mi>x</mi>" in temml.render("x")


def test_the_font_has_what_the_pages_use(site):
    font = TTFont(site / "_static" / "maths" / "stix-two-math.woff2")
    wanted = {character for character in used_characters(site) if character.isprintable() and ord(character) > 32}
    assert len(wanted) > 100
    assert {c for c in wanted if ord(c) not in font.getBestCmap() and not "\u2061" <= c <= "\u2064"} == set()


def test_a_font_cut_down_still_stretches():
    font = TTFont(io.BytesIO(subset(FONT / "files" / "stix-two-math-latin-400-normal.woff", "a(∑")))
    assert font["MATH"].table.MathVariants.VertGlyphCoverage.glyphs
    assert len(font.getBestCmap()) < 10 < len(font.getGlyphOrder())


def test_letters_have_an_italic_form():
    assert [italic(letter) for letter in "ahzAαω∂1"] == ["𝑎", "ℎ", "𝑧", "𝐴", "𝛼", "𝜔", "𝜕", "1"]
