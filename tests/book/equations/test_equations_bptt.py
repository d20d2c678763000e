"""The labelled equations on BPTT, chapter 3, that no docstring cites.

The RNN here takes a copy of W_hh for each step, and a push on each pre-activation and on each state: so a derivative of
any kind, direct or total, can be had by central differences.
"""

import numpy as np
import pytest

from rnncourse.gradcheck import numerical_gradient, relative_error
from rnncourse.notation import RNNParams
from rnncourse.reference import output, rnn

T, B, D, H, K = 4, 2, 3, 4, 3
NO_PUSH = np.zeros((T, B, H))
SLOPE = {"tanh": lambda h: 1 - h**2, "relu": lambda h: 1.0 * (h > 0)}
both = pytest.mark.parametrize("activation", SLOPE)


class Net:
    """A small RNN whose loss can be pushed, and its states and delta_y without a push."""

    def __init__(self, activation="tanh"):
        rng = np.random.default_rng(3)
        self.activation = activation
        self.x, self.h0 = rng.standard_normal((T, B, D)), rng.standard_normal((B, H))
        self.y = rng.integers(K, size=(T, B))
        self.params = RNNParams(*(0.6 * rng.standard_normal(shape) for shape in ((H, D), (H, H), (H,))))
        self.head = output.OutputParams(rng.standard_normal((K, H)), rng.standard_normal(K))
        self.h, _, self.cache = rnn.rnn_forward(self.x, self.h0, self.params, activation)
        self.delta_y = output.softmax_cross_entropy(output.output_layer(self.h, self.head), self.y)[1]

    def loss(self, copies=None, push_a=NO_PUSH, push_h=NO_PUSH):
        """Loss of a run whose step t has W_hh = copies[t], a^(t) + push_a[t] and h^(t) + push_h[t]."""
        copies = [self.params.W_hh] * T if copies is None else copies
        h, h_t = [], self.h0
        for t in range(T):
            a_t = self.x[t] @ self.params.W_xh.T + h_t @ copies[t].T + self.params.b_h + push_a[t]
            h_t = (np.tanh(a_t) if self.activation == "tanh" else np.maximum(a_t, 0)) + push_h[t]
            h.append(h_t)
        return output.softmax_cross_entropy(output.output_layer(np.array(h), self.head), self.y)[0]

    def total_dh(self):
        """Total dL/dh^(t), by central differences."""
        return numerical_gradient(lambda push: self.loss(push_h=push), NO_PUSH)

    def total_da(self):
        """Total dL/da^(t), by central differences."""
        return numerical_gradient(lambda push: self.loss(push_a=push), NO_PUSH)

    def backward(self):
        """What the library's BPTT finds for W_xh, W_hh and b_h."""
        dh, _ = output.output_layer_backward(self.delta_y, self.h, self.head)
        return rnn.rnn_backward(dh, np.zeros((B, H)), self.cache)[2]


def test_direct_total():
    w, h0 = np.array(1.7), -0.6
    h1 = w * h0
    direct, through_h1 = h1, w * h0
    assert direct == pytest.approx(numerical_gradient(lambda one: one * h1, w), rel=1e-8)
    assert through_h1 == pytest.approx(numerical_gradient(lambda one: w * (one * h0), w), rel=1e-8)
    assert direct + through_h1 == pytest.approx(numerical_gradient(lambda one: one * (one * h0), w), rel=1e-8)


@both
def test_weight_copies(activation):
    net = Net(activation)
    dW_hh = net.backward().W_hh
    of_each_copy = numerical_gradient(net.loss, np.array([net.params.W_hh] * T))
    assert relative_error(of_each_copy.sum(axis=0), dW_hh) <= 1e-7
    total, by_total_times_direct = net.total_dh(), np.zeros((H, H))
    for t in range(T):
        for b in range(B):
            h_prev = net.h[t - 1, b] if t > 0 else net.h0[b]
            direct = SLOPE[activation](net.h[t, b])[:, None] * h_prev  # of h_i with respect to W_ij, h_prev held still
            by_total_times_direct += total[t, b][:, None] * direct
    assert relative_error(by_total_times_direct, dW_hh) <= 1e-7


@both
def test_delta_h(activation):
    net = Net(activation)
    assert relative_error(net.total_dh() * SLOPE[activation](net.h), net.total_da()) <= 1e-7


def test_tanh_derivative():
    a = np.linspace(-3, 3, 25)
    slope = np.tanh(a + 1e-30j).imag / 1e-30  # a complex step: no difference, so no rounding
    np.testing.assert_allclose((np.cosh(a) ** 2 - np.sinh(a) ** 2) / np.cosh(a) ** 2, slope, rtol=1e-11)
    np.testing.assert_allclose(1 - np.tanh(a) ** 2, slope, rtol=1e-12)


@both
def test_bptt_one_line(activation):
    net, delta_h = Net(activation), np.zeros((T + 1, B, H))
    for t in reversed(range(T)):
        for b in range(B):
            column = net.head.W_hy.T @ net.delta_y[t, b] + net.params.W_hh.T @ delta_h[t + 1, b]
            delta_h[t, b] = column * SLOPE[activation](net.h[t, b])
    assert relative_error(delta_h[:T], net.total_da()) <= 1e-7


def test_output_weights():
    net = Net()
    dW_hy, db_y = np.zeros((K, H)), np.zeros(K)
    for t in range(T):
        for b in range(B):
            dW_hy += np.outer(net.delta_y[t, b], net.h[t, b])
            db_y += net.delta_y[t, b]

    def loss(W_hy, b_y):
        return output.softmax_cross_entropy(output.output_layer(net.h, output.OutputParams(W_hy, b_y)), net.y)[0]

    W_hy, b_y = net.head
    assert relative_error(dW_hy, numerical_gradient(lambda W: loss(W, b_y), W_hy)) <= 1e-7
    assert relative_error(db_y, numerical_gradient(lambda b: loss(W_hy, b), b_y)) <= 1e-7
