"""Define the bug clinic as an exercise: it grades in its own way."""

from rnncourse.checks.clinic.worksheet import FIX_POINTS, NAME_POINTS, PLANTED, grade_answers
from rnncourse.checks.exercises.exercise import Exercise, Output
from rnncourse.language import phrase

BUG_CLINIC = Exercise(
    name="bug_clinic",
    arguments=(),
    outputs=tuple(
        Output(phrase("patient {number}", number=number), (), NAME_POINTS + FIX_POINTS)
        for number in range(1, len(PLANTED) + 1)
    ),
    probes=None,
    adapt=None,
    grader=grade_answers,
)
