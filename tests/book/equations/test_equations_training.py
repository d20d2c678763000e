"""The labelled equations of chapter 4 that no docstring cites, as they stand in the book."""

from itertools import combinations, product

import numpy as np
import pytest

from rnncourse.gradcheck import numerical_gradient, relative_error
from rnncourse.initializers import scaled_normal
from rnncourse.reference import optim, output, rnn


def test_minibatch():
    rng, N, B, T, D, H, K = np.random.default_rng(0), 6, 2, 4, 2, 3, 3
    x, y = rng.standard_normal((T, N, D)), rng.integers(K, size=(T, N))
    params, head = rnn.init_rnn(D, H, rng), output.init_output(H, K, rng)

    def gradient(samples):
        h, h_T, cache = rnn.rnn_forward(x[:, samples], np.zeros((len(samples), H)), params)
        _, delta_y = output.softmax_cross_entropy(output.output_layer(h, head), y[:, samples])
        return rnn.rnn_backward(output.output_layer_backward(delta_y, h, head)[0], np.zeros_like(h_T), cache)[2].W_hh

    every_batch = [gradient(list(batch)) for batch in combinations(range(N), B)]
    each_sample = [gradient([n]) for n in range(N)]
    assert relative_error(np.mean(every_batch, axis=0), sum(each_sample) / N) <= 1e-12


@pytest.mark.parametrize("eta, shrinks", [(0.039, True), (0.041, False)])
def test_sgd_stability(eta, shrinks):
    k, theta = 50.0, [np.array(-4.0)]
    g = [numerical_gradient(lambda one: k * one**2 / 2, theta[0])]
    assert optim.sgd_step(theta, g, eta)[0] == pytest.approx((1 - eta * k) * theta[0], rel=1e-8)
    assert shrinks == (eta < 2 / k)
    for _ in range(300):
        theta = optim.sgd_step(theta, [k * theta[0]], eta)
    assert (abs(theta[0]) < 1e-5) if shrinks else (abs(theta[0]) > 1e5)


def test_adam_moments():
    rng, beta_1, beta_2 = np.random.default_rng(0), 0.8, 0.95
    theta, state, m, v = [np.zeros(3)], None, np.zeros(3), np.zeros(3)
    for _ in range(5):
        g = rng.standard_normal(3)
        theta, state = optim.adam_step(theta, [g], state, beta_1=beta_1, beta_2=beta_2)
        m = beta_1 * m + (1 - beta_1) * g
        v = beta_2 * v + (1 - beta_2) * g**2
        np.testing.assert_allclose(state.m[0], m, rtol=1e-12)
        np.testing.assert_allclose(state.v[0], v, rtol=1e-12)


def test_init_variance():
    D, s = 5, 0.3
    signs = np.array(list(product([-1.0, 1.0], repeat=D)))  # every W of mean 0 and variance s^2, every x of variance 1
    a = (s * signs) @ signs.T
    assert np.var(a) == pytest.approx(D * s**2, rel=1e-12)
    W = scaled_normal(2000, D, np.random.default_rng(0))
    assert np.var(W) == pytest.approx(1 / D, rel=5 * np.sqrt(2 / W.size))  # five standard errors


def test_weight_decay():
    rng, eta, decay = np.random.default_rng(0), 0.1, 0.7
    theta, goal = rng.standard_normal(4), rng.standard_normal(4)
    g = theta - goal  # of the loss |theta - goal|^2 / 2
    penalised = numerical_gradient(lambda one: ((one - goal) ** 2).sum() / 2 + decay / 2 * (one**2).sum(), theta)
    assert relative_error(theta - eta * (g + decay * theta), theta - eta * penalised) <= 1e-8
    assert relative_error(theta - eta * (g + decay * theta), (1 - eta * decay) * theta - eta * g) <= 1e-12
    assert relative_error(optim.sgd_step([theta], [g], eta, decay)[0], (1 - eta * decay) * theta - eta * g) <= 1e-12


def test_adamw():
    rng, eta, decay, eps = np.random.default_rng(0), 0.1, 0.3, 1e-8
    theta, want, state = [np.array([2.0, -1.0])], np.array([2.0, -1.0]), None
    for t in range(1, 6):
        theta, state = optim.adam_step(theta, [rng.standard_normal(2)], state, eta, eps=eps, weight_decay=decay)
        m_hat, v_hat = state.m[0] / (1 - 0.9**t), state.v[0] / (1 - 0.999**t)
        want = (1 - eta * decay) * want - eta * m_hat / (np.sqrt(v_hat) + eps)
        np.testing.assert_allclose(theta[0], want, rtol=1e-12)
