"""Run the minGRU and the minLSTM (Feng et al., 2024) forwards and backwards: gates that see x alone, and a scan.

minGRU:   z = sigmoid(W_z x + b_z),                                h^(t) = (1 - z) h^(t-1) + z n
minLSTM:  f = sigmoid(W_f x + b_f),   i = sigmoid(W_i x + b_i),    h^(t) = (f h^(t-1) + i n) / (f + i)

with the candidate n = W_n x + b_n in both. Source: arXiv:2410.01201, sections 3.1 and 3.2.
"""

import numpy as np

from rnncourse.notation import MinGRUParams, MinLSTMParams
from rnncourse.numpy.layout import flat
from rnncourse.numpy.scan import linear_scan, linear_scan_backward


def mingru_forward(x, h0, params):
    """Run a minGRU over a whole sequence.

    h^(t) = (1 - z^(t)) h^(t-1) + z^(t) h~^(t)            {eq}`mingru`

    Parameters
    ----------
    x : array of shape (T, B, D)
    h0 : array of shape (B, H)
    params : MinGRUParams

    Returns
    -------
    h : array of shape (T, B, H)
    h_T : array of shape (B, H)
    cache : tuple
        What `mingru_backward` needs.
    """
    W_z, W_n, b_z, b_n = params
    z, n = _sigmoid(x @ W_z.T + b_z), x @ W_n.T + b_n  # (T, B, H)
    h = linear_scan(1 - z, z * n, h0)
    return h, h[-1].copy(), (x, h0, h, z, n, params)


def mingru_backward(dh, dh_T, cache):
    """Backpropagate through time for a minGRU.

    dz = db n - da,   dn = db z,   delta_z = dz z (1 - z)

    Parameters
    ----------
    dh : array of shape (T, B, H)
        Gradient that reaches each h^(t) through its own output only.
    dh_T : array of shape (B, H)
        Extra gradient into the last state.
    cache : tuple
        From `mingru_forward`.

    Returns
    -------
    dx : array of shape (T, B, D)
    dh0 : array of shape (B, H)
    dparams : MinGRUParams
    """
    x, h0, h, z, n, (W_z, W_n, _, _) = cache
    da, db, dh0 = linear_scan_backward(dh, dh_T, 1 - z, h, h0)
    delta_z, delta_n = (db * n - da) * z * (1 - z), db * z  # (T, B, H)
    dx, dW, db = _through_products((delta_z, delta_n), (W_z, W_n), x)
    return dx, dh0, MinGRUParams(*dW, *db)


def minlstm_forward(x, h0, params):
    """Run a minLSTM over a whole sequence. Arguments and results are as for `mingru_forward`."""
    W_f, W_i, W_n, b_f, b_i, b_n = params
    f, i, n = _sigmoid(x @ W_f.T + b_f), _sigmoid(x @ W_i.T + b_i), x @ W_n.T + b_n  # (T, B, H)
    a = f / (f + i)
    h = linear_scan(a, (1 - a) * n, h0)
    return h, h[-1].copy(), (x, h0, h, f, i, n, params)


def minlstm_backward(dh, dh_T, cache):
    """Backpropagate through time for a minLSTM. Arguments and results are as for `mingru_backward`.

    With a = f / (f + i) and b = (1 - a) n: a changes by a (1 - a) (1 - f) with f's pre-activation, and by
    -a (1 - a) (1 - i) with i's.
    """
    x, h0, h, f, i, n, (W_f, W_i, W_n, _, _, _) = cache
    a = f / (f + i)
    da, db, dh0 = linear_scan_backward(dh, dh_T, a, h, h0)
    slope = (da - db * n) * a * (1 - a)
    deltas = slope * (1 - f), -slope * (1 - i), db * (1 - a)  # (T, B, H)
    dx, dW, db = _through_products(deltas, (W_f, W_i, W_n), x)
    return dx, dh0, MinLSTMParams(*dW, *db)


def _through_products(deltas, weights, x):
    """Take the gradients of pre-activations back to x, to each weight (H, D) and to each bias (H,)."""
    dx = sum(delta @ W for delta, W in zip(deltas, weights, strict=True))
    return dx, [flat(delta).T @ flat(x) for delta in deltas], [delta.sum((0, 1)) for delta in deltas]


def _sigmoid(a):
    return 0.5 * np.tanh(0.5 * a) + 0.5
