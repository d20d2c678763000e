"""Run the RNN forwards and backwards in one function: what a `torch.autograd.Function` splits into two."""

import numpy as np


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    """Run a tanh RNN, and send a gradient of its states back.

    Parameters
    ----------
    x : array of shape (T, B, D)
    h0 : array of shape (B, H)
    W_xh, W_hh, b_h : arrays of shape (H, D), (H, H), (H,)
    dh : array of shape (T, B, H)
        Gradient of the loss with respect to h, each step's through its own output.

    Returns
    -------
    h : array of shape (T, B, H)
    dx, dh0, dW_xh, dW_hh, db_h : arrays
        Each in the shape of what it belongs to.

    Notes
    -----
    The equations: {eq}`rnn-step`, {eq}`bptt-recursion`, {eq}`bptt-weights`, {eq}`bptt-inputs`.
    """
    T, B, _ = x.shape
    h = np.empty((T, B, len(b_h)), dtype=x.dtype)
    h_t = h0
    for t in range(T):
        h_t = np.tanh(x[t] @ W_xh.T + h_t @ W_hh.T + b_h)  # (B, H)
        h[t] = h_t
    dx, dh_next = np.zeros_like(x), np.zeros_like(h0)
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    for t in reversed(range(T)):
        h_prev = h[t - 1] if t > 0 else h0  # (B, H)
        delta_h = (dh[t] + dh_next) * (1 - h[t] ** 2)  # (B, H)
        dW_xh += delta_h.T @ x[t]  # (H, D)
        dW_hh += delta_h.T @ h_prev  # (H, H)
        db_h += delta_h.sum(axis=0)  # (H,)
        dx[t] = delta_h @ W_xh  # (B, D)
        dh_next = delta_h @ W_hh  # (B, H)
    return h, dx, dh_next, dW_xh, dW_hh, db_h
