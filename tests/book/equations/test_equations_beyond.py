"""The labelled equations of chapters 6 and 7 that no docstring cites, as they stand in the book."""

import numpy as np
import pytest

from benchmarks.experiments.ngrams import bits_per_character
from rnncourse.data.adding import ADDING_BASELINE, adding_problem
from rnncourse.numpy.rnn import rnn_backward, rnn_forward
from rnncourse.reference import output
from rnncourse.reference.rnn import init_rnn


def test_adding_baseline():
    n, N = 1000, 20_000
    u = (np.arange(n) + 0.5) / n  # [0, 1) in n equal parts: of the variance only 1/12n^2 is missing
    assert np.var(u) + 1 / (12 * n**2) == pytest.approx(1 / 12, rel=1e-12)
    assert np.var(u[:, None] + u) == pytest.approx(1 / 12 + 1 / 12, rel=2 / n**2)
    assert pytest.approx(1 / 12 + 1 / 12, rel=1e-12) == ADDING_BASELINE == 1 / 6
    _, y = adding_problem(10, N, np.random.default_rng(0))
    square = (y - 1) ** 2
    assert abs(square.mean() - 1 / 6) <= 4 * square.std() / np.sqrt(N)  # four standard errors


def test_bits_per_character():
    rng, L, K = np.random.default_rng(0), 12, 103
    text, z = rng.integers(K, size=L + 1), rng.standard_normal((L, 1, K))
    y_hat = output.softmax(z)
    bits = -sum(np.log2(y_hat[t, 0, text[t + 1]]) for t in range(L)) / L
    mean_cross_entropy = output.softmax_cross_entropy(z, text[1:, None])[0] / L
    assert mean_cross_entropy / np.log(2) == pytest.approx(bits, rel=1e-12)


@pytest.mark.parametrize("order", [1, 2, 3])
def test_n_gram(order):
    rng, K = np.random.default_rng(0), 4
    seen, text = rng.integers(K, size=30).tolist(), rng.integers(K, size=20).tolist()

    def p(n, c, before):
        """p_n(c), by looking through all of the text that was seen."""
        context = before[len(before) - (n - 1) :]
        followed = [seen[i + n - 1] for i in range(len(seen) - n + 1) if seen[i : i + n - 1] == context]
        d = len(set(followed))
        lower = 1 / K if n == 1 else p(n - 1, c, before)
        return (followed.count(c) + d * lower) / (len(followed) + d) if followed else lower

    bits = [-np.log2(p(min(order, i + 1), text[i], text[:i])) for i in range(1, len(text))]
    assert bits_per_character(np.array(seen), np.array(text), K, order) == pytest.approx(np.mean(bits), rel=1e-12)


@pytest.fixture
def rows():
    """A run of the vectorised RNN: its states with h^(0) in front, the given dh, and all delta_h by the equation."""
    rng, T, B, D, H = np.random.default_rng(0), 6, 3, 2, 4
    x, h0, dh = rng.standard_normal((T, B, D)), rng.standard_normal((B, H)), rng.standard_normal((T, B, H))
    params = init_rnn(D, H, rng)
    h, _, cache = rnn_forward(x, h0, params)
    delta_h, after = np.empty_like(h), np.zeros((B, H))
    for t in reversed(range(T)):
        after = delta_h[t] = (dh[t] + after @ params.W_hh) * (1 - h[t] * h[t])
    _, _, dparams = rnn_backward(dh, np.zeros((B, H)), cache)
    return np.concatenate([h0[None], h]), delta_h, dparams


def test_what_waits(rows):
    h, delta_h, dparams = rows
    dW_hh = sum(delta_h[t].T @ h[t] for t in range(len(delta_h)))  # h[t] is h^(t-1) of the step whose delta stands at t
    np.testing.assert_allclose(dparams.W_hh, dW_hh, rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(dparams.b_h, delta_h.sum(axis=(0, 1)), rtol=1e-12, atol=1e-13)


def test_one_product(rows):
    h, delta_h, dparams = rows
    T, B, H = delta_h.shape
    Delta, H_before = delta_h.reshape(T * B, H), h[:-1].reshape(T * B, H)
    in_the_loop = np.zeros((H, H))
    for t in range(T):
        in_the_loop += delta_h[t].T @ h[t]
    np.testing.assert_allclose(Delta.T @ H_before, in_the_loop, rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(Delta.T @ H_before, dparams.W_hh, rtol=1e-12, atol=1e-13)


def test_sigmoid_tanh():
    a = np.linspace(-30, 30, 121)
    as_exponentials = np.exp(a / 2) / (np.exp(a / 2) + np.exp(-a / 2))
    np.testing.assert_allclose(as_exponentials, 1 / (1 + np.exp(-a)), rtol=1e-12)
    np.testing.assert_allclose((1 + np.tanh(a / 2)) / 2, as_exponentials, rtol=1e-12, atol=1e-15)
    np.testing.assert_array_equal(output.sigmoid(a), (1 + np.tanh(a / 2)) / 2)
