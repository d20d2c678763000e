"""Problem set 5, a step back through the LSTM: right answers in any style pass."""

from functools import partial

import numpy as np
import pytest
from support.styles import assert_right, every, packed, single

from rnncourse.notation import LSTMParams


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def gates(v, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    return sigmoid(v @ W_f.T + b_f), sigmoid(v @ W_i.T + b_i), np.tanh(v @ W_c.T + b_c), sigmoid(v @ W_o.T + b_o)


def deltas(dh_t, dc_t, f, i, g, o, c_prev, c_t):
    """Of the four gates before their nonlinearity, and what arrives at the cell."""
    s = np.tanh(c_t)
    total = dc_t + dh_t * o * (1 - s**2)
    return (
        total * c_prev * f * (1 - f),
        total * g * i * (1 - i),
        total * i * (1 - g**2),
        dh_t * s * o * (1 - o),
    ), total


def weigh_by_matmul(delta, v):
    return delta.T @ v


def weigh_by_einsum(delta, v):
    return np.einsum("bk,bj->kj", delta, v)


def weigh_by_outer(delta, v):
    return sum(np.outer(d, row) for d, row in zip(delta, v, strict=True))


def weigh_by_loops(delta, v):
    dW = np.zeros((delta.shape[1], v.shape[1]))
    for b, k in np.ndindex(delta.shape):
        dW[k] += delta[b, k] * v[b]
    return dW


def weigh_by_broadcast(delta, v):
    return (delta[:, :, None] * v[:, None, :]).sum(axis=0)


def weigh_by_tensordot(delta, v):
    return np.tensordot(delta, v, axes=(0, 0))


def weigh_transposed(delta, v):
    return np.dot(v.T, delta).T


def step(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params, weigh=weigh_by_matmul, recompute=gates):
    v, H = np.hstack([h_prev, x_t]), h_prev.shape[1]
    f, i, g, o = recompute(v, params)
    delta, total = deltas(dh_t, dc_t, f, i, g, o, c_prev, c_t)
    dv = sum(d @ W for d, W in zip(delta, params[:4], strict=True))
    return dv[:, H:], dv[:, :H], total * f, *(weigh(d, v) for d in delta), *(d.sum(axis=0) for d in delta)


def gates_by_tanh(v, params):
    a = [v @ W.T + b for W, b in zip(params[:4], params[4:], strict=True)]
    return tuple(np.tanh(a_gate) if k == 2 else 0.5 + 0.5 * np.tanh(a_gate / 2) for k, a_gate in enumerate(a))


def gates_stacked(v, params):
    f, i, g, o = np.split(v @ np.vstack(params[:4]).T + np.hstack(params[4:]), 4, axis=1)
    return sigmoid(f), sigmoid(i), np.tanh(g), sigmoid(o)


def stacked_step(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    v, H, W = np.concatenate([h_prev, x_t], axis=1), h_prev.shape[1], np.concatenate(params[:4])
    f, i, g, o = gates_stacked(v, params)
    parts, total = deltas(dh_t, dc_t, f, i, g, o, c_prev, c_t)
    delta = np.concatenate(parts, axis=1)  # (B, 4H)
    dv, dW = delta @ W, delta.T @ v
    return dv[:, H:], dv[:, :H], total * f, *np.split(dW, 4), *np.split(delta.sum(axis=0), 4)


def split_step(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    """The columns of h and of x by themselves."""
    H, delta_h = h_prev.shape[1], np.zeros_like(h_prev)
    f, i, g, o = gates(np.c_[h_prev, x_t], params)
    parts, total = deltas(dh_t, dc_t, f, i, g, o, c_prev, c_t)
    dx_t = np.zeros_like(x_t)
    dW = []
    for delta, W in zip(parts, params[:4], strict=True):
        delta_h += delta @ W[:, :H]
        dx_t += delta @ W[:, H:]
        dW.append(np.block([delta.T @ h_prev, delta.T @ x_t]))
    return dx_t, delta_h, total * f, *dW, *(np.einsum("bh->h", delta) for delta in parts)


def step_by_sample(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    rows = [step(*(a[b : b + 1] for a in (dh_t, dc_t, x_t, h_prev, c_prev, c_t)), params) for b in range(len(dh_t))]
    kept, summed = [list(column) for column in zip(*(row[:3] for row in rows), strict=True)], zip(*rows, strict=True)
    return *(np.concatenate(column) for column in kept), *(np.sum(column, axis=0) for column in list(summed)[3:])


def step_in_columns(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    v, H = np.vstack([h_prev.T, x_t.T]), h_prev.shape[1]
    a = [W @ v + b[:, None] for W, b in zip(params[:4], params[4:], strict=True)]
    f, i, g, o = sigmoid(a[0]), sigmoid(a[1]), np.tanh(a[2]), sigmoid(a[3])
    parts, total = deltas(dh_t.T, dc_t.T, f, i, g, o, c_prev.T, c_t.T)
    dv = np.sum([W.T @ delta for W, delta in zip(params[:4], parts, strict=True)], axis=0)
    return dv[H:].T, dv[:H].T, (total * f).T, *(d @ v.T for d in parts), *(d.sum(axis=1) for d in parts)


def step_in_own_buffers(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    v, H = np.hstack([h_prev, x_t]), h_prev.shape[1]
    f, i, g, o = gates(v, params)
    total = np.tanh(c_t)
    delta_o = total * dh_t
    delta_o *= o
    delta_o *= 1 - o
    np.square(total, out=total)
    np.subtract(1, total, out=total)
    total *= o
    total *= dh_t
    total += dc_t
    parts = total * c_prev * (f - f * f), total * g * (i - i * i), total * i * (1 - g) * (1 + g), delta_o
    dv = np.zeros_like(v)
    for delta, W in zip(parts, params[:4], strict=True):
        dv += np.dot(delta, W)
    total *= f
    return dv[:, H:], dv[:, :H], total, *(d.T @ v for d in parts), *(np.add.reduce(d) for d in parts)


class Backward:
    """Keeps what the forward pass had, and is asked for one gradient after another."""

    def __init__(self, x_t, h_prev, c_prev, c_t, params):
        self.v, self.params, self.c_prev, self.c_t = np.append(h_prev, x_t, axis=1), params, c_prev, c_t
        self.gates = gates(self.v, params)

    def __call__(self, dh_t, dc_t):
        parts, total = deltas(dh_t, dc_t, *self.gates, self.c_prev, self.c_t)
        dv, H = sum(map(np.matmul, parts, self.params[:4])), dh_t.shape[1]
        weights, biases = [d.T @ self.v for d in parts], [np.ones(len(d)) @ d for d in parts]
        return [dv[:, H:], dv[:, :H], total * self.gates[0], *weights, *biases]


def step_by_name(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    p, grads = params._asdict(), {}
    v, H = np.hstack((h_prev, x_t)), h_prev.shape[1]
    f, i, g, o = gates(v, params)
    parts, total = deltas(dh_t, dc_t, f, i, g, o, c_prev, c_t)
    dv = np.zeros_like(v)
    for gate, delta in zip("fico", parts, strict=True):
        grads[f"W_{gate}"], grads[f"b_{gate}"] = delta.T @ v, delta.sum(axis=0)
        dv = dv + delta @ p[f"W_{gate}"]
    return dv[:, H:], dv[:, :H], total * f, *LSTMParams(**grads)


STEP = {
    "textbook": step,
    "stacked gates": stacked_step,
    "columns of h and of x": split_step,
    "sample by sample": step_by_sample,
    "columns": step_in_columns,
    "own buffers": step_in_own_buffers,
    "an object": lambda dh_t, dc_t, *rest: Backward(*rest)(dh_t, dc_t),
    "by name": step_by_name,
    "einsum": partial(step, weigh=weigh_by_einsum),
    "outer products": partial(step, weigh=weigh_by_outer),
    "loops": partial(step, weigh=weigh_by_loops),
    "broadcast and sum": partial(step, weigh=weigh_by_broadcast),
    "tensordot": partial(step, weigh=weigh_by_tensordot),
    "transposed product": partial(step, weigh=weigh_transposed),
    "sigmoid by tanh": partial(step, recompute=gates_by_tanh),
    "gates by one product": partial(step, recompute=gates_stacked),
    "params as a plain tuple": lambda *a: step(*a[:-1], tuple(a[-1])),
    "float32": single(step),
    "a list": lambda *a: list(step(*a)),
    "from Fortran order": lambda *a: step(*map(np.asfortranarray, a[:-1]), a[-1]),
} | packed(step)


STYLES = {"lstm_step_backward": STEP}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)
