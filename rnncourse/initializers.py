"""Draw initial weights: scaled normal and orthogonal matrices, shared by the reference and the NumPy forms.

A weight on [h; x] (LSTM gates, GRU gates) starts as an orthogonal block on h next to a scaled normal block on x.
Biases start at zero, but for the LSTM's forget gate (see `rnncourse.reference.lstm.init_lstm`).
"""

import numpy as np


def scaled_normal(rows, columns, rng, dtype=np.float64):
    """Draw W ~ N(0, 1/columns): each row then maps inputs of variance 1 to an output of variance 1.

    Parameters
    ----------
    rows, columns : int
        What the weight maps to, and what it maps from.
    rng : numpy.random.Generator
    dtype : dtype, optional

    Returns
    -------
    W : array of shape (rows, columns)
    """
    W = rng.standard_normal((rows, columns)) / np.sqrt(columns)
    return W.astype(dtype)


def orthogonal(H, rng, dtype=np.float64):
    """Draw a random orthogonal matrix: W^T W = 1, so W neither shrinks nor stretches a state.

    Parameters
    ----------
    H : int
    rng : numpy.random.Generator
    dtype : dtype, optional

    Returns
    -------
    W : array of shape (H, H)

    Notes
    -----
    Source: Saxe, McClelland and Ganguli (2014), arXiv:1312.6120.
    """
    W, _ = np.linalg.qr(rng.standard_normal((H, H)))
    return W.astype(dtype)


def orthogonal_and_normal(D, H, rng, dtype=np.float64):
    """Draw a weight on [h; x]: `orthogonal` for the H columns that read h, `scaled_normal` for the D that read x.

    Parameters
    ----------
    D, H : int
        Input features and hidden units.
    rng : numpy.random.Generator
    dtype : dtype, optional

    Returns
    -------
    W : array of shape (H, H + D)
    """
    return np.concatenate([orthogonal(H, rng, dtype), scaled_normal(H, D, rng, dtype)], axis=1)
