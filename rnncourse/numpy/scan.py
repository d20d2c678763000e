"""Run h^(t) = a^(t) h^(t-1) + b^(t), elementwise, by blocks of steps: a chain of 2 sqrt(T) instead of T.

Two steps in a row are one step of the same kind, with a_2 a_1 and a_2 b_1 + b_2. So the steps of every block are joined
first, all blocks side by side; then the state goes from block to block; then every step takes in what came into its
block.
"""

import math

import numpy as np


def linear_scan(a, b, h0):
    """Compute every state of a linear recurrence.

    h^(t) = a^(t) h^(t-1) + b^(t)            {eq}`linear-recurrence`

    Parameters
    ----------
    a, b : arrays of shape (T, B, H)
    h0 : array of shape (B, H)

    Returns
    -------
    h : array of shape (T, B, H)
        h^(1), ..., h^(T).
    """
    T, length = len(a), math.isqrt(len(a) - 1) + 1  # the least whose square is T or more
    A, h = _blocks(a, 1, length), _blocks(b, 0, length)  # (n, length, B, H)
    for t in range(1, length):  # all blocks at once
        h[:, t] += A[:, t] * h[:, t - 1]
        A[:, t] *= A[:, t - 1]
    h_prev = h0
    for A_block, h_block in zip(A, h, strict=True):
        h_block += A_block * h_prev  # (length, B, H)
        h_prev = h_block[-1]
    return h.reshape(-1, *h0.shape)[:T]


def linear_scan_backward(dh, dh_T, a, h, h0):
    """Differentiate `linear_scan`: its backward pass is the same recurrence, from the last step to the first.

    db^(t) = dh^(t) + a^(t+1) db^(t+1),   da^(t) = db^(t) h^(t-1)            {eq}`scan-backward`

    Parameters
    ----------
    dh : array of shape (T, B, H)
        Gradient that reaches each h^(t) through its own output only.
    dh_T : array of shape (B, H)
        Extra gradient into the last state.
    a, h : arrays of shape (T, B, H)
    h0 : array of shape (B, H)

    Returns
    -------
    da, db : arrays of shape (T, B, H)
    dh0 : array of shape (B, H)
    """
    a_next = np.concatenate([a[1:], np.ones_like(a[:1])])  # dh_T enters the last state as it is
    db = linear_scan(a_next[::-1], dh[::-1], dh_T)[::-1]
    h_prev = np.concatenate([h0[None], h[:-1]])
    return db * h_prev, db, a[0] * db[0]


def _blocks(v, filling, length):
    """Copy (T, B, H) into (n, length, B, H); steps past the last are filled so that they leave the state alone."""
    n = -(-len(v) // length)
    blocks = np.full((n * length, *v.shape[1:]), filling, v.dtype)
    blocks[: len(v)] = v
    return blocks.reshape(n, length, *v.shape[1:])
