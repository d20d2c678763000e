"""Make what every contestant is given: one sequence, one initial state, one set of weights, one gradient into h."""

from typing import NamedTuple

import numpy as np

from rnncourse.numpy.gru import init_gru
from rnncourse.numpy.lstm import init_lstm
from rnncourse.numpy.rnn import init_rnn

SHAPES = {
    "teaching": (20, 1, 16, 32),
    "chapter": (50, 32, 64, 128),
    "large": (100, 64, 128, 256),
}
"""(T, B, D, H)"""

CELLS = {"rnn": init_rnn, "lstm": init_lstm, "gru": init_gru}


class Problem(NamedTuple):
    """A cell's name, its weights, and the arrays of one forward and backward pass."""

    cell: str
    params: tuple
    x: np.ndarray
    h0: np.ndarray
    dh: np.ndarray


def make_problem(cell, shape, dtype):
    """Draw a problem; the same one for every contestant and every run."""
    T, B, D, H = shape
    rng = np.random.default_rng(0)
    params = CELLS[cell](D, H, rng, dtype)
    x, h0, dh = (rng.standard_normal(size).astype(dtype) for size in ((T, B, D), (B, H), (T, B, H)))
    return Problem(cell, params, x, h0, dh)
