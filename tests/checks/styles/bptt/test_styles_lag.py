"""Problem set 3, lengths of gradients by lag: right answers in any style pass."""

import itertools
import math
from functools import reduce

import numpy as np
import pytest
from support.styles import assert_right, every, packed, single


def lengths(dh_T, h, W_hh):
    norms = [np.linalg.norm(dh_T, axis=1)]
    for h_t in h[::-1]:
        dh_T = dh_T * (1 - h_t**2) @ W_hh
        norms.append(np.sqrt(np.einsum("bh,bh->b", dh_T, dh_T)))
    return norms


def by_jacobians(dh_T, h, W_hh):
    norms = np.zeros((len(h) + 1, len(dh_T)))
    for b, g in enumerate(dh_T):
        norms[0, b] = np.hypot.reduce(g)
        for k, h_t in enumerate(h[::-1, b], start=1):
            g = (np.diag(1 - h_t**2) @ W_hh).T @ g
            norms[k, b] = np.hypot.reduce(g)
    return norms


def gradients(dh_T, h, W_hh):
    yield dh_T
    for t in range(len(h) - 1, -1, -1):
        yield (dh_T := np.dot(np.multiply(dh_T, 1 - np.square(h[t])), W_hh))


def measured(norm):
    """With another way to say how long a row is."""
    return lambda *a: np.array([norm(g) for g in gradients(*a)])


def filled(dh_T, h, W_hh):
    norms, g = np.empty((len(h) + 1, len(dh_T))), dh_T.copy()
    norms[0] = (g**2).sum(axis=1) ** 0.5
    for k in range(1, len(norms)):
        g *= 1 - h[-k] ** 2
        g = g @ W_hh
        norms[k] = (g**2).sum(axis=1) ** 0.5
    return norms


def recursive(dh_T, h, W_hh):
    here = np.linalg.norm(dh_T, axis=1)[None]
    if len(h) == 0:
        return here
    return np.concatenate([here, recursive(np.einsum("bh,bh,hk->bk", dh_T, 1 - h[-1] ** 2, W_hh), h[:-1], W_hh)])


def by_products(dh_T, h, W_hh):
    """The product of the Jacobians, built up for each sample and each lag."""
    norms = []
    for b in range(len(dh_T)):
        factors = [(1 - h_t**2)[:, None] * W_hh for h_t in h[::-1, b]]
        products = itertools.accumulate(factors, np.matmul, initial=np.eye(len(W_hh)))
        norms.append([np.linalg.norm(dh_T[b] @ product) for product in products])
    return np.array(norms).T


def each_lag_anew(dh_T, h, W_hh):
    back = lambda g, h_t: (g - g * h_t * h_t) @ W_hh  # noqa: E731
    return [np.linalg.norm(reduce(back, h[len(h) - k :][::-1], dh_T), axis=1) for k in range(len(h) + 1)]


def columns(dh_T, h, W_hh):
    g, out = dh_T.T, [np.linalg.norm(dh_T.T, axis=0)]
    for h_t in reversed(h):
        g = W_hh.T @ ((1 - h_t.T**2) * g)
        out.append(np.linalg.norm(g, axis=0))
    return np.vstack(out)


def while_loop(dh_T, h, W_hh):
    states, rows, g = list(h), [], dh_T
    while True:
        rows.append([math.sqrt(sum(v * v for v in row)) for row in g.tolist()])
        if not states:
            return rows
        h_t = states.pop()
        g = g * (1 - h_t) * (1 + h_t) @ W_hh


LAG = {
    "a list of rows": lengths,
    "by Jacobians": by_jacobians,
    "np.empty": filled,
    "recursive": recursive,
    "products of Jacobians": by_products,
    "each lag anew": each_lag_anew,
    "columns": columns,
    "while, and math": while_loop,
    "norm of rows": measured(lambda g: np.linalg.norm(g, axis=-1)),
    "hypot of rows": measured(lambda g: np.hypot.reduce(g, axis=1)),
    "math.hypot": measured(lambda g: [math.hypot(*row) for row in g]),
    "math.dist": measured(lambda g: [math.dist(row, 0 * row) for row in g]),
    "diagonal of a product": measured(lambda g: np.sqrt(np.diag(g @ g.T))),
    "norm of each": measured(lambda g: list(map(np.linalg.norm, g))),
    "sqrt of vdot": measured(lambda g: np.sqrt([np.vdot(row, row) for row in g])),
    "apply_along_axis": measured(lambda g: np.apply_along_axis(np.linalg.norm, 1, g)),
    "all gradients first": lambda *a: np.linalg.norm(np.stack(list(gradients(*a))), axis=2),
    "sample by sample": lambda dh_T, h, W: np.hstack(
        [filled(dh_T[[b]], h[:, [b]], W) for b in range(len(dh_T))]),
    "float32": single(filled),
    "one-tuple": lambda *a: (filled(*a),),
} | packed(filled)  # fmt: skip

STYLES = {"gradient_norm_by_lag": LAG}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)
