"""Run the GRU forwards and backwards in time, in the reset-after form of torch and cuDNN.

W_r and W_u act on v^(t) = [h^(t-1); x^(t)], h first. The reset gate scales m^(t) = W_hn h^(t-1) + b_hn, after the
product; the original GRU (Cho et al., 2014) scales h^(t-1) before it, W_hn (r * h^(t-1)). The backward pass recomputes
the gates, so the cache holds x and h alone.
"""

import numpy as np

from rnncourse.initializers import orthogonal, orthogonal_and_normal, scaled_normal
from rnncourse.notation import GRUParams
from rnncourse.reference.output import sigmoid


def init_gru(D, H, rng, dtype=np.float64):
    """Draw the parameters of a GRU: orthogonal on h, N(0, 1/D) on x, biases zero.

    Parameters
    ----------
    D, H : int
        Input features and hidden units.
    rng : numpy.random.Generator
    dtype : dtype, optional

    Returns
    -------
    GRUParams
    """
    W_r = orthogonal_and_normal(D, H, rng, dtype)
    W_u = orthogonal_and_normal(D, H, rng, dtype)
    W_xn = scaled_normal(H, D, rng, dtype)
    W_hn = orthogonal(H, rng, dtype)
    b_r, b_u, b_xn, b_hn = np.zeros((4, H), dtype)
    return GRUParams(W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn)


