"""Define the dropout exercise of problem set 4: a mask per step, a mask per sequence, and none at evaluation."""

import contextlib

import numpy as np

from rnncourse.checks.exercises.answers import unpack
from rnncourse.checks.exercises.exercise import Exercise, Output
from rnncourse.checks.exercises.probing import probes
from rnncourse.language import phrase


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
        """Return the first of the numbers: a mask for each step, or that of the first step alone."""
        T, B, H = shape
        return self.u[:T, :B, :H]


def _adapt_dropout(textbook):
    return lambda x, u, rate, per, train: textbook(x, rate, _Drawn(u), per, train)


def _drive_dropout(dropout):
    def three_ways(x, u, rate):
        copies = [(x.copy(), u.copy()) for _ in range(2)]
        y, mask = unpack(dropout(x, u, rate, "step", True), ("y", "mask"))
        y_shared, shared = unpack(dropout(*copies[0], rate, "sequence", True), ("y", "mask"))
        y_off, off = unpack(dropout(*copies[1], rate, "step", False), ("y", "mask"))
        return y, mask, y_shared, _spread(shared, x.shape), y_off, off

    return three_ways


def _spread(mask, shape):
    """Spread a mask for a whole sequence, (1, B, H), over its steps; what is no array stays as it is."""
    with contextlib.suppress(ValueError):  # a ragged list has no shape
        if np.shape(mask) == (1, *shape[1:]):
            return np.broadcast_to(mask, shape)
    return mask


_TBH = ("T", "B", "H")

DROPOUT = Exercise(
    name="dropout",
    arguments=("x", "u", "rate", "per", "train"),
    outputs=(
        Output(phrase("y, a mask per step"), _TBH, 3),
        Output(phrase("mask per step"), _TBH, 3),
        Output(phrase("y, one mask per sequence"), _TBH, 3),
        Output(phrase("mask per sequence"), _TBH, 2),
        Output(phrase("y at evaluation"), _TBH, 3),
        Output(phrase("mask at evaluation"), _TBH, 2),
    ),
    probes=lambda rng: probes(rng, "TBH", _dropout_arguments),
    adapt=_adapt_dropout,
    drive=_drive_dropout,
)
