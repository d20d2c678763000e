"""Compute one step of the GRU and show its gates."""

import numpy as np

from rnncourse.reference.output import sigmoid


def gru_gates(x_t, h_prev, params):
    """Compute one time step of a GRU, gates and all: `rnncourse.reference.gru.gru_step` returns h^(t) alone.

    r = sigmoid(W_r [h^(t-1); x^(t)] + b_r),   u = sigmoid(W_u [h^(t-1); x^(t)] + b_u)        {eq}`gru-gates`
    n = tanh(W_xn x^(t) + b_xn + r * (W_hn h^(t-1) + b_hn)),   h^(t) = (1 - u) * n + u * h^(t-1)    {eq}`gru-state`

    Parameters
    ----------
    x_t : array of shape (B, D)
    h_prev : array of shape (B, H)
    params : GRUParams

    Returns
    -------
    r_t, u_t, n_t, h_t : arrays of shape (B, H)
        Reset gate, update gate, candidate and new state.

    Notes
    -----
    Source: ours (the notes do not treat the GRU), after Cho et al. (2014), arXiv:1406.1078, in the reset-after form.
    """
    W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn = params
    v_t = np.concatenate([h_prev, x_t], axis=1)  # (B, H + D)
    r_t = sigmoid(v_t @ W_r.T + b_r)  # (B, H)
    u_t = sigmoid(v_t @ W_u.T + b_u)  # (B, H)
    m_t = h_prev @ W_hn.T + b_hn  # (B, H)
    n_t = np.tanh(x_t @ W_xn.T + b_xn + r_t * m_t)  # (B, H)
    h_t = (1 - u_t) * n_t + u_t * h_prev  # (B, H)
    return r_t, u_t, n_t, h_t
