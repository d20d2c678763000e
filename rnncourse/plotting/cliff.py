"""Draw the cliff, for the lab `clipping_cliff`."""

import numpy as np
from matplotlib.figure import Figure

from rnncourse.experiments import loss_cliff
from rnncourse.language import say
from rnncourse.plotting.figure import Picture
from rnncourse.plotting.style import colour, spoken, use_style

MARKS = {
    "plain": {"marker": "o", "markerfacecolor": "none", "color": colour("f")},
    "clipped": {"marker": "s", "markersize": 4, "color": colour("h")},
    "yours": {"marker": "x", "markersize": 7, "color": colour("o")},
}
WEIGHTS = np.sort(np.concatenate([np.linspace(0.4, 2.2, 181), np.linspace(1.49, 1.51, 101)]))


def paths_on_the_cliff(paths, alt=None):
    """Plot the loss of one recurrent unit against its weight, and paths of gradient descent on it.

    Parameters
    ----------
    paths : dict of str to array of shape (steps + 1,)
        "plain", "clipped" or "yours" to weights, from `rnncourse.experiments.loss_cliff.descend`. Each has its own
        marker.
    alt : str, optional
        Replaces the text made from the paths.

    Returns
    -------
    Picture
    """
    with use_style():
        figure = Figure(figsize=(4.6, 3.0))
        ax = figure.add_subplot()
        ax.set(xlabel="$w$", ylabel=say(r"loss $\mathcal{L}$"), xlim=(WEIGHTS[0], WEIGHTS[-1]), ylim=(-0.15, 2.4))
        ax.plot(WEIGHTS, loss_cliff.loss_and_slope(WEIGHTS)[0], color=colour("loss"), solid_joinstyle="round")
        for name, path in paths.items():
            inside = path[(path >= WEIGHTS[0]) & (path <= WEIGHTS[-1])]
            shown = inside[_spread(inside)]
            ax.plot(shown, loss_cliff.loss_and_slope(shown)[0], linestyle="none", label=_names()[name], **MARKS[name])
        _arrow(ax, paths["plain"])
        ax.legend(loc="upper left", fontsize=9)
        ends = [say("{path} ends at {w}", path=_names()[name], w=spoken(path[-1])) for name, path in paths.items()]
        made = say(
            "Loss against w: a valley at 0.7, a wall at 1.5, high ground right of it. {paths}.",
            paths=say("; ").join(ends),
        )
        return Picture(figure, alt or made)


def _names():
    """Name the paths."""
    return {"plain": say("plain"), "clipped": say("clipped"), "yours": say("yours")}


def _spread(path):
    """Choose which points of a path to draw: the first, and then one whenever it has moved by 0.04."""
    kept = [0] if len(path) else []
    for n, w in enumerate(path):
        if abs(w - path[kept[-1]]) > 0.04:
            kept.append(n)
    return kept


def _arrow(ax, path):
    """Draw an arrow to the edge where a path leaves the picture."""
    outside = np.flatnonzero((path < WEIGHTS[0]) | (path > WEIGHTS[-1]))
    if not len(outside) or outside[0] == 0:
        return
    last, edge = path[outside[0] - 1], WEIGHTS[0] if path[outside[0]] < WEIGHTS[0] else WEIGHTS[-1]
    height = float(loss_cliff.loss_and_slope(last)[0])
    ax.annotate("", (edge, height), (last, height),
                arrowprops={"arrowstyle": "->", "color": colour("f"), "linestyle": "--"})  # fmt: skip
