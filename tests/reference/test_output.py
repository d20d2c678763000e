import numpy as np
import pytest
import torch
from torch.nn import functional as F

from rnncourse.gradcheck import numerical_gradient, relative_error
from rnncourse.reference.output import (
    init_output,
    mean_squared_error,
    output_layer,
    output_layer_backward,
    sigmoid,
    sigmoid_binary_cross_entropy,
    softmax,
    softmax_cross_entropy,
)
from rnncourse.reference.rnn import init_rnn, rnn_backward, rnn_forward

T, B, K, H = 5, 3, 4, 6
MASK = np.array([[1, 1, 1], [1, 1, 1], [1, 1, 0], [1, 0, 0], [1, 0, 0]])  # (T, B): three samples of different length


def targets(head, rng):
    if head is softmax_cross_entropy:
        return rng.integers(0, K, (T, B))
    if head is sigmoid_binary_cross_entropy:
        return rng.integers(0, 2, (T, B, K)).astype(float)
    return rng.standard_normal((T, B, K))


def torch_loss(head, z, y, mask):
    """The same loss from torch's own per-entry losses, summed and divided here."""
    y, mask = torch.tensor(y), torch.tensor(np.ones((T, B)) if mask is None else mask)
    if head is softmax_cross_entropy:
        entries = F.cross_entropy(z.permute(0, 2, 1), y, reduction="none")
    elif head is sigmoid_binary_cross_entropy:
        entries = F.binary_cross_entropy_with_logits(z, y, reduction="none").sum(-1)
    else:
        entries = F.mse_loss(z, y, reduction="none").mean(-1)
    return (entries * mask).sum() / B


@pytest.fixture(params=[softmax_cross_entropy, sigmoid_binary_cross_entropy, mean_squared_error])
def head(request):
    return request.param


@pytest.fixture(params=[None, MASK], ids=["all steps", "mask"])
def mask(request):
    return request.param


def test_loss_and_delta_y_agree_with_torch(head, mask):
    rng = np.random.default_rng(0)
    y, z = targets(head, rng), 3 * rng.standard_normal((T, B, K))
    loss, delta_y = head(z, y, mask)
    z_torch = torch.tensor(z, requires_grad=True)
    want = torch_loss(head, z_torch, y, mask)
    want.backward()
    assert isinstance(loss, float)
    assert loss == pytest.approx(want.item(), rel=1e-12)
    assert relative_error(delta_y, z_torch.grad.numpy()) <= 1e-12


def test_delta_y_agrees_with_central_differences(head, mask):
    rng = np.random.default_rng(1)
    y, z = targets(head, rng), rng.standard_normal((T, B, K))
    assert relative_error(head(z, y, mask)[1], numerical_gradient(lambda z: head(z, y, mask)[0], z)) <= 1e-6


def test_a_masked_step_has_no_say(head):
    rng = np.random.default_rng(2)
    y, z = targets(head, rng), rng.standard_normal((T, B, K))
    loss, delta_y = head(z, y, MASK)
    z[MASK == 0] = 100 * rng.standard_normal(((MASK == 0).sum(), K))
    assert head(z, y, MASK)[0] == loss
    assert not delta_y[MASK == 0].any()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_large_logits_stay_finite(dtype):
    z = np.array([[[1000.0, -1000.0, 0.0]]], dtype)
    with np.errstate(all="raise", under="ignore"):
        loss, delta_y = softmax_cross_entropy(z, np.array([[1]]))
        assert loss == pytest.approx(2000)
        np.testing.assert_allclose(delta_y, [[[1, -1, 0]]], atol=1e-12)
        loss, delta_y = sigmoid_binary_cross_entropy(z, np.array([[[0.0, 1.0, 0.5]]], dtype))
        assert loss == pytest.approx(2000 + np.log(2))
        np.testing.assert_allclose(delta_y, [[[1, -1, 0]]], atol=1e-12)
        np.testing.assert_array_equal(sigmoid(z), [[[1, 0, 0.5]]])
        np.testing.assert_array_equal(softmax(z), [[[1, 0, 0]]])
    assert delta_y.dtype == dtype


def test_sigmoid_is_the_logistic_function():
    a = np.linspace(-5, 5, 101)
    np.testing.assert_allclose(sigmoid(a), 1 / (1 + np.exp(-a)), rtol=1e-13)


def test_a_masked_sequence_through_the_whole_network(head):
    """RNN, output layer, loss with a mask: every gradient as autograd has it, and none into the padding of x."""
    rng = np.random.default_rng(3)
    rnn, out = init_rnn(2, H, rng), init_output(H, K, rng)
    x, h0, y = rng.standard_normal((T, B, 2)), rng.standard_normal((B, H)), targets(head, rng)
    h, _, cache = rnn_forward(x, h0, rnn)
    _, delta_y = head(output_layer(h, out), y, MASK)
    dh, d_out = output_layer_backward(delta_y, h, out)
    dx, dh0, d_rnn = rnn_backward(dh, np.zeros((B, H)), cache)
    assert not dx[MASK == 0].any()

    leaves = [torch.tensor(a, requires_grad=True) for a in (x, h0, *rnn, *out)]
    x_, h_t, W_xh, W_hh, b_h, W_hy, b_y = leaves
    z = []
    for x_t in x_.unbind(0):
        h_t = torch.tanh(F.linear(x_t, W_xh) + F.linear(h_t, W_hh, b_h))
        z.append(F.linear(h_t, W_hy, b_y))
    want = torch.autograd.grad(torch_loss(head, torch.stack(z), y, MASK), leaves)
    for got, grad in zip((dx, dh0, *d_rnn, *d_out), want, strict=True):
        assert relative_error(got, grad.numpy()) <= 1e-10
