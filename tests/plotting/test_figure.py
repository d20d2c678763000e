import re
import xml.etree.ElementTree as ET

import pytest

pytest.importorskip("matplotlib")

from matplotlib.figure import Figure

from rnncourse.notation import COLOURS
from rnncourse.plotting.figure import LINE_SHARE, TEXT_SHARE, Picture
from rnncourse.plotting.style import use_style

PAGES = {"light": ("#22272e", "#ffffff"), "dark": ("#dfe4ea", "#121212"), "dark box": ("#dfe4ea", "#1a1e22")}


def draw(alt="A line that rises.", colour="#0072B2", top=1.0):
    with use_style():
        figure = Figure()
        figure.add_subplot().plot([0, top], color=colour)
        return Picture(figure, alt)


def rgb(colour):
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def luminance(channels):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def test_svg_is_labelled_xml_without_anything_that_acts_on_the_page():
    root = ET.fromstring(draw('Falls to <1 & "stays"').svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'Falls to <1 & "stays"'
    tags = {element.tag.split("}")[-1] for element in root.iter()}
    assert not tags & {"style", "script", "metadata", "title"}


def test_colours_follow_the_page():
    svg = draw().svg
    assert "stroke: var(--h)" in svg and "currentColor" in svg
    drawn = svg[svg.index(">") :]
    assert not re.search("#22272e|#0072b2|#000000|#ffffff", drawn, flags=re.I)


def test_two_pictures_share_no_id_and_each_reference_has_its_target():
    ids = []
    for picture in (draw(), draw(top=2.0)):
        found = re.findall(r'\bid="([^"]+)"', picture.svg)
        used = re.findall(r'(?:href="|url\()#([^")]+)', picture.svg)
        assert len(found) == len(set(found)) and used and set(used) <= set(found)
        ids += found
    assert len(ids) == len(set(ids))


def test_the_same_figure_gives_the_same_bytes():
    assert draw().svg == draw().svg


@pytest.mark.parametrize("alt", ["", "  ", None])
def test_alt_text_is_required(alt):
    with pytest.raises(ValueError, match="alt is empty"):
        draw(alt)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("symbol", COLOURS)
def test_contrast_in_light_and_dark(symbol, page):
    ink, ground = map(rgb, PAGES[page])

    def mixed(share):
        return [c * share / 100 + i * (1 - share / 100) for c, i in zip(rgb(COLOURS[symbol]), ink, strict=True)]

    assert contrast(mixed(LINE_SHARE), ground) >= 3
    assert contrast(mixed(TEXT_SHARE), ground) >= 4.5
