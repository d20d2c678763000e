"""Draw one LSTM step, forwards and backwards, in the symbols and colours of the notation."""

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from rnncourse.plotting.figure import INK, Picture
from rnncourse.plotting.style import colour, use_style

CELL, WRITE, GATES, INPUT = 3.7, 2.45, 1.15, 0.0
"""Heights: the line of the cell, the product of i and the candidate, the gates, what they read."""
F, I, C, O, SUM, OUT = 1.6, 3.2, 4.8, 6.2, 4.0, 7.7  # noqa: E741
"""Places: the four boxes, the sum, and the way down to h."""
BOX = (0.84, 0.56)


def lstm_cell(alt=None):
    """Draw one LSTM step: the cell runs straight through, the gates reach up into it.

    Parameters
    ----------
    alt : str, optional
        Replaces the text alternative.

    Returns
    -------
    Picture
    """
    with use_style():
        figure, ax = _canvas()
        _step(ax, bold=())
        return Picture(figure, alt or (
            "One LSTM step. Along the top a straight line leads from c at t minus 1 through a product with the forget"
            " gate f and a sum to c at t. Below, h at t minus 1 and x at t together feed four boxes: three sigmoids"
            " for f, i and o, and a tanh for c tilde. The product of i and c tilde goes up into the sum. From c at t a"
            " branch goes down through tanh and a product with o to h at t."))  # fmt: skip


def lstm_two_arrows(alt=None):
    """Draw the same step with the two arrows that leave c^(t), and the gradients that come back along them.

    Parameters
    ----------
    alt : str, optional
        Replaces the text alternative.

    Returns
    -------
    Picture
    """
    with use_style():
        figure, ax = _canvas()
        _step(ax, bold=("next", "shown"))
        _arrow(ax, (9.0, CELL + 0.25), (6.3, CELL + 0.25), "c", dashed=True)
        _arrow(ax, (OUT + 0.6, GATES + 0.4), (OUT + 0.6, CELL - 0.15), "h", dashed=True)
        ax.text(7.7, CELL + 0.4, r"$f^{(t+1)}\odot dc^{(t+1)}$", ha="center", va="bottom", color=colour("c"))
        ax.text(OUT + 0.75, 1.95, "$dh\\odot o$\n$\\odot\\tanh^\\prime(c)$", ha="left", va="center", color=colour("h"))
        return Picture(figure, alt or (
            "The same LSTM step. Two arrows leave the cell c at t: one runs on to the right, to c at t plus 1; one goes"
            " down through tanh and the output gate to h at t. A dashed gradient returns along each: from the right f"
            " at t plus 1 times dc at t plus 1, from below dh at t times o times the slope of tanh at c."))  # fmt: skip


def _canvas():
    figure = Figure(figsize=(4.6, 2.9), layout="none")
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(-1.1, 10.6), ylim=(-0.5, 4.6), aspect="auto")
    ax.axis("off")
    return figure, ax


def _step(ax, bold):
    """Draw nodes and forward arrows; `bold` names arrows to be drawn heavier: "next", "shown"."""
    _arrow(ax, (0.2, CELL), (F - 0.3, CELL), "c")
    _arrow(ax, (F + 0.3, CELL), (SUM - 0.3, CELL), "c")
    ax.plot([SUM + 0.3, OUT], [CELL, CELL], color=colour("c"), linewidth=2.4 if "next" in bold else 1.2, linestyle="-")
    _arrow(ax, (OUT, CELL), (9.0, CELL), "c", heavy="next" in bold)
    _arrow(ax, (OUT, CELL), (OUT, WRITE + BOX[1] / 2), "c", heavy="shown" in bold)
    _arrow(ax, (OUT, WRITE - BOX[1] / 2), (OUT, GATES + 0.27), "c", heavy="shown" in bold)
    _arrow(ax, (OUT + 0.3, GATES), (9.0, GATES), "h", heavy="shown" in bold)
    ax.plot([0.95, O], [INPUT, INPUT], color=colour("x"), linewidth=1.2, linestyle="-")
    for x, symbol, function in ((F, "f", r"$\sigma$"), (I, "i", r"$\sigma$"), (C, "c", "tanh"), (O, "o", r"$\sigma$")):
        _arrow(ax, (x, INPUT), (x, GATES - BOX[1] / 2), "x")
        _box(ax, x, GATES, function, symbol)
    _box(ax, OUT, WRITE, "tanh", "c")
    _arrow(ax, (F, GATES + BOX[1] / 2), (F, CELL - 0.27), "f")
    for x, symbol, side in ((I, "i", -0.3), (C, "c", 0.3)):
        ax.plot([x, x], [GATES + BOX[1] / 2, WRITE], color=colour(symbol), linewidth=1.2, linestyle="-")
        _arrow(ax, (x, WRITE), (SUM + side, WRITE), symbol)
    _arrow(ax, (SUM, WRITE + 0.27), (SUM, CELL - 0.27), "i")
    _arrow(ax, (O + BOX[0] / 2, GATES), (OUT - 0.3, GATES), "o")
    for x, y, sign in ((F, CELL, r"\odot"), (SUM, CELL, r"\oplus"), (SUM, WRITE, r"\odot"), (OUT, GATES, r"\odot")):
        ax.text(x, y, f"${sign}$", ha="center", va="center", color=INK, fontsize=15)
    for x, y, label, symbol, align in (
        (0.1, CELL, r"$c^{(t-1)}$", "c", "right"), (5.6, CELL + 0.32, r"$c^{(t)}$", "c", "center"),
        (9.1, CELL, r"$c^{(t+1)}$", "c", "left"), (9.1, GATES, r"$h^{(t)}$", "h", "left"),
        (F + 0.12, 2.2, r"$f^{(t)}$", "f", "left"), (I - 0.12, 2.1, r"$i^{(t)}$", "i", "right"),
        (C + 0.12, 2.1, r"$\tilde c^{(t)}$", "c", "left"), (6.95, GATES + 0.32, r"$o^{(t)}$", "o", "center"),
        (-0.05, INPUT, r"$\left[h^{(t-1)};\,x^{(t)}\right]$", "x", "center"),
    ):  # fmt: skip
        ax.text(x, y, label, ha=align, va="center", color=colour(symbol))


def _box(ax, x, y, function, symbol):
    """Draw a box with its function inside, and nothing that crosses it."""
    corner = (x - BOX[0] / 2, y - BOX[1] / 2)
    ax.add_patch(FancyBboxPatch(corner, *BOX, boxstyle="round,pad=0,rounding_size=0.12",
                                facecolor="none", edgecolor=colour(symbol), linewidth=1.4))  # fmt: skip
    ax.text(x, y, function, ha="center", va="center", color=colour(symbol), fontsize=9 if function == "tanh" else 12)


def _arrow(ax, tail, head, symbol, heavy=False, dashed=False):
    ax.annotate("", head, tail, arrowprops={
        "arrowstyle": "->", "color": colour(symbol), "shrinkA": 0, "shrinkB": 0,
        "linewidth": 2.4 if heavy else 1.2, "linestyle": (0, (3, 2)) if dashed else "-"})  # fmt: skip
