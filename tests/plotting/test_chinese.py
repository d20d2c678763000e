"""The words of a figure in Chinese are text in the reader's font, laid out without a font that has the characters."""

import matplotlib
import pytest
from matplotlib.figure import Figure

from rnncourse.language import speaking
from rnncourse.plotting.chinese import FONT, settings, write_font
from rnncourse.plotting.figure import Picture
from rnncourse.plotting.style import use_style


def width(text, **options):
    """Measure a text, in points; finely, since each letter is as wide as whole dots."""
    figure = Figure(dpi=720)
    found = figure.add_subplot().text(0, 0, text, fontsize=10, **options).get_window_extent()
    return found.width / 10


def test_the_measures_are_those_of_the_font_that_matplotlib_brings(tmp_path):
    write_font(tmp_path / "font.ttf")
    assert (tmp_path / "font.ttf").read_bytes() == FONT.read_bytes()


def test_english_needs_no_settings():
    assert settings() == {}


@pytest.mark.filterwarnings("error")
def test_a_character_is_as_wide_as_it_is_high_and_a_letter_as_before():
    latin = width("loss: 0.25 µ ρ")
    with speaking("zh_CN"), use_style():
        assert width("隐藏状态") == pytest.approx(40, abs=1)
        assert width("loss: 0.25 µ ρ") == pytest.approx(latin, abs=2)
        assert width("时间步 $t$") == pytest.approx(10 * 3 + width(" ") + width("$t$"), abs=4)


@pytest.mark.filterwarnings("error")
def test_words_are_text_that_takes_the_font_of_the_page(caplog):
    with speaking("zh_CN"):
        with use_style():
            figure = Figure()
            figure.add_subplot().set(xlabel="时间步 $t$", ylabel="损失")
        svg = Picture(figure, "一幅图").svg
    assert "损失</text>" in svg and "font-family: inherit" in svg and "measures" not in svg
    assert caplog.records == []
    assert matplotlib.rcParams["svg.fonttype"] == "path"
