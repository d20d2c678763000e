"""Set the one style of every figure: colours, dashes, labels at the ends of lines, numbers that read aloud.

Nothing here touches matplotlib's global state: figures are made without pyplot, under `use_style`.
"""

from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import matplotlib.style
from matplotlib.figure import Figure

from rnncourse.language import say
from rnncourse.notation import COLOURS
from rnncourse.plotting.figure import INK
from rnncourse.plotting.wide_glyphs import stand_ins

DASHES = ("-", (0, (6, 1.5)), (0, (3, 1.5)), (0, (1, 1)))


@contextmanager
def use_style():
    """Apply `style.mplstyle` inside a ``with`` block, and only there."""
    with matplotlib.style.context(Path(__file__).with_name("style.mplstyle")), stand_ins():
        yield


def colour(symbol):
    """Look up the colour that a symbol of the notation has in every figure.

    Parameters
    ----------
    symbol : {"x", "h", "c", "f", "i", "o", "loss", "y"}
        The loss and the outputs have the colour of the text.

    Returns
    -------
    hex : str

    Raises
    ------
    KeyError
        For a symbol that has none.
    """
    if symbol in ("loss", "y"):
        return INK
    if symbol not in COLOURS:
        raise KeyError(f"no colour for {symbol!r}; expected one of {', '.join([*COLOURS, 'loss', 'y'])}")
    return COLOURS[symbol]


def spoken(value):
    """Write a number as a screen reader should say it: ``0.0018``, ``2.3 times 10 to the 8``."""
    if value == 0 or 1e-3 <= abs(value) < 1e4:
        return f"{value:.2g}" if abs(value) < 100 else f"{value:.0f}"
    digits, exponent = f"{value:.1e}".split("e")
    if exponent.startswith("-"):
        return say("{digits} times 10 to the minus {exponent}", digits=digits, exponent=-int(exponent))
    return say("{digits} times 10 to the {exponent}", digits=digits, exponent=int(exponent))


def new_axes(size=(4.6, 3.0)):
    """Make a figure with one set of axes; returns both."""
    figure = Figure(figsize=size)
    return figure, figure.add_subplot()


def label_ends(ax, ends, gap=0.075):
    """Write each line's name beside its last point, pushed apart where they would touch."""
    placed = []
    for x, y, text, hue in ends:
        placed.append([ax.transAxes.inverted().transform(ax.transData.transform((x, y)))[1], x, text, hue])
    placed.sort(key=lambda label: label[0])
    for below, above in pairwise(placed):
        above[0] = max(above[0], below[0] + gap)
    for height, x, text, hue in placed:
        ax.annotate(text, (x, min(max(height, 0.04), 1)), xycoords=("data", "axes fraction"), color=hue,
                    xytext=(5, 0), textcoords="offset points", va="center", annotation_clip=False)  # fmt: skip
