"""The torch RNN by hand, against the NumPy reference; what autograd makes of it is in test_autograd.py."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
from torch.testing import assert_close  # noqa: E402

from rnncourse.notation import RNNParams  # noqa: E402
from rnncourse.reference import rnn as reference  # noqa: E402
from rnncourse.torch.autograd import rnn  # noqa: E402
from rnncourse.torch.rnn import init_rnn, rnn_backward, rnn_forward, rnn_step, rnn_step_backward  # noqa: E402

NO_GPU = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device on this machine")
DEVICES = ["cpu", pytest.param("cuda", marks=[pytest.mark.cuda, NO_GPU])]
SHAPES = [(1, 1, 1, 1), (1, 3, 2, 4), (5, 1, 3, 2), (4, 2, 3, 3), (7, 3, 5, 4), (300, 2, 3, 5)]  # (T, B, D, H)
EXACT = {"rtol": 1e-12, "atol": 1e-13}
CLOSE = {"rtol": 1e-10, "atol": 1e-12}

with_activations = pytest.mark.parametrize("activation", ["tanh", "relu"])


def draw(shape=(7, 3, 5, 4), seed=0):
    """x, h0, params, dh, dh_T as NumPy float64: biases, h0 and both gradients are nonzero."""
    T, B, D, H = shape
    rng = np.random.default_rng(seed)
    params = reference.init_rnn(D, H, rng)._replace(b_h=0.3 * rng.standard_normal(H))
    x, h0 = rng.standard_normal((T, B, D)), rng.standard_normal((B, H))
    return x, h0, params, rng.standard_normal((T, B, H)), rng.standard_normal((B, H))


def tensors(arrays, device="cpu"):
    """The same nest of tuples with tensors in place of arrays."""
    if not isinstance(arrays, tuple):
        return torch.tensor(arrays, device=device)
    moved = [tensors(v, device) for v in arrays]
    return type(arrays)(*moved) if hasattr(arrays, "_fields") else tuple(moved)


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
@with_activations
def test_equals_the_numpy_reference(shape, activation, device):
    x, h0, params, dh, dh_T = draw(shape)
    h, h_T, cache = reference.rnn_forward(x, h0, params, activation)
    wanted = reference.rnn_backward(dh, dh_T, cache)
    x, h0, params, dh, dh_T = tensors((x, h0, params, dh, dh_T), device)
    our_h, our_h_T, our_cache = rnn_forward(x, h0, params, activation)
    assert_close((our_h, our_h_T), tensors((h, h_T), device), **EXACT)
    ours = rnn_backward(dh, dh_T, our_cache)
    assert isinstance(ours[2], RNNParams)
    assert_close(ours, tensors(wanted, device), **CLOSE)


@with_activations
def test_one_step_and_its_backward_equal_the_reference(activation):
    x, h0, params, dh, _ = draw((1, 3, 5, 4))
    h_t = reference.rnn_step(x[0], h0, params, activation)
    wanted = reference.rnn_step_backward(dh[0], x[0], h0, h_t, params, activation)
    x_t, h_prev, params, dh_t = tensors((x[0], h0, params, dh[0]))
    our_h_t = rnn_step(x_t, h_prev, params, activation)
    assert_close(our_h_t, tensors(h_t), **EXACT)
    assert_close(rnn_step_backward(dh_t, x_t, h_prev, our_h_t, params, activation), tensors(wanted), **EXACT)


def test_inputs_are_not_changed_and_the_cache_serves_twice():
    inputs = tensors(draw())
    kept = [v.clone() for v in (*inputs[:2], *inputs[2], *inputs[3:])]
    x, h0, params, dh, dh_T = inputs
    _, h_T, cache = rnn_forward(x, h0, params)
    first = rnn_backward(dh, dh_T, cache)
    h_T.zero_()  # the last state is a tensor of its own: changing it must not reach the cache
    assert_close(rnn_backward(dh, dh_T, cache), first, rtol=0, atol=0)
    assert_close([x, h0, *params, dh, dh_T], kept, rtol=0, atol=0)


@pytest.mark.parametrize(
    ("name", "bad", "error", "message"),
    [
        ("W_hh", lambda v: v[:, :3], ValueError, r"W_hh has shape \(4, 3\); expected \(H, H\) = \(4, 4\)"),
        ("b_h", lambda v: v[None], ValueError, r"b_h has shape \(1, 4\); expected \(H,\)"),
        ("x", lambda v: v[0], ValueError, r"x has shape \(3, 5\); expected \(T, B, D\)"),
        ("x", lambda v: v[..., :2], ValueError, r"W_xh has shape \(4, 5\); expected \(H, D\) = \(4, 2\)"),
        ("x", lambda v: v[:0], ValueError, r"x has shape \(0, 3, 5\); expected \(T, B, D\), each at least 1"),
        ("h0", lambda v: v[:2], ValueError, r"h0 has shape \(2, 4\); expected \(B, H\) = \(3, 4\)"),
        ("h0", lambda v: v.float(), TypeError, r"h0 has dtype torch.float32; expected torch.float64, the dtype of x"),
        ("h0", lambda v: None, TypeError, r"h0 is a NoneType; expected a torch.Tensor"),
        ("x", lambda v: v.numpy(), TypeError, r"x is a numpy.ndarray; expected a torch.Tensor"),
        ("x", lambda v: v.long(), TypeError, r"x has dtype torch.int64; expected a float dtype"),
        ("x", lambda v: v.to("meta"), ValueError, r"W_xh is on device cpu; expected meta, the device of x"),
        (
            "x",
            lambda v: v.where(v != v[2, 1, 0], torch.nan),
            ValueError,
            r"x has 1 NaN in an array of shape \(7, 3, 5\)",
        ),
        (
            "W_hh",
            lambda v: v.where(v != v[3, 3], torch.nan),
            ValueError,
            r"W_hh has 1 NaN in an array of shape \(4, 4\)",
        ),
        ("activation", lambda v: "sigmoid", ValueError, r"""activation is 'sigmoid'; expected "tanh" or "relu\""""),
    ],
)
@pytest.mark.parametrize("function", [rnn, rnn_forward])
def test_bad_input_is_named(function, name, bad, error, message):
    x, h0, params, *_ = tensors(draw())
    values = {"x": x, "h0": h0, **params._asdict(), "activation": "tanh"}
    values[name] = bad(values[name])
    params = RNNParams(values["W_xh"], values["W_hh"], values["b_h"])
    with pytest.raises(error, match=message):
        function(values["x"], values["h0"], params, values["activation"])


