"""Vectorise the GRU: one call per step for r, u and m = W_hn h + b_hn; the input's share of n leaves the loop.

A step is three arrays (B, H) in one block, [r, u, m], and n apart: every operation runs through memory without a gap.
sigmoid(a) = (1 + tanh(a / 2)) / 2, with the half in the packed weights.
"""

import numpy as np

from rnncourse.initializers import orthogonal, orthogonal_and_normal, scaled_normal
from rnncourse.notation import GRUParams
from rnncourse.numpy.layout import by_gate, flat, stack_inputs
from rnncourse.numpy.memory import copy, empty, time_blocks
from rnncourse.numpy.products import Product
from rnncourse.validation import check_backward, check_forward, raise_if_nan


def init_gru(D, H, rng, dtype=np.float64):
    """Draw the parameters of a GRU, the same as `rnncourse.reference.gru.init_gru` from the same rng."""
    W_r = orthogonal_and_normal(D, H, rng, dtype)
    W_u = orthogonal_and_normal(D, H, rng, dtype)
    W_xn = scaled_normal(H, D, rng, dtype)
    W_hn = orthogonal(H, rng, dtype)
    return GRUParams(W_r, W_u, W_xn, W_hn, *np.zeros((4, H), dtype))


def gru_step(x_t, h_prev, params):
    """Compute one time step, a sequence of T = 1: see `rnncourse.reference.gru.gru_step`."""
    return gru_forward(x_t[None], h_prev, params)[1]


def gru_step_backward(dh_t, x_t, h_prev, params):
    """Differentiate one time step: see `rnncourse.reference.gru.gru_step_backward`."""
    _, _, cache = gru_forward(x_t[None], h_prev, params)
    dx, dh_prev, dparams = gru_backward(np.zeros_like(dh_t)[None], dh_t, cache)
    return dx[0], dh_prev, dparams


def pack(params):
    """Pack the weights on v^(t) of r, u and m, (3, H + D + 1, H), contiguous: rows that x multiplies are zero for m."""
    W_r, W_u, _, W_hn, b_r, b_u, _, b_hn = params
    H = len(b_r)
    W = np.zeros((3, W_r.shape[1] + 1, H), W_r.dtype)
    for W_gate, theta, b in zip(W, (W_r, W_u, W_hn), (b_r, b_u, b_hn), strict=True):
        W_gate[: theta.shape[1]], W_gate[-1] = theta.T, b
    W[:2] *= 0.5
    return W


def gru_forward(x, h0, params):
    """Run a GRU over a whole sequence: see `rnncourse.reference.gru.gru_forward`.

    Raises
    ------
    TypeError, ValueError
        If a shape or dtype does not fit, or an argument holds NaN.
    """
    check_forward(x, h0, params, GRUParams)
    (T, B, _), H = x.shape, h0.shape[1]
    product = Product(pack(params), B)
    v = stack_inputs(x, h0)  # (T + 1, B, H + D + 1)
    block, n = empty((T, 3, B, H), x.dtype), empty((T, B, H), x.dtype)
    sigmoids, r, u, m, h = block[:, :2], block[:, 0], block[:, 1], block[:, 2], v[..., :H]
    np.matmul(flat(x), params.W_xn.T, out=flat(n))
    n += params.b_xn
    scratch, half = np.empty((B, H), x.dtype), np.full((), 0.5, x.dtype)
    v_tiles, a = product.tiles(v), product.target(block)
    for t in range(T):
        sigmoids_t, n_t = sigmoids[t], n[t]
        np.matmul(v_tiles[t], product.W, out=a[t])
        np.tanh(sigmoids_t, out=sigmoids_t)
        sigmoids_t *= half
        sigmoids_t += half
        n_t += np.multiply(r[t], m[t], out=scratch)
        np.tanh(n_t, out=n_t)
        np.subtract(h[t], n_t, out=scratch)
        scratch *= u[t]
        np.add(n_t, scratch, out=h[t + 1])  # n + u * (h^(t-1) - n)
    if np.isnan(h[-1]).any():
        raise_if_nan(x=x, h0=h0, params=params)
    return copy(h[1:]), h[-1].copy(), (v, block, n, params)


def local_derivatives(block, n, h_prev, local):
    """Compute what the recursion of `gru_backward` multiplies: delta per dh, in the order n, r, u, m."""
    r, u, m = block[:, 0], block[:, 1], block[:, 2]
    local_n, local_r, local_u, local_m = local[:, 0], local[:, 1], local[:, 2], local[:, 3]
    np.subtract(1, u, out=local_u)
    np.square(n, out=local_n)
    np.subtract(1, local_n, out=local_n)
    local_n *= local_u  # (1 - n^2) (1 - u)
    np.multiply(local_n, r, out=local_m)
    np.subtract(1, r, out=local_r)
    local_r *= m
    local_r *= local_m  # delta_n m r (1 - r)
    local_u *= u
    local_u *= h_prev - n  # (h^(t-1) - n) u (1 - u)


def gru_backward(dh, dh_T, cache):
    """Backpropagate through time: see `rnncourse.reference.gru.gru_backward`.

    Raises
    ------
    TypeError, ValueError
        If a shape or dtype does not fit, or dh or dh_T holds NaN.
    """
    v, block, n, params = cache
    check_backward(dh, dh_T, n, GRUParams)
    W_r, W_u, W_xn, W_hn, *_ = params
    T, B, H = dh.shape
    product, u = Product(np.concatenate([W_r[:, :H], W_u[:, :H], W_hn]), B), block[:, 1]  # (3H, H), (T, B, H)
    delta, blocks = empty((T, B, 4 * H), n.dtype), time_blocks(T, 4 * n[0].nbytes)  # n, r, u, m
    delta_by_gate, on_h = by_gate(delta, 4), product.tiles(delta[..., H:])
    local = empty((blocks[0].stop - blocks[0].start, 4, B, H), n.dtype)
    dh_t, kept = dh_T.copy(), np.empty_like(dh_T)
    from_gates = product.target(dh_t)
    for steps in blocks:
        local_derivatives(block[steps], n[steps], v[steps, :, :H], local[: steps.stop - steps.start])
        for t in reversed(range(steps.start, steps.stop)):
            dh_t += dh[t]
            np.multiply(local[t - steps.start], dh_t, out=delta_by_gate[t])
            np.multiply(dh_t, u[t], out=kept)  # what goes straight to h^(t-1)
            np.matmul(on_h[t], product.W, out=from_gates)
            dh_t += kept
    if np.isnan(dh_t).any():
        raise_if_nan(dh=dh, dh_T=dh_T)
    W_x = np.concatenate([W_xn, W_r[:, H:], W_u[:, H:]])  # (3H, D)
    dx = (flat(delta)[:, : 3 * H] @ W_x).reshape(T, B, -1)
    rows, v = flat(delta), flat(v[:-1])
    dW_n = rows[:, :H].T @ v[:, H:]  # (H, D + 1)
    dW_ru = (rows[:, H : 3 * H].T @ v).reshape(2, H, -1)  # (2, H, H + D + 1)
    dW_hn = rows[:, 3 * H :].T @ v[:, :H]  # (H, H)
    db_hn = rows[:, 3 * H :].sum(axis=0)
    weights = dW_ru[0, :, :-1].copy(), dW_ru[1, :, :-1].copy(), dW_n[:, :-1].copy(), dW_hn
    return dx, dh_t, GRUParams(*weights, dW_ru[0, :, -1].copy(), dW_ru[1, :, -1].copy(), dW_n[:, -1].copy(), db_hn)
