"""Measure how much of a gradient at the last step of an LSTM is left k steps earlier, and along which path it came."""

import numpy as np

from rnncourse.notation import LSTMParams
from rnncourse.reference import lstm

PATHS = ("every", "cell", "h")


def example(b_f, input_scale=0.1, T=50, B=4, D=8, H=64, seed=0):
    """Draw a random, untrained LSTM and run it from h^(0) = c^(0) = 0.

    Each weight is drawn from N(0, 1/H), all biases but b_f are 0. The same seed draws the same weights and inputs:
    only b_f and the scale of the input follow the arguments.

    Parameters
    ----------
    b_f : float
        The forget gate's bias, the same for each unit.
    input_scale : float, optional
        Standard deviation of x.
    T, B, D, H : int, optional
    seed : int, optional

    Returns
    -------
    x : array of shape (T, B, D)
    state0 : tuple of two arrays of shape (B, H)
    params : LSTMParams
    g : array of shape (B, H)
        One random gradient of length 1 per sample, to seed at h^(T).
    """
    rng = np.random.default_rng(seed)
    W_f, W_i, W_c, W_o = rng.standard_normal((4, H, H + D)) / np.sqrt(H)
    x = input_scale * rng.standard_normal((T, B, D))
    g = rng.standard_normal((B, H))
    g /= np.linalg.norm(g, axis=1, keepdims=True)
    params = LSTMParams(W_f, W_i, W_c, W_o, np.full(H, float(b_f)), np.zeros(H), np.zeros(H), np.zeros(H))
    return x, (np.zeros((B, H)), np.zeros((B, H))), params, g


def gradient_norm_by_lag(x, state0, params, g, through="every"):
    """Measure dL/dh^(T-k) and dL/dc^(T-k) for every lag k, where dL/dh^(T) = g and nothing else has a loss.

    Parameters
    ----------
    x : array of shape (T, B, D)
    state0 : tuple of two arrays of shape (B, H)
    params : LSTMParams
    g : array of shape (B, H)
    through : {"every", "cell", "h"}
        Which paths count from step to step: all, only those that stay in the cell, only those that leave it for h at
        every step.

    Returns
    -------
    norms_h, norms_c : arrays of shape (T + 1,)
        Means over the batch. Entry 0 of norms_h is the length of g; nothing has reached the cell at lag 0.

    Raises
    ------
    ValueError
        If `through` is none of the three.
    """
    if through not in PATHS:
        raise ValueError(f"through is {through!r}; expected one of {', '.join(PATHS)}")
    _, _, (_, (h0, c0), h, c, _) = lstm.lstm_forward(x, state0, params)
    dh, dc = g, np.zeros_like(g)
    norms_h, norms_c = [_length(dh)], [_length(dc)]
    for t in reversed(range(len(x))):
        state_prev = (h[t - 1], c[t - 1]) if t > 0 else (h0, c0)
        _, (dh, dc), _ = lstm.lstm_step_backward((dh, dc), x[t], state_prev, (h[t], c[t]), params)
        if through == "cell":
            dh = np.zeros_like(dh)
        if through == "h":
            dc = np.zeros_like(dc)
        norms_h.append(_length(dh))
        norms_c.append(_length(dc))
    return np.array(norms_h), np.array(norms_c)


def _length(gradient):
    return np.linalg.norm(gradient, axis=1).mean()
