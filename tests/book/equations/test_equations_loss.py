"""The labelled equations on the loss and on delta_y, chapter 3, that no docstring cites."""

import numpy as np
import pytest

from rnncourse.gradcheck import numerical_gradient, relative_error
from rnncourse.reference import output

T, B, K = 4, 3, 5


def logits(*shape):
    return 2 * np.random.default_rng(0).standard_normal(shape)


def test_loss_total():
    rng, z = np.random.default_rng(1), logits(T, B, K)
    y, m = rng.integers(K, size=(T, B)), rng.integers(2, size=(T, B))
    assert 0 < m.sum() < T * B
    total = 0.0
    for b in range(B):
        for t in range(T):
            total += m[t, b] * -np.log(output.softmax(z[t, b])[y[t, b]])
    assert output.softmax_cross_entropy(z, y, m)[0] == pytest.approx(total / B, rel=1e-12)


@pytest.mark.parametrize("c", range(K))
def test_softmax(c):
    z = logits(K)
    y_hat = np.exp(z) / sum(np.exp(z_j) for z_j in z)
    np.testing.assert_allclose(output.softmax(z), y_hat, rtol=1e-12)
    loss, _ = output.softmax_cross_entropy(z[None, None], np.array([[c]]))
    assert loss == pytest.approx(-np.log(y_hat[c]), rel=1e-12)


@pytest.mark.parametrize("c", range(K))
def test_delta_y_softmax(c):
    z, y = logits(K), np.eye(K)[c]

    def loss(z):
        return -np.log(np.exp(z[c]) / np.exp(z).sum())

    first_line = -y + 1 / np.exp(z).sum() * np.exp(z)
    second_line = output.softmax(z) - y
    np.testing.assert_allclose(first_line, second_line, rtol=1e-12, atol=1e-15)
    assert relative_error(second_line, numerical_gradient(loss, z)) <= 1e-8


def test_bce():
    z, y = logits(K), np.array([0, 1, 1, 0, 0.3])
    y_hat = 1 / (1 + np.exp(-z))
    loss = -sum(y[k] * np.log(y_hat[k]) + (1 - y[k]) * np.log(1 - y_hat[k]) for k in range(K))
    np.testing.assert_allclose(output.sigmoid(z), y_hat, rtol=1e-12)
    found, _ = output.sigmoid_binary_cross_entropy(z[None, None], y[None, None])
    assert found == pytest.approx(loss, rel=1e-12)


@pytest.mark.parametrize("far", [0.0, 1000.0, -1000.0])
def test_log_softmax(far):
    near = logits(K)
    z = near + far  # a constant added to all logits changes nothing, and overflows nothing
    s = z.max()
    log_y_hat = (z - s) - np.log(np.exp(z - s).sum())
    np.testing.assert_allclose(log_y_hat, np.log(np.exp(near) / np.exp(near).sum()), rtol=1e-12, atol=1e-12)
    for k in range(K):
        loss, _ = output.softmax_cross_entropy(z[None, None], np.array([[k]]))
        assert loss == pytest.approx(-log_y_hat[k], rel=1e-12)


@pytest.mark.parametrize("y", [0.0, 1.0, 0.3])
def test_stable_bce(y):
    z = np.linspace(-20, 20, 41)
    first_line = (1 - y) * z + np.log1p(np.exp(-z))
    y_hat = 1 / (1 + np.exp(-z))
    np.testing.assert_allclose(first_line, -(y * np.log(y_hat) + (1 - y) * np.log1p(-y_hat)), rtol=1e-6)
    second_line = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    np.testing.assert_allclose(first_line, second_line, rtol=1e-12, atol=1e-14)
    found = [output.sigmoid_binary_cross_entropy(np.full((1, 1, 1), one), np.array(y))[0] for one in z]
    np.testing.assert_allclose(found, second_line, rtol=1e-12)
