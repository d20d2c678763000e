"""Problem set 6, the GRU: right answers in any style pass."""

import math
from functools import partial

import numpy as np
import pytest
from support.styles import assert_right, every, packed, single

from rnncourse.notation import GRUParams


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def gates(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn, sigma=sigmoid):
    v = np.hstack([h_prev, x_t])
    r, u = sigma(v @ W_r.T + b_r), sigma(v @ W_u.T + b_u)
    m = h_prev @ W_hn.T + b_hn
    return r, u, m, np.tanh(x_t @ W_xn.T + b_xn + r * m)


def step(*arguments, sigma=sigmoid, mix=lambda u, n, h: (1 - u) * n + u * h):
    r, u, _, n = gates(*arguments, sigma=sigma)
    return r, u, n, mix(u, n, arguments[1])


def split(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    H = len(b_r)
    r = sigmoid(h_prev @ W_r[:, :H].T + x_t @ W_r[:, H:].T + b_r)
    u = sigmoid(h_prev @ W_u[:, :H].T + x_t @ W_u[:, H:].T + b_u)
    n = np.tanh(np.einsum("bd,hd->bh", x_t, W_xn) + b_xn + r * (np.einsum("bk,hk->bh", h_prev, W_hn) + b_hn))
    return r, u, n, (1 - u) * n + u * h_prev


def stacked(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    both = 0.5 * (1 + np.tanh(0.5 * (np.hstack([h_prev, x_t]) @ np.vstack([W_r, W_u]).T + np.hstack([b_r, b_u]))))
    r, u = np.split(both, 2, axis=1)
    n = np.tanh(x_t @ W_xn.T + b_xn + r * (h_prev @ W_hn.T + b_hn))
    return [r, u, n, (1 - u) * n + u * h_prev]


def by_sample(x_t, h_prev, *params):
    rows = [step(x[None], h[None], *params) for x, h in zip(x_t, h_prev, strict=True)]
    return tuple(np.concatenate(column) for column in zip(*rows, strict=True))


def in_place(x_t, h_prev, *params):
    r, u, _, n = gates(x_t, h_prev, *params)
    h = n.copy()
    h *= 1 - u
    h += u * h_prev
    return r, u, n, h


def columns(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    v = np.concatenate([h_prev.T, x_t.T])
    r, u = sigmoid(W_r @ v + b_r[:, None]), sigmoid(W_u @ v + b_u[:, None])
    n = np.tanh(W_xn @ x_t.T + b_xn[:, None] + r * (W_hn @ h_prev.T + b_hn[:, None]))
    return r.T, u.T, n.T, ((1 - u) * n + u * h_prev.T).T


def without_numpy(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    def entrance(W, b, v):
        return [bias + sum(w * value for w, value in zip(row, v, strict=True)) for row, bias in zip(W, b, strict=True)]

    out = []
    for x, h in zip(x_t.tolist(), h_prev.tolist(), strict=True):
        r, u = ([1 / (1 + math.exp(-a)) for a in entrance(W, b, h + x)] for W, b in ((W_r, b_r), (W_u, b_u)))
        inner, outer = entrance(W_hn, b_hn, h), entrance(W_xn, b_xn, x)
        n = [math.tanh(a + gate * m) for a, gate, m in zip(outer, r, inner, strict=True)]
        out.append((r, u, n, [(1 - gate) * new + gate * old for gate, new, old in zip(u, n, h, strict=True)]))
    return tuple(np.array(rows) for rows in zip(*out, strict=True))


def unit_by_unit(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    r, u, n, h_t = np.zeros((4, *h_prev.shape))
    v = np.c_[h_prev, x_t]
    for j in range(len(b_r)):
        r[:, j], u[:, j] = sigmoid(v @ W_r[j] + b_r[j]), sigmoid(v @ W_u[j] + b_u[j])
        n[:, j] = np.tanh(x_t @ W_xn[j] + b_xn[j] + r[:, j] * (h_prev @ W_hn[j] + b_hn[j]))
        h_t[:, j] = n[:, j] - u[:, j] * n[:, j] + u[:, j] * h_prev[:, j]
    return r, u, n, h_t


class Gate:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def __call__(self, *parts):
        return np.exp(-np.logaddexp(0, -(np.inner(np.concatenate(parts, axis=1), self.W) + self.b)))


def with_objects(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    r, u = (Gate(W, b)(h_prev, x_t) for W, b in ((W_r, b_r), (W_u, b_u)))
    n = np.tanh(np.dot(x_t, W_xn.T) + np.multiply(r, np.dot(h_prev, W_hn.T) + b_hn) + b_xn)
    return r, u, n, u * h_prev + n - n * u


STEP = {
    "named gates": step,
    "split weights": split,
    "stacked gates": stacked,
    "sample by sample": by_sample,
    "in place": in_place,
    "columns": columns,
    "without NumPy": without_numpy,
    "unit by unit": unit_by_unit,
    "objects": with_objects,
    "sigmoid by tanh": partial(step, sigma=lambda a: 0.5 + np.tanh(a / 2) / 2),
    "sigmoid in two pieces": partial(
        step, sigma=lambda a: np.where(a < 0, np.exp(-np.abs(a)), 1) / (1 + np.exp(-np.abs(a)))),
    "sigmoid as e/(1+e)": partial(step, sigma=lambda a: np.exp(a) / (np.exp(a) + 1)),
    "n + u (h - n)": partial(step, mix=lambda u, n, h: n + u * (h - n)),
    "n - u n + u h": partial(step, mix=lambda u, n, h: n - u * n + u * h),
    "a sum of two": partial(step, mix=lambda u, n, h: np.sum([(1 - u) * n, u * h], axis=0)),
    "einsum of two": partial(
        step, mix=lambda u, n, h: np.einsum("kbh,kbh->bh", np.stack([1 - u, u]), np.stack([n, h]))),
    "params by name": lambda x_t, h_prev, *p: split(x_t, h_prev, **GRUParams(*p)._asdict()),
    "one array of four": lambda *a: tuple(np.stack(step(*a))),
    "a list": lambda *a: list(step(*a)),
    "float32": single(step),
} | packed(step)  # fmt: skip


STYLES = {"gru_step": STEP}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)
