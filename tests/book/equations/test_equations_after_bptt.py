"""The labelled equations of chapter 3 on checking, vanishing, memory and the update that no docstring cites."""

import numpy as np
import pytest

from rnncourse.experiments.gradient_lag import spectral_radius
from rnncourse.gradcheck import numerical_gradient
from rnncourse.notation import RNNParams
from rnncourse.reference import optim, output, rnn


def draw(D, H, rng, scale=0.6):
    return RNNParams(*(scale * rng.standard_normal(shape) for shape in ((H, D), (H, H), (H,))))


def test_truncation_error():
    theta, eps = 0.7, 1e-2
    quotient = (np.sin(theta + eps) - np.sin(theta - eps)) / (2 * eps)
    third = -np.cos(theta)
    assert quotient - np.cos(theta) == pytest.approx(eps**2 / 6 * third, rel=eps**2 / 10)  # the rest is eps^2/20 of it


@pytest.mark.parametrize("loss, third", [(1.0, 1.0), (3.0, -0.2), (0.1, 40.0)])
def test_best_eps(loss, third):
    u = np.finfo(float).eps / 2
    best = (3 * u * abs(loss) / abs(third)) ** (1 / 3)
    eps = best * np.exp(np.linspace(-1, 1, 2001))
    error = eps**2 / 6 * abs(third) + u * abs(loss) / eps
    assert eps[np.argmin(error)] == pytest.approx(best, rel=1e-3)


def stretch(h0, x, params, activation):
    """Norm of dh^(T)/dh^(0) for one sample, by central differences, and the largest slope at each step."""

    def end(h0):
        return rnn.rnn_forward(x, h0[None], params, activation)[1][0]

    columns = [(end(h0 + step) - end(h0 - step)) / 2e-6 for step in 1e-6 * np.eye(len(h0))]
    h, _, _ = rnn.rnn_forward(x, h0[None], params, activation)
    slopes = 1 - h**2 if activation == "tanh" else 1.0 * (h > 0)
    return np.linalg.norm(columns, 2), slopes.max(axis=(1, 2))


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_vanishing_bound(activation):
    rng, T, D, H, gamma = np.random.default_rng(0), 4, 3, 5, 1.0
    params, x, h0 = draw(D, H, rng), rng.standard_normal((T, 1, D)), rng.standard_normal(H)
    norm, slopes = stretch(h0, x, params, activation)
    sigma_max = np.linalg.norm(params.W_hh, 2)
    assert 0 < norm <= np.prod(slopes * sigma_max) <= (gamma * sigma_max) ** T
    if activation == "tanh":  # a state at rest and one stretch for all directions: nothing is lost in the bound
        at_rest = RNNParams(params.W_xh, 1.3 * np.linalg.qr(params.W_hh)[0], np.zeros(H))
        assert stretch(np.zeros(H), 0 * x, at_rest, activation)[0] == pytest.approx((gamma * 1.3) ** T, rel=1e-8)


def test_gelfand():
    rng, doublings = np.random.default_rng(1), 40
    for _ in range(5):
        W = rng.standard_normal((6, 6))
        power, log_norm = W, 0.0  # W^n = e^log_norm power, kept at norm 1 while n doubles
        for _ in range(doublings):
            size = np.linalg.norm(power, 2)
            power, log_norm = (power / size) @ (power / size), 2 * (log_norm + np.log(size))
        growth = np.exp((log_norm + np.log(np.linalg.norm(power, 2))) / 2**doublings)
        assert growth == pytest.approx(np.abs(np.linalg.eigvals(W)).max(), rel=1e-10)
        assert spectral_radius(W) == pytest.approx(growth, rel=1e-10)
        assert growth <= np.linalg.norm(W, 2)


@pytest.mark.parametrize("T, B, D, H", [(7, 3, 2, 5), (100, 1, 4, 3)])
def test_bptt_memory(T, B, D, H):
    rng = np.random.default_rng(0)
    h0, params = np.zeros((B, H)), draw(D, H, rng)
    _, _, cache = rnn.rnn_forward(rng.standard_normal((T, B, D)), h0, params)
    kept = [one for one in cache if isinstance(one, np.ndarray) and one is not h0]
    assert sum(one.size for one in kept) == T * B * (D + H)


def test_sgd_update():
    rng, eta = np.random.default_rng(0), 0.3
    theta, goal = draw(3, 4, rng), draw(3, 4, rng)

    def loss(n):
        return lambda one: ((one - goal[n]) ** 2).sum() / 2

    grads = [numerical_gradient(loss(n), one) for n, one in enumerate(theta)]
    for found, one, wanted in zip(optim.sgd_step(theta, grads, eta), theta, goal, strict=True):
        np.testing.assert_allclose(found, one - eta * (one - wanted), rtol=1e-7)  # that is what the gradient is


def test_first_order_decrease():
    rng, T, B, D, H, K = np.random.default_rng(4), 4, 3, 2, 5, 3
    x, h0, y = rng.standard_normal((T, B, D)), np.zeros((B, H)), rng.integers(K, size=(T, B))
    params, head = draw(D, H, rng), output.init_output(H, K, rng)

    def run(params):
        h, h_T, cache = rnn.rnn_forward(x, h0, params)
        loss, delta_y = output.softmax_cross_entropy(output.output_layer(h, head), y)
        return loss, rnn.rnn_backward(output.output_layer_backward(delta_y, h, head)[0], np.zeros_like(h_T), cache)[2]

    loss, g = run(params)
    rest = []
    for eta in (1e-3, 5e-4):
        promised = loss - eta * optim.global_norm(g) ** 2
        rest.append(run(optim.sgd_step(params, g, eta))[0] - promised)
    assert rest[0] / rest[1] == pytest.approx(4, rel=0.01)  # what is left out is of second order in eta
