"""The book's plots, for notebooks too. Each returns a `rnncourse.picture.Picture`: theme-aware, with alt text.

Nothing here touches matplotlib's global state: figures are made without pyplot, under `use_style`.
"""

from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import matplotlib.style
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator

from rnncourse import lag
from rnncourse.notation import COLOURS
from rnncourse.picture import INK, Picture

DASHES = ("-", (0, (6, 1.5)), (0, (3, 1.5)), (0, (1, 1)))


@contextmanager
def use_style():
    """Apply `look.mplstyle` inside a ``with`` block, and only there."""
    with matplotlib.style.context(Path(__file__).with_name("look.mplstyle")):
        yield


def colour(symbol):
    """The colour of a symbol of the notation in every figure.

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
    """A number as a screen reader should say it: ``0.0018``, ``2.3 times 10 to the 8``."""
    if value == 0 or 1e-3 <= abs(value) < 1e4:
        return f"{value:.2g}" if abs(value) < 100 else f"{value:.0f}"
    digits, exponent = f"{value:.1e}".split("e")
    return f"{digits} times 10 to the {int(exponent)}".replace("the -", "the minus ")


def _axes(size=(4.6, 3.0)):
    figure = Figure(figsize=size)
    return figure, figure.add_subplot()


def _label_ends(ax, ends, gap=0.075):
    """Write each line's name beside its last point, pushed apart where they would touch."""
    placed = []
    for x, y, text, hue in ends:
        placed.append([ax.transAxes.inverted().transform(ax.transData.transform((x, y)))[1], x, text, hue])
    placed.sort(key=lambda item: item[0])
    for below, above in pairwise(placed):
        above[0] = max(above[0], below[0] + gap)
    for height, x, text, hue in placed:
        ax.annotate(text, (x, min(max(height, 0.04), 1)), xycoords=("data", "axes fraction"), color=hue,
                    xytext=(5, 0), textcoords="offset points", va="center", annotation_clip=False)  # fmt: skip


def gradient_norm_by_lag(curves, ylim=(1e-12, 1e6), alt=None):
    """Length of dL/dh^(T-k) against the lag k, one line per network.

    Parameters
    ----------
    curves : dict of str to array of shape (T + 1,)
        Label to norms, from `rnncourse.lag.gradient_norm_by_lag`. A label that starts with "yours" gets crosses.
    ylim : pair of float, optional
    alt : str, optional
        Replaces the text made from the curves.

    Returns
    -------
    Picture
    """
    with use_style():
        figure, ax = _axes()
        ax.set(yscale="log", ylim=ylim, xlim=(0, max(len(norms) for norms in curves.values()) - 1),
               xlabel=r"lag $k$", ylabel=r"$\Vert\,\partial\mathcal{L}/\partial h^{(T-k)}\,\Vert$")  # fmt: skip
        ax.yaxis.set_major_locator(LogLocator(numticks=7))
        ax.yaxis.set_minor_locator(NullLocator())
        ax.axhline(1, color=INK, linewidth=0.8)
        ends = []
        for number, (label, norms) in enumerate(curves.items()):
            yours = label.startswith("yours")
            hue = colour("f") if yours else colour("h")
            dash = "none" if yours else DASHES[number % len(DASHES)]
            ax.plot(np.arange(len(norms)), norms, color=hue, linestyle=dash, marker="x" if yours else "", label=label)
            seen = np.flatnonzero((norms >= ylim[0]) & (norms <= ylim[1]))  # the line leaves the frame after these
            if len(seen):
                ends.append((seen[-1], norms[seen[-1]], label, hue))
        figure.draw_without_rendering()
        _label_ends(ax, ends)
        return Picture(figure, alt or _lag_alt(curves))


def _lag_alt(curves):
    """The finding of each curve in words."""
    said = [
        f"{label}: {lag.verdict(norms)}, {spoken(norms[-1] / norms[0])} of it is left at lag {len(norms) - 1}"
        for label, norms in curves.items()
    ]
    return "Length of the gradient against the lag, on a logarithmic axis. " + "; ".join(said) + "."