@pytest.mark.parametrize("function", [rnn, rnn_forward])
def test_params_of_another_kind_are_named(function):
    x, h0, params, *_ = tensors(draw())
    with pytest.raises(TypeError, match=r"params is a tuple; expected RNNParams\(W_xh, W_hh, b_h\)"):
        function(x, h0, tuple(params))


def test_bad_gradient_is_named():
    x, h0, params, dh, dh_T = tensors(draw())
    _, _, cache = rnn_forward(x, h0, params)
    with pytest.raises(ValueError, match=r"dh has shape \(3, 4\); expected \(T, B, H\)"):
        rnn_backward(dh[0], dh_T, cache)
    dh[4, 1, 2] = torch.nan
    with pytest.raises(ValueError, match=r"dh has 1 NaN in an array of shape \(7, 3, 4\)"):
        rnn_backward(dh, dh_T, cache)


def test_init_draws_the_same_weights_from_the_same_seed():
    first, second = (init_rnn(5, 4, torch.Generator().manual_seed(7), torch.float32) for _ in range(2))
    assert_close(first, second, rtol=0, atol=0)
    assert [tuple(v.shape) for v in first] == [(4, 5), (4, 4), (4,)]
    assert {v.dtype for v in first} == {torch.float32}
    assert_close(first.W_hh @ first.W_hh.T, torch.eye(4), rtol=0, atol=1e-6)


@pytest.mark.cuda
@NO_GPU
def test_one_cpu_generator_draws_the_same_weights_for_every_device():
    here, there = (init_rnn(5, 4, torch.Generator().manual_seed(7), device=device) for device in ("cpu", "cuda"))
    assert {v.device.type for v in there} == {"cuda"}
    assert_close([v.cpu() for v in there], list(here), rtol=0, atol=0)
