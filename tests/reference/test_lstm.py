import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from rnncourse.reference.lstm import init_lstm, lstm_backward, lstm_forward, lstm_step, lstm_step_backward


def torch_step(x_t, h, c, p):
    v = torch.cat([h, x_t], dim=1)
    f, i, o = (
        torch.sigmoid(torch.nn.functional.linear(v, W, b)) for W, b in ((p.W_f, p.b_f), (p.W_i, p.b_i), (p.W_o, p.b_o))
    )
    c = f * c + i * torch.tanh(torch.nn.functional.linear(v, p.W_c, p.b_c))
    return [o * torch.tanh(c), c]


def torch_weights(p):
    """torch stacks the gates i, f, c, o and keeps the columns of h and x apart."""
    H = len(p.b_f)
    W = np.concatenate([p.W_i, p.W_f, p.W_c, p.W_o])
    b = np.concatenate([p.b_i, p.b_f, p.b_c, p.b_o])
    return {"weight_ih_l0": W[:, H:], "weight_hh_l0": W[:, :H], "bias_ih_l0": b, "bias_hh_l0": 0 * b}


def random_case(cases, shape, seed=0):
    rng = np.random.default_rng(seed)
    return cases.make(init_lstm(shape[2], shape[3], rng), 2, shape, rng)


def test_gates_do_what_their_names_say():
    """With the biases far out: f = 1 keeps c, f = 0 drops it; i lets the candidate in; o lets c out."""
    params = init_lstm(2, 3, np.random.default_rng(0))
    x_t, h_prev, c_prev = np.random.default_rng(1).standard_normal((3, 4, 3))
    x_t = x_t[:, :2]
    ones = np.ones(3)
    keep = params._replace(b_f=50 * ones, b_i=-50 * ones, b_o=50 * ones)
    h_t, c_t = lstm_step(x_t, (h_prev, c_prev), keep)
    np.testing.assert_allclose(c_t, c_prev, rtol=1e-14)
    np.testing.assert_allclose(h_t, np.tanh(c_prev), rtol=1e-14)
    write = params._replace(b_f=-50 * ones, b_i=50 * ones, b_o=-50 * ones)
    h_t, c_t = lstm_step(x_t, (h_prev, c_prev), write)
    candidate = np.tanh(h_prev @ params.W_c[:, :3].T + x_t @ params.W_c[:, 3:].T)
    np.testing.assert_allclose(c_t, candidate, rtol=1e-14)
    np.testing.assert_allclose(h_t, 0, atol=1e-14)


def test_backward_agrees_with_central_differences(cases, shape):
    case = random_case(cases, shape)
    cases.assert_close(cases.hand(lstm_forward, lstm_backward, case), cases.numerical(lstm_forward, case), 1e-6)


def test_agrees_with_autograd_through_a_plain_loop(cases, shape):
    case = random_case(cases, shape)
    gradients, h = cases.autograd(torch_step, case)
    cases.assert_close([lstm_forward(case.x, tuple(case.states), case.params)[0]], [h], 1e-12)
    cases.assert_close(cases.hand(lstm_forward, lstm_backward, case), gradients, 1e-10)


@pytest.mark.parametrize("long_shape", [(7, 4, 5, 6), (200, 2, 3, 8)], ids=str)
def test_agrees_with_torch_nn(cases, long_shape):
    case = random_case(cases, long_shape)
    H = long_shape[3]
    h, gradients, packed = cases.module(torch.nn.LSTM(long_shape[2], H), torch_weights, case)
    got, _, cache = lstm_forward(case.x, tuple(case.states), case.params)
    cases.assert_close([got], [h], 1e-10)
    dx, dstate_0, dparams = lstm_backward(case.dh, tuple(case.dstates), cache)
    cases.assert_close([dx, *dstate_0], gradients, 1e-10)
    got = torch_weights(dparams)
    cases.assert_close([got[name] for name in list(got)[:3]], [packed[name] for name in list(got)[:3]], 1e-10)


@settings(max_examples=40, deadline=None)
@given(shape=st.tuples(*[st.integers(1, 6)] * 4), seed=st.integers(0, 2**32 - 1), size=st.sampled_from([1e-3, 1, 5]))
def test_any_shape_and_size_agrees_with_autograd(cases, shape, seed, size):
    case = random_case(cases, shape, seed)
    case.x *= size
    gradients, _ = cases.autograd(torch_step, case)
    cases.assert_close(cases.hand(lstm_forward, lstm_backward, case), gradients, 1e-10)


def test_backward_is_the_step_backward_repeated(cases, shape):
    case = random_case(cases, shape)
    state, states = tuple(case.states), [tuple(case.states)]
    for x_t in case.x:
        state = lstm_step(x_t, state, case.params)
        states.append(state)
    h, state_T, cache = lstm_forward(case.x, tuple(case.states), case.params)
    np.testing.assert_array_equal(h, [h_t for h_t, _ in states[1:]])
    np.testing.assert_array_equal(state_T, states[-1])
    dx, dstate_0, dparams = lstm_backward(case.dh, tuple(case.dstates), cache)
    (dh_next, dc_next), total = case.dstates, [0] * 8
    for t in reversed(range(len(h))):
        dstate_t = (case.dh[t] + dh_next, dc_next)
        dx_t, (dh_next, dc_next), share = lstm_step_backward(dstate_t, case.x[t], *states[t : t + 2], case.params)
        total = [a + b for a, b in zip(total, share, strict=True)]
        np.testing.assert_array_equal(dx_t, dx[t])
    cases.assert_close([dh_next, dc_next, *total], [*dstate_0, *dparams], 1e-14)


def test_initial_weights():
    params = init_lstm(200, 64, np.random.default_rng(0), np.float32)
    assert {theta.dtype for theta in params} == {np.dtype(np.float32)}
    for W in params[:4]:
        np.testing.assert_allclose(W[:, :64] @ W[:, :64].T, np.eye(64), atol=1e-5)
        assert W[:, 64:].std() * np.sqrt(200) == pytest.approx(1, abs=0.02)
    assert [set(b) for b in params[4:]] == [{1}, {0}, {0}, {0}]
    assert set(init_lstm(2, 3, np.random.default_rng(0), forget_bias=-2.0).b_f) == {-2}
