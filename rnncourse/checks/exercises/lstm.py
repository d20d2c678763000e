"""Define problem set 5: the LSTM."""

import numpy as np

from rnncourse.checks.exercises.exercise import Exercise, Output
from rnncourse.checks.exercises.probing import probes, state
from rnncourse.notation import LSTMParams
from rnncourse.reference.lstm import lstm_forward, lstm_step

_PARAMS = LSTMParams._fields

LARGE = 30
"""Scale of the upstream gradients: so large that a bug which clips them shows, whatever the gates let through."""


def _lstm_params(rng, D, H):
    """Draw weights whose gates are neither open nor closed, and biases that differ from gate to gate."""
    weights = rng.normal(0, 1.0 / (D + H) ** 0.5, (4, H, H + D))
    return LSTMParams(*weights, *rng.normal(0, 0.5, (4, H)))


def _cell(rng, *shape):
    """Draw a cell state: unlike h, it may lie beyond 1."""
    return rng.normal(0, 1.2, shape)


def _step_arguments(rng, B, D, H):
    start = {"x_t": rng.standard_normal((B, D)), "h_prev": state(rng, B, H), "c_prev": _cell(rng, B, H)}
    return start | _lstm_params(rng, D, H)._asdict()


def _adapt_lstm_step(textbook):
    return lambda x_t, h_prev, c_prev, *params: textbook(x_t, (h_prev, c_prev), LSTMParams(*params))


def _forward_arguments(rng, T, B, D, H):
    start = {"x": rng.standard_normal((T, B, D)), "h0": state(rng, B, H), "c0": _cell(rng, B, H)}
    return start | {"params": _lstm_params(rng, D, H)}


def _adapt_lstm_forward(textbook):
    def lstm_forward(x, h0, c0, params):
        h, _, cache = textbook(x, (h0, c0), params)
        return h, cache[3]

    return lstm_forward


def _step_backward_arguments(rng, B, D, H):
    x_t, h_prev, c_prev = rng.standard_normal((B, D)), state(rng, B, H), _cell(rng, B, H)
    params = _lstm_params(rng, D, H)
    _, c_t = lstm_step(x_t, (h_prev, c_prev), params)
    dh_t, dc_t = LARGE * rng.standard_normal((2, B, H))
    return {"dh_t": dh_t, "dc_t": dc_t, "x_t": x_t, "h_prev": h_prev, "c_prev": c_prev, "c_t": c_t, "params": params}


def _adapt_lstm_step_backward(textbook):
    def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
        dx_t, dstate_prev, dparams = textbook((dh_t, dc_t), x_t, (h_prev, c_prev), (None, c_t), params)
        return dx_t, *dstate_prev, *dparams

    return lstm_step_backward


def _backward_arguments(rng, T, B, D, H):
    start = _forward_arguments(rng, T, B, D, H)
    h, _, (*_, c, _) = lstm_forward(start["x"], (start["h0"], start["c0"]), start["params"])
    dh = LARGE * rng.standard_normal((T, B, H))
    return {"dh": dh, "x": start["x"], "h0": start["h0"], "c0": start["c0"], "h": h, "c": c, "params": start["params"]}


def _adapt_lstm_backward(textbook):
    def lstm_backward(dh, x, h0, c0, h, c, params):
        zeros = np.zeros_like(h0), np.zeros_like(c0)
        dx, dstate_0, dparams = textbook(dh, zeros, (x, (h0, c0), h, c, params))
        return dx, *dstate_0, *dparams

    return lstm_backward


def _sweep_arguments(rng, N, T, B, H):
    return {"biases": rng.normal(0.5, 1.5, N), "a_f": rng.standard_normal((T, B, H))}


def _parameter_gradients(weight, bias):
    """List an output for each parameter, so that a gate that is right earns its points."""
    return tuple(
        Output(f"d{name}", ("H", "H + D") if name.startswith("W") else ("H",), weight if name[0] == "W" else bias)
        for name in _PARAMS
    )


LSTM_STEP = Exercise(
    name="lstm_step",
    arguments=("x_t", "h_prev", "c_prev", *_PARAMS),
    outputs=(Output("h_t", ("B", "H"), 10), Output("c_t", ("B", "H"), 10)),
    probes=lambda rng: probes(rng, "BDH", _step_arguments),
    adapt=_adapt_lstm_step,
)

LSTM_FORWARD = Exercise(
    name="lstm_forward",
    arguments=("x", "h0", "c0", "params"),
    outputs=(Output("h", ("T", "B", "H"), 8), Output("c", ("T", "B", "H"), 7)),
    probes=lambda rng: probes(rng, "TBDH", _forward_arguments),
    adapt=_adapt_lstm_forward,
    builds_on=(LSTM_STEP,),
)

LSTM_STEP_BACKWARD = Exercise(
    name="lstm_step_backward",
    arguments=("dh_t", "dc_t", "x_t", "h_prev", "c_prev", "c_t", "params"),
    outputs=(
        Output("dx_t", ("B", "D"), 3),
        Output("dh_prev", ("B", "H"), 3),
        Output("dc_prev", ("B", "H"), 3),
        *_parameter_gradients(3, 1),
    ),
    probes=lambda rng: probes(rng, "BDH", _step_backward_arguments),
    adapt=_adapt_lstm_step_backward,
)

LSTM_BACKWARD = Exercise(
    name="lstm_backward",
    arguments=("dh", "x", "h0", "c0", "h", "c", "params"),
    outputs=(
        Output("dx", ("T", "B", "D"), 5),
        Output("dh0", ("B", "H"), 5),
        Output("dc0", ("B", "H"), 4),
        *_parameter_gradients(3, 1),
    ),
    probes=lambda rng: probes(rng, "TBDH", _backward_arguments),
    adapt=_adapt_lstm_backward,
    builds_on=(LSTM_STEP_BACKWARD,),
)

FORGET_BIAS_SWEEP = Exercise(
    name="forget_bias_sweep",
    arguments=("biases", "a_f"),
    outputs=(Output("left", ("N", "T + 1"), 10),),
    probes=lambda rng: probes(rng, "NTBH", _sweep_arguments),
    adapt=lambda textbook: textbook,
)

EXERCISES = (LSTM_STEP, LSTM_FORWARD, LSTM_STEP_BACKWARD, LSTM_BACKWARD, FORGET_BIAS_SWEEP)
