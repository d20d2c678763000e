"""Truncate backpropagation through time: the state is carried from chunk to chunk, the gradient is not."""

import numpy as np


def truncated_bptt(forward, backward, x, state0, params, loss, update, chunk_length):
    """Walk along a sequence in chunks; after each, update the parameters from that chunk's gradient alone.

    Within a chunk the gradient is that of BPTT with the incoming state as a constant: no gradient flows into the chunk
    before, so the cost of an update does not grow with T, and no dependence longer than a chunk is learnt from.

    Parameters
    ----------
    forward, backward : callables
        A cell, for instance `lstm_forward` and `lstm_backward`.
    x : array of shape (T, B, D)
    state0 : array of shape (B, H), or for the LSTM a pair of them
    params : NamedTuple
    loss : callable
        ``loss(h, steps) -> loss, dh`` for the chunk's h and the slice of time steps that it covers.
    update : callable
        ``update(params, dparams) -> params``, for instance a step of SGD. It is called once per chunk.
    chunk_length : int
        Steps per chunk; the last chunk may be shorter.

    Returns
    -------
    params : NamedTuple
        After the last update.
    state_T
        The last state, to go on from.
    losses : list of float
        One per chunk.

    Raises
    ------
    ValueError
        If chunk_length is less than 1.

    Notes
    -----
    Source: Williams and Peng (1990), in the form with chunks that do not overlap; the notes leave it out.
    """
    if chunk_length < 1:
        raise ValueError(f"chunk_length is {chunk_length}; expected at least 1 step")
    state, losses = state0, []
    for start in range(0, len(x), chunk_length):
        steps = slice(start, min(start + chunk_length, len(x)))
        h, state, cache = forward(x[steps], state, params)
        chunk_loss, dh = loss(h, steps)
        _, _, dparams = backward(dh, _zeros_like(state), cache)  # the cut: nothing comes back from later chunks
        params = update(params, dparams)
        losses.append(chunk_loss)
    return params, state, losses


def _zeros_like(state):
    return tuple(np.zeros_like(s) for s in state) if isinstance(state, tuple) else np.zeros_like(state)
