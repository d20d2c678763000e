"""Plot a class report: how the totals lie, and how each exercise went."""

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from rnncourse.language import say
from rnncourse.plotting.figure import INK, Picture
from rnncourse.plotting.style import colour, use_style

BINS = 10


def plot_totals(report):
    """Plot how many submissions have how many points, in ten bins; the last holds those with all points, too.

    Parameters
    ----------
    report : Report
        With at least one submission.

    Returns
    -------
    rnncourse.plotting.figure.Picture
    """
    width = (report.maximum or 1.0) / BINS
    counts = [0] * BINS
    for student in report.students:
        counts[min(int(student.total / width), BINS - 1)] += 1
    with use_style():
        figure = Figure(figsize=(4.6, 2.4))
        ax = figure.add_subplot()
        ax.bar([(k + 0.5) * width for k in range(BINS)], counts, width=0.9 * width, color=colour("h"))
        ax.axvline(report.middle, color=INK, linestyle="--", linewidth=1.2)
        ax.set(xlabel=say("points"), ylabel=say("submissions"), xlim=(0, BINS * width))
        ax.yaxis.set_major_locator(MaxNLocator(integer=True))
        side = "left" if report.middle < 0.7 * report.maximum else "right"
        ax.text(
            report.middle,
            1.02,
            say("median {points:g}", points=report.middle),
            transform=ax.get_xaxis_transform(),
            ha=side,
        )
    spread = say("; ").join(
        say("{low:g} to {high:g} points: {count}", low=k * width, high=(k + 1) * width, count=count)
        for k, count in enumerate(counts)
        if count
    )
    return Picture(
        figure,
        say(
            "The median is {middle:g} of {maximum:g} points. Submissions with {spread}.",
            middle=report.middle,
            maximum=report.maximum,
            spread=spread,
        ),
    )


def plot_exercises(report):
    """Plot for each exercise the shares of submissions with all, some and none of its points.

    Parameters
    ----------
    report : Report
        With at least one submission.

    Returns
    -------
    rnncourse.plotting.figure.Picture
    """
    rows = [(exercise.name, shares(report.points(exercise), exercise.maximum)) for exercise in report.exercises]
    styles = (("all", colour("h"), ""), ("some", colour("x"), "//"), ("none", "none", ""))
    with use_style():
        figure = Figure(figsize=(4.6, 0.8 + 0.36 * len(rows)))
        ax = figure.add_subplot()
        for place, (_, parts) in enumerate(rows):
            left = 0.0
            for part, (_, fill, hatch) in zip(parts, styles, strict=True):
                ax.barh(place, 100 * part, left=100 * left, height=0.62, color=fill, hatch=hatch, edgecolor=INK, lw=0.6)
                left += part
        ax.set(xlim=(0, 100), xlabel=say("% of submissions"))
        ax.set_yticks(range(len(rows)), [name for name, _ in rows])
        ax.invert_yaxis()
        ax.grid(visible=False, axis="y")
    words = say("; ").join(
        say(
            "{exercise}: {full:.0f} % all, {some:.0f} % some, {none:.0f} % none",
            exercise=name,
            full=100 * full,
            some=100 * some,
            none=100 * none,
        )
        for name, (full, some, none) in rows
    )
    hardest = min(rows, key=lambda row: row[1])[0]
    return Picture(
        figure,
        say(
            "Fewest have all points of {exercise}. Shares of submissions with points: {shares}.",
            exercise=hardest,
            shares=words,
        ),
    )


def shares(points, maximum):
    """Compute the shares with all, some and none of the points."""
    full = sum(count >= maximum for count in points)
    none = sum(count <= 0 < maximum for count in points)
    total = max(len(points), 1)
    return full / total, (len(points) - full - none) / total, none / total
