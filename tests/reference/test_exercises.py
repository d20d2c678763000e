"""Reference functions that an exercise asks for, against the ones they are made of."""

import numpy as np
import pytest

from rnncourse.experiments import gradient_lag as measured
from rnncourse.gradcheck import numerical_gradient
from rnncourse.notation import RNNParams
from rnncourse.reference import gru, rnn
from rnncourse.reference.gradient_check import gradient_check
from rnncourse.reference.gru_gates import gru_gates
from rnncourse.reference.lag import gradient_norm_by_lag
from rnncourse.reference.rnn_function import rnn_function
from rnncourse.reference.truncated import truncated_bptt


@pytest.fixture
def network():
    rng = np.random.default_rng(0)
    T, B, D, H = 7, 3, 2, 4
    params = RNNParams(rng.standard_normal((H, D)), rng.standard_normal((H, H)), rng.standard_normal(H))
    return rng.standard_normal((T, B, H)), rng.standard_normal((T, B, D)), rng.uniform(-0.9, 0.9, (B, H)), params


def test_gates_make_the_same_state_as_the_step():
    rng = np.random.default_rng(0)
    params, x_t, h_prev = gru.init_gru(3, 4, rng), rng.standard_normal((2, 3)), rng.uniform(-1, 1, (2, 4))
    np.testing.assert_array_equal(gru_gates(x_t, h_prev, params)[3], gru.gru_step(x_t, h_prev, params))


def test_rnn_function_is_forward_and_backward(network):
    dh, x, h0, params = network
    h, _, cache = rnn.rnn_forward(x, h0, params)
    dx, dh0, dparams = rnn.rnn_backward(dh, np.zeros_like(h0), cache)
    for got, want in zip(rnn_function(x, h0, *params, dh), (h, dx, dh0, *dparams), strict=True):
        np.testing.assert_allclose(got, want, rtol=1e-12)


@pytest.mark.parametrize("tau", [7, 9])
def test_one_chunk_is_full_bptt(network, tau):
    dh, x, h0, params = network
    _, _, cache = rnn.rnn_forward(x, h0, params)
    _, _, want = rnn.rnn_backward(dh, np.zeros_like(h0), cache)
    _, got = truncated_bptt(dh, x, h0, params, tau)
    for g, w in zip(got, want, strict=True):
        np.testing.assert_allclose(g, w, rtol=1e-12)


def test_chunks_add_the_gradients_of_chunks_whose_first_state_is_held(network):
    dh, x, h0, params = network
    h, dparams = truncated_bptt(dh, x, h0, params, 3)
    np.testing.assert_allclose(h, rnn.rnn_forward(x, h0, params)[0], rtol=1e-12)
    states = [h0, h[2], h[5]]

    def held(W_hh):
        theta = params._replace(W_hh=W_hh)
        parts = [slice(0, 3), slice(3, 6), slice(6, 7)]
        runs = [rnn.rnn_forward(x[part], state, theta)[0] for part, state in zip(parts, states, strict=True)]
        return (dh * np.concatenate(runs)).sum()

    np.testing.assert_allclose(dparams.W_hh, numerical_gradient(held, params.W_hh), rtol=1e-6, atol=1e-8)


def test_lengths_by_lag_are_those_of_full_bptt():
    x, h0, (W_xh, W_hh, b_h), g = measured.example(0.9, T=12, B=3, H=5)
    h = measured.textbook_forward(x, h0, W_xh, W_hh, b_h)
    want = measured.gradient_norm_by_lag(measured.textbook_backward, x, h0, h, W_xh, W_hh, g)
    np.testing.assert_allclose(gradient_norm_by_lag(g, h, W_hh).mean(axis=1), want, rtol=1e-12)


@pytest.mark.parametrize("wrong", [1 + 1e-3, -1, 0, np.nan])
def test_gradient_check_says_yes_to_a_gradient_and_no_to_what_is_none(wrong):
    theta = np.random.default_rng(0).standard_normal((2, 3))
    assert gradient_check(lambda t: np.sin(t).sum(), np.cos, theta) is True
    assert gradient_check(lambda t: np.sin(t).sum(), lambda t: wrong * np.cos(t), theta) is False
