"""The equations of "Then and now": each recurrence against what it was made from, in float64."""

import numpy as np
import pytest

RNG = np.random.default_rng(0)
T, H = 30, 5


def test_linear_recurrence():
    a_1, b_1, a_2, b_2, a_3, b_3, h = RNG.standard_normal((7, H))

    def join(later, earlier):
        return later[0] * earlier[0], later[0] * earlier[1] + later[1]

    a, b = join((a_2, b_2), (a_1, b_1))
    np.testing.assert_allclose(a * h + b, a_2 * (a_1 * h + b_1) + b_2, rtol=1e-13)
    left = join(join((a_3, b_3), (a_2, b_2)), (a_1, b_1))
    right = join((a_3, b_3), join((a_2, b_2), (a_1, b_1)))
    np.testing.assert_allclose(left, right, rtol=1e-13)


def test_lru():
    lam, b = RNG.uniform(0.5, 1, H) * np.exp(1j * RNG.uniform(0, 3, H)), RNG.standard_normal((T, H))
    h = np.zeros(H, complex)
    for t in range(T):
        h = lam * h + b[t]
        summed = sum(lam ** (t - k) * b[k] for k in range(t + 1))
        np.testing.assert_allclose(h, summed, rtol=1e-12)


def test_s4():
    N, delta = 4, 0.3
    A, B = RNG.standard_normal((N, N)) - 3 * np.eye(N), RNG.standard_normal(N)
    before, x = RNG.standard_normal(N), 0.7
    half = np.linalg.inv(np.eye(N) - delta / 2 * A)
    after = half @ (np.eye(N) + delta / 2 * A) @ before + half @ (delta * B) * x
    # the trapezoidal rule: the slope of a step is the mean of the slopes at its ends
    np.testing.assert_allclose((after - before) / delta, A @ (before + after) / 2 + B * x, rtol=1e-12)


def test_mamba():
    A, B, x, h, delta = -0.8, 1.3, 0.6, 0.4, 0.5

    def step(state, length):
        return np.exp(length * A) * state + (np.exp(length * A) - 1) / A * B * x

    # the solution of dh/dt = A h + B x: two halves are a whole, and the slope at the start is the equation's
    assert step(step(h, delta / 2), delta / 2) == pytest.approx(step(h, delta), rel=1e-14)
    assert (step(h, 1e-6) - step(h, -1e-6)) / 2e-6 == pytest.approx(A * h + B * x, rel=1e-9)
    s = RNG.standard_normal(20)
    np.testing.assert_allclose(np.exp(-np.logaddexp(0, s)), 1 - 1 / (1 + np.exp(-s)), rtol=1e-12)


def test_rwkv():
    k, v, w, u = RNG.standard_normal(T), RNG.standard_normal(T), 0.3, 0.8
    above = below = 0.0
    for t in range(T):
        bonus = np.exp(u + k[t])
        weights = [np.exp(-(t - 1 - j) * w + k[j]) for j in range(t)]
        written = (np.dot(weights, v[:t]) + bonus * v[t]) / (sum(weights) + bonus)
        assert (above + bonus * v[t]) / (below + bonus) == pytest.approx(written, rel=1e-12)
        above, below = np.exp(-w) * above + np.exp(k[t]) * v[t], np.exp(-w) * below + np.exp(k[t])


def test_slstm():
    i_tilde, f_tilde, c_tilde = RNG.standard_normal((3, T))
    log_f = -np.logaddexp(0, -f_tilde)
    c, n, stable_c, stable_n, m = np.zeros(5)
    for t in range(T):
        i, f = np.exp(i_tilde[t]), 1 / (1 + np.exp(-f_tilde[t]))
        c, n = f * c + i * c_tilde[t], f * n + i
        larger = max(log_f[t] + m, i_tilde[t])
        i, f, m = np.exp(i_tilde[t] - larger), np.exp(log_f[t] + m - larger), larger
        stable_c, stable_n = f * stable_c + i * c_tilde[t], f * stable_n + i
        assert max(i, f) <= 1 and stable_c / stable_n == pytest.approx(c / n, rel=1e-12)
        np.testing.assert_allclose([stable_c * np.exp(m), stable_n * np.exp(m)], [c, n], rtol=1e-12)
