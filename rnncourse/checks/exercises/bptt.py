"""Define problem set 3: backpropagation through time."""

import numpy as np

from rnncourse.checks.exercises.exercise import Exercise, Output, Probe
from rnncourse.checks.exercises.gradient_check import GRADIENT_CHECK
from rnncourse.checks.exercises.probing import probes, rnn_params, sizes, state
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


def _lag_arguments(rng, T, B, H):
    return {"dh_T": rng.standard_normal((B, H)), "h": state(rng, T, B, H), "W_hh": rng.normal(0, 0.8, (H, H))}


def _truncated_probes(rng, steps=(8, 7, 1), taus=(3, 2, 2)):
    """Draw chunks that fit T and that do not, a chunk longer than T, and a square W_xh."""
    drawn = []
    for dims, T, tau in zip(sizes(rng), steps, taus, strict=False):
        dims = dims | {"T": T}
        params = rnn_params(rng, dims["D"], dims["H"])
        x = rng.standard_normal((T, dims["B"], dims["D"]))
        dh = rng.standard_normal((T, dims["B"], dims["H"]))
        arguments = {"dh": dh, "x": x, "h0": state(rng, dims["B"], dims["H"])} | params._asdict() | {"tau": tau}
        drawn.append(Probe(dims | {"tau": tau}, arguments))
    return drawn


def _adapt_truncated_bptt(textbook):
    def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
        h, dparams = textbook(dh, x, h0, RNNParams(W_xh, W_hh, b_h), tau)
        return h, dparams.W_xh, dparams.W_hh, dparams.b_h

    return truncated_bptt


RNN_STEP_BACKWARD = Exercise(
    name="rnn_step_backward",
    arguments=("dh_t", "x_t", "h_prev", "h_t", "W_xh", "W_hh"),
    outputs=(
        Output("dx_t", ("B", "D"), 4),
        Output("dh_prev", ("B", "H"), 4),
        Output("dW_xh", ("H", "D"), 4),
        Output("dW_hh", ("H", "H"), 4),
        Output("db_h", ("H",), 4),
    ),
    probes=lambda rng: probes(rng, "BDH", _step_arguments),
    adapt=_adapt_rnn_step_backward,
)

RNN_BACKWARD = Exercise(
    name="rnn_backward",
    arguments=("dh", "x", "h0", "h", "W_xh", "W_hh"),
    outputs=(
        Output("dx", ("T", "B", "D"), 8),
        Output("dh0", ("B", "H"), 8),
        Output("dW_xh", ("H", "D"), 9),
        Output("dW_hh", ("H", "H"), 12),
        Output("db_h", ("H",), 8),
    ),
    probes=lambda rng: probes(rng, "TBDH", _backward_arguments),
    adapt=_adapt_rnn_backward,
    builds_on=(RNN_STEP_BACKWARD,),
)

GRADIENT_NORM_BY_LAG = Exercise(
    name="gradient_norm_by_lag",
    arguments=("dh_T", "h", "W_hh"),
    outputs=(Output("norms", ("T + 1", "B"), 8),),
    probes=lambda rng: probes(rng, "TBH", _lag_arguments),
    adapt=lambda textbook: textbook,
    builds_on=(RNN_STEP_BACKWARD,),
)

TRUNCATED_BPTT = Exercise(
    name="truncated_bptt",
    arguments=("dh", "x", "h0", "W_xh", "W_hh", "b_h", "tau"),
    outputs=(
        Output("h", ("T", "B", "H"), 3),
        Output("dW_xh", ("H", "D"), 3),
        Output("dW_hh", ("H", "H"), 4),
        Output("db_h", ("H",), 2),
    ),
    probes=_truncated_probes,
    apart=lambda rng: _truncated_probes(rng, (6, 7), (3, 3)),
    adapt=_adapt_truncated_bptt,
    builds_on=(RNN_STEP_BACKWARD, RNN_BACKWARD),
)

EXERCISES = (RNN_STEP_BACKWARD, RNN_BACKWARD, GRADIENT_CHECK, GRADIENT_NORM_BY_LAG, TRUNCATED_BPTT)
