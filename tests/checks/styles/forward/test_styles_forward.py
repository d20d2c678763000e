"""Problem set 1: right answers in any style pass."""

import math
from functools import partial, reduce
from itertools import accumulate

import numpy as np
import pytest
from support.styles import assert_right, every


def step(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)


def joined(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(np.concatenate([h_prev, x_t], axis=1) @ np.hstack([W_hh, W_xh]).T + b_h)


def bias_as_a_weight(x_t, h_prev, W_xh, W_hh, b_h):
    ones = np.ones((len(x_t), 1))
    return np.tanh(np.block([x_t, h_prev, ones]) @ np.block([W_xh, W_hh, b_h[:, None]]).T)


def without_numpy(x_t, h_prev, W_xh, W_hh, b_h):
    rows = zip(x_t.tolist(), h_prev.tolist(), strict=True)
    dot = lambda u, v: sum(a * b for a, b in zip(u, v, strict=True))  # noqa: E731
    units = list(zip(W_xh.tolist(), W_hh.tolist(), b_h.tolist(), strict=True))
    return [[math.tanh(dot(w, x) + dot(u, h) + b) for w, u, b in units] for x, h in rows]


def with_loops(x_t, h_prev, W_xh, W_hh, b_h):
    h_t = np.zeros_like(h_prev)
    for b, i in np.ndindex(h_t.shape):
        a = b_h[i]
        for d in range(x_t.shape[1]):
            a += W_xh[i, d] * x_t[b, d]
        for j in range(h_prev.shape[1]):
            a += W_hh[i, j] * h_prev[b, j]
        h_t[b, i] = np.tanh(a)
    return h_t


def in_own_buffer(x_t, h_prev, W_xh, W_hh, b_h):
    a = np.empty((len(x_t), len(b_h)))
    np.matmul(x_t, W_xh.T, out=a)
    a += h_prev @ W_hh.T
    a += b_h
    return np.tanh(a, out=a)


def by_exponentials(*arguments):
    x_t, h_prev, W_xh, W_hh, b_h = arguments
    e = np.exp(-2 * (x_t @ W_xh.T + h_prev @ W_hh.T + b_h))
    return (1 - e) / (1 + e)


STEP = {
    "textbook": step,
    "columns": lambda x, h, W, U, b: np.tanh(W @ x.T + U @ h.T + b[:, None]).T,
    "joined weights": joined,
    "bias as a weight": bias_as_a_weight,
    "without NumPy": without_numpy,
    "with loops": with_loops,
    "out=": in_own_buffer,
    "by exponentials": by_exponentials,
    "einsum": lambda x, h, W, U, b: np.tanh(np.einsum("bd,hd->bh", x, W) + np.einsum("bk,hk->bh", h, U) + b),
    "np.dot": lambda x, h, W, U, b: np.tanh(np.dot(x, W.T) + np.dot(h, np.transpose(U)) + b),
    "tensordot": lambda x, h, W, U, b: np.tanh(np.tensordot(x, W, (1, 1)) + np.tensordot(h, U, (1, 1)) + b),
    "broadcast and sum": lambda x, h, W, U, b: np.tanh((x[:, None] * W).sum(2) + (h[:, None] * U).sum(2) + b),
    "sample by sample": lambda x, h, W, U, b: [np.tanh(W @ v + U @ s + b) for v, s in zip(x, h, strict=True)],
    "unit by unit": lambda x, h, W, U, b: np.stack(
        [np.tanh(x @ W[i] + h @ U[i] + b[i]) for i in range(len(b))], axis=1
    ),
    "another order of the sum": lambda x, h, W, U, b: np.tanh(b + (h @ U.T + x @ W.T)),
    "sigmoid of the double": lambda x, h, W, U, b: 2 / (1 + np.exp(-2 * (x @ W.T + h @ U.T + b))) - 1,
    "nested list": lambda *a: step(*a).tolist(),
    "one-tuple": lambda *a: (step(*a),),
    "float32": lambda *a: step(*(b.astype(np.float32) for b in a)),
    "Fortran order": lambda *a: np.asfortranarray(step(*a)),
    "a view": lambda *a: np.stack([0 * step(*a), step(*a)])[1, ::-1][::-1],
    "np.matrix": lambda x, h, W, U, b: np.tanh(
        np.asmatrix(x) * np.asmatrix(W).T + np.asmatrix(h) * np.asmatrix(U).T + b
    ),
}


def filled(x, h0, *weights, make=np.empty, call=step):
    h, h_t = make((len(x), *h0.shape)), h0
    for t in range(len(x)):
        h_t = call(x[t], h_t, *weights)
        h[t] = h_t
    return h


def appended(x, h0, *weights, pack=np.array):
    h, h_t = [], h0
    for x_t in x:
        h_t = step(x_t, h_t, *weights)
        h.append(h_t)
    return pack(h)


def states_with_h0(x, h0, *weights):
    h = np.zeros((len(x) + 1, *h0.shape))
    h[0] = h0
    for t in range(1, len(x) + 1):
        h[t] = step(x[t - 1], h[t - 1], *weights)
    return h[1:]


def h0_in_the_last_place(x, h0, *weights):
    h = np.zeros((len(x) + 1, *h0.shape))
    h[-1] = h0
    for t in range(len(x)):
        h[t] = step(x[t], h[t - 1], *weights)
    return h[:-1]


def input_first(x, h0, W_xh, W_hh, b_h):
    a = x @ W_xh.T + b_h  # (T, B, H), before the loop
    h_prev = h0
    for t in range(len(a)):
        a[t] = np.tanh(a[t] + h_prev @ W_hh.T)
        h_prev = a[t]
    return a


def previous_by_index(x, h0, *weights):
    h = np.empty((*x.shape[:2], len(weights[-1])))
    for t, x_t in enumerate(x):
        h[t] = step(x_t, h0 if t == 0 else h[t - 1], *weights)
    return h


def recursive(x, h0, *weights):
    if len(x) == 0:
        return np.empty((0, *h0.shape))
    h_t = step(x[0], h0, *weights)
    return np.concatenate([h_t[None], recursive(x[1:], h_t, *weights)])


def while_loop(x, h0, *weights):
    t, h, h_t = 0, [], h0.copy()
    while t < x.shape[0]:
        h_t[:] = step(x[t], h_t, *weights)
        h.append(h_t.copy())
        t += 1
    return np.stack(h, axis=0)


def generated(x, h0, *weights):
    def states():
        h_t = h0
        for x_t in x:
            yield (h_t := step(x_t, h_t, *weights))

    return np.stack(list(states()))


def each_sample_by_itself(x, h0, W_xh, W_hh, b_h):
    h = np.empty((*x.shape[:2], len(b_h)))
    for b in range(x.shape[1]):
        h_t = h0[b]
        for t in range(len(x)):
            h_t = np.tanh(W_xh @ x[t, b] + W_hh @ h_t + b_h)
            h[t, b] = h_t
    return h


def scan(x, h0, *weights):
    return np.stack(list(accumulate(x, lambda h_t, x_t: step(x_t, h_t, *weights), initial=h0))[1:])


def from_the_end(x, h0, *weights):
    return [reduce(lambda h_t, x_t: step(x_t, h_t, *weights), x[: t + 1], h0) for t in range(len(x))]


FORWARD = {
    "empty": filled,
    "zeros": partial(filled, make=np.zeros),
    "filled with NaN first": partial(filled, make=lambda shape: np.full(shape, np.nan)),
    "joined weights": partial(filled, call=joined),
    "columns": partial(filled, call=STEP["columns"]),
    "steps without NumPy": lambda *a: filled(*a, call=lambda x, h, *w: np.array(without_numpy(x, h, *w))),
    "append, array": appended,
    "append, stack": partial(appended, pack=np.stack),
    "append, a list": partial(appended, pack=list),
    "concatenate": partial(appended, pack=lambda h: np.concatenate([h_t[None] for h_t in h])),
    "T + 1 states": states_with_h0,
    "h0 in the last place": h0_in_the_last_place,
    "input before the loop": input_first,
    "previous state by index": previous_by_index,
    "recursive": recursive,
    "while": while_loop,
    "a generator": generated,
    "each sample by itself": each_sample_by_itself,
    "accumulate": scan,
    "every prefix anew": from_the_end,
    "batch first inside": lambda *a: filled(*a).swapaxes(0, 1).copy().swapaxes(0, 1),
    "float32": lambda *a: appended(*(b.astype(np.float32) for b in a)),
    "one-tuple": lambda *a: (filled(*a),),
    "nested list": lambda *a: filled(*a).tolist(),
}


STYLES = {"rnn_step": STEP, "rnn_forward": FORWARD}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)
