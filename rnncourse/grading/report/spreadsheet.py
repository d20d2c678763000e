"""Write a class report as a table for a spreadsheet: a row for each student."""

import csv
import io

from rnncourse.grading.report.model import FOR_A_PERSON, OF_THE_STUDENT
from rnncourse.grading.spreadsheet import safe


def as_csv(report):
    """Write a report as CSV: points by exercise, total, cost of being late, seconds, mistakes, what needs a person.

    Parameters
    ----------
    report : Report

    Returns
    -------
    text : str
        With an apostrophe before what a spreadsheet would take for a formula.
    """
    named = zip(report.labels, report.exercises, strict=True)
    tops = [f"{label} (of {exercise.maximum:g})" for label, exercise in named]
    file = io.StringIO()
    table = csv.writer(file)
    heads = ["student", "name", "state", *tops, f"total (of {report.maximum:g})"]
    table.writerow(map(safe, [*heads, "late", "how late", "seconds", "mistakes", "needs a person", "stopped"]))
    for student in report.students:
        points = [student.points.get((exercise.notebook, exercise.grade_id), "") for exercise in report.exercises]
        mistakes = "; ".join(f"{exercise}: {mistake['label']}" for exercise, mistake in student.mistakes)
        problems = ["; ".join(_named(student, kinds)) for kinds in (FOR_A_PERSON, OF_THE_STUDENT)]
        seconds = "" if student.seconds is None else round(student.seconds, 2)
        row = [student.id, student.name, "graded", *points, student.total, student.late, student.lateness]
        row += [seconds, mistakes, *problems]
        table.writerow(map(safe, row))
    for state, ids in (("not graded", report.ungraded), ("not handed in", report.absent)):
        for student in ids:
            table.writerow(map(safe, [student, "", state, *[""] * (len(tops) + 7)]))
    return file.getvalue()


def _named(student, kinds):
    """Name a student's problems of some kinds, with the exercise."""
    return [f"{where}: {kind}" for where, kind, _ in student.problems if kind in kinds]
