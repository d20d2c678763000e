"""Define problem set 4, training; optimisers run several steps, as one cannot tell most mistakes apart."""

import itertools

import numpy as np

from rnncourse.checks.execution.calling import duplicate
from rnncourse.checks.exercises.answers import as_arrays, unpack
from rnncourse.checks.exercises.dropout import DROPOUT
from rnncourse.checks.exercises.exercise import Exercise, Output, Probe
from rnncourse.checks.exercises.forecasting import EXERCISES as FORECASTING
from rnncourse.checks.exercises.probing import probes
from rnncourse.language import phrase
from rnncourse.reference.optim import AdamState

LARGE = 1e6
"""Scale of the gradients to be clipped: a norm beside which somebody's safeguard of 1e-6 is rounding."""


def _shapes(D, H):
    return (H, D), (H, H), (H,)


def _arrays(rng, scale, D, H):
    return [scale * rng.standard_normal(shape) for shape in _shapes(D, H)]


def _clip_probes(rng):
    drawn = []
    for D, H, share in ((5, 4, 0.4), (3, 3, 1.05), (4, 6, 0.05), (2, 3, 0.8)):
        grads = _arrays(rng, LARGE, D, H)
        grads[1][0, 1] += 9 * LARGE * rng.choice([-1, 1])  # one entry stands out, so that clipping by value shows
        norm = np.sqrt(sum((grad**2).sum() for grad in grads))
        drawn.append(Probe({"D": D, "H": H}, {"grads": grads, "max_norm": float(share * norm)}))
    return drawn


def _clip_apart(rng):
    """Draw gradients that are short in whatever way their length is measured, others that are long in some ways.

    And in the last, vectors come first: what goes by an array's place is told from what goes by its kind.
    """
    dims, grads = {"D": 4, "H": 3}, _arrays(rng, LARGE, 4, 3)
    norms = [np.linalg.norm(grad) for grad in grads]
    entries = np.concatenate([np.abs(grad).ravel() for grad in grads])
    lengths = [entries.sum(), sum(norms), np.hypot.reduce(norms), *norms, np.mean(norms), entries.max()]
    lengths = sorted([*lengths, np.sqrt(np.mean(entries**2))])
    between = [np.sqrt(a * b) for a, b in itertools.pairwise(lengths)]
    drawn = [
        Probe(dims, {"grads": duplicate(grads), "max_norm": float(max_norm)}) for max_norm in (1e3 * LARGE, *between)
    ]
    return [*drawn, Probe(dims, {"grads": _arrays(rng, LARGE, 4, 3)[::-1], "max_norm": LARGE})]


def _adapt_clip(textbook):
    return lambda grads, max_norm: tuple(textbook(grads, max_norm))


def _sgd_arguments(rng, D, H):
    grads = [_arrays(rng, 1, D, H) for _ in range(4)]
    rates = {"learning_rate": float(rng.uniform(0.05, 0.3)), "weight_decay": float(rng.uniform(0.2, 0.8))}
    return {"params": _arrays(rng, 1, D, H), "grads": grads} | rates


def _drive_sgd(sgd_step):
    def trajectory(params, grads, learning_rate, weight_decay):
        for step_grads in grads:
            answer = sgd_step(params, step_grads, learning_rate, weight_decay)
            params = as_arrays(unpack(answer, ("W_xh", "W_hh", "b_h")))
        return tuple(params)

    return trajectory


ADAM_STEPS = 10


def _adam_probe(rng, D, H, t):
    """Draw a trajectory from the first step (t = 0), or from a later one."""
    shapes = ((H, D), (H,))
    params, *grads = ([rng.standard_normal(shape) for shape in shapes] for _ in range(1 + ADAM_STEPS))
    m = [0.3 * min(t, 1) * rng.standard_normal(shape) for shape in shapes]
    v = [min(t, 1) * rng.uniform(0.1, 0.9, shape) for shape in shapes]
    rates = {"learning_rate": float(rng.uniform(0.05, 0.2)), "beta_1": float(rng.uniform(0.6, 0.8))}
    rates |= {"beta_2": float(rng.uniform(0.85, 0.97)), "eps": float(rng.uniform(0.05, 0.2))}
    return Probe({"D": D, "H": H}, {"params": params, "grads": grads, "t": t, "m": m, "v": v} | rates)


def _adapt_adam(textbook):
    def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
        params, state = textbook(params, grads, AdamState(t, m, v), learning_rate, beta_1, beta_2, eps)
        return params, state.t, state.m, state.v

    return adam_step


def _drive_adam(adam_step):
    def trajectory(params, grads, t, m, v, *rates):
        ends = []
        for step_grads in grads:
            answer = adam_step(params, step_grads, t, m, v, *rates)
            params, t, m, v = unpack(answer, ("params", "t", "m", "v"))
            params, m, v = (
                as_arrays(unpack(value, ("W_xh", "b_h"), name))
                for name, value in (("params", params), ("m", m), ("v", v))
            )
            ends.append(duplicate(list(params)))
        return *ends[0], *ends[-1], t, m[0], v[0]

    return trajectory


CLIP_GRADIENTS = Exercise(
    name="clip_gradients",
    arguments=("grads", "max_norm"),
    outputs=(Output("dW_xh", ("H", "D"), 5), Output("dW_hh", ("H", "H"), 5), Output("db_h", ("H",), 5)),
    probes=_clip_probes,
    adapt=_adapt_clip,
    apart=_clip_apart,
)

SGD_STEP = Exercise(
    name="sgd_step",
    arguments=("params", "grads", "learning_rate", "weight_decay"),
    outputs=(Output("W_xh", ("H", "D"), 3), Output("W_hh", ("H", "H"), 3), Output("b_h", ("H",), 2)),
    probes=lambda rng: probes(rng, "DH", _sgd_arguments),
    adapt=lambda textbook: textbook,
    drive=_drive_sgd,
)

ADAM_STEP = Exercise(
    name="adam_step",
    arguments=("params", "grads", "t", "m", "v", "learning_rate", "beta_1", "beta_2", "eps"),
    outputs=(
        Output(phrase("W_xh after 1 step"), ("H", "D"), 4),
        Output(phrase("b_h after 1 step"), ("H",), 3),
        Output(phrase("W_xh after 10 steps"), ("H", "D"), 4),
        Output(phrase("b_h after 10 steps"), ("H",), 3),
        Output(phrase("t after 10 steps"), (), 2),
        Output(phrase("m of W_xh after 10 steps"), ("H", "D"), 3),
        Output(phrase("v of W_xh after 10 steps"), ("H", "D"), 3),
    ),
    probes=lambda rng: [_adam_probe(rng, 4, 3, 0), _adam_probe(rng, 5, 5, 3), _adam_probe(rng, 2, 1, 0)],
    adapt=_adapt_adam,
    drive=_drive_adam,
)

EXERCISES = (CLIP_GRADIENTS, SGD_STEP, ADAM_STEP, DROPOUT, *FORECASTING)
