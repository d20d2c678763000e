import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from rnncourse.reference.gru import gru_backward, gru_forward, gru_step, gru_step_backward, init_gru


def torch_step(x_t, h, p):
    v, linear = torch.cat([h, x_t], dim=1), torch.nn.functional.linear
    r, u = torch.sigmoid(linear(v, p.W_r, p.b_r)), torch.sigmoid(linear(v, p.W_u, p.b_u))
    n = torch.tanh(linear(x_t, p.W_xn, p.b_xn) + r * linear(h, p.W_hn, p.b_hn))
    return [n + u * (h - n)]


def torch_weights(p):
    """torch stacks the gates r, u, n and keeps the columns of h and x apart."""
    H = len(p.b_r)
    W = np.concatenate([p.W_r, p.W_u])
    return {
        "weight_ih_l0": np.concatenate([W[:, H:], p.W_xn]),
        "weight_hh_l0": np.concatenate([W[:, :H], p.W_hn]),
        "bias_ih_l0": np.concatenate([p.b_r, p.b_u, p.b_xn]),
        "bias_hh_l0": np.concatenate([0 * p.b_r, 0 * p.b_u, p.b_hn]),
    }


def random_case(cases, shape, seed=0):
    rng = np.random.default_rng(seed)
    return cases.make(init_gru(shape[2], shape[3], rng), 1, shape, rng)


def test_gates_do_what_their_names_say():
    """With the biases far out: u = 1 keeps h, u = 0 takes the candidate; r = 0 hides h from the candidate."""
    params = init_gru(2, 3, np.random.default_rng(0))
    x_t, h_prev = np.random.default_rng(1).standard_normal((2, 4, 3))
    x_t = x_t[:, :2]
    ones = np.ones(3)
    keep = params._replace(b_u=50 * ones)
    np.testing.assert_allclose(gru_step(x_t, h_prev, keep), h_prev, rtol=1e-14)
    forget = params._replace(b_u=-50 * ones, b_r=-50 * ones)
    np.testing.assert_allclose(gru_step(x_t, h_prev, forget), np.tanh(x_t @ params.W_xn.T), rtol=1e-14)


def test_backward_agrees_with_central_differences(cases, shape):
    case = random_case(cases, shape)
    cases.assert_close(cases.hand(gru_forward, gru_backward, case), cases.numerical(gru_forward, case), 1e-6)


def test_agrees_with_autograd_through_a_plain_loop(cases, shape):
    case = random_case(cases, shape)
    gradients, h = cases.autograd(torch_step, case)
    cases.assert_close([gru_forward(case.x, case.states[0], case.params)[0]], [h], 1e-12)
    cases.assert_close(cases.hand(gru_forward, gru_backward, case), gradients, 1e-10)


@pytest.mark.parametrize("long_shape", [(7, 4, 5, 6), (200, 2, 3, 8)], ids=str)
def test_agrees_with_torch_nn(cases, long_shape):
    case = random_case(cases, long_shape)
    H = long_shape[3]
    h, gradients, packed = cases.module(torch.nn.GRU(long_shape[2], H), torch_weights, case)
    got, _, cache = gru_forward(case.x, case.states[0], case.params)
    cases.assert_close([got], [h], 1e-10)
    dx, dh0, dparams = gru_backward(case.dh, case.dstates[0], cache)
    cases.assert_close([dx, dh0], gradients, 1e-10)
    got = torch_weights(dparams)
    got["bias_hh_l0"][: 2 * H] = got["bias_ih_l0"][: 2 * H]  # torch has b_r and b_u twice
    cases.assert_close(got.values(), [packed[name] for name in got], 1e-10)


@settings(max_examples=40, deadline=None)
@given(shape=st.tuples(*[st.integers(1, 6)] * 4), seed=st.integers(0, 2**32 - 1), size=st.sampled_from([1e-3, 1, 5]))
def test_any_shape_and_size_agrees_with_autograd(cases, shape, seed, size):
    case = random_case(cases, shape, seed)
    case.x *= size
    gradients, _ = cases.autograd(torch_step, case)
    cases.assert_close(cases.hand(gru_forward, gru_backward, case), gradients, 1e-10)


def test_backward_is_the_step_backward_repeated(cases, shape):
    case = random_case(cases, shape)
    h, h_T, cache = gru_forward(case.x, case.states[0], case.params)
    np.testing.assert_array_equal(h_T, h[-1])
    dx, dh0, dparams = gru_backward(case.dh, case.dstates[0], cache)
    h_all, dh_next, total = [case.states[0], *h], case.dstates[0], [0] * 8
    for t in reversed(range(len(h))):
        dx_t, dh_next, share = gru_step_backward(case.dh[t] + dh_next, case.x[t], h_all[t], case.params)
        total = [a + b for a, b in zip(total, share, strict=True)]
        np.testing.assert_array_equal(dx_t, dx[t])
    cases.assert_close([dh_next, *total], [dh0, *dparams], 1e-14)


def test_initial_weights():
    params = init_gru(200, 64, np.random.default_rng(0), np.float32)
    assert {theta.dtype for theta in params} == {np.dtype(np.float32)}
    for W in (params.W_r[:, :64], params.W_u[:, :64], params.W_hn):
        np.testing.assert_allclose(W @ W.T, np.eye(64), atol=1e-5)
    for W in (params.W_r[:, 64:], params.W_u[:, 64:], params.W_xn):
        assert W.std() * np.sqrt(200) == pytest.approx(1, abs=0.02)
    assert not np.any(params[4:])
