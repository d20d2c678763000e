"""The catalogue of named mistakes: what learners write, and what it does to the gradients.

`CATALOGUE` maps an exercise to its misconceptions and `TEXTBOOK` to the reference function that they alter.
"""

from rnncourse.misconceptions import (
    adam_step,
    clip_gradients,
    cross_entropy,
    delta_y_heads,
    dropout,
    forget_bias_sweep,
    generate,
    gradient_check,
    gradient_norm_by_lag,
    gru_backward,
    gru_step,
    lstm_backward,
    lstm_forward,
    lstm_step,
    lstm_step_backward,
    make_windows,
    output_layer,
    rnn_backward,
    rnn_forward,
    rnn_function,
    rnn_step,
    rnn_step_backward,
    sample,
    scale_series,
    sgd_step,
    shapes,
    softmax,
    train_forecaster,
    truncated_bptt,
)
from rnncourse.misconceptions.record import Misconception, changed_lines, mutate

_EXERCISES = (
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

CATALOGUE = {module.MISCONCEPTIONS[0].exercise: module.MISCONCEPTIONS for module in _EXERCISES}
TEXTBOOK = {module.MISCONCEPTIONS[0].exercise: module.TEXTBOOK for module in _EXERCISES}


def mutant(*misconceptions):
    """The textbook function with one or more misconceptions (of one exercise) in it."""
    swaps = [swap for misconception in misconceptions for swap in misconception.swaps]
    return mutate(TEXTBOOK[misconceptions[0].exercise], *swaps)


def difference(*misconceptions):
    """The textbook's lines that a mutant lacks, and the lines that it has in their place, as two tuples."""
    swaps = [swap for misconception in misconceptions for swap in misconception.swaps]
    return changed_lines(TEXTBOOK[misconceptions[0].exercise], *swaps)


__all__ = ["CATALOGUE", "TEXTBOOK", "Misconception", "difference", "mutant", "mutate"]
