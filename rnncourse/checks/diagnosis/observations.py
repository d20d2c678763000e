"""Look at what a function returns in pieces: each output of each probe, and of a sequence each of some steps.

A piece is kept as one number, its product with weights that are the same for all. So what many mistakes do to many
pieces is a matrix, and which of them explain a piece, alone or added up, is a comparison of rows.
"""

from functools import cache

import numpy as np

from rnncourse.checks.execution.compare import TOLERANCE, NotAnArrayError, as_array
from rnncourse.checks.exercises.exercise import Probe

COMPARABLE = 0
"""The kind of a piece that has the right shape and is finite; what is not of this kind agrees with its like only."""

INFINITE, RAISED, UNREADABLE = -1, -2, -3
"""Other kinds; a misshapen piece has its shape's number."""

OPEN = 40.0
"""At this value a sigmoid and tanh are 1, but for rounding."""


class View:
    """How the outcomes on one probe are cut into pieces.

    Parameters
    ----------
    right : tuple of arrays
        The right values on that probe.
    cuts : list of int
        Of each output, how many entries of its first axis are pieces of their own: the first, the second ... the last.
    """

    def __init__(self, right, cuts):
        self._shapes = [np.shape(value) for value in right]
        cuts = [cut * (np.asarray(value).dtype.kind == "f") for cut, value in zip(cuts, right, strict=True)]
        self._weights = [_weights(shape, cut) for shape, cut in zip(self._shapes, cuts, strict=True)]
        self._ends = [0, *np.cumsum([len(weights) for weights in self._weights]).tolist()]
        self._scales = [np.abs(value).max(initial=0.0) for value in right]

    @property
    def count(self):
        """Tell how many pieces there are."""
        return self._ends[-1] + 1

    def observe(self, outcome):
        """Cut an outcome into pieces.

        Returns
        -------
        numbers, kinds : arrays
            For each piece its number and its kind. The last piece says which arguments were changed.
        """
        numbers, kinds = np.zeros(self.count), np.zeros(self.count, np.int64)
        for k, weights in enumerate(self._weights):
            value, kind = self._read(outcome, k)
            pieces = slice(self._ends[k], self._ends[k + 1])
            if value is None:
                kinds[pieces] = kind
            else:
                np.dot(weights, value.ravel(), out=numbers[pieces])
        if not np.isfinite(numbers.sum()):
            finite = np.isfinite(numbers)
            numbers[~finite], kinds[~finite] = 0.0, INFINITE
        if outcome.changed:
            kinds[-1] = hash(outcome.changed)
        return numbers, kinds

    def errors(self, outcome):
        """Tell how far rounding may put each number of an outcome from the exact one."""
        errors = []
        for k, weights in enumerate(self._weights):
            value, _ = self._read(outcome, k)
            tolerance = 0.0 if value is None else TOLERANCE[value.dtype] * self._scales[k]
            errors.append(tolerance * weights.sum(axis=1))
        return np.concatenate([*errors, [0.0]])

    def _read(self, outcome, k):
        """Read output number k as an array, if it has the right shape, and tell its kind."""
        if outcome.error:
            return None, RAISED
        try:
            value = outcome.values[k]
            if type(value) is not np.ndarray or value.dtype != np.float64:  # a mutant's is nearly always one
                value = as_array(value)
        except (IndexError, NotAnArrayError):
            return None, UNREADABLE
        return (value, COMPARABLE) if value.shape == self._shapes[k] else (None, hash(value.shape))


@cache
def _weights(shape, cut):
    """Draw weights for an output, a row for each piece: all of it, and so many entries of its first axis."""
    size = int(np.prod(shape))
    whole = np.random.default_rng(size).uniform(0.5, 1.5, size)
    rows = [whole]
    if cut and shape[0] > 1:
        for t in sorted({*range(min(cut - 1, shape[0])), shape[0] - 1}):
            kept = np.zeros(shape)
            kept[t] = 1
            rows.append(whole * kept.ravel())
    return np.array(rows)


def silenced(probe):
    """List the ways to silence one argument of a probe: what others hide elsewhere shows there.

    An array is set to zero; a vector, as biases are, also to a number that opens every gate; a factor to zero and one.
    """
    return [
        Probe(probe.dims, probe.arguments | {name: quiet})
        for name, value in probe.arguments.items()
        for quiet in _quiet(value)
    ]


def _quiet(value):
    if isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.ndim:
        return [np.zeros_like(value)] + [np.full_like(value, OPEN)] * (value.ndim == 1)
    if isinstance(value, tuple) and hasattr(value, "_replace"):
        return [value._replace(**{name: quiet}) for name, entry in value._asdict().items() for quiet in _quiet(entry)]
    if isinstance(value, list):
        return [[*value[:i], quiet, *value[i + 1 :]] for i, entry in enumerate(value) for quiet in _quiet(entry)]
    return [0.0, 1.0] if isinstance(value, float) else []
