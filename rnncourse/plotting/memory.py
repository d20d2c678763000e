"""Plot chapter 6's races with bands, and bits per character. Each returns a `rnncourse.plotting.figure.Picture`."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullFormatter

from rnncourse.language import say
from rnncourse.plotting.figure import INK, Picture
from rnncourse.plotting.style import colour, label_ends, spoken, use_style

STYLES = {"RNN": ("f", (0, (1, 1))), "LSTM": ("c", "-"), "GRU": ("h", (0, (6, 1.5)))}
"""Each cell keeps one colour and one dash."""


def race(steps, errors, baseline, ylim=(1e-4, 3), alt=None):
    """Plot held-out error against iterations: a line through the median of the seeds, a band from least to largest.

    Parameters
    ----------
    steps : array of shape (n,)
    errors : dict of str to array of shape (seeds, n)
        Cell, "RNN", "LSTM" or "GRU", to its curves.
    baseline : float
    ylim : pair of float, optional
    alt : str, optional
        Replaces the text made from the curves.

    Returns
    -------
    Picture
    """
    with use_style():
        figure = Figure(figsize=(4.6, 3.0))
        ax = figure.add_subplot()
        ax.set(yscale="log", ylim=ylim, xlim=(0, steps[-1]), xlabel=say("iteration"), ylabel=say("held-out error"))
        ax.yaxis.set_major_locator(LogLocator(numticks=7))
        ax.yaxis.set_minor_formatter(NullFormatter())
        ax.axhline(baseline, color=INK, linewidth=0.8)
        ends, said = [], []
        for cell, curves in errors.items():
            middle, last = _band(ax, steps, curves, cell)
            ends.append((steps[-1], middle[-1], cell, colour(STYLES[cell][0])))
            said.append(
                say(
                    "{cell} ends at {middle}, seeds from {low} to {high}",
                    cell=cell,
                    middle=spoken(middle[-1]),
                    low=spoken(last.min()),
                    high=spoken(last.max()),
                )
            )
        figure.draw_without_rendering()
        label_ends(ax, ends)
        made = say(
            "Held-out error against iterations, logarithmic; a line marks the baseline {baseline}. {cells}.",
            baseline=spoken(baseline),
            cells=say("; ").join(said),
        )
        return Picture(figure, alt or made)


def bits_per_character(curves, ngrams, alt=None):
    """Plot held-out bits per character against epochs, with the n-gram models as horizontal lines.

    A line through the median of the seeds, a band from the least to the largest.

    Parameters
    ----------
    curves : dict of str to array of shape (seeds, epochs)
        Cell to its held-out bits.
    ngrams : dict of int to float
        Order to bits.
    alt : str, optional
        Replaces the text made from the curves.

    Returns
    -------
    Picture
    """
    with use_style():
        figure = Figure(figsize=(4.6, 3.2))
        ax = figure.add_subplot()
        epochs = max(np.shape(bits)[1] for bits in curves.values())
        ax.set(xlim=(1, epochs), ylim=(1.7, 3.5), xlabel=say("epoch"), ylabel=say("held-out bits per character"))
        ends, said = [], []
        for order, bits in ngrams.items():
            ax.axhline(bits, color=INK, linewidth=0.8)
            place, side = (epochs, "right") if bits > 2.2 else (1, "left")  # where no curve runs
            shift = (-3 if side == "right" else 3, 2)
            ax.annotate(
                say("{order}-gram", order=order),
                (place, bits),
                xytext=shift,
                textcoords="offset points",
                ha=side,
                fontsize=8,
            )
        for cell, bits in curves.items():
            steps = np.arange(1, np.shape(bits)[1] + 1)
            middle, last = _band(ax, steps, bits, cell)
            ends.append((steps[-1], middle[-1], cell, colour(STYLES[cell][0])))
            said.append(
                say(
                    "{cell}: from {first:.2f} to {last:.2f}, seeds from {low:.2f} to {high:.2f}",
                    cell=cell,
                    first=middle[0],
                    last=middle[-1],
                    low=last.min(),
                    high=last.max(),
                )
            )
        figure.draw_without_rendering()
        label_ends(ax, ends)
        lines = [say("{order}-gram {bits:.2f}", order=order, bits=bits) for order, bits in ngrams.items()]
        made = say(
            "Bits per character on held-out text. {cells}. Counting: {ngrams}.",
            cells=say("; ").join(said),
            ngrams=say(", ").join(lines),
        )
        return Picture(figure, alt or made)


def _band(ax, steps, curves, cell):
    """Draw a line through the median of the seeds and a band over all; returns the medians and the last values."""
    symbol, dash = STYLES[cell]
    hue, middle = colour(symbol), np.median(curves, axis=0)
    ax.fill_between(steps, np.min(curves, axis=0), np.max(curves, axis=0), color=hue, alpha=0.18, linewidth=0)
    ax.plot(steps, middle, color=hue, linestyle=dash)
    return middle, np.asarray(curves)[:, -1]
