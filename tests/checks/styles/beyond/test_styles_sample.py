"""Problem set 6, drawing a character: right answers in any style pass."""

import bisect
import math
from itertools import accumulate

import numpy as np
import pytest
from support.styles import assert_right, every, packed


def probabilities(z, temperature):
    p = np.exp((z - z.max(axis=1, keepdims=True)) / temperature)
    return p / p.sum(axis=1, keepdims=True)


def draw(z, temperature, u):
    return (np.cumsum(probabilities(z, temperature), axis=1)[:, :-1] <= u[:, None]).sum(axis=1)


def by_row(row_draw, softmax=probabilities):
    """A style that draws one code at a time from probabilities."""
    return lambda z, temperature, u: [row_draw(p, x) for p, x in zip(softmax(z, temperature), u, strict=True)]


def running_sum(p, x):
    total = 0.0
    for code, share in enumerate(p):
        total += share
        if x < total:
            return code
    return len(p) - 1


def subtraction(p, x):
    code = 0
    while x >= p[code] and code < len(p) - 1:
        x -= p[code]
        code += 1
    return code


def by_logaddexp(z, temperature):
    z = z / temperature
    return np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))


def by_math(z, temperature):
    rows = []
    for row in z.tolist():
        e = [math.exp((v - max(row)) / temperature) for v in row]
        rows.append([v / math.fsum(e) for v in e])
    return rows


def argmax_of_mask(z, temperature, u):
    p = np.exp((z - z.max(1, keepdims=True)) / temperature)
    return (np.cumsum(p, 1) / p.sum(1, keepdims=True) > u[:, None]).argmax(1).astype(float)


def without_division(z, temperature, u):
    """u scaled up to the sum, not the sum down to 1."""
    e = np.exp((z - z.max(axis=1)[:, None]) / temperature)
    return np.array([np.searchsorted(np.cumsum(row), x * row.sum(), side="right") for row, x in zip(e, u, strict=True)])


def triangle(z, temperature, u):
    """Sums by a product with a triangle of ones."""
    K = z.shape[1]
    return ((probabilities(z, temperature) @ np.triu(np.ones((K, K))))[:, : K - 1] <= u[:, None]).sum(axis=-1)


def filled(z, temperature, u):
    codes, p = np.empty(len(z), dtype=int), probabilities(z, temperature)
    for b in range(len(z)):
        codes[b] = np.digitize(u[b], np.cumsum(p[b])[:-1])
    return codes


SAMPLE = {
    "count the borders": draw,
    "argmax of a mask": argmax_of_mask,
    "sum scaled": without_division,
    "a triangle of ones": triangle,
    "digitize": filled,
    "searchsorted": by_row(lambda p, x: int(np.searchsorted(np.cumsum(p)[:-1], x, side="right"))),
    "bisect": by_row(lambda p, x: bisect.bisect_right(list(accumulate(p))[:-1], x)),
    "running sum": by_row(running_sum),
    "subtraction": by_row(subtraction),
    "first of flatnonzero": by_row(lambda p, x: np.flatnonzero(np.append(np.cumsum(p)[:-1] > x, True))[0]),
    "argmax of a row": by_row(lambda p, x: np.argmax(np.cumsum(p) > x)),
    "next of a generator": by_row(
        lambda p, x: next(k for k in range(len(p)) if sum(p[: k + 1]) > x or k == len(p) - 1)),
    "from the top": by_row(lambda p, x: len(p) - sum(1 for k in range(1, len(p) + 1) if sum(p[:k]) > x or k == len(p))),
    "softmax by logaddexp": by_row(running_sum, by_logaddexp),
    "softmax by math": by_row(running_sum, by_math),
    "count, by logaddexp": lambda z, temperature, u: np.count_nonzero(
        by_logaddexp(z, temperature).cumsum(axis=1)[:, :-1] <= u[:, np.newaxis], axis=1),
    "shift after the temperature": lambda z, temperature, u: draw(z / temperature, 1.0, u),
    "columns": lambda z, temperature, u: (np.add.accumulate(probabilities(z, temperature).T)[:-1] <= u).sum(axis=0),
    "one-tuple": lambda *a: (draw(*a),),
    "int32": lambda *a: draw(*a).astype(np.int32),
} | packed(draw)  # fmt: skip


STYLES = {"sample": SAMPLE}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)
