"""Define the exercises: what each asks for, what it is worth, and how the textbook says it with learners' arguments.

A module for each problem set; `EXERCISES` maps a name to its exercise, where the exercise has a textbook function.
"""

from rnncourse.checks.exercises.beyond import EXERCISES as BEYOND
from rnncourse.checks.exercises.bptt import EXERCISES as BPTT
from rnncourse.checks.exercises.forward import EXERCISES as FORWARD
from rnncourse.checks.exercises.loss import EXERCISES as LOSS
from rnncourse.checks.exercises.lstm import EXERCISES as LSTM
from rnncourse.checks.exercises.training import EXERCISES as TRAINING

EXERCISES = {exercise.name: exercise for exercise in (*FORWARD, *LOSS, *BPTT, *TRAINING, *LSTM, *BEYOND)}
