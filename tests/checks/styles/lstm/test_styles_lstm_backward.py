"""Problem set 5, BPTT through the LSTM: right answers in any style pass."""

from functools import partial

import numpy as np
import pytest
from checks.styles.lstm.test_styles_lstm_step_backward import STEP, deltas, gates, step
from support.styles import assert_right, every, packed

from rnncourse.notation import LSTMParams


def backward(dh, x, h0, c0, h, c, params, call=step, order=lambda T: reversed(range(T))):
    """Step by step, in sums of its own."""
    total, dx = [0.0] * 8, np.empty_like(x)
    dh_t, dc_t = np.zeros_like(h0), np.zeros_like(c0)
    for t in order(len(x)):
        before = (h[t - 1], c[t - 1]) if t else (h0, c0)
        dx[t], dh_t, dc_t, *share = call(dh[t] + dh_t, dc_t, x[t], *before, c[t], params)
        total = [a + b for a, b in zip(total, share, strict=True)]
    return dx, dh_t, dc_t, *total


def gates_at_once(dh, x, h0, c0, h, c, params):
    """All gates over time, then one loop; weights by einsum."""
    H, h_before, c_before = h0.shape[1], np.concatenate([h0[None], h[:-1]]), np.concatenate([c0[None], c[:-1]])
    v, W = np.concatenate([h_before, x], axis=2), np.concatenate(params[:4])
    f, i, g, o = gates(v, params)
    delta, dx = np.zeros((*h.shape[:2], 4 * H)), np.zeros_like(x)
    back_h, back_c = 0, 0
    for t in range(len(x) - 1, -1, -1):
        parts, grad_c = deltas(dh[t] + back_h, back_c, f[t], i[t], g[t], o[t], c_before[t], c[t])
        delta[t] = np.concatenate(parts, axis=1)
        dv = delta[t] @ W
        back_h, dx[t], back_c = dv[:, :H], dv[:, H:], grad_c * f[t]
    dW, db = np.einsum("tbk,tbj->kj", delta, v), delta.sum(axis=(0, 1))
    return dx, back_h, back_c, *np.split(dW, 4), *np.split(db, 4)


def recursive(dh, x, h0, c0, h, c, params):
    if len(x) == 0:
        return [np.empty_like(x), np.zeros_like(h0), np.zeros_like(c0), *(np.zeros_like(param) for param in params)]
    dx, dh_1, dc_1, *later = recursive(dh[1:], x[1:], h[0], c[0], h[1:], c[1:], params)
    dx_1, dh0, dc0, *here = step(dh[0] + dh_1, dc_1, x[0], h0, c0, c[0], params)
    return [np.concatenate([dx_1[None], dx]), dh0, dc0, *(a + b for a, b in zip(here, later, strict=True))]


def each_sample(dh, x, h0, c0, h, c, params):
    parts = [backward(dh[:, [b]], x[:, [b]], h0[[b]], c0[[b]], h[:, [b]], c[:, [b]], params) for b in range(len(h0))]
    dx, dh0, dc0, *rest = zip(*parts, strict=True)
    return np.concatenate(dx, axis=1), np.concatenate(dh0), np.concatenate(dc0), *(sum(shares) for shares in rest)


def each_loss(dh, x, *rest):
    """A pass for the loss of every step by itself, added up."""
    parts = [backward(dh * (np.arange(len(x)) == t)[:, None, None], x, *rest) for t in range(len(x))]
    return tuple(sum(shares) for shares in zip(*parts, strict=True))


def copy_of_upstream(dh, x, h0, c0, h, c, params):
    upstream, dc_t, dx, shares = np.concatenate([np.zeros((1, *h0.shape)), dh]), 0 * c0, [], []
    for t in range(len(x))[::-1]:
        before = (h[t - 1], c[t - 1]) if t > 0 else (h0, c0)
        dx_t, dh_prev, dc_t, *share = step(upstream[t + 1], dc_t, x[t], *before, c[t], params)
        upstream[t] += dh_prev
        dx.insert(0, dx_t)
        shares.append(share)
    return np.array(dx), upstream[0], dc_t, *(np.sum(share, axis=0) for share in zip(*shares, strict=True))


BACKWARD = {
    "step by step": backward,
    "gates at once": gates_at_once,
    "recursive": recursive,
    "each sample by itself": each_sample,
    "the loss of each step by itself": each_loss,
    "a copy of dh": copy_of_upstream,
    "range(T - 1, -1, -1)": partial(backward, order=lambda T: range(T - 1, -1, -1)),
    **{f"steps: {style}": partial(backward, call=way) for style, way in STEP.items() if style in (
        "stacked gates", "columns of h and of x", "sample by sample", "columns", "own buffers", "an object", "by name",
        "einsum", "outer products", "loops", "sigmoid by tanh", "params as a plain tuple")},
    "params by name": lambda *a: gates_at_once(*a[:-1], LSTMParams(**a[-1]._asdict())),
    "own copies": lambda *a: gates_at_once(*(value.copy() for value in a[:-1]), a[-1]),
    "a list": lambda *a: list(gates_at_once(*a)),
} | packed(gates_at_once)  # fmt: skip

STYLES = {"lstm_backward": BACKWARD}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)
