"""Vectorise the LSTM: four products in one call and one tanh per step; backwards, only the linear recursion is left.

A step is five arrays (B, H) in one block, [c^(t-1), c~, f, i, o]. So c^(t) is the product of two pairs,
[c^(t-1), c~] * [f, i], and a sum; f, i and o, the three sigmoids, lie together; and every operation runs through memory
without a gap. sigmoid(a) = (1 + tanh(a / 2)) / 2, with the half in the packed weights.
"""

import numpy as np

from rnncourse.initializers import orthogonal_and_normal
from rnncourse.notation import LSTMParams
from rnncourse.numpy.layout import by_gate, flat, stack_inputs
from rnncourse.numpy.memory import copy, empty, time_blocks
from rnncourse.numpy.products import Product
from rnncourse.validation import check_backward, check_forward, raise_if_nan


def init_lstm(D, H, rng, dtype=np.float64, forget_bias=1.0):
    """Draw the parameters of an LSTM, the same as `rnncourse.reference.lstm.init_lstm` from the same rng."""
    weights = [orthogonal_and_normal(D, H, rng, dtype) for _ in range(4)]
    return LSTMParams(*weights, np.full(H, forget_bias, dtype), *np.zeros((3, H), dtype))


def lstm_step(x_t, state_prev, params):
    """Compute one time step, a sequence of T = 1: see `rnncourse.reference.lstm.lstm_step`."""
    return lstm_forward(x_t[None], state_prev, params)[1]


def lstm_step_backward(dstate_t, x_t, state_prev, state_t, params):
    """Differentiate one time step: see `rnncourse.reference.lstm.lstm_step_backward`."""
    _, _, cache = lstm_forward(x_t[None], state_prev, params)
    dx, dstate_prev, dparams = lstm_backward(np.zeros_like(state_t[0])[None], dstate_t, cache)
    return dx[0], dstate_prev, dparams


def pack(params):
    """Pack the weights in the block's order, (4H, H + D); and gate by gate as they act on v^(t), with the halves.

    The latter are (4, H + D + 1, H), contiguous.
    """
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    W, H = np.concatenate([W_c, W_f, W_i, W_o]), len(b_f)
    on_v = np.empty((4, W.shape[1] + 1, H), W.dtype)
    on_v[:, :-1] = W.reshape(4, H, -1).swapaxes(1, 2)
    on_v[:, -1] = b_c, b_f, b_i, b_o
    on_v[1:] *= 0.5
    return W, on_v


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
    W, on_v = pack(params)
    product = Product(on_v, B)
    v = stack_inputs(x, h0)  # (T + 1, B, H + D + 1)
    block = empty((T + 1, 5, B, H), x.dtype)  # c^(t-1), c~, f, i, o
    block[0, 0] = c0
    now, c, h, tanh_c = block[:-1], block[1:, 0], v[1:, :, :H], empty((T, B, H), x.dtype)
    products, half = np.empty((2, B, H), x.dtype), np.full((), 0.5, x.dtype)
    kept, written = products
    gates, sigmoids, pair, f_and_i, o = now[:, 1:], now[:, 2:], now[:, :2], now[:, 2:4], now[:, 4]
    steps = zip(
        product.tiles(v[:-1]), product.target(gates), gates, sigmoids, pair, f_and_i, c, tanh_c, o, h, strict=True
    )
    for v_t, a_t, gates_t, sigmoids_t, pair_t, f_and_i_t, c_t, tanh_c_t, o_t, h_t in steps:
        np.matmul(v_t, product.W, out=a_t)
        np.tanh(gates_t, out=gates_t)
        sigmoids_t *= half
        sigmoids_t += half
        np.multiply(pair_t, f_and_i_t, out=products)
        np.add(kept, written, out=c_t)
        np.tanh(c_t, out=tanh_c_t)
        np.multiply(o_t, tanh_c_t, out=h_t)
    if np.isnan(h[-1]).any():
        raise_if_nan(x=x, h0=h0, c0=c0, params=params)
    return copy(h), (h[-1].copy(), c[-1].copy()), (v, now, tanh_c, W)


def local_derivatives(block, tanh_c, local):
    """Compute the factors of `lstm_backward`'s recursion: delta per dc (c~, f, i) and per dh (o), and dc per dh."""
    sigmoids, dc_dh = block[:, 2:], local[:, 4]
    np.subtract(1, sigmoids, out=local[:, 1:4])
    local[:, 1:4] *= sigmoids  # sigmoid' of f, i and o
    local[:, 1:3] *= block[:, :2]  # c^(t-1) and c~
    local[:, 3] *= tanh_c
    np.square(block[:, 1], out=local[:, 0])
    np.subtract(1, local[:, 0], out=local[:, 0])
    local[:, 0] *= block[:, 3]  # (1 - c~^2) i
    np.square(tanh_c, out=dc_dh)
    np.subtract(1, dc_dh, out=dc_dh)
    dc_dh *= block[:, 4]  # (1 - tanh(c)^2) o


def lstm_backward(dh, dstate_T, cache):
    """Backpropagate through time: see `rnncourse.reference.lstm.lstm_backward`.

    Raises
    ------
    TypeError, ValueError
        If a shape or dtype does not fit, or dh or dstate_T holds NaN.
    """
    v, block, tanh_c, W = cache
    check_backward(dh, dstate_T, tanh_c, LSTMParams)
    T, B, H = dh.shape
    f, delta, blocks = block[:, 2], empty((T, B, 4 * H), dh.dtype), time_blocks(T, block[0].nbytes)
    delta_by_gate = by_gate(delta, 4)
    through_c, through_h = delta_by_gate[:, :3], delta_by_gate[:, 3]
    space = empty((blocks[0].stop - blocks[0].start, 5, B, H), dh.dtype)
    dh_t, dc_t, from_h = dstate_T[0].copy(), dstate_T[1].copy(), np.empty_like(dh[0])
    product = Product(W[:, :H], B)
    delta_tiles, from_gates = product.tiles(delta), product.target(dh_t)
    for steps in blocks:
        local = space[: steps.stop - steps.start]
        per_dc, per_dh, dc_dh = local[:, :3], local[:, 3], local[:, 4]  # delta per dc (c~, f, i) or dh (o); dc per dh
        local_derivatives(block[steps], tanh_c[steps], local)
        arrays = (a[steps] for a in (dh, delta_tiles, through_c, through_h, f))
        backwards = reversed(list(zip(*arrays, per_dc, per_dh, dc_dh, strict=True)))
        for dh_out, delta_t, through_c_t, through_h_t, f_t, per_dc_t, per_dh_t, dc_dh_t in backwards:
            dh_t += dh_out
            dc_t += np.multiply(dh_t, dc_dh_t, out=from_h)
            np.multiply(per_dc_t, dc_t, out=through_c_t)
            np.multiply(per_dh_t, dh_t, out=through_h_t)
            np.matmul(delta_t, product.W, out=from_gates)
            dc_t *= f_t
    if np.isnan(dh_t).any() or np.isnan(dc_t).any():
        raise_if_nan(dh=dh, dh_T=dstate_T[0], dc_T=dstate_T[1])
    dx = (flat(delta) @ W[:, H:]).reshape(T, B, -1)
    dW = (flat(delta).T @ flat(v[:-1])).reshape(4, H, -1)[[1, 2, 0, 3]]  # f, i, c~, o as in LSTMParams
    return dx, (dh_t, dc_t), LSTMParams(*dW[..., :-1].copy(), *dW[..., -1].copy())
