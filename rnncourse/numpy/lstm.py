"""The LSTM, vectorised: four gates in one product and one tanh per step; backwards, only the linear recursion is left.

A step is one block of five arrays side by side, [c^(t-1) | c~ | f | i | o]: then c^(t) is the product of two pairs,
[c^(t-1) | c~] * [f | i], and a sum; and f, i and o, the three sigmoids, lie together. sigmoid(a) = (1 + tanh(a / 2)) / 2,
with the half in the packed weights.
"""

import numpy as np

from rnncourse.init import orthogonal_and_normal
from rnncourse.notation import LSTMParams
from rnncourse.numpy.layout import flat, stack_inputs
from rnncourse.numpy.memory import copy, empty, time_blocks
from rnncourse.shapes import check_backward, check_forward, raise_if_nan


def init_lstm(D, H, rng, dtype=np.float64, forget_bias=1.0):
    """Draw the parameters of an LSTM, the same as `rnncourse.reference.lstm.init_lstm` from the same rng."""
    weights = [orthogonal_and_normal(D, H, rng, dtype) for _ in range(4)]
    return LSTMParams(*weights, np.full(H, forget_bias, dtype), *np.zeros((3, H), dtype))


def lstm_step(x_t, state_prev, params):
    """One time step, a sequence of T = 1: see `rnncourse.reference.lstm.lstm_step`."""
    return lstm_forward(x_t[None], state_prev, params)[1]


def lstm_step_backward(dstate_t, x_t, state_prev, state_t, params):
    """Backward pass of one time step: see `rnncourse.reference.lstm.lstm_step_backward`."""
    _, _, cache = lstm_forward(x_t[None], state_prev, params)
    dx, dstate_prev, dparams = lstm_backward(np.zeros_like(state_t[0])[None], dstate_t, cache)
    return dx[0], dstate_prev, dparams


def pack(params):
    """W on [h; x; 1], (4H, H + D + 1), and its transpose with the halves, contiguous for the forward product."""
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    H = len(b_f)
    b = np.concatenate([b_c, b_f, b_i, b_o])
    W = np.concatenate([np.concatenate([W_c, W_f, W_i, W_o]), b[:, None]], axis=1)
    W_T = W.T.copy()
    W_T[:, H:] *= 0.5
    return W, W_T


def lstm_forward(x, state0, params):
    """Run an LSTM over a whole sequence: see `rnncourse.reference.lstm.lstm_forward`.

    Raises
    ------
    TypeError, ValueError
        If a shape or dtype does not fit, or an argument holds NaN.
    """
    check_forward(x, state0, params, LSTMParams)
    h0, c0 = state0
    (T, B, _), H = x.shape, h0.shape[1]
    W, W_T = pack(params)
    v = stack_inputs(x, h0)  # (T + 1, B, H + D + 1)
    block = empty((T + 1, B, 5 * H), x.dtype)  # c^(t-1), c~, f, i, o
    block[0, :, :H] = c0
    pre, sigmoids = block[..., H:], block[..., 2 * H :]
    c, c_and_c_tilde, f_and_i, o = block[..., :H], block[..., : 2 * H], block[..., 2 * H : 4 * H], block[..., 4 * H :]
    tanh_c, h = empty((T, B, H), x.dtype), v[1:, :, :H]
    products, half = np.empty((B, 2 * H), x.dtype), np.full((), 0.5, x.dtype)
    kept, written = products[:, :H], products[:, H:]
    for t in range(T):
        a_t, sigmoids_t = pre[t], sigmoids[t]
        np.matmul(v[t], W_T, out=a_t)
        np.tanh(a_t, out=a_t)
        sigmoids_t *= half
        sigmoids_t += half
        np.multiply(c_and_c_tilde[t], f_and_i[t], out=products)
        c_t = np.add(kept, written, out=c[t + 1])
        np.tanh(c_t, out=tanh_c[t])
        np.multiply(o[t], tanh_c[t], out=h[t])
    if np.isnan(h[-1]).any():
        raise_if_nan(x=x, h0=h0, c0=c0, params=params)
    return copy(h), (h[-1].copy(), c[-1].copy()), (v, block[:-1], tanh_c, W)


def local_derivatives(block, tanh_c, delta, dc_dh):
    """What the recursion of `lstm_backward` multiplies: delta per dc (c~, f, i) and per dh (o), and dc per dh."""
    H = tanh_c.shape[-1]
    delta_c, delta_f_and_i, delta_o = delta[..., :H], delta[..., H : 3 * H], delta[..., 3 * H :]
    sigmoids = block[..., 2 * H :]
    np.subtract(1, sigmoids, out=delta[..., H:])
    delta[..., H:] *= sigmoids  # sigmoid' of f, i and o
    delta_f_and_i *= block[..., : 2 * H]  # c^(t-1) and c~
    delta_o *= tanh_c
    np.square(block[..., H : 2 * H], out=delta_c)
    np.subtract(1, delta_c, out=delta_c)
    delta_c *= block[..., 3 * H : 4 * H]  # (1 - c~^2) i
    np.square(tanh_c, out=dc_dh)
    np.subtract(1, dc_dh, out=dc_dh)
    dc_dh *= block[..., 4 * H :]  # (1 - tanh(c)^2) o


def lstm_backward(dh, dstate_T, cache):
    """Backpropagation through time: see `rnncourse.reference.lstm.lstm_backward`.

    Raises
    ------
    TypeError, ValueError
        If a shape or dtype does not fit, or dh or dstate_T holds NaN.
    """
    v, block, tanh_c, W = cache
    check_backward(dh, dstate_T, tanh_c, LSTMParams)
    T, B, H = dh.shape
    W_h, f = W[:, :H].copy(), block[..., 2 * H : 3 * H]
    delta = empty((T, B, 4 * H), dh.dtype)  # c~, f, i, o: local derivatives, until the loop scales them
    through_c, through_h = delta[..., : 3 * H].reshape(T, B, 3, H), delta[..., 3 * H :]
    dh_t, dc_t = dstate_T[0].copy(), dstate_T[1].copy()
    dc_thrice, from_h = dc_t[:, None], np.empty_like(dc_t)  # (B, 1, H), (B, H)
    for steps in time_blocks(T, delta[0].nbytes):
        dc_dh = np.empty((steps.stop - steps.start, B, H), dh.dtype)
        local_derivatives(block[steps], tanh_c[steps], delta[steps], dc_dh)
        for t in reversed(range(steps.start, steps.stop)):
            dh_t += dh[t]
            dc_t += np.multiply(dh_t, dc_dh[t - steps.start], out=from_h)
            through_c[t] *= dc_thrice
            through_h[t] *= dh_t
            np.matmul(delta[t], W_h, out=dh_t)
            dc_t *= f[t]
    if np.isnan(dh_t).any() or np.isnan(dc_t).any():
        raise_if_nan(dh=dh, dh_T=dstate_T[0], dc_T=dstate_T[1])
    dx = (flat(delta) @ W[:, H:-1]).reshape(T, B, -1)
    dW = (flat(delta).T @ flat(v[:-1])).reshape(4, H, -1)[[1, 2, 0, 3]]  # f, i, c~, o as in LSTMParams
    return dx, (dh_t, dc_t), LSTMParams(*dW[..., :-1].copy(), *dW[..., -1].copy())
