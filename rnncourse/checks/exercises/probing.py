"""Draw sizes and arrays that no mistake survives: nothing symmetric, nothing zero, no two sizes equal by chance.

T = 1 hides a missing recurrence, B = 1 a missing sum over the batch, D = H a pair of swapped weights, zero biases and
a zero h0 whatever ignores them. So each list of probes has a generic one, a square one (D = H) and the smallest one.
"""

from rnncourse.checks.exercises.exercise import Probe
from rnncourse.notation import RNNParams


def sizes(rng, letters="TBDH"):
    """Draw the sizes of three probes, as dicts: all different; D = H; and all as small as they get, T = B = 1.

    Parameters
    ----------
    rng : numpy.random.Generator
    letters : str
        Which sizes an exercise has, among T, B, D, H, K and N, a number of cases.
    """
    generic = dict(zip(letters, rng.permutation(range(4, 4 + len(letters))).tolist(), strict=True))
    side = int(rng.integers(4, 7))
    square = {"N": 3, "T": 5, "B": 2, "D": side, "H": side, "K": 3}
    smallest = {"N": 2, "T": 1, "B": 1, "D": 2, "H": 3, "K": 2}
    return [generic, {letter: square[letter] for letter in letters}, {letter: smallest[letter] for letter in letters}]


def probes(rng, letters, arguments):
    """Draw a probe for each of `sizes`; `arguments(rng, T=..., B=...)` draws its arguments by name."""
    return [Probe(dims, arguments(rng, **dims)) for dims in sizes(rng, letters)]


def state(rng, *shape):
    """Draw a hidden state: nonzero, and within what tanh can return."""
    return rng.uniform(-0.9, 0.9, shape)


def rnn_params(rng, D, H):
    """Draw weights that neither saturate tanh nor let the state die, and a bias that matters."""
    return RNNParams(
        rng.normal(0, 0.6 / D**0.5, (H, D)),
        rng.normal(0, 1.0 / H**0.5, (H, H)),
        rng.normal(0, 0.3, H),
    )
