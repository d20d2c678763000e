"""The exercises: what each asks for, what it is worth, and how the textbook says it with the learner's arguments.

A module for each problem set; `EXERCISES` maps a name to its exercise.
"""

from rnncourse.checks.exercises import beyond, bptt, forward, loss, lstm, training

EXERCISES = {
    exercise.name: exercise for group in (forward, loss, bptt, training, lstm, beyond) for exercise in group.EXERCISES
}
