"""Vectorise the vanilla RNN: a product and the activation stay in the loop; backwards, only the linear recursion.

v^(t) = [h^(t-1); x^(t); 1] makes a^(t) one product, bias included, and the gradients of W_hh, W_xh and b_h another.
"""

import numpy as np

from rnncourse.initializers import orthogonal, scaled_normal
from rnncourse.notation import RNNParams, check_activation
from rnncourse.numpy.layout import flat, stack_inputs
from rnncourse.numpy.memory import copy, empty
from rnncourse.numpy.products import Product
from rnncourse.validation import check_backward, check_forward, raise_if_nan


def init_rnn(D, H, rng, dtype=np.float64):
    """Draw the parameters of a vanilla RNN, the same as `rnncourse.reference.rnn.init_rnn` from the same rng."""
    W_xh = scaled_normal(H, D, rng, dtype)
    W_hh = orthogonal(H, rng, dtype)
    return RNNParams(W_xh, W_hh, np.zeros(H, dtype))


def rnn_step(x_t, h_prev, params, activation="tanh"):
    """Compute one time step, a sequence of T = 1: see `rnncourse.reference.rnn.rnn_step`."""
    return rnn_forward(x_t[None], h_prev, params, activation)[1]


def rnn_step_backward(dh_t, x_t, h_prev, h_t, params, activation="tanh"):
    """Differentiate one time step: see `rnncourse.reference.rnn.rnn_step_backward`."""
    check_activation(activation)
    v = stack_inputs(x_t[None], h_prev)
    v[1, :, : h_t.shape[1]] = h_t
    dx, dh_prev, dparams = rnn_backward(np.zeros_like(h_t)[None], dh_t, (v, params, activation))
    return dx[0], dh_prev, dparams


def rnn_forward(x, h0, params, activation="tanh"):
    """Run a vanilla RNN over a whole sequence: see `rnncourse.reference.rnn.rnn_forward`.

    Raises
    ------
    TypeError, ValueError
        If a shape, a dtype or the activation does not fit, or an argument holds NaN.
    """
    check_forward(x, h0, params, RNNParams)
    check_activation(activation)
    W_xh, W_hh, b_h = params
    H = len(b_h)
    product = Product(np.concatenate([W_hh, W_xh, b_h[:, None]], axis=1).T, len(h0))  # (H + D + 1, H)
    v = stack_inputs(x, h0)  # (T + 1, B, H + D + 1)
    h, a_t = v[1:, :, :H], np.empty(h0.shape, x.dtype)
    v_tiles, a_tiles = product.tiles(v), product.target(a_t)
    for t in range(len(x)):
        np.matmul(v_tiles[t], product.W, out=a_tiles)
        if activation == "tanh":
            np.tanh(a_t, out=h[t])
        else:
            np.maximum(a_t, 0, out=h[t])
    if np.isnan(h[-1]).any():
        raise_if_nan(x=x, h0=h0, params=params)
    return copy(h), h[-1].copy(), (v, params, activation)


def rnn_backward(dh, dh_T, cache):
    """Backpropagate through time: see `rnncourse.reference.rnn.rnn_backward`.

    phi'(a) is taken at all steps at once, so that the loop is the linear recursion for dL/dh alone.

    Raises
    ------
    TypeError, ValueError
        If a shape or dtype does not fit, or dh or dh_T holds NaN.
    """
    v, params, activation = cache
    W_xh, W_hh, b_h = params
    H = len(b_h)
    h = v[1:, :, :H]
    check_backward(dh, dh_T, h, RNNParams)
    delta_h = empty(h.shape, h.dtype)
    if activation == "tanh":
        np.multiply(h, h, out=delta_h)
        np.subtract(1, delta_h, out=delta_h)  # phi'(a), until the loop scales it
    else:
        np.greater(h, 0, out=delta_h, casting="unsafe")
    dh_t, product = dh_T.copy(), Product(W_hh, len(dh_T))
    delta_tiles, from_delta = product.tiles(delta_h), product.target(dh_t)
    for t in reversed(range(len(h))):
        dh_t += dh[t]
        delta_h[t] *= dh_t
        np.matmul(delta_tiles[t], product.W, out=from_delta)
    if np.isnan(dh_t).any():
        raise_if_nan(dh=dh, dh_T=dh_T)
    dx = (flat(delta_h) @ W_xh).reshape(*dh.shape[:2], -1)
    dW = flat(delta_h).T @ flat(v[:-1])  # (H, H + D + 1)
    return dx, dh_t, RNNParams(dW[:, H:-1].copy(), dW[:, :H].copy(), dW[:, -1].copy())
