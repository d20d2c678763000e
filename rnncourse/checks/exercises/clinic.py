"""The bug clinic as an exercise: it grades in its own way."""

from rnncourse.checks.exercise import Exercise, Output

PATIENTS = 8


def _grade(exercise, function):
    from rnncourse.checks import clinic  # late: the clinic's patients come from the other exercises

    return clinic.grade_answers(exercise, function)


CLINIC = Exercise(
    name="bug_clinic",
    arguments=(),
    outputs=tuple(Output(f"patient {number}", (), 2.5) for number in range(1, PATIENTS + 1)),
    probes=None,
    adapt=None,
    grader=_grade,
)
