"""Problem set 3: backpropagation through time."""

import numpy as np

from rnncourse.checks.exercise import Exercise, Output
from rnncourse.checks.exercises.probing import probes, rnn_params, state
from rnncourse.notation import RNNParams
from rnncourse.reference.rnn import rnn_forward, rnn_step

LARGE = 6
"""Scale of the upstream gradients: large enough that a bug which clips them shows."""


def _step_arguments(rng, B, D, H):
    x_t, h_prev, params = rng.standard_normal((B, D)), state(rng, B, H), rnn_params(rng, D, H)
    h_t, dh_t = rnn_step(x_t, h_prev, params), LARGE * rng.standard_normal((B, H))
    return {"dh_t": dh_t, "x_t": x_t, "h_prev": h_prev, "h_t": h_t, "W_xh": params.W_xh, "W_hh": params.W_hh}


def _adapt_rnn_step_backward(textbook):
    def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
        params = RNNParams(W_xh, W_hh, np.zeros(len(W_hh)))
        dx_t, dh_prev, dparams = textbook(dh_t, x_t, h_prev, h_t, params)
        return dx_t, dh_prev, dparams.W_xh, dparams.W_hh, dparams.b_h

    return rnn_step_backward


def _backward_arguments(rng, T, B, D, H):
    x, h0, params = rng.standard_normal((T, B, D)), state(rng, B, H), rnn_params(rng, D, H)
    h, dh = rnn_forward(x, h0, params)[0], LARGE * rng.standard_normal((T, B, H))
    return {"dh": dh, "x": x, "h0": h0, "h": h, "W_xh": params.W_xh, "W_hh": params.W_hh}


def _adapt_rnn_backward(textbook):
    def rnn_backward(dh, x, h0, h, W_xh, W_hh):
        cache = (x, h0, h, RNNParams(W_xh, W_hh, np.zeros(len(W_hh))), "tanh")
        dx, dh0, dparams = textbook(dh, np.zeros_like(h0), cache)
        return dx, dh0, dparams.W_xh, dparams.W_hh, dparams.b_h

    return rnn_backward


EXERCISES = (
    Exercise(
        name="rnn_step_backward",
        arguments=("dh_t", "x_t", "h_prev", "h_t", "W_xh", "W_hh"),
        outputs=(
            Output("dx_t", ("B", "D"), 6),
            Output("dh_prev", ("B", "H"), 6),
            Output("dW_xh", ("H", "D"), 6),
            Output("dW_hh", ("H", "H"), 6),
            Output("db_h", ("H",), 6),
        ),
        probes=lambda rng: probes(rng, "BDH", _step_arguments),
        adapt=_adapt_rnn_step_backward,
    ),
    Exercise(
        name="rnn_backward",
        arguments=("dh", "x", "h0", "h", "W_xh", "W_hh"),
        outputs=(
            Output("dx", ("T", "B", "D"), 12),
            Output("dh0", ("B", "H"), 12),
            Output("dW_xh", ("H", "D"), 15),
            Output("dW_hh", ("H", "H"), 19),
            Output("db_h", ("H",), 12),
        ),
        probes=lambda rng: probes(rng, "TBDH", _backward_arguments),
        adapt=_adapt_rnn_backward,
    ),
)
