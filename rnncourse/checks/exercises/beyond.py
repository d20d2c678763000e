"""Problem set 6: the GRU, a Function of torch's autograd, writing text, and the bug clinic."""

import numpy as np

from rnncourse.checks.exercise import Exercise, Output, Probe
from rnncourse.checks.exercises.clinic import CLINIC
from rnncourse.checks.exercises.probing import probes, rnn_params, state
from rnncourse.notation import GRUParams, OutputParams, RNNParams
from rnncourse.reference.gru import gru_forward

LARGE = 6
"""Scale of the upstream gradients."""


def _gru_params(rng, D, H):
    """Weights that leave the gates neither open nor shut, and biases that matter."""
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
    """Many rows, so that every way to draw shows; a single one; and logits of a thousand."""
    found = []
    for (B, K), temperature, scale in (((60, 6), 0.6, 2), ((40, 40), 1.7, 2), ((1, 3), 0.8, 1), ((8, 4), 0.9, 1000)):
        z = scale * rng.standard_normal((B, K))
        found.append(Probe({"B": B, "K": K}, {"z": z, "temperature": temperature, "u": rng.random(B)}))
    return found


def _generate_probes(rng):
    found = []
    for (L, B, H, K), temperature in (((14, 6, 5, 7), 0.7), ((9, 3, 4, 4), 1.4), ((1, 1, 3, 2), 1.0)):
        params, head = rnn_params(rng, K, H), OutputParams(2 * rng.standard_normal((K, H)), rng.standard_normal(K))
        arguments = {"first": rng.integers(0, K, B), "h0": state(rng, B, H)} | params._asdict() | head._asdict()
        arguments |= {"temperature": temperature, "u": rng.random((L, B))}
        found.append(Probe({"L": L, "B": B, "H": H, "K": K}, arguments))
    return found


def _adapt_generate(textbook):
    def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
        return textbook(first, h0, RNNParams(W_xh, W_hh, b_h), OutputParams(W_hy, b_y), temperature, u)

    return generate


_GRU = GRUParams._fields

EXERCISES = (
    Exercise(
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
    ),
    Exercise(
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
        builds_on=("gru_step",),
    ),
    Exercise(
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
    ),
    Exercise(
        name="sample",
        arguments=("z", "temperature", "u"),
        outputs=(Output("codes", ("B",), 8),),
        probes=_sample_probes,
        adapt=lambda textbook: textbook,
    ),
    Exercise(
        name="generate",
        arguments=("first", "h0", "W_xh", "W_hh", "b_h", "W_hy", "b_y", "temperature", "u"),
        outputs=(Output("codes", ("L", "B"), 9), Output("h_L", ("B", "H"), 3)),
        probes=_generate_probes,
        adapt=_adapt_generate,
        builds_on=("sample",),
    ),
    CLINIC,
)
