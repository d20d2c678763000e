"""The catalogue of named mistakes: what learners write, and what it does to the gradients.

`CATALOGUE` maps an exercise to its misconceptions and `TEXTBOOK` to the reference function that they alter.
"""

from rnncourse.misconceptions import output_layer, rnn_backward, rnn_forward, rnn_step, rnn_step_backward
from rnncourse.misconceptions.record import Misconception, mutate

_EXERCISES = (rnn_step, rnn_forward, output_layer, rnn_step_backward, rnn_backward)

CATALOGUE = {module.MISCONCEPTIONS[0].exercise: module.MISCONCEPTIONS for module in _EXERCISES}
TEXTBOOK = {module.MISCONCEPTIONS[0].exercise: module.TEXTBOOK for module in _EXERCISES}


def mutant(*misconceptions):
    """The textbook function with one or more misconceptions (of one exercise) in it."""
    swaps = [swap for misconception in misconceptions for swap in misconception.swaps]
    return mutate(TEXTBOOK[misconceptions[0].exercise], *swaps)


__all__ = ["CATALOGUE", "TEXTBOOK", "Misconception", "mutant", "mutate"]
