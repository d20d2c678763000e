"""Take the marks of a problem set from a class report: what goes back to a student."""

from dataclasses import dataclass

TOTAL, LATE, COMMENT = "total", "late", "comment"
"""What a column may hold, besides an exercise's points."""
OPENING = "Points by exercise:"
"""Begins each comment of ours: one that begins otherwise is a person's, and stays."""
PROVISIONAL = ("check failed", "to grade by hand")
"""Of a report's problems: there the points are not final."""


@dataclass(frozen=True)
class Mark:
    """What a student gets back: points by exercise, what being late cost, the total, a comment.

    `provisional` says why the points are not final, if they are not.
    """

    student: str
    points: dict[str, float]
    late: float
    total: float
    comment: str
    provisional: str = ""

    def value(self, what):
        """Get the number or the text for a column."""
        return {TOTAL: self.total, LATE: self.late, COMMENT: self.comment}.get(what, self.points.get(what))


def marks_of(report):
    """Make the marks of everybody whose submission is graded.

    Parameters
    ----------
    report : rnncourse.grading.report.model.Report

    Returns
    -------
    marks : dict of str to Mark
    """
    return {student.id: _mark(report, student) for student in report.students}


def _mark(report, student):
    """Make one student's mark."""
    points = {
        label: student.points.get((exercise.notebook, exercise.grade_id))
        for label, exercise in zip(report.labels, report.exercises, strict=True)
    }
    open_ones = [f"{where}: {kind}" for where, kind, _ in student.problems if kind in PROVISIONAL]
    return Mark(student.id, points, student.late, student.total, _comment(report, student), "; ".join(open_ones))


def _comment(report, student):
    """Write what a student reads beside the mark: points and named mistakes of each exercise, and lateness."""
    mistakes = {}
    for exercise, mistake in student.mistakes:
        mistakes.setdefault(exercise, []).append(mistake["label"])
    said = []
    for label, exercise in zip(report.labels, report.exercises, strict=True):
        points = student.points.get((exercise.notebook, exercise.grade_id))
        named = f" ({', '.join(mistakes[exercise.name])})" if exercise.name in mistakes else ""
        said.append(f"{label} {'no points yet' if points is None else f'{points:g} of {exercise.maximum:g}'}{named}")
    if student.lateness:
        said.append(f"handed in {student.lateness}")
    return f"{OPENING} {'; '.join(said)}."
