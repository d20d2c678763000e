"""Draw one LSTM step, forwards and backwards, in the symbols and colours of the notation."""

from matplotlib.figure import Figure

from rnncourse.plotting.figure import INK, Picture
from rnncourse.plotting.style import colour, use_style

CELL, GATES, INPUT, SHOWN = 3.4, 1.2, 0.0, 2.3
"""Heights: the line of the cell, the gates, what they read, and the way out to h."""


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
            " gate f and a sum to c at t. Below, h at t minus 1 and x at t together feed four boxes: f, i, c tilde"
            " and o. The product of i and c tilde goes up into the sum. From c at t a branch goes down through"
            " tanh and a product with o to h at t."))  # fmt: skip


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
        _arrow(ax, (8.7, CELL + 0.28), (6.2, CELL + 0.28), "c", dashed=True)
        _arrow(ax, (7.3, SHOWN - 0.5), (7.3, CELL - 0.2), "h", dashed=True)
        ax.text(7.5, CELL + 0.45, r"$f^{(t+1)}\odot dc^{(t+1)}$", ha="center", va="bottom", color=colour("c"))
        ax.text(7.45, SHOWN + 0.3, r"$dh\odot o\odot\tanh^\prime(c)$", ha="left", va="center", color=colour("h"))
        return Picture(figure, alt or (
            "The same LSTM step. Two arrows leave the cell c at t: one runs on to the right, to c at t plus 1; one goes"
            " down through tanh and the output gate to h at t. A dashed gradient returns along each: from the right f"
            " at t plus 1 times dc at t plus 1, from below dh at t times o times the slope of tanh at c."))  # fmt: skip


def _canvas():
    figure = Figure(figsize=(4.6, 2.9), layout="none")
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(-1.15, 10.55), ylim=(-0.75, 4.6), aspect="auto")
    ax.axis("off")
    return figure, ax


def _step(ax, bold):
    """Draw nodes and forward arrows; `bold` names arrows to be drawn heavier: "next", "shown"."""
    _arrow(ax, (0.35, CELL), (1.55, CELL), "c")
    _arrow(ax, (2.05, CELL), (3.95, CELL), "c")
    _arrow(ax, (4.45, CELL), (5.4, CELL), "c")
    _arrow(ax, (6.2, CELL), (8.7, CELL), "c", heavy="next" in bold)
    ax.plot([0.95, 6.1], [INPUT, INPUT], color=colour("x"), linewidth=1.2)
    for x in (1.8, 3.4, 5.0, 6.1):
        _arrow(ax, (x, INPUT), (x, GATES - 0.32), "x")
    _arrow(ax, (1.8, GATES + 0.32), (1.8, CELL - 0.25), "f")
    _arrow(ax, (3.4, GATES + 0.32), (4.05, SHOWN - 0.18), "i")
    _arrow(ax, (5.0, GATES + 0.32), (4.38, SHOWN - 0.18), "c")
    _arrow(ax, (4.2, SHOWN + 0.25), (4.2, CELL - 0.25), "i")
    _arrow(ax, (6.75, CELL), (6.75, SHOWN + 0.25), "c", heavy="shown" in bold)
    _arrow(ax, (6.2, GATES + 0.3), (6.58, SHOWN - 0.75), "o")
    _arrow(ax, (6.75, SHOWN - 0.22), (6.75, SHOWN - 0.45), "c", heavy="shown" in bold)
    _arrow(ax, (7.0, SHOWN - 0.7), (8.7, SHOWN - 0.7), "h", heavy="shown" in bold)
    for x, y, sign in ((1.8, CELL, r"\odot"), (4.2, CELL, "+"), (4.2, SHOWN, r"\odot"), (6.75, SHOWN - 0.7, r"\odot")):
        ax.text(x, y, f"${sign}$", ha="center", va="center", color=INK, fontsize=14)
    ax.text(6.75, SHOWN, r"$\tanh$", ha="center", va="center", color=colour("c"))
    for x, y, label, symbol in (
        (-0.05, CELL, r"$c^{(t-1)}$", "c"), (5.8, CELL, r"$c^{(t)}$", "c"), (9.2, CELL, r"$c^{(t+1)}$", "c"),
        (1.8, GATES, r"$f^{(t)}$", "f"), (3.4, GATES, r"$i^{(t)}$", "i"), (5.0, GATES, r"$\tilde c^{(t)}$", "c"),
        (6.1, GATES, r"$o^{(t)}$", "o"), (9.1, SHOWN - 0.7, r"$h^{(t)}$", "h"),
        (-0.05, INPUT, r"$\left[h^{(t-1)};\,x^{(t)}\right]$", "x"),
    ):  # fmt: skip
        ax.text(x, y, label, ha="center", va="center", color=colour(symbol))


def _arrow(ax, tail, head, symbol, heavy=False, dashed=False):
    ax.annotate("", head, tail, arrowprops={
        "arrowstyle": "->", "color": colour(symbol), "shrinkA": 0, "shrinkB": 0,
        "linewidth": 2.4 if heavy else 1.2, "linestyle": (0, (3, 2)) if dashed else "-"})  # fmt: skip
