"""Problem set 5, the forget bias: right answers in any style pass."""

import math
from functools import partial
from itertools import accumulate

import numpy as np
import pytest
from support.styles import assert_right, every, packed


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def filled(biases, a_f, sigma=sigmoid, mean=np.mean):
    left = np.ones((len(biases), len(a_f) + 1))
    for n, b in enumerate(biases):
        kept = np.ones(a_f.shape[1:])
        for k in range(1, len(a_f) + 1):
            kept = kept * sigma(a_f[-k] + b)
            left[n, k] = mean(kept)
    return left


def appended(biases, a_f):
    rows = []
    for b in biases:
        row, kept = [1.0], 1.0
        for a in reversed(a_f):
            kept = kept * sigmoid(a + b)
            row.append(kept.mean())
        rows.append(row)
    return rows


def in_own_buffer(biases, a_f):
    kept, left = np.ones((len(biases), *a_f.shape[1:])), np.ones((len(biases), len(a_f) + 1))
    for t in range(len(a_f) - 1, -1, -1):
        kept *= sigmoid(a_f[t] + biases.reshape(-1, 1, 1))
        left[:, len(a_f) - t] = kept.mean(axis=(1, 2))
    return left


def recursive(biases, a_f, kept=None):
    kept = np.ones((len(biases), *a_f.shape[1:])) if kept is None else kept
    here = kept.mean(axis=(-2, -1))[:, None]
    if len(a_f) == 0:
        return here
    return np.hstack([here, recursive(biases, a_f[:-1], kept * sigmoid(a_f[-1] + biases[:, None, None]))])


def scalars(biases, a_f):
    T, B, H = a_f.shape
    left = np.zeros((len(biases), T + 1))
    for n, b, h in np.ndindex(len(biases), B, H):
        kept = 1.0
        left[n, 0] += 1 / (B * H)
        for k in range(1, T + 1):
            kept /= 1 + math.exp(-(a_f[T - k, b, h] + biases[n]))
            left[n, k] += kept / (B * H)
    return left


def scan(biases, a_f):
    gates = (sigmoid(a + biases[:, None, None]) for a in a_f[::-1])
    kept = accumulate(gates, np.multiply, initial=np.ones((len(biases), *a_f.shape[1:])))
    return np.stack([f.mean(axis=(1, 2)) for f in kept], axis=1)


def generated(biases, a_f):
    def row(bias):
        kept = np.ones_like(a_f[0])
        yield kept.mean()
        for a in a_f[::-1]:
            kept = np.multiply(kept, sigmoid(a + bias))
            yield kept.mean()

    return np.array([list(row(bias)) for bias in biases])


FORGET = {
    "list comprehension": lambda biases, a_f: [
        [np.prod(sigmoid(a_f[len(a_f) - k :] + b), axis=0).mean() for k in range(len(a_f) + 1)] for b in biases],
    "cumprod": lambda biases, a_f: np.stack(
        [np.r_[1, np.cumprod(sigmoid(a_f[::-1] + b), axis=0).mean(axis=(1, 2))] for b in biases]),
    "sum of logarithms": lambda biases, a_f: np.column_stack([np.ones(len(biases)), np.exp(np.cumsum(
        -np.log1p(np.exp(-(a_f[::-1] + biases[:, None, None, None]))), axis=1)).mean(axis=(2, 3))]),
    "np.ones": filled,
    "append": appended,
    "own buffer": in_own_buffer,
    "recursive": recursive,
    "scalar by scalar": scalars,
    "accumulate": scan,
    "a generator": generated,
    "sigmoid by tanh": partial(filled, sigma=lambda a: 0.5 * (1 + np.tanh(a / 2))),
    "sigmoid by logaddexp": partial(filled, sigma=lambda a: np.exp(-np.logaddexp(0, -a))),
    "mean by sum": partial(filled, mean=lambda kept: kept.sum() / kept.size),
    "mean by einsum": partial(filled, mean=lambda kept: np.einsum("bh->", kept) / (kept.shape[0] * kept.shape[1])),
    "mean of means": partial(filled, mean=lambda kept: kept.mean(axis=0).mean()),
    "np.average": partial(filled, mean=np.average),
    "math.fsum": partial(filled, mean=lambda kept: math.fsum(kept.ravel()) / kept.size),
    "one-tuple": lambda *a: (filled(*a),),
    "float32": lambda *a: filled(*(b.astype(np.float32) for b in a)).astype(np.float32),
} | packed(filled)  # fmt: skip

STYLES = {"forget_bias_sweep": FORGET}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)
