"""Make the adding problem: two marked numbers, far apart, and their sum at the end."""

import numpy as np

ADDING_BASELINE = 1 / 6
"""Mean squared error of always answering 1: the variance of the sum of two uniform numbers."""


def adding_problem(T, N, rng, dtype=np.float64):
    """Draw N sequences of the adding problem.

    x^(t) = (value, marker): values uniform in [0, 1), two markers of 1, one in each half; y is the sum of the two
    marked values. Always answering 1 has a mean squared error of 1/6 (`ADDING_BASELINE`): a network that does better
    has carried the first value to the end.

    Parameters
    ----------
    T : int
        Length, at least 2.
    N : int
        Sequences.
    rng : numpy.random.Generator
    dtype : dtype, optional

    Returns
    -------
    x : array of shape (T, N, 2)
    y : array of shape (N, 1)

    Notes
    -----
    Source: Hochreiter and Schmidhuber (1997), with the markers of Le, Jaitly and Hinton (2015): one in each half.
    """
    if T < 2 or N < 1:
        raise ValueError(f"T is {T} and N is {N}; expected T >= 2 (one marker in each half) and N >= 1")
    values = rng.random((T, N))
    first = rng.integers(0, T // 2, N)  # (N,)
    second = rng.integers(T // 2, T, N)  # (N,)
    markers = np.zeros((T, N))
    samples = np.arange(N)
    markers[first, samples] = 1
    markers[second, samples] = 1
    y = values[first, samples] + values[second, samples]  # (N,)
    return np.stack([values, markers], axis=-1).astype(dtype), y[:, None].astype(dtype)
