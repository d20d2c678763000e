import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from rnncourse.notation import RNNParams
from rnncourse.reference.rnn import init_rnn, rnn_backward, rnn_forward, rnn_step, rnn_step_backward

PHI = {"tanh": torch.tanh, "relu": torch.relu}


@pytest.fixture(params=["tanh", "relu"])
def activation(request):
    return request.param


@pytest.fixture
def forward(activation):
    return lambda x, h0, params: rnn_forward(x, h0, params, activation)


def torch_step(activation):
    return lambda x_t, h, p: [PHI[activation](x_t @ p.W_xh.T + h @ p.W_hh.T + p.b_h)]


def torch_weights(p):
    return {"weight_ih_l0": p.W_xh, "weight_hh_l0": p.W_hh, "bias_ih_l0": p.b_h, "bias_hh_l0": 0 * p.b_h}


def random_case(cases, shape, seed=0):
    rng = np.random.default_rng(seed)
    return cases.make(init_rnn(shape[2], shape[3], rng), 1, shape, rng)


def test_one_number_by_hand():
    params = RNNParams(np.array([[2.0]]), np.array([[-1.0]]), np.array([0.5]))
    h_t = rnn_step(np.array([[0.25]]), np.array([[0.75]]), params)
    assert h_t == pytest.approx(np.tanh(2 * 0.25 - 0.75 + 0.5), rel=1e-15)


def test_backward_agrees_with_central_differences(cases, shape, forward):
    case = random_case(cases, shape)
    cases.assert_close(cases.hand(forward, rnn_backward, case), cases.numerical(forward, case), 1e-6)


def test_agrees_with_autograd_through_a_plain_loop(cases, shape, forward, activation):
    case = random_case(cases, shape)
    gradients, h = cases.autograd(torch_step(activation), case)
    cases.assert_close([forward(case.x, case.states[0], case.params)[0]], [h], 1e-12)
    cases.assert_close(cases.hand(forward, rnn_backward, case), gradients, 1e-10)


@pytest.mark.parametrize("long_shape", [(7, 4, 5, 6), (200, 2, 3, 8)], ids=str)
def test_agrees_with_torch_nn(cases, long_shape, forward, activation):
    case = random_case(cases, long_shape)
    module = torch.nn.RNN(long_shape[2], long_shape[3], nonlinearity=activation)
    h, gradients, packed = cases.module(module, torch_weights, case)
    cases.assert_close([forward(case.x, case.states[0], case.params)[0]], [h], 1e-10)
    dx, dh0, dparams = rnn_backward(case.dh, case.dstates[0], forward(case.x, case.states[0], case.params)[2])
    cases.assert_close([dx, dh0], gradients, 1e-10)
    want = [packed["weight_ih_l0"], packed["weight_hh_l0"], packed["bias_ih_l0"]]
    cases.assert_close(dparams, want, 1e-10)


@settings(max_examples=40, deadline=None)
@given(shape=st.tuples(*[st.integers(1, 6)] * 4), seed=st.integers(0, 2**32 - 1), size=st.sampled_from([1e-3, 1, 5]))
def test_any_shape_and_size_agrees_with_autograd(cases, shape, seed, size):
    case = random_case(cases, shape, seed)
    case.x *= size
    gradients, _ = cases.autograd(torch_step("tanh"), case)
    cases.assert_close(cases.hand(rnn_forward, rnn_backward, case), gradients, 1e-10)


def test_backward_is_the_step_backward_repeated(cases, shape, forward, activation):
    case = random_case(cases, shape)
    h, _, cache = forward(case.x, case.states[0], case.params)
    dx, dh0, dparams = rnn_backward(case.dh, case.dstates[0], cache)
    h_all, dh_next, total = [case.states[0], *h], case.dstates[0], [0, 0, 0]
    for t in reversed(range(len(h))):
        arguments = (case.dh[t] + dh_next, case.x[t], h_all[t], h_all[t + 1], case.params, activation)
        dx_t, dh_next, share = rnn_step_backward(*arguments)
        total = [a + b for a, b in zip(total, share, strict=True)]
        np.testing.assert_array_equal(dx_t, dx[t])
    cases.assert_close([dh_next, *total], [dh0, *dparams], 1e-14)


def test_initial_weights():
    params = init_rnn(200, 64, np.random.default_rng(0), np.float32)
    assert {theta.dtype for theta in params} == {np.dtype(np.float32)}
    np.testing.assert_allclose(params.W_hh @ params.W_hh.T, np.eye(64), atol=1e-5)
    assert params.W_xh.std() * np.sqrt(200) == pytest.approx(1, abs=0.02)
