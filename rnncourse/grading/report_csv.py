"""A class report as a table for a spreadsheet: a row for each student."""

import csv
import io

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet takes a cell that begins so for a formula, and may run it."""


def as_csv(report):
    """A report as CSV: points by exercise, total, cost of being late, seconds, mistakes, and what needs a person.

    Parameters
    ----------
    report : Report

    Returns
    -------
    text : str
        With an apostrophe before what a spreadsheet would take for a formula.
    """
    several = len({one.notebook for one in report.exercises}) > 1
    names = [f"{one.notebook}/{one.name}" if several else one.name for one in report.exercises]
    tops = [f"{name} (of {one.maximum:g})" for name, one in zip(names, report.exercises, strict=True)]
    file = io.StringIO()
    table = csv.writer(file)
    heads = ["student", "name", "state", *tops, f"total (of {report.maximum:g})"]
    table.writerow(map(safe, [*heads, "late", "seconds", "mistakes", "needs a person"]))
    for one in report.students:
        points = [one.points.get((exercise.notebook, exercise.grade_id), "") for exercise in report.exercises]
        mistakes = "; ".join(f"{exercise}: {mistake['label']}" for exercise, mistake in one.mistakes)
        troubles = "; ".join(f"{where}: {kind}" for where, kind, _ in one.troubles)
        seconds = "" if one.seconds is None else round(one.seconds, 2)
        row = [one.id, one.name, "graded", *points, one.total, one.late, seconds, mistakes, troubles]
        table.writerow(map(safe, row))
    for state, ids in (("not graded", report.ungraded), ("not handed in", report.absent)):
        for one in ids:
            table.writerow(map(safe, [one, "", state, *[""] * (len(tops) + 5)]))
    return file.getvalue()


def safe(value):
    """A cell that no spreadsheet runs; numbers stay as they are."""
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value