def gradient_check_v(eps, errors, alt=None):
    """Relative error of a numerical gradient against its step: the two sides of a V.

    Parameters
    ----------
    eps : array of shape (n,)
        Steps.
    errors : dict of str to array of shape (n,)
        Label to relative errors.
    alt : str, optional
        Replaces the text made from the errors.

    Returns
    -------
    Picture
    """
    said = []
    with use_style():
        figure, ax = _axes()
        ax.set(xscale="log", yscale="log", xlabel=r"step $\epsilon$", ylabel="relative error")
        for number, (label, error) in enumerate(errors.items()):
            ax.plot(eps, error, color=colour("h"), linestyle=DASHES[number % len(DASHES)], label=label)
            best = int(np.argmin(error))
            ax.plot(eps[best], error[best], marker="o", color=colour("h"), linestyle="none")
            middle = (best + len(eps)) // 2  # of the right arm, where the curves lie apart
            upper = error[middle] >= max(other[middle] for other in errors.values())
            side, shift = ("right", -7) if upper else ("left", 7)
            ax.annotate(label, (eps[middle], error[middle]), xytext=(shift, 0), textcoords="offset points",
                        ha=side, va="center", color=colour("h"))  # fmt: skip
            said.append(f"{label}: smallest error {spoken(error[best])} at a step of {spoken(eps[best])}")
        shape = "Each curve is a V: rounding on the left, truncation on the right. "
        return Picture(figure, alt or shape + "; ".join(said) + ".")


def eigenvalue_disc(matrices, alt=None):
    """Eigenvalues of recurrent matrices in the complex plane, with the unit circle.

    Parameters
    ----------
    matrices : dict of str to array of shape (H, H)
        Label to W_hh; up to four.
    alt : str, optional
        Replaces the text made from the matrices.

    Returns
    -------
    Picture
    """
    said = []
    turn = np.linspace(0, 2 * np.pi, 200)
    with use_style():
        figure = Figure(figsize=(4.6, 0.75 + 4.2 / max(len(matrices), 1.4)))
        panels = np.atleast_1d(figure.subplots(1, len(matrices), sharex=True, sharey=True))
        for ax, (label, W) in zip(panels, matrices.items(), strict=True):
            values = np.linalg.eigvals(W)
            inside = np.abs(values) <= 1
            ax.plot(np.cos(turn), np.sin(turn), color=INK, linewidth=0.8)
            ax.plot(values.real[inside], values.imag[inside], "o", markersize=3.5, color=colour("h"))
            ax.plot(values.real[~inside], values.imag[~inside], "x", markersize=5, color=colour("f"))
            ax.set(aspect="equal", title=label, xlabel=r"$\mathrm{Re}\,\lambda$")
            ax.title.set_size(10)
            said.append(f"{label}: {(~inside).sum()} of {len(values)} eigenvalues lie outside")
        panels[0].set_ylabel(r"$\mathrm{Im}\,\lambda$")
        shape = "Eigenvalues in the complex plane with the unit circle; dots lie inside it, crosses outside. "
        return Picture(figure, alt or shape + "; ".join(said) + ".")


def truncation_error(chunks, errors, alt=None):
    """Relative error of a truncated gradient against the length of the chunks.

    Parameters
    ----------
    chunks : sequence of int
    errors : dict of str to array of shape (len(chunks),)
        Label to relative errors.
    alt : str, optional
        Replaces the text made from the errors.

    Returns
    -------
    Picture
    """
    with use_style():
        figure, ax = _axes()
        ax.set(xscale="log", yscale="log", xlabel=r"chunk length $\tau$", ylabel="relative error of the gradient")
        ax.set_xticks(chunks, [str(chunk) for chunk in chunks], minor=False)
        ax.xaxis.set_minor_locator(NullLocator())
        for number, (label, error) in enumerate(errors.items()):
            ax.plot(chunks, error, color=colour("h"), linestyle=DASHES[number % len(DASHES)], marker="o", label=label)
        figure.draw_without_rendering()
        _label_ends(ax, [(chunks[-1], error[-1], label, colour("h")) for label, error in errors.items()])
        said = [f"{label}: from {spoken(error[0])} at {chunks[0]} to {spoken(error[-1])} at {chunks[-1]}"
                for label, error in errors.items()]  # fmt: skip
        return Picture(figure, alt or "Error of a truncated gradient against chunk length. " + "; ".join(said) + ".")
