"""Show a matplotlib figure as inline SVG that reads aloud and follows the page's theme."""

import hashlib
import html
import io
import re

from rnncourse.notation import COLOURS
from rnncourse.plotting.wide_glyphs import put_back, stand_ins

INK = "#22272e"
"""The neutral colour of `style.mplstyle`; in the page it becomes the colour of the text around the picture."""

# Mixed with the text colour a hue gets darker on a light page and lighter on a dark one. These shares keep
# lines above 3:1 and text above 4.5:1 on both (tests/plotting/test_figure.py computes the ratios).
LINE_SHARE = 70
TEXT_SHARE = 50

PALETTE = {
    f"{symbol}{kind}": f"color-mix(in srgb, {colour} {share}%, currentColor)"
    for symbol, colour in COLOURS.items()
    for kind, share in (("", LINE_SHARE), ("-text", TEXT_SHARE))
}
"""Each symbol's colour as CSS, twice: "h" for lines, "h-text" for words."""


class Picture:
    """A figure with its text alternative.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    alt : str
        What a reader who cannot see it needs: the finding first, then the shape.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
    alt : str
    svg : str
        An inline ``<svg role="img">``: transparent, no ids shared with another picture, text colour of the page.
    """

    def __init__(self, figure, alt):
        if not alt or not alt.strip():
            raise ValueError("alt is empty; expected a sentence that says what the picture shows")
        self.figure = figure
        self.alt = alt
        self.svg = _inline_svg(figure, alt)

    def _repr_html_(self):
        return self.svg

    def __repr__(self):
        return f"Picture: {self.alt}"


def show(figure, alt):
    """Show a figure with its text alternative, in the middle of a notebook's cell; ``plt.show()`` has no words.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    alt : str
        As in `Picture`.
    """
    import matplotlib.pyplot as plt
    from IPython.display import display

    plt.close(figure)  # or the notebook shows it again at the end of the cell, without words
    display(Picture(figure, alt))


def _inline_svg(figure, alt):
    """Render to SVG and fit it into a page: one namespace of ids, theme colours, a label instead of metadata."""
    buffer = io.StringIO()
    with stand_ins() as characters:
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    svg = put_back(buffer.getvalue(), characters)
    view_box = re.search(r'viewBox="([^"]+)"', svg).group(1)
    body = svg[svg.index(">", svg.index("<svg")) + 1 :]
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.S)
    body = re.sub(r"<style[^>]*>.*?</style>", "", body, flags=re.S)  # its `*` selector would restyle the page
    body = re.sub(r"<!--.*?-->", "", body, flags=re.S)
    prefix = "p" + hashlib.sha256(body.encode()).hexdigest()[:8]
    body = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', body)
    body = re.sub(r'xlink:href="#([^"]+)"', rf'href="#{prefix}-\1"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", body)
    body = re.sub(r"\n\s*", "\n", _themed(body))
    palette = "; ".join(f"--{name}: {value}" for name, value in PALETTE.items())
    style = f"{palette}; width: 100%; max-width: 36em; height: auto; stroke-linejoin: round; stroke-linecap: butt"
    return (
        f'<svg class="rnn-picture" xmlns="http://www.w3.org/2000/svg" viewBox="{view_box}" role="img"'
        f' aria-label="{html.escape(alt)}" style="{style}">{body}'
    )


def _themed(body):
    """Exchange the ink for the page's text colour and each symbol's colour for its theme-aware variable."""
    body = re.sub(INK, "currentColor", body, flags=re.I)
    for symbol, colour in COLOURS.items():
        body = re.sub(f"fill: {colour}", f"fill: var(--{symbol}-text)", body, flags=re.I)
        body = re.sub(f"stroke: {colour}", f"stroke: var(--{symbol})", body, flags=re.I)
    return body
