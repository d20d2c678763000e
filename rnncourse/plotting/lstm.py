"""Plot what an LSTM keeps and shows, and how far its gradients reach, for the book, the labs and notebooks."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator

from rnncourse.language import say
from rnncourse.plotting.figure import INK, Picture
from rnncourse.plotting.style import DASHES, colour, label_ends, spoken, use_style


def states_over_time(x, curves, alt=None):
    """Plot what an LSTM with one unit reads, keeps and shows.

    Parameters
    ----------
    x : array of shape (T,)
        The input; where it is not zero a stem is drawn.
    curves : dict of str to (h, c)
        Label to two arrays of shape (T,). "yours" gets crosses.
    alt : str, optional
        Replaces the text made from the first curve.

    Returns
    -------
    Picture
    """
    steps = np.arange(1, len(x) + 1)
    with use_style():
        figure = Figure(figsize=(4.6, 3.0))
        ax = figure.add_subplot()
        ax.set(xlim=(0, len(x) + 0.5), ylim=(-1.6, 1.8), xlabel=say("step $t$"), ylabel=say("value"))
        ax.axhline(0, color=INK, linewidth=0.8)
        for t in np.flatnonzero(x):
            ax.plot([t + 1, t + 1], [0, x[t]], color=colour("x"), linestyle="-", linewidth=4)
            ax.annotate("$x$", (t + 1, x[t]), xytext=(6, -3), textcoords="offset points", color=colour("x"))
        ends = []
        for label, (h, c) in curves.items():
            yours = label == "yours"
            for name, value, dash in (("c", c, "-"), ("h", h, (0, (3, 1.5)))):
                ax.plot(steps, value, color=colour(name), linestyle="none" if yours else dash,
                        marker="x" if yours else "")  # fmt: skip
                if not yours:
                    ends.append((steps[-1], value[-1], f"${name}$", colour(name)))
        figure.draw_without_rendering()
        label_ends(ax, ends)
        return Picture(figure, alt or _states_alt(x, *next(iter(curves.values()))))


def _states_alt(x, h, c):
    peak = int(np.argmax(np.abs(c)))
    at = [say("{value} at step {step}", value=spoken(x[t]), step=t + 1) for t in np.flatnonzero(x)]
    return say(
        "Cell c and shown state h of one unit over {count} steps; the input is {inputs}, else zero. "
        "The cell is largest, {c}, at step {step}, where h is {h}; at the end c is {last_c} and h is {last_h}.",
        count=len(x),
        inputs=say(", ").join(at),
        c=spoken(c[peak]),
        step=peak + 1,
        h=spoken(h[peak]),
        last_c=spoken(c[-1]),
        last_h=spoken(h[-1]),
    )


def lengths_by_lag(curves, ylabel, ylim=(1e-16, 1e3), alt=None):
    """Plot the lengths of gradients against the lag, one line per label, each with its own colour and dash.

    Parameters
    ----------
    curves : dict of str to (symbol, array of shape (T + 1,))
        Label to the symbol whose colour it takes ("c", "h", "f", ..., or "loss" for the text's) and its lengths.
    ylabel : str
    ylim : pair of float, optional
    alt : str, optional
        Replaces the text made from the curves.

    Returns
    -------
    Picture
    """
    with use_style():
        figure = Figure(figsize=(4.6, 3.2))
        ax = figure.add_subplot()
        last = max(len(lengths) for _, lengths in curves.values()) - 1
        ax.set(yscale="log", ylim=ylim, xlim=(0, last), xlabel=say(r"lag $k$"), ylabel=ylabel)
        ax.yaxis.set_major_locator(LogLocator(numticks=7))
        ax.yaxis.set_minor_locator(NullLocator())
        ax.axhline(1, color=INK, linewidth=0.8)
        ends = []
        for number, (label, (symbol, lengths)) in enumerate(curves.items()):
            hue = colour(symbol)
            positive = np.where(lengths > 0, lengths, np.nan)
            ax.plot(np.arange(len(lengths)), positive, color=hue, linestyle=DASHES[number % len(DASHES)])
            seen = np.flatnonzero((lengths >= ylim[0]) & (lengths <= ylim[1]))
            ends.append((seen[-1], lengths[seen[-1]], label, hue))
        figure.draw_without_rendering()
        label_ends(ax, ends)
        said = [
            say("{curve}: {length} at lag {lag}", curve=label, length=spoken(lengths[-1]), lag=len(lengths) - 1)
            for label, (_, lengths) in curves.items()
        ]
        made = say("Length of a gradient against the lag, logarithmic. {curves}.", curves=say("; ").join(said))
        return Picture(figure, alt or made)
