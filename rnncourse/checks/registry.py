"""Register all exercises by name: those with a textbook function, and the bug clinic, which grades in its own way."""

from rnncourse.checks.clinic.exercise import BUG_CLINIC
from rnncourse.checks.exercises import EXERCISES as WITH_TEXTBOOK

EXERCISES = {**WITH_TEXTBOOK, BUG_CLINIC.name: BUG_CLINIC}
