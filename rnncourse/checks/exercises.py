"""The exercises: what each asks for, what it is worth, and how the textbook says it with the learner's arguments."""

import numpy as np

from rnncourse.checks import probes
from rnncourse.checks.exercise import Exercise, Output
from rnncourse.notation import RNNParams


def _adapt_rnn_step(textbook):
    return lambda x_t, h_prev, W_xh, W_hh, b_h: textbook(x_t, h_prev, RNNParams(W_xh, W_hh, b_h))


def _adapt_rnn_forward(textbook):
    return lambda x, h0, W_xh, W_hh, b_h: textbook(x, h0, RNNParams(W_xh, W_hh, b_h))[0]


def _adapt_rnn_backward(textbook):
    def rnn_backward(dh, x, h0, h, W_xh, W_hh):
        cache = (x, h0, h, RNNParams(W_xh, W_hh, np.zeros(len(W_hh))), "tanh")
        dx, dh0, dparams = textbook(dh, np.zeros_like(h0), cache)
        return dx, dh0, dparams.W_xh, dparams.W_hh, dparams.b_h

    return rnn_backward


_ALL = (
    Exercise(
        name="rnn_step",
        arguments=("x_t", "h_prev", "W_xh", "W_hh", "b_h"),
        outputs=(Output("h_t", ("B", "H"), 40),),
        probes=probes.rnn_step_probes,
        adapt=_adapt_rnn_step,
    ),
    Exercise(
        name="rnn_forward",
        arguments=("x", "h0", "W_xh", "W_hh", "b_h"),
        outputs=(Output("h", ("T", "B", "H"), 60),),
        probes=probes.rnn_forward_probes,
        adapt=_adapt_rnn_forward,
    ),
    Exercise(
        name="rnn_backward",
        arguments=("dh", "x", "h0", "h", "W_xh", "W_hh"),
        outputs=(
            Output("dx", ("T", "B", "D"), 20),
            Output("dh0", ("B", "H"), 20),
            Output("dW_xh", ("H", "D"), 20),
            Output("dW_hh", ("H", "H"), 25),
            Output("db_h", ("H",), 15),
        ),
        probes=probes.rnn_backward_probes,
        adapt=_adapt_rnn_backward,
    ),
)

EXERCISES = {exercise.name: exercise for exercise in _ALL}
