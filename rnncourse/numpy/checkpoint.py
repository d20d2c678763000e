"""Backpropagate through time in O(sqrt(T)) memory: keep the state of every k-th step and run the rest again.

These are functions of their own and not a keyword of `X_forward`: the three forms keep equal signatures, and one pair
of functions serves every cell, a caller's own too.
"""

import math

import numpy as np

from rnncourse.numpy.memory import empty


def checkpointed_forward(forward, x, state0, params, checkpoint_every=None):
    """Run a cell over a whole sequence and keep, besides h, only the state before every k-th step.

    Parameters
    ----------
    forward : callable
        ``forward(x, state0, params) -> h, state_T, cache``: `rnn_forward`, `lstm_forward`, `gru_forward` or alike.
    x : array of shape (T, B, D)
    state0 : array of shape (B, H), or for the LSTM a pair of them
    params : NamedTuple
    checkpoint_every : int, optional
        k. The default is twice the square root of T, rounded up: fewer parts cost less time than the square root
        itself, whose memory would be the least, or nearly so.

    Returns
    -------
    h, state_T
        As from forward.
    cache : tuple
        For `checkpointed_backward`; it holds x itself, which is not to be changed before.

    Raises
    ------
    ValueError
        If checkpoint_every is less than 1.

    Notes
    -----
    Source: Chen, Xu, Zhang and Guestrin (2016), arXiv:1604.06174.
    """
    T, B, _ = x.shape
    k = math.ceil(2 * math.sqrt(T)) if checkpoint_every is None else checkpoint_every
    if k < 1:
        raise ValueError(f"checkpoint_every is {k}; expected at least 1 step")
    starts, state, h, last_cache = [], state0, None, None
    for start in range(0, T, k):
        starts.append((start, state))
        last_cache = None  # gone before the next is made
        part, state, last_cache = forward(x[start : start + k], state, params)
        if h is None:
            h = empty((T, B, part.shape[2]), part.dtype)
        h[start : start + k] = part
    return h, state, (forward, x, starts, params, k, [last_cache])


def checkpointed_backward(backward, dh, dstate_T, cache):
    """Backpropagate through time, k steps at a time, last steps first; each part but the last runs forward again.

    Parameters
    ----------
    backward : callable
        ``backward(dh, dstate_T, cache) -> dx, dstate_0, dparams``, the partner of the forward in the cache.
    dh : array of shape (T, B, H)
    dstate_T : array of shape (B, H), or for the LSTM a pair of them
    cache : tuple
        From `checkpointed_forward`.

    Returns
    -------
    dx, dstate_0, dparams
        As from backward.
    """
    forward, x, starts, params, k, kept = cache
    part_cache = kept.pop() if kept else None  # the last part's, used once and let go; a second pass runs it again
    dx, total, dstate = empty(x.shape, x.dtype), [np.zeros_like(theta) for theta in params], dstate_T
    for start, state in reversed(starts):
        part = slice(start, start + k)
        if part_cache is None:
            part_cache = forward(x[part], state, params)[2]
        dx[part], dstate, dparams = backward(dh[part], dstate, part_cache)
        part_cache = None
        for sum_so_far, share in zip(total, dparams, strict=True):
            sum_so_far += share
    return dx, dstate, params._make(total)
