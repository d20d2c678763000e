"""The catalogue of named mistakes: what learners write, and what it does to the gradients.

`CATALOGUE` maps an exercise to its misconceptions and `TEXTBOOK` to the reference function that they alter.
"""

from rnncourse.misconceptions import rnn_backward, rnn_forward, rnn_step
from rnncourse.misconceptions.record import Misconception, mutate
from rnncourse.reference import rnn

TEXTBOOK = {
    "rnn_step": rnn.rnn_step,
    "rnn_forward": rnn.rnn_forward,
    "rnn_backward": rnn.rnn_backward,
}

CATALOGUE = {
    "rnn_step": rnn_step.MISCONCEPTIONS,
    "rnn_forward": rnn_forward.MISCONCEPTIONS,
    "rnn_backward": rnn_backward.MISCONCEPTIONS,
}


def mutant(*misconceptions):
    """The textbook function with one or more misconceptions (of one exercise) in it."""
    swaps = [swap for misconception in misconceptions for swap in misconception.swaps]
    return mutate(TEXTBOOK[misconceptions[0].exercise], *swaps)


__all__ = ["CATALOGUE", "TEXTBOOK", "Misconception", "mutant", "mutate"]
