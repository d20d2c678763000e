"""Problem set 5, a step of the LSTM: right answers in any style pass."""

import math
from functools import partial

import numpy as np
import pytest
from support.styles import assert_right, every, packed, single

from rnncourse.notation import LSTMParams


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o, sigma=sigmoid):
    v = np.hstack([h_prev, x_t])
    f, i, o = (sigma(v @ W.T + b) for W, b in ((W_f, b_f), (W_i, b_i), (W_o, b_o)))
    c_t = f * c_prev + i * np.tanh(v @ W_c.T + b_c)
    return o * np.tanh(c_t), c_t


def in_two_pieces(a):
    e = np.exp(-np.abs(a))
    return np.where(a >= 0, 1, e) / (1 + e)


def stacked(x_t, h_prev, c_prev, *params):
    a = np.concatenate([h_prev, x_t], 1) @ np.concatenate(params[:4]).T + np.concatenate(params[4:])
    f, i, c_tilde, o = np.split(a, 4, axis=1)
    c_t = sigmoid(f) * c_prev + sigmoid(i) * np.tanh(c_tilde)
    return sigmoid(o) * np.tanh(c_t), c_t


def split_weights(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    H = h_prev.shape[1]
    f, i, c, o = (
        np.einsum("bk,hk->bh", h_prev, W[:, :H]) + np.einsum("bd,hd->bh", x_t, W[:, H:]) + b
        for W, b in ((W_f, b_f), (W_i, b_i), (W_c, b_c), (W_o, b_o))
    )
    c_t = c_prev * sigmoid(f) + sigmoid(i) * np.tanh(c)
    return sigmoid(o) * np.tanh(c_t), c_t


def sample_by_sample(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    shown, kept = [], []
    for x, h, c in zip(x_t, h_prev, c_prev, strict=True):
        v = np.r_[h, x]
        c_new = sigmoid(W_f @ v + b_f) * c + sigmoid(W_i @ v + b_i) * np.tanh(W_c @ v + b_c)
        shown.append(sigmoid(W_o @ v + b_o) * np.tanh(c_new))
        kept.append(c_new)
    return shown, kept


def in_place(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    v = np.empty((len(x_t), W_f.shape[1]))
    v[:, : h_prev.shape[1]], v[:, h_prev.shape[1] :] = h_prev, x_t
    c_t = c_prev.copy()
    c_t *= sigmoid(v @ W_f.T + b_f)
    c_t += sigmoid(v @ W_i.T + b_i) * np.tanh(v @ W_c.T + b_c)
    h_t = np.tanh(c_t)
    h_t *= sigmoid(v @ W_o.T + b_o)
    return h_t, c_t


def columns(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    v = np.vstack([h_prev.T, x_t.T])  # (H + D, B)
    c_t = sigmoid(W_f @ v + b_f[:, None]) * c_prev.T + sigmoid(W_i @ v + b_i[:, None]) * np.tanh(W_c @ v + b_c[:, None])
    return (sigmoid(W_o @ v + b_o[:, None]) * np.tanh(c_t)).T, c_t.T


def without_numpy(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    def entrance(W, b, v):
        return [bias + sum(w * value for w, value in zip(row, v, strict=True)) for row, bias in zip(W, b, strict=True)]

    def sigma(values):
        return [0.5 + 0.5 * math.tanh(a / 2) for a in values]

    h_t, c_t = [], []
    for x, h, c in zip(x_t.tolist(), h_prev.tolist(), c_prev.tolist(), strict=True):
        v = h + x
        f, i, o = sigma(entrance(W_f, b_f, v)), sigma(entrance(W_i, b_i, v)), sigma(entrance(W_o, b_o, v))
        new = [math.tanh(a) for a in entrance(W_c, b_c, v)]
        c_t.append([a * b + p * q for a, b, p, q in zip(f, c, i, new, strict=True)])
        h_t.append([gate * math.tanh(cell) for gate, cell in zip(o, c_t[-1], strict=True)])
    return np.array(h_t), np.array(c_t)


def unit_by_unit(x_t, h_prev, c_prev, *params):
    h_t, c_t, v = np.zeros_like(h_prev), np.zeros_like(c_prev), np.append(h_prev, x_t, axis=1)
    for j in range(h_prev.shape[1]):
        f, i, c, o = (v @ W[j] + b[j] for W, b in zip(params[:4], params[4:], strict=True))
        c_t[:, j] = sigmoid(f) * c_prev[:, j] + sigmoid(i) * np.tanh(c)
        h_t[:, j] = sigmoid(o) * np.tanh(c_t[:, j])
    return h_t, c_t


def biases_as_weights(x_t, h_prev, c_prev, *params):
    W = np.stack([np.column_stack(pair) for pair in zip(params[:4], params[4:], strict=True)])  # (4, H, H + D + 1)
    v = np.block([h_prev, x_t, np.ones((len(x_t), 1))])
    f, i, c, o = np.einsum("gkj,bj->gbk", W, v)
    c_t = sigmoid(f) * c_prev + sigmoid(i) * np.tanh(c)
    return sigmoid(o) * np.tanh(c_t), c_t


class Gate:
    def __init__(self, W, b, psi):
        self.W, self.b, self.psi = W, b, psi

    def __call__(self, v):
        return self.psi(np.inner(v, self.W) + self.b)


def with_objects(x_t, h_prev, c_prev, *params):
    psi = (sigmoid, sigmoid, np.tanh, sigmoid)
    f, i, c, o = (Gate(*parameters)(np.c_[h_prev, x_t]) for parameters in zip(params[:4], params[4:], psi, strict=True))
    c_t = np.sum([f * c_prev, i * c], axis=0)
    return np.prod([o, np.tanh(c_t)], axis=0), c_t


STEP = {
    "named gates": step,
    "one stacked product": stacked,
    "split weights, einsum": split_weights,
    "sample by sample, lists": sample_by_sample,
    "in place on own buffers": in_place,
    "columns": columns,
    "without NumPy": without_numpy,
    "unit by unit": unit_by_unit,
    "biases as weights": biases_as_weights,
    "objects": with_objects,
    "sigmoid by tanh": partial(step, sigma=lambda a: 0.5 * (1 + np.tanh(0.5 * a))),
    "sigmoid in two pieces": partial(step, sigma=in_two_pieces),
    "sigmoid by logaddexp": partial(step, sigma=lambda a: np.exp(-np.logaddexp(0, -a))),
    "sigmoid as e/(1+e)": partial(step, sigma=lambda a: np.exp(a) / (1 + np.exp(a))),
    "sigmoid of scalars": partial(step, sigma=np.vectorize(lambda a: 1 / (1 + math.exp(-a)))),
    "a list of two": lambda *a: list(step(*a)),
    "one array of two": lambda *a: tuple(np.stack(step(*a))),
    "float32": single(step),
    "from Fortran order": lambda *a: step(*(np.asfortranarray(value) for value in a)),
    "named parameters": lambda x_t, h_prev, c_prev, *p: step(x_t, h_prev, c_prev, **LSTMParams(*p)._asdict()),
} | packed(step)


STYLES = {"lstm_step": STEP}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)
