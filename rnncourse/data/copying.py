"""Make the copy problem: read some symbols, wait, and say them again."""

import numpy as np


def copy_problem(lag, N, rng, length=10, symbols=8):
    """Draw N sequences of the copy problem.

    The input shows `length` symbols, then `lag - 1` blanks, then a signal, then `length` blanks. The target is blank
    up to the signal; after it come the symbols, in order. T = lag + 2 length.

    Parameters
    ----------
    lag : int
        Steps between the last symbol and the first answer.
    N : int
        Sequences.
    rng : numpy.random.Generator
    length, symbols : int, optional
        Symbols to remember, and how many there are to choose from.

    Returns
    -------
    x : integer array of shape (T, N)
        0 is blank, 1 ... symbols are symbols, symbols + 1 is the signal: K = symbols + 2 classes.
    y : integer array of shape (T, N)
    mask : array of shape (T, N)
        1 on the last `length` steps, where memory is needed, 0 elsewhere.

    Notes
    -----
    Source: Hochreiter and Schmidhuber (1997), in the form of Arjovsky, Shah and Bengio (2016).
    """
    if lag < 1 or N < 1 or length < 1 or symbols < 2:
        raise ValueError(
            f"lag, N, length and symbols are {lag}, {N}, {length}, {symbols}; expected at least 1, 1, 1 and 2"
        )
    T = lag + 2 * length
    to_remember = rng.integers(1, symbols + 1, (length, N))  # (length, N)
    x = np.zeros((T, N), dtype=np.int64)
    x[:length] = to_remember
    x[T - length - 1] = symbols + 1
    y = np.zeros((T, N), dtype=np.int64)
    y[T - length :] = to_remember
    mask = np.zeros((T, N))
    mask[T - length :] = 1
    return x, y, mask


def copy_baseline(length=10, symbols=8):
    """Compute the loss of a network without memory over the masked steps: length * log(symbols) per sequence."""
    return length * np.log(symbols)
