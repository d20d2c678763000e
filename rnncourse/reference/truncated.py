"""Truncate backpropagation through time for a vanilla RNN, whose states are carried and whose gradient is cut."""

import numpy as np

from rnncourse.notation import RNNParams
from rnncourse.reference.rnn import rnn_step


def truncated_bptt(dh, x, h0, params, tau):
    """Run forwards and backwards in chunks of tau steps: the state crosses a cut, the gradient does not.

    delta_h^(t) = (dL/dh^(t) from its own output + c_t W_hh^T delta_h^(t+1)) * (1 - h^2)        {eq}`truncated-bptt`
    where c_t is 0 at the end of a chunk and 1 elsewhere.

    Parameters
    ----------
    dh : array of shape (T, B, H)
        Gradient that reaches each h^(t) through its own output.
    x : array of shape (T, B, D)
    h0 : array of shape (B, H)
    params : RNNParams
    tau : int
        Steps per chunk; the last chunk may be shorter.

    Returns
    -------
    h : array of shape (T, B, H)
    dparams : RNNParams
        Sums over all chunks.

    Notes
    -----
    Source: Williams and Peng (1990), in the form with chunks that do not overlap; the notes leave it out.
    """
    W_xh, W_hh, b_h = params
    T, B, _ = x.shape
    h = np.empty((T, B, len(b_h)), dtype=x.dtype)
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    h_t = h0
    for start in range(0, T, tau):
        end = min(start + tau, T)
        h_start = h_t
        for t in range(start, end):
            h_t = rnn_step(x[t], h_t, params)  # (B, H)
            h[t] = h_t
        dh_next = np.zeros_like(h0)
        for t in reversed(range(start, end)):
            h_prev = h[t - 1] if t > start else h_start
            delta_h = (dh[t] + dh_next) * (1 - h[t] ** 2)  # (B, H)
            dW_xh += delta_h.T @ x[t]  # (H, D)
            dW_hh += delta_h.T @ h_prev  # (H, H)
            db_h += delta_h.sum(axis=0)  # (H,)
            dh_next = delta_h @ W_hh  # (B, H)
    return h, RNNParams(dW_xh, dW_hh, db_h)