def gru_step(x_t, h_prev, params):
    """Compute one time step of a GRU.

    r = sigmoid(W_r [h^(t-1); x^(t)] + b_r),   u = sigmoid(W_u [h^(t-1); x^(t)] + b_u)        {eq}`gru-gates`
    n = tanh(W_xn x^(t) + b_xn + r * (W_hn h^(t-1) + b_hn)),   h^(t) = (1 - u) * n + u * h^(t-1)    {eq}`gru-state`

    Parameters
    ----------
    x_t : array of shape (B, D)
    h_prev : array of shape (B, H)
        The state one step earlier.
    params : GRUParams

    Returns
    -------
    h_t : array of shape (B, H)

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
    return h_t


def gru_step_backward(dh_t, x_t, h_prev, params):
    """Differentiate one time step: from the gradient of h^(t) to those of everything that made it.

    delta_u = dL/dh^(t) * (h^(t-1) - n) * u (1 - u),   delta_n = dL/dh^(t) * (1 - u) * (1 - n^2)
    delta_m = delta_n * r,   delta_r = delta_n * m * r (1 - r)                        {eq}`gru-step-backward`

    Parameters
    ----------
    dh_t : array of shape (B, H)
        Gradient of the loss with respect to h^(t), from its output and from step t+1 together.
    x_t : array of shape (B, D)
    h_prev : array of shape (B, H)
    params : GRUParams

    Returns
    -------
    dx_t : array of shape (B, D)
    dh_prev : array of shape (B, H)
    dparams : GRUParams
        This step's share of the gradients.
    """
    W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn = params
    H = len(b_r)
    v_t = np.concatenate([h_prev, x_t], axis=1)  # (B, H + D)
    r_t = sigmoid(v_t @ W_r.T + b_r)  # (B, H)
    u_t = sigmoid(v_t @ W_u.T + b_u)  # (B, H)
    m_t = h_prev @ W_hn.T + b_hn  # (B, H)
    n_t = np.tanh(x_t @ W_xn.T + b_xn + r_t * m_t)  # (B, H)
    delta_u = dh_t * (h_prev - n_t) * u_t * (1 - u_t)  # (B, H)
    delta_n = dh_t * (1 - u_t) * (1 - n_t**2)  # (B, H)
    delta_m = delta_n * r_t  # (B, H)
    delta_r = delta_n * m_t * r_t * (1 - r_t)  # (B, H)
    dW_r, db_r = delta_r.T @ v_t, delta_r.sum(axis=0)  # (H, H + D), (H,)
    dW_u, db_u = delta_u.T @ v_t, delta_u.sum(axis=0)  # (H, H + D), (H,)
    dW_xn, db_xn = delta_n.T @ x_t, delta_n.sum(axis=0)  # (H, D), (H,)
    dW_hn, db_hn = delta_m.T @ h_prev, delta_m.sum(axis=0)  # (H, H), (H,)
    dv_t = delta_r @ W_r + delta_u @ W_u  # (B, H + D)
    dh_prev = dv_t[:, :H] + delta_m @ W_hn + dh_t * u_t  # (B, H): four arrows leave h^(t-1)
    dx_t = dv_t[:, H:] + delta_n @ W_xn  # (B, D)
    return dx_t, dh_prev, GRUParams(dW_r, dW_u, dW_xn, dW_hn, db_r, db_u, db_xn, db_hn)


def gru_forward(x, h0, params):
    """Run a GRU over a whole sequence.

    Parameters
    ----------
    x : array of shape (T, B, D)
    h0 : array of shape (B, H)
    params : GRUParams

    Returns
    -------
    h : array of shape (T, B, H)
        h^(1), ..., h^(T).
    h_T : array of shape (B, H)
        The last state.
    cache : tuple
        What `gru_backward` needs.
    """
    T, B, _ = x.shape
    h = np.empty((T, B, len(params.b_r)), dtype=x.dtype)
    h_t = h0
    for t in range(T):
        h_t = gru_step(x[t], h_t, params)  # (B, H)
        h[t] = h_t
    return h, h_t, (x, h0, h, params)


def gru_backward(dh, dh_T, cache):
    """Backpropagate through time for a GRU.

    dL/dh^(t-1) = (from its own output) + [W_r^T delta_r + W_u^T delta_u]_h + W_hn^T delta_m + dL/dh^(t) * u
    {eq}`gru-bptt`

    Parameters
    ----------
    dh : array of shape (T, B, H)
        Gradient that reaches each h^(t) through its own output only.
    dh_T : array of shape (B, H)
        Extra gradient into the last state; zero unless something reads it.
    cache : tuple
        From `gru_forward`.

    Returns
    -------
    dx : array of shape (T, B, D)
    dh0 : array of shape (B, H)
    dparams : GRUParams
        dW_r, ..., db_hn, summed over time.

    Notes
    -----
    The step's equations are in `gru_step_backward`.
    """
    x, h0, h, params = cache
    W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn = params
    dW_r, dW_u, dW_xn, dW_hn, db_r, db_u, db_xn, db_hn = (np.zeros_like(theta) for theta in params)
    dx, H = np.zeros_like(x), len(b_r)
    dh_next = dh_T
    for t in reversed(range(len(x))):
        h_prev = h[t - 1] if t > 0 else h0  # (B, H)
        v_t = np.concatenate([h_prev, x[t]], axis=1)  # (B, H + D)
        r_t = sigmoid(v_t @ W_r.T + b_r)  # (B, H)
        u_t = sigmoid(v_t @ W_u.T + b_u)  # (B, H)
        m_t = h_prev @ W_hn.T + b_hn  # (B, H)
        n_t = np.tanh(x[t] @ W_xn.T + b_xn + r_t * m_t)  # (B, H)
        dh_t = dh[t] + dh_next  # (B, H): two arrows leave h^(t)
        delta_u = dh_t * (h_prev - n_t) * u_t * (1 - u_t)  # (B, H)
        delta_n = dh_t * (1 - u_t) * (1 - n_t**2)  # (B, H)
        delta_m = delta_n * r_t  # (B, H)
        delta_r = delta_n * m_t * r_t * (1 - r_t)  # (B, H)
        dW_r += delta_r.T @ v_t  # (H, H + D)
        dW_u += delta_u.T @ v_t  # (H, H + D)
        dW_xn += delta_n.T @ x[t]  # (H, D)
        dW_hn += delta_m.T @ h_prev  # (H, H)
        db_r += delta_r.sum(axis=0)  # (H,)
        db_u += delta_u.sum(axis=0)  # (H,)
        db_xn += delta_n.sum(axis=0)  # (H,)
        db_hn += delta_m.sum(axis=0)  # (H,)
        dv_t = delta_r @ W_r + delta_u @ W_u  # (B, H + D)
        dx[t] = dv_t[:, H:] + delta_n @ W_xn  # (B, D)
        dh_next = dv_t[:, :H] + delta_m @ W_hn + dh_t * u_t  # (B, H)
    return dx, dh_next, GRUParams(dW_r, dW_u, dW_xn, dW_hn, db_r, db_u, db_xn, db_hn)
