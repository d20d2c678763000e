"""The torch GRU by hand, against the NumPy reference; what autograd makes of it is in test_autograd.py."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
from torch.testing import assert_close  # noqa: E402

from rnncourse.notation import GRUParams  # noqa: E402
from rnncourse.reference import gru as reference  # noqa: E402
from rnncourse.torch.autograd import gru  # noqa: E402
from rnncourse.torch.gru import gru_backward, gru_forward, gru_step, gru_step_backward, init_gru  # noqa: E402

NO_GPU = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device on this machine")
DEVICES = ["cpu", pytest.param("cuda", marks=[pytest.mark.cuda, NO_GPU])]
SHAPES = [(1, 1, 1, 1), (1, 3, 2, 4), (5, 1, 3, 2), (4, 2, 3, 3), (7, 3, 5, 4), (300, 2, 3, 5)]  # (T, B, D, H)
EXACT = {"rtol": 1e-12, "atol": 1e-13}
CLOSE = {"rtol": 1e-10, "atol": 1e-12}


def draw(shape=(7, 3, 5, 4), seed=0):
    """x, h0, params, dh, dh_T as NumPy float64: nothing is zero."""
    T, B, D, H = shape
    rng = np.random.default_rng(seed)
    params = reference.init_gru(D, H, rng)
    params = GRUParams(*params[:4], *(0.3 * rng.standard_normal((4, H))))
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
def test_equals_the_numpy_reference(shape, device):
    x, h0, params, dh, dh_T = draw(shape)
    h, h_T, cache = reference.gru_forward(x, h0, params)
    wanted = reference.gru_backward(dh, dh_T, cache)
    x, h0, params, dh, dh_T = tensors((x, h0, params, dh, dh_T), device)
    our_h, our_h_T, our_cache = gru_forward(x, h0, params)
    assert_close((our_h, our_h_T), tensors((h, h_T), device), **EXACT)
    ours = gru_backward(dh, dh_T, our_cache)
    assert isinstance(ours[2], GRUParams)
    assert_close(ours, tensors(wanted, device), **CLOSE)


def test_one_step_and_its_backward_equal_the_reference():
    x, h0, params, dh, _ = draw((1, 3, 5, 4))
    h_t = reference.gru_step(x[0], h0, params)
    wanted = reference.gru_step_backward(dh[0], x[0], h0, params)
    x_t, h_prev, params, dh_t = tensors((x[0], h0, params, dh[0]))
    assert_close(gru_step(x_t, h_prev, params), tensors(h_t), **EXACT)
    assert_close(gru_step_backward(dh_t, x_t, h_prev, params), tensors(wanted), **EXACT)


def test_inputs_are_not_changed_and_the_cache_serves_twice():
    x, h0, params, dh, dh_T = inputs = tensors(draw())
    kept = tensors(draw())
    _, h_T, cache = gru_forward(x, h0, params)
    first = gru_backward(dh, dh_T, cache)
    h_T.zero_()  # the last state is a tensor of its own: changing it must not reach the cache
    assert_close(gru_backward(dh, dh_T, cache), first, rtol=0, atol=0)
    assert_close(inputs, kept, rtol=0, atol=0)


@pytest.mark.parametrize(
    ("name", "bad", "error", "message"),
    [
        ("W_u", lambda v: v[:3], ValueError, r"W_u has shape \(3, 9\); expected \(H, H \+ D\) = \(4, 9\)"),
        ("W_xn", lambda v: v.T, ValueError, r"W_xn has shape \(5, 4\); expected \(H, D\) = \(4, 5\)"),
        ("W_hn", lambda v: v[:, :3], ValueError, r"W_hn has shape \(4, 3\); expected \(H, H\) = \(4, 4\)"),
        ("h0", lambda v: v[:2], ValueError, r"h0 has shape \(2, 4\); expected \(B, H\) = \(3, 4\)"),
        (
            "b_hn",
            lambda v: v.float(),
            TypeError,
            r"b_hn has dtype torch.float32; expected torch.float64, the dtype of x",
        ),
        ("b_hn", lambda v: v * torch.nan, ValueError, r"b_hn has 4 NaN in an array of shape \(4,\)"),
    ],
)
@pytest.mark.parametrize("function", [gru, gru_forward])
def test_bad_input_is_named(function, name, bad, error, message):
    x, h0, params, *_ = tensors(draw())
    values = {"x": x, "h0": h0, **params._asdict()}
    values[name] = bad(values[name])
    params = GRUParams(*(values[field] for field in GRUParams._fields))
    with pytest.raises(error, match=message):
        function(values["x"], values["h0"], params)


def test_bad_gradient_is_named():
    x, h0, params, dh, dh_T = tensors(draw())
    _, _, cache = gru_forward(x, h0, params)
    with pytest.raises(ValueError, match=r"dh_T has shape \(4,\); expected \(B, H\)"):
        gru_backward(dh, dh_T[0], cache)


def test_init_draws_the_same_weights_from_the_same_seed():
    first, second = (init_gru(5, 4, torch.Generator().manual_seed(7), torch.float32) for _ in range(2))
    assert_close(first, second, rtol=0, atol=0)
    assert [tuple(v.shape) for v in first] == [(4, 9), (4, 9), (4, 5), (4, 4)] + [(4,)] * 4
    assert {v.dtype for v in first} == {torch.float32}
    assert_close(first.W_hn @ first.W_hn.T, torch.eye(4), rtol=0, atol=1e-6)
    assert all(not b.any() for b in first[4:])
