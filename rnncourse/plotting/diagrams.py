"""Draw the unrolled network with the symbols and colours of the notation."""

from matplotlib.figure import Figure

from rnncourse.language import say
from rnncourse.plotting.figure import Picture
from rnncourse.plotting.style import colour, use_style

COLUMNS = {"t-1": 1.0, "t": 3.6, "t+1": 6.2}
ROWS = {"x": 0.0, "h": 1.7, "z": 3.4}


def two_arrows(alt=None):
    """Draw the unrolled graph around step t: two arrows leave h^(t), and a gradient comes back along each.

    Parameters
    ----------
    alt : str, optional
        Replaces the text alternative.

    Returns
    -------
    Picture
    """
    with use_style():
        figure = Figure(figsize=(4.6, 2.9), layout="none")
        ax = figure.add_axes((0, 0, 1, 1))
        ax.set(xlim=(-0.45, 7.65), ylim=(-0.6, 4.5), aspect="equal")
        ax.axis("off")
        for step, x in COLUMNS.items():
            _column(ax, step, x)
        _arrow(ax, (-0.4, ROWS["h"]), (COLUMNS["t-1"], ROWS["h"]), "h", start=0)
        _arrow(ax, (COLUMNS["t+1"], ROWS["h"]), (7.6, ROWS["h"]), "h", end=0)
        for here, there in (("t-1", "t"), ("t", "t+1")):
            _arrow(ax, (COLUMNS[here], ROWS["h"]), (COLUMNS[there], ROWS["h"]), "h", bold=here == "t")
        _gradients(ax)
        return Picture(figure, alt or say(
            "Two arrows leave the state h at step t: one goes up to its own output z at step t, one goes right to the"
            " state h at step t plus 1. A dashed gradient arrow returns along each: the upper one carries W_hy"
            " transposed times delta_y at t, the right one W_hh transposed times delta_h at t plus 1."))  # fmt: skip


def _column(ax, step, x):
    """Draw one time step: x below, h, z above, and the arrows between them."""
    _arrow(ax, (x, ROWS["x"]), (x, ROWS["h"]), "x")
    _arrow(ax, (x, ROWS["h"]), (x, ROWS["z"]), "h", bold=step == "t")
    _arrow(ax, (x, ROWS["z"]), (x, 4.45), "loss", end=0)
    ax.text(x + 0.12, 4.28, r"$\ell$", va="center")
    for symbol, y in ROWS.items():
        hue = colour("y" if symbol == "z" else symbol)
        ax.text(x, y, rf"${symbol}^{{({step})}}$", ha="center", va="center", color=hue)


def _gradients(ax):
    """Draw the dashed arrows that come back into h^(t)."""
    t, after, h, z = COLUMNS["t"], COLUMNS["t+1"], ROWS["h"], ROWS["z"]
    _arrow(ax, (t - 0.22, z), (t - 0.22, h), "h", dashed=True)
    _arrow(ax, (after, h - 0.24), (t, h - 0.24), "h", dashed=True)
    ax.text(t - 0.36, (h + z) / 2, r"$W_{hy}^\top\delta_y^{(t)}$", ha="right", va="center", color=colour("h"))
    ax.text((t + after) / 2, h - 0.4, r"$W_{hh}^\top\delta_h^{(t+1)}$", ha="center", va="top", color=colour("h"))


def _arrow(ax, tail, head, symbol, start=0.42, end=0.42, bold=False, dashed=False):
    """Draw an arrow between two nodes that stops short of both."""
    length = ((head[0] - tail[0]) ** 2 + (head[1] - tail[1]) ** 2) ** 0.5
    unit = ((head[0] - tail[0]) / length, (head[1] - tail[1]) / length)
    start, end = (0.6 if unit[0] and gap else gap for gap in (start, end))
    ax.annotate("", (head[0] - end * unit[0], head[1] - end * unit[1]),
                (tail[0] + start * unit[0], tail[1] + start * unit[1]),
                arrowprops={"arrowstyle": "->", "color": colour(symbol), "shrinkA": 0, "shrinkB": 0,
                            "linewidth": 2.2 if bold else 1.2,
                            "linestyle": (0, (3, 2)) if dashed else "-"})  # fmt: skip
