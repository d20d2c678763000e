"""Measure how much of a gradient at the last step of an RNN is left k steps earlier."""

import numpy as np

from rnncourse.notation import RNNParams
from rnncourse.reference import rnn

VANISHING, EXPLODING = 1e-2, 1e2
"""A gradient that keeps less than 1/100 of its length has vanished; one that grew more than 100-fold has exploded."""


def spectral_radius(W):
    """Compute the largest absolute eigenvalue of a square matrix.

    Parameters
    ----------
    W : array of shape (H, H)

    Returns
    -------
    rho : float
    """
    return float(np.abs(np.linalg.eigvals(W)).max())


def example(radius, input_scale=0.05, T=50, B=8, D=4, H=32, seed=0):
    """Draw a random RNN with a given spectral radius, and run it from h^(0) = 0.

    The same seed draws the same matrix and the same input: only their scale follows `radius` and `input_scale`.

    Parameters
    ----------
    radius : float
        Spectral radius of W_hh, a Gaussian matrix rescaled.
    input_scale : float, optional
        Standard deviation of x. At 0 every state is 0 and tanh acts as the identity.
    T, B, D, H : int, optional
    seed : int, optional

    Returns
    -------
    x : array of shape (T, B, D)
    h0 : array of shape (B, H)
    params : RNNParams
    g : array of shape (B, H)
        One random gradient of length 1 per sample, to seed at h^(T).
    """
    rng = np.random.default_rng(seed)
    W_hh = rng.standard_normal((H, H))
    W_hh *= radius / spectral_radius(W_hh)
    W_xh = rng.standard_normal((H, D)) / np.sqrt(D)
    x = input_scale * rng.standard_normal((T, B, D))
    g = rng.standard_normal((B, H))
    g /= np.linalg.norm(g, axis=1, keepdims=True)
    return x, np.zeros((B, H)), RNNParams(W_xh, W_hh, np.zeros(H)), g


def textbook_forward(x, h0, W_xh, W_hh, b_h):
    """Call `rnncourse.reference.rnn.rnn_forward` with the exercises' signature; returns h of shape (T, B, H)."""
    h, _, _ = rnn.rnn_forward(x, h0, RNNParams(W_xh, W_hh, b_h))
    return h


def textbook_backward(dh, x, h0, h, W_xh, W_hh):
    """Call `rnncourse.reference.rnn.rnn_backward` with the exercises' signature.

    Returns
    -------
    dx, dh0, dW_xh, dW_hh, db_h : arrays
    """
    cache = (x, h0, h, RNNParams(W_xh, W_hh, np.zeros(len(W_hh))), "tanh")
    dx, dh0, dparams = rnn.rnn_backward(dh, np.zeros_like(h0), cache)
    return dx, dh0, *dparams


def gradient_norm_by_lag(rnn_backward, x, h0, h, W_xh, W_hh, g):
    """Measure the length of the gradient k steps before the step that caused it, for every k.

    The loss is read at h^(T) alone, so dL/dh^(T) = g. Backpropagation over the last k steps only, from the state
    h^(T-k) as their initial state, returns dL/dh^(T-k) in dh0: its length is what survives k steps.

    Parameters
    ----------
    rnn_backward : callable
        ``rnn_backward(dh, x, h0, h, W_xh, W_hh) -> dx, dh0, dW_xh, dW_hh, db_h``
    x : array of shape (T, B, D)
    h0 : array of shape (B, H)
    h : array of shape (T, B, H)
    W_xh, W_hh : arrays of shape (H, D), (H, H)
    g : array of shape (B, H)
        Gradient at the last state.

    Returns
    -------
    norms : array of shape (T + 1,)
        Entry k is the mean over the batch of the length of dL/dh^(T-k); entry 0 belongs to g itself.

    Raises
    ------
    ValueError
        If rnn_backward does not return five arrays, or if its dh0 has not the shape of h0 or is not finite.
    """
    T = len(x)
    norms = [np.linalg.norm(g, axis=1).mean()]
    for k in range(1, T + 1):
        start = h0 if k == T else h[T - k - 1]  # (B, H): h^(T-k)
        dh = np.zeros_like(h[T - k :])  # (k, B, H)
        dh[-1] = g
        grads = rnn_backward(dh, x[T - k :].copy(), start.copy(), h[T - k :].copy(), W_xh.copy(), W_hh.copy())
        norms.append(np.linalg.norm(_checked_dh0(grads, h0.shape), axis=1).mean())
    return np.array(norms)


def _checked_dh0(grads, shape):
    """Take dh0 out of what rnn_backward returned, or raise a ValueError that says what came instead."""
    if not isinstance(grads, (tuple, list)) or len(grads) != 5:
        got = f"{len(grads)} values" if isinstance(grads, (tuple, list)) else f"a {type(grads).__name__}"
        raise ValueError(f"rnn_backward returned {got}; expected five: dx, dh0, dW_xh, dW_hh, db_h")
    try:
        dh0 = np.asarray(grads[1], np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"dh0 is a {type(grads[1]).__name__}; expected an array of shape (B, H) = {shape}") from None
    if dh0.shape != shape:
        raise ValueError(f"dh0 has shape {dh0.shape}; expected (B, H) = {shape}")
    if not np.isfinite(dh0).all():
        raise ValueError("dh0 holds NaN or infinity; expected finite numbers")
    return dh0


def verdict(norms):
    """Name a curve in one word, "vanishing", "steady" or "exploding", by what is left at the largest lag.

    Parameters
    ----------
    norms : array of shape (T + 1,)
        From `gradient_norm_by_lag`.

    Returns
    -------
    word : str
    """
    left = norms[-1] / norms[0]
    if left < VANISHING:
        return "vanishing"
    return "exploding" if left > EXPLODING else "steady"
