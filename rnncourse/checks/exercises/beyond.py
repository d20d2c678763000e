"""Define problem set 6: the GRU, a Function of torch's autograd, and writing text."""

import numpy as np

from rnncourse.checks.exercises.exercise import Exercise, Output, Probe
from rnncourse.checks.exercises.probing import probes, rnn_params, state
from rnncourse.notation import GRUParams, OutputParams, RNNParams
from rnncourse.reference.gru import gru_forward

LARGE = 6
"""Scale of the upstream gradients."""


def _gru_params(rng, D, H):
    """Draw weights that leave the gates neither open nor shut, and biases that matter."""
    W_r, W_u = rng.normal(0, 1.2 / (D + H) ** 0.5, (2, H, H + D))
    W_xn, W_hn = rng.normal(0, 0.7 / D**0.5, (H, D)), rng.normal(0, 1 / H**0.5, (H, H))
    return GRUParams(W_r, W_u, W_xn, W_hn, *rng.normal(0, 0.4, (4, H)))


def _gru_step_arguments(rng, B, D, H):
    return {"x_t": rng.standard_normal((B, D)), "h_prev": state(rng, B, H)} | _gru_params(rng, D, H)._asdict()


def _gru_backward_arguments(rng, T, B, D, H):
    x, h0, params = rng.standard_normal((T, B, D)), state(rng, B, H), _gru_params(rng, D, H)
    h, dh = gru_forward(x, h0, params)[0], LARGE * rng.standard_normal((T, B, H))
    return {"dh": dh, "x": x, "h0": h0, "h": h} | params._asdict()


def _adapt_gru_backward(textbook):
    def gru_backward(dh, x, h0, h, *params):
        dx, dh0, dparams = textbook(dh, np.zeros_like(h0), (x, h0, h, GRUParams(*params)))
        return dx, dh0, *dparams

    return gru_backward


def _rnn_function_arguments(rng, T, B, D, H):
    x, h0, params = rng.standard_normal((T, B, D)), state(rng, B, H), rnn_params(rng, D, H)
    return {"x": x, "h0": h0} | params._asdict() | {"dh": LARGE * rng.standard_normal((T, B, H))}


def _sample_probes(rng):
    """Draw many rows, so that every way to sample shows; a single row; and logits of a thousand."""
    drawn = []
    for (B, K), temperature in (((60, 6), 0.6), ((40, 40), 1.7), ((1, 3), 0.8)):
        z = 2 * rng.standard_normal((B, K))
        drawn.append(Probe({"B": B, "K": K}, {"z": z, "temperature": temperature, "u": rng.random(B)}))
    return [*drawn, _far_sample(rng)]


def _far_sample(rng):
    """Draw logits far apart, and then logits of which two overflow, all overflow, or all underflow.

    In those last rows one class is likely, class 1 or class 2, and u draws it. Whoever has nan for all probabilities
    of a row has one code for all; whoever clips the logits has equal ones there, which draw another class.
    """
    B, K, temperature = 8, 4, 0.9
    z, u = 1000 * rng.standard_normal((B, K)), rng.random(B)
    z[3:] = 1000 * np.array([[-1, 1, 1, -1], [1] * K, [1] * K, [-1] * K, [-1] * K]) + rng.uniform(-0.5, 0.5, (5, K))
    z[range(3, B), [2, 1, 2, 1, 2]] += 4
    u[3:] = rng.uniform((0.2, 0.6, 0.2, 0.6, 0.2), (0.4, 0.8, 0.4, 0.8, 0.4))
    return Probe({"B": B, "K": K}, {"z": z, "temperature": temperature, "u": u})


def _generate_probes(rng):
    drawn = []
    for (L, B, H, K), temperature in (((14, 6, 5, 7), 0.7), ((9, 3, 4, 4), 1.4), ((1, 1, 3, 2), 1.0)):
        params, head = rnn_params(rng, K, H), OutputParams(2 * rng.standard_normal((K, H)), rng.standard_normal(K))
        arguments = {"first": rng.integers(0, K, B), "h0": state(rng, B, H)} | params._asdict() | head._asdict()
        arguments |= {"temperature": temperature, "u": rng.random((L, B))}
        drawn.append(Probe({"L": L, "B": B, "H": H, "K": K}, arguments))
    return drawn


def _adapt_generate(textbook):
    def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
        return textbook(first, h0, RNNParams(W_xh, W_hh, b_h), OutputParams(W_hy, b_y), temperature, u)

    return generate


_GRU = GRUParams._fields

GRU_STEP = Exercise(
    name="gru_step",
    arguments=("x_t", "h_prev", *_GRU),
    outputs=(
        Output("r_t", ("B", "H"), 3),
        Output("u_t", ("B", "H"), 3),
        Output("n_t", ("B", "H"), 4),
        Output("h_t", ("B", "H"), 6),
    ),
    probes=lambda rng: probes(rng, "BDH", _gru_step_arguments),
    adapt=lambda textbook: lambda x_t, h_prev, *params: textbook(x_t, h_prev, GRUParams(*params)),
)

GRU_BACKWARD = Exercise(
    name="gru_backward",
    arguments=("dh", "x", "h0", "h", *_GRU),
    outputs=(
        Output("dx", ("T", "B", "D"), 3),
        Output("dh0", ("B", "H"), 5),
        Output("dW_r", ("H", "H + D"), 2),
        Output("dW_u", ("H", "H + D"), 2),
        Output("dW_xn", ("H", "D"), 2),
        Output("dW_hn", ("H", "H"), 2),
        *(Output(f"d{name}", ("H",), 2) for name in _GRU[4:]),
    ),
    probes=lambda rng: probes(rng, "TBDH", _gru_backward_arguments),
    adapt=_adapt_gru_backward,
    builds_on=(GRU_STEP,),
)

RNN_FUNCTION = Exercise(
    name="rnn_function",
    arguments=("x", "h0", "W_xh", "W_hh", "b_h", "dh"),
    outputs=(
        Output("h", ("T", "B", "H"), 5),
        Output("dx", ("T", "B", "D"), 3),
        Output("dh0", ("B", "H"), 3),
        Output("dW_xh", ("H", "D"), 3),
        Output("dW_hh", ("H", "H"), 3),
        Output("db_h", ("H",), 3),
    ),
    probes=lambda rng: probes(rng, "TBDH", _rnn_function_arguments),
    adapt=lambda textbook: textbook,
    modules=("torch",),
)

SAMPLE = Exercise(
    name="sample",
    arguments=("z", "temperature", "u"),
    outputs=(Output("codes", ("B",), 8),),
    probes=_sample_probes,
    adapt=lambda textbook: textbook,
    spare=8,
)

GENERATE = Exercise(
    name="generate",
    arguments=("first", "h0", "W_xh", "W_hh", "b_h", "W_hy", "b_y", "temperature", "u"),
    outputs=(Output("codes", ("L", "B"), 9), Output("h_L", ("B", "H"), 3)),
    probes=_generate_probes,
    adapt=_adapt_generate,
    builds_on=(SAMPLE,),
)

EXERCISES = (GRU_STEP, GRU_BACKWARD, RNN_FUNCTION, SAMPLE, GENERATE)
