"""Plot how far back gradients reach in time, for the book, the labs and notebooks."""

import numpy as np
from matplotlib.ticker import LogLocator, NullLocator

from rnncourse.experiments import gradient_lag
from rnncourse.language import say
from rnncourse.plotting.figure import INK, Picture
from rnncourse.plotting.style import DASHES, colour, label_ends, new_axes, spoken, use_style


def gradient_norm_by_lag(curves, ylim=(1e-12, 1e6), alt=None):
    """Plot the length of dL/dh^(T-k) against the lag k, one line per network.

    Parameters
    ----------
    curves : dict of str to array of shape (T + 1,)
        Label to norms, from `rnncourse.experiments.gradient_lag.gradient_norm_by_lag`. A label that starts with "yours"
        gets crosses.
    ylim : pair of float, optional
    alt : str, optional
        Replaces the text made from the curves.

    Returns
    -------
    Picture
    """
    with use_style():
        figure, ax = new_axes()
        ax.set(yscale="log", ylim=ylim, xlim=(0, max(len(norms) for norms in curves.values()) - 1),
               xlabel=say(r"lag $k$"), ylabel=r"$\Vert\,\partial\mathcal{L}/\partial h^{(T-k)}\,\Vert$")  # fmt: skip
        ax.yaxis.set_major_locator(LogLocator(numticks=7))
        ax.yaxis.set_minor_locator(NullLocator())
        ax.axhline(1, color=INK, linewidth=0.8)
        ends = []
        for number, (label, norms) in enumerate(curves.items()):
            yours = label.startswith(("yours", say("yours")))
            hue = colour("f") if yours else colour("h")
            dash = "none" if yours else DASHES[number % len(DASHES)]
            ax.plot(
                np.arange(len(norms)),
                norms,
                color=hue,
                linestyle=dash,
                marker="x" if yours else "",
                label=shown_name(label),
            )
            seen = np.flatnonzero((norms >= ylim[0]) & (norms <= ylim[1]))  # the line leaves the frame after these
            if len(seen):
                ends.append((seen[-1], norms[seen[-1]], shown_name(label), hue))
        figure.draw_without_rendering()
        label_ends(ax, ends)
        return Picture(figure, alt or _lag_alt(curves))


def _lag_alt(curves):
    """Say in words what each curve shows."""
    verdicts = {"vanishing": say("vanishing"), "steady": say("steady"), "exploding": say("exploding")}
    said = [
        say(
            "{curve}: {verdict}, {share} of it is left at lag {lag}",
            curve=shown_name(label),
            verdict=verdicts[gradient_lag.verdict(norms)],
            share=spoken(norms[-1] / norms[0]),
            lag=len(norms) - 1,
        )
        for label, norms in curves.items()
    ]
    return say("Length of the gradient against the lag, on a logarithmic axis. {curves}.", curves=say("; ").join(said))


def shown_name(label):
    """Name a curve in the language in use; those of a lab are "library" and "yours"."""
    return {"library": say("library"), "yours": say("yours")}.get(label, label)
