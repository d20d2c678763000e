"""Collect the catalogue of named mistakes: what learners write, and what it does to the gradients.

`CATALOGUE` maps an exercise to its misconceptions and `TEXTBOOK` to the reference function that they alter.
"""

from rnncourse.misconceptions.beyond import generate, gru_backward, gru_step, rnn_function, sample
from rnncourse.misconceptions.bptt import (
    gradient_check,
    gradient_norm_by_lag,
    rnn_backward,
    rnn_step_backward,
    truncated_bptt,
)
from rnncourse.misconceptions.forward import output_layer, rnn_forward, rnn_step, shapes
from rnncourse.misconceptions.loss import cross_entropy, delta_y_heads, softmax
from rnncourse.misconceptions.lstm import forget_bias_sweep, lstm_backward, lstm_forward, lstm_step, lstm_step_backward
from rnncourse.misconceptions.record import Misconception, changed_lines, mutate
from rnncourse.misconceptions.training import (
    adam_step,
    clip_gradients,
    dropout,
    make_windows,
    scale_series,
    sgd_step,
    train_forecaster,
)

_MODULES = (
    shapes,
    rnn_step,
    rnn_forward,
    output_layer,
    softmax,
    cross_entropy,
    delta_y_heads,
    rnn_step_backward,
    rnn_backward,
    gradient_check,
    gradient_norm_by_lag,
    truncated_bptt,
    clip_gradients,
    sgd_step,
    adam_step,
    dropout,
    scale_series,
    make_windows,
    train_forecaster,
    lstm_step,
    lstm_forward,
    lstm_step_backward,
    lstm_backward,
    forget_bias_sweep,
    gru_step,
    gru_backward,
    rnn_function,
    sample,
    generate,
)

CATALOGUE = {module.MISCONCEPTIONS[0].exercise: module.MISCONCEPTIONS for module in _MODULES}
TEXTBOOK = {module.MISCONCEPTIONS[0].exercise: module.TEXTBOOK for module in _MODULES}


def mutant(*misconceptions):
    """Build the textbook function with one or more misconceptions (of one exercise) in it."""
    swaps = [swap for misconception in misconceptions for swap in misconception.swaps]
    return mutate(TEXTBOOK[misconceptions[0].exercise], *swaps)


def difference(*misconceptions):
    """Compare a mutant with the textbook: the lines it lacks and the lines in their place, as two tuples."""
    swaps = [swap for misconception in misconceptions for swap in misconception.swaps]
    return changed_lines(TEXTBOOK[misconceptions[0].exercise], *swaps)


__all__ = ["CATALOGUE", "TEXTBOOK", "Misconception", "difference", "mutant", "mutate"]
