"""The scan by blocks gives the states and gradients of the chain, for every length around a square."""

import numpy as np
import pytest

from rnncourse.gradcheck import relative_error
from rnncourse.numpy.scan import linear_scan, linear_scan_backward

LENGTHS = [1, 2, 3, 4, 5, 8, 9, 10, 15, 16, 17, 100, 257]


def draw(T, B=3, H=4):
    rng = np.random.default_rng(T)
    a, b, dh = rng.standard_normal((3, T, B, H))
    h0, dh_T = rng.standard_normal((2, B, H))
    return 1 / (1 + np.exp(-a)), b, h0, dh, dh_T


def chain(a, b, h0):
    h, h_t = np.empty_like(a), h0
    for t in range(len(a)):
        h[t] = h_t = a[t] * h_t + b[t]
    return h


def chain_backward(dh, dh_T, a, h, h0):
    da, db, dh_t = np.empty_like(a), np.empty_like(a), dh_T
    for t in reversed(range(len(a))):
        db[t] = dh_t + dh[t]
        da[t] = db[t] * (h[t - 1] if t else h0)
        dh_t = db[t] * a[t]
    return da, db, dh_t


@pytest.mark.parametrize("T", LENGTHS)
def test_equals_the_chain(T):
    a, b, h0, dh, dh_T = draw(T)
    kept = [v.copy() for v in (a, b, h0, dh, dh_T)]
    h = linear_scan(a, b, h0)
    assert relative_error(h, chain(a, b, h0)) <= 1e-12
    pairs = zip(linear_scan_backward(dh, dh_T, a, h, h0), chain_backward(dh, dh_T, a, h, h0), strict=True)
    assert max(relative_error(ours, looped) for ours, looped in pairs) <= 1e-10
    assert all(np.array_equal(v, before) for v, before in zip((a, b, h0, dh, dh_T), kept, strict=True))


def test_the_gradient_is_that_of_central_differences():
    a, b, h0, dh, dh_T = draw(6, 2, 2)
    grads = linear_scan_backward(dh, dh_T, a, linear_scan(a, b, h0), h0)

    def loss(*inputs):
        h = linear_scan(*inputs)
        return (h * dh).sum() + (h[-1] * dh_T).sum()

    for position, grad in enumerate(grads):
        for place in np.ndindex(grad.shape):
            values = []
            for step in (1e-5, -1e-5):
                inputs = [v.copy() for v in (a, b, h0)]
                inputs[position][place] += step
                values.append(loss(*inputs))
            assert abs((values[0] - values[1]) / 2e-5 - grad[place]) <= 1e-8


def test_a_forgotten_state_does_not_come_back():
    a, b, h0, *_ = draw(20)
    a[7] = 0
    changed = b.copy()
    changed[:7] += 1
    assert np.array_equal(linear_scan(a, b, h0)[7:], linear_scan(a, changed, 1 + h0)[7:])
