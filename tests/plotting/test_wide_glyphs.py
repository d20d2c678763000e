"""Chinese in a figure is drawn by the reader's font, in the places that the layout keeps for it."""

import re
import warnings

import numpy as np
import pytest

pytest.importorskip("matplotlib")

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from rnncourse.plotting.figure import Picture
from rnncourse.plotting.style import new_axes, use_style
from rnncourse.plotting.wide_glyphs import SIZE, STAND_INS, put_back, stand_ins


def picture_of(label, **ticks):
    with use_style(), warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of each glyph that its font has not
        figure, ax = new_axes()
        ax.plot([0, 1], [1, 2])
        ax.set(xlabel=label)
        if ticks:
            ax.set_xticks(**ticks)
        figure.draw_without_rendering()
        return Picture(figure, "alt")


def test_characters_are_text_beside_maths_drawn_as_outlines():
    svg = picture_of("滞后 $k$，单位：步").svg
    written = re.findall(rf'<text id="[^"]+" font-size="{SIZE}" transform="scale\(1 -1\)">(.)</text>', svg)
    assert sorted(written) == sorted("滞后，单位：步")
    for name in re.findall(r'<text id="([^"]+)"', svg):
        assert f'href="#{name}"' in svg


def test_labels_of_ticks_are_written_too():
    svg = picture_of("step", ticks=[0, 1], labels=["前", "后"]).svg
    assert set(re.findall(r"<text [^>]*>(.)</text>", svg)) == {"前", "后"}


def test_english_is_drawn_as_before():
    svg = picture_of("lag $k$").svg
    assert "<text" not in svg


def test_no_figure_outside_is_touched():
    before = Text._preprocess_math
    with pytest.raises(ZeroDivisionError), stand_ins():
        assert Text._preprocess_math is not before
        raise ZeroDivisionError
    assert Text._preprocess_math is before


def test_stand_ins_are_as_wide_as_what_they_stand_for():
    with use_style():
        figure = Figure()
        widths = []
        for text in ("字" * 10, STAND_INS[-1] * 10):
            artist = figure.text(0, 0, text, fontsize=20)
            widths.append(artist.get_window_extent(FigureCanvasAgg(figure).get_renderer()).width)
            artist.remove()
    np.testing.assert_allclose(np.array(widths) / (10 * 20 * figure.dpi / 72), SIZE / 100, atol=0.03)


def test_more_characters_than_stand_ins_are_drawn():
    many = "".join(chr(0x4E00 + n) for n in range(len(STAND_INS) + 5))
    svg = picture_of(many).svg
    assert len(set(re.findall(r"<text [^>]*>(.)</text>", svg))) == len(STAND_INS)


def test_what_is_put_back_is_escaped():
    assert put_back("<path id='x'/>", {}) == "<path id='x'/>"
