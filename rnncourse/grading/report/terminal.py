"""Print the gist of a class report in a terminal."""

from rich.markup import escape
from rich.table import Table

from rnncourse.checks.reporting.report import section_title

MOST = 10
"""Of mistakes, and of submissions that need a person: the page has them all."""


def show(report, paths, console):
    """Print a report.

    Parameters
    ----------
    report : Report
    paths : tuple of pathlib.Path
        What was written.
    console : rich.console.Console
    """
    counts = f"{len(report.students)} graded, {len(report.ungraded)} not graded, {len(report.absent)} not handed in"
    console.print(f"{report.problem_set}: {counts}", highlight=False, markup=False)
    if report.students:
        words = f"mean {report.average:.1f}, median {report.middle:g} of {report.maximum:g} points"
        console.print(words, highlight=False)
    if report.mistakes:
        table = Table("mistake", "exercise", "count", "section to revisit")
        table.columns[2].justify = "right"
        for exercise, mistake, who in report.mistakes[:MOST]:
            table.add_row(*map(escape, (mistake["label"], exercise, str(len(who)), section_title(mistake["see"]))))
        console.print(table)
    for student, where, kind, _ in report.problems[:MOST]:
        console.print(f"needs a person: {student.id}: {where}: {kind}", highlight=False, markup=False)
    left = len(report.problems) - MOST
    if left > 0:
        console.print(f"... and {left} more", highlight=False)
    if report.stopped:
        told = "their feedback pages tell what to mend"
        console.print(f"code that stopped or was mended: {len(report.stopped)}; {told}", highlight=False)
    for path in paths:
        console.print(path, highlight=False, markup=False, soft_wrap=True)
