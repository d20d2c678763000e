"""Make class reports that no class has written: with every kind of problem, and names that attack the page."""

from rnncourse.grading.report.model import KINDS, Exercise, Report, Student

EVIL = "<script>window.pwned = 1; alert(1)</script>"
STRANGE = [EVIL, "../x", "=HYPERLINK(1)", 'o\'neil "x" & co', "宋江", "a b", "-rf", "%7B{{ 1 + 1 }}"]
MISTAKE = {"label": "transposed-W_hh", "says": f"multiplies {EVIL}", "see": "01_structure#sec-recurrence"}


def sample(ids=STRANGE, notebooks=("ps",)):
    """Make a report on students with these ids."""
    exercises = tuple(Exercise(name, f"check-{what}", 10.0) for name in notebooks for what in ("a", "b"))
    students = []
    for number, student_id in enumerate(ids):
        points = {(each.notebook, each.grade_id): float((3 * number + k) % 11) for k, each in enumerate(exercises)}
        student = Student(student_id, f"Zoë {student_id}" if number % 2 else "", points, late=number % 3, seconds=None)
        student.mistakes = [("a", MISTAKE)]
        student.problems = [("a", KINDS[number % len(KINDS)], f"says {EVIL}")]
        students.append(student)
    return Report("ps", f"Problem set {EVIL}", exercises, tuple(students), ungraded=(EVIL,), absent=("zoe", EVIL))
