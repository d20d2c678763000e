"""Measure how long a gradient is after k steps back in time."""

import numpy as np


def gradient_norm_by_lag(dh_T, h, W_hh):
    """Send a gradient back from the last state of a tanh RNN and measure it at each step.

    dL/dh^(t-1) = W_hh^T (dL/dh^(t) * (1 - h^(t) * h^(t))),   norms_k = ||dL/dh^(T-k)||        {eq}`jacobian-product`

    Parameters
    ----------
    dh_T : array of shape (B, H)
        Gradient of the loss with respect to h^(T); no other state has an output.
    h : array of shape (T, B, H)
        h^(1), ..., h^(T).
    W_hh : array of shape (H, H)

    Returns
    -------
    norms : array of shape (T + 1, B)
        Row k holds each sample's length of dL/dh^(T-k); row 0 is that of dh_T, row T belongs to h^(0).
    """
    T, B, _ = h.shape
    norms = np.empty((T + 1, B))
    dh_t = dh_T
    norms[0] = np.sqrt((dh_t**2).sum(axis=1))
    for k in range(1, T + 1):
        delta_h = dh_t * (1 - h[T - k] ** 2)  # (B, H)
        dh_t = delta_h @ W_hh  # (B, H)
        norms[k] = np.sqrt((dh_t**2).sum(axis=1))
    return norms
