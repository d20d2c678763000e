"""Plot a term: where the class lies in each problem set."""

import numpy as np
from matplotlib.figure import Figure

from rnncourse.language import say
from rnncourse.plotting.figure import Picture
from rnncourse.plotting.style import colour, use_style


def plot_term(term):
    """Plot the median and the quartiles of the shares of points, by problem set.

    Parameters
    ----------
    term : Term
        With at least one problem set.

    Returns
    -------
    rnncourse.plotting.figure.Picture
    """
    shares = [[100 * row[k] for row in _rows(term) if row[k] is not None] for k in range(len(term.names))]
    low, middle, high = np.array([np.percentile(each, [25, 50, 75]) for each in shares]).T
    places = range(len(term.names))
    with use_style():
        figure = Figure(figsize=(4.6, 2.6))
        ax = figure.add_subplot()
        ax.vlines(places, low, high, color=colour("x"), linewidth=6)
        ax.plot(places, middle, color=colour("h"), marker="o")
        for place, value in zip(places, middle, strict=True):
            ax.annotate(f"{value:.0f} %", (place, value), xytext=(8, -3), textcoords="offset points")
        ax.set(ylabel=say("points in %"), ylim=(-4, 104), xlim=(-0.4, len(term.names) - 0.2))
        ax.set_xticks(places, [name.partition("_")[0] for name in term.names])
    lowest = term.names[int(np.argmin(middle))]
    words = say("; ").join(
        say(
            "{problem_set}: {middle:.0f} %, half of the submissions between {low:.0f} and {high:.0f} %",
            problem_set=name,
            middle=value,
            low=below,
            high=above,
        )
        for name, below, value, above in zip(term.names, low, middle, high, strict=True)
    )
    return Picture(
        figure,
        say(
            "The median is lowest in {problem_set}. Medians by problem set: {medians}.",
            problem_set=lowest,
            medians=words,
        ),
    )


def _rows(term):
    """List everybody's shares."""
    return [standing.shares for standing in term.standings]
