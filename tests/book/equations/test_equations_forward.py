"""The labelled equations of chapters 1 and 2 that no docstring cites, as they stand in the book."""

import numpy as np
import pytest

from rnncourse.gradcheck import numerical_gradient, relative_error
from rnncourse.notation import RNNParams
from rnncourse.reference.output import init_output, output_layer, output_layer_backward, softmax_cross_entropy
from rnncourse.reference.rnn import init_rnn, rnn_backward, rnn_forward

T, B, D, H, K = 5, 3, 2, 4, 3
PHI = {"tanh": np.tanh, "relu": lambda a: np.maximum(a, 0)}


def draw(D, H, rng):
    """Parameters of one layer, none of them zero."""
    return RNNParams(*(0.7 * rng.standard_normal(shape) for shape in ((H, D), (H, H), (H,))))


@pytest.mark.parametrize("D, H", [(10, 64), (1, 1), (7, 3)])
def test_rnn_parameter_count(D, H):
    params = init_rnn(D, H, np.random.default_rng(0))
    assert sum(p.size for p in params) == H * D + H**2 + H


@pytest.mark.parametrize("activation", PHI)
def test_forward_pass(activation):
    rng = np.random.default_rng(1)
    x, h0, params = rng.standard_normal((T, B, D)), rng.standard_normal((B, H)), draw(D, H, rng)
    W_hy, b_y = head = init_output(H, K, rng)._replace(b_y=rng.standard_normal(K))
    h, _, _ = rnn_forward(x, h0, params, activation)
    z = output_layer(h, head)
    for b in range(B):  # one sample is a column, as on paper
        h_t = h0[b]
        for t in range(T):
            h_t = PHI[activation](params.W_xh @ x[t, b] + params.W_hh @ h_t + params.b_h)
            np.testing.assert_allclose(h[t, b], h_t, rtol=1e-12)
            np.testing.assert_allclose(z[t, b], W_hy @ h_t + b_y, rtol=1e-12, atol=1e-14)


def test_learned_initial_state():
    rng = np.random.default_rng(2)
    x, y, vector = rng.standard_normal((T, B, D)), rng.integers(K, size=(T, B)), rng.standard_normal(H)
    params, head = draw(D, H, rng), init_output(H, K, rng)

    def loss(vector):
        h, _, _ = rnn_forward(x, np.tile(vector, (B, 1)), params)
        return softmax_cross_entropy(output_layer(h, head), y)[0]

    h, h_T, cache = rnn_forward(x, np.tile(vector, (B, 1)), params)
    _, delta_y = softmax_cross_entropy(output_layer(h, head), y)
    _, rows, _ = rnn_backward(output_layer_backward(delta_y, h, head)[0], np.zeros_like(h_T), cache)
    assert relative_error(sum(rows[b] for b in range(B)), numerical_gradient(loss, vector)) <= 1e-7


def test_stacked_rnn():
    rng, L = np.random.default_rng(3), 3
    x, starts = rng.standard_normal((T, B, D)), rng.standard_normal((L, B, H))
    layers = [draw(D if n == 0 else H, H, rng) for n in range(L)]
    top = x
    for start, params in zip(starts, layers, strict=True):  # the library: a layer over all steps, then the next layer
        top, _, _ = rnn_forward(top, start, params)
    states = list(starts)
    for t in range(T):  # the equation: a step through all layers, then the next step
        below = x[t]
        for n, (W_xh, W_hh, b_h) in enumerate(layers):
            below = states[n] = np.tanh(below @ W_xh.T + states[n] @ W_hh.T + b_h)
        np.testing.assert_allclose(top[t], states[-1], rtol=1e-12, atol=1e-14)
