"""Problem set 4: training. Optimisers are driven over several steps: one step cannot tell most mistakes apart."""

import contextlib

import numpy as np

from rnncourse.checks.calling import duplicate
from rnncourse.checks.exercise import Exercise, Output, Probe
from rnncourse.checks.exercises import forecasting
from rnncourse.checks.exercises.answers import arrays, several
from rnncourse.checks.exercises.probing import probes
from rnncourse.reference.optim import AdamState

LARGE = 1e6
"""Scale of the gradients to be clipped: a norm beside which somebody's safeguard of 1e-6 is rounding."""


def _shapes(D, H):
    return (H, D), (H, H), (H,)


def _arrays(rng, scale, D, H):
    return [scale * rng.standard_normal(shape) for shape in _shapes(D, H)]


def _clip_probes(rng):
    made = []
    for D, H, share in ((5, 4, 0.4), (3, 3, 1.05), (4, 6, 0.05), (2, 3, 0.8)):
        grads = _arrays(rng, LARGE, D, H)
        grads[1][0, 1] += 9 * LARGE * rng.choice([-1, 1])  # one entry stands out, so that clipping by value shows
        norm = np.sqrt(sum((g**2).sum() for g in grads))
        made.append(Probe({"D": D, "H": H}, {"grads": grads, "max_norm": float(share * norm)}))
    return made


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
            params = arrays(several(answer, ("W_xh", "W_hh", "b_h")))
        return tuple(params)

    return trajectory


ADAM_STEPS = 10


def _adam_probe(rng, D, H, t):
    """A trajectory from the first step (t = 0), or from somewhere on the way."""
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
            params, t, m, v = several(answer, ("params", "t", "m", "v"))
            params, m, v = (
                arrays(several(value, ("W_xh", "b_h"), f" for {name}"))
                for name, value in (("params", params), ("m", m), ("v", v))
            )
            ends.append(duplicate(list(params)))
        return *ends[0], *ends[-1], t, m[0], v[0]

    return trajectory


def _dropout_arguments(rng, T, B, H):
    rate = float(rng.choice([rng.uniform(0.15, 0.4), rng.uniform(0.6, 0.8)]))  # at 0.5 dropping is keeping
    u = rng.random((T, B, H))
    u[0, 0, :2] = 0.01, 0.99  # one entry that any rate drops, and one that any rate keeps
    return {"x": rng.uniform(0.5, 2, (T, B, H)) * rng.choice([-1, 1], (T, B, H)), "u": u, "rate": rate}


class _Drawn:
    """Stands for the textbook's generator: the numbers that it draws are those that were passed."""

    def __init__(self, u):
        self.u = u

    def random(self, shape):
        """The first of the numbers: a mask for each step, or that of the first step alone."""
        T, B, H = shape
        return self.u[:T, :B, :H]


def _adapt_dropout(textbook):
    return lambda x, u, rate, per, train: textbook(x, rate, _Drawn(u), per, train)


def _drive_dropout(dropout):
    def three_ways(x, u, rate):
        copies = [(x.copy(), u.copy()) for _ in range(2)]
        y, mask = several(dropout(x, u, rate, "step", True), ("y", "mask"))
        y_shared, shared = several(dropout(*copies[0], rate, "sequence", True), ("y", "mask"))
        y_off, off = several(dropout(*copies[1], rate, "step", False), ("y", "mask"))
        return y, mask, y_shared, _spread(shared, x.shape), y_off, off

    return three_ways


def _spread(mask, shape):
    """A mask for a whole sequence, (1, B, H), at each of its steps; what is no array stays what it is."""
    with contextlib.suppress(ValueError):  # a ragged list has no shape
        if np.shape(mask) == (1, *shape[1:]):
            return np.broadcast_to(mask, shape)
    return mask


_TBH = ("T", "B", "H")

EXERCISES = (
    Exercise(
        name="clip_gradients",
        arguments=("grads", "max_norm"),
        outputs=(Output("dW_xh", ("H", "D"), 5), Output("dW_hh", ("H", "H"), 5), Output("db_h", ("H",), 5)),
        probes=_clip_probes,
        adapt=_adapt_clip,
    ),
    Exercise(
        name="sgd_step",
        arguments=("params", "grads", "learning_rate", "weight_decay"),
        outputs=(Output("W_xh", ("H", "D"), 3), Output("W_hh", ("H", "H"), 3), Output("b_h", ("H",), 2)),
        probes=lambda rng: probes(rng, "DH", _sgd_arguments),
        adapt=lambda textbook: textbook,
        drive=_drive_sgd,
    ),
    Exercise(
        name="adam_step",
        arguments=("params", "grads", "t", "m", "v", "learning_rate", "beta_1", "beta_2", "eps"),
        outputs=(
            Output("W_xh after 1 step", ("H", "D"), 4),
            Output("b_h after 1 step", ("H",), 3),
            Output("W_xh after 10 steps", ("H", "D"), 4),
            Output("b_h after 10 steps", ("H",), 3),
            Output("t after 10 steps", (), 2),
            Output("m of W_xh after 10 steps", ("H", "D"), 3),
            Output("v of W_xh after 10 steps", ("H", "D"), 3),
        ),
        probes=lambda rng: [_adam_probe(rng, 4, 3, 0), _adam_probe(rng, 5, 5, 3), _adam_probe(rng, 2, 1, 0)],
        adapt=_adapt_adam,
        drive=_drive_adam,
    ),
    Exercise(
        name="dropout",
        arguments=("x", "u", "rate", "per", "train"),
        outputs=(
            Output("y, a mask per step", _TBH, 3),
            Output("mask per step", _TBH, 3),
            Output("y, one mask per sequence", _TBH, 3),
            Output("mask per sequence", _TBH, 2),
            Output("y at evaluation", _TBH, 3),
            Output("mask at evaluation", _TBH, 2),
        ),
        probes=lambda rng: probes(rng, "TBH", _dropout_arguments),
        adapt=_adapt_dropout,
        drive=_drive_dropout,
    ),
    *forecasting.EXERCISES,
)
