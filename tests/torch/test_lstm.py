"""The torch LSTM by hand, against the NumPy reference; what autograd makes of it is in test_autograd.py."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
from torch.testing import assert_close  # noqa: E402

from rnncourse.notation import LSTMParams  # noqa: E402
from rnncourse.reference import lstm as reference  # noqa: E402
from rnncourse.torch.autograd import lstm  # noqa: E402
from rnncourse.torch.lstm import init_lstm, lstm_backward, lstm_forward, lstm_step, lstm_step_backward  # noqa: E402

NO_GPU = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device on this machine")
DEVICES = ["cpu", pytest.param("cuda", marks=[pytest.mark.cuda, NO_GPU])]
SHAPES = [(1, 1, 1, 1), (1, 3, 2, 4), (5, 1, 3, 2), (4, 2, 3, 3), (7, 3, 5, 4), (300, 2, 3, 5)]  # (T, B, D, H)
EXACT = {"rtol": 1e-12, "atol": 1e-13}
CLOSE = {"rtol": 1e-10, "atol": 1e-12}


def draw(shape=(7, 3, 5, 4), seed=0):
    """x, state0, params, dh, dstate_T as NumPy float64: nothing is zero, b_f least of all."""
    T, B, D, H = shape
    rng = np.random.default_rng(seed)
    params = reference.init_lstm(D, H, rng)
    params = LSTMParams(*params[:4], *(b + 0.3 * rng.standard_normal(H) for b in params[4:]))
    x, states = rng.standard_normal((T, B, D)), rng.standard_normal((4, B, H))
    return x, tuple(states[:2]), params, rng.standard_normal((T, B, H)), tuple(states[2:])


def tensors(arrays, device="cpu"):
    """The same nest of tuples with tensors in place of arrays."""
    if not isinstance(arrays, tuple):
        return torch.tensor(arrays, device=device)
    moved = [tensors(v, device) for v in arrays]
    return type(arrays)(*moved) if hasattr(arrays, "_fields") else tuple(moved)


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_equals_the_numpy_reference(shape, device):
    x, state0, params, dh, dstate_T = draw(shape)
    h, state_T, cache = reference.lstm_forward(x, state0, params)
    wanted = reference.lstm_backward(dh, dstate_T, cache)
    x, state0, params, dh, dstate_T = tensors((x, state0, params, dh, dstate_T), device)
    our_h, our_state_T, our_cache = lstm_forward(x, state0, params)
    assert_close((our_h, our_state_T), tensors((h, state_T), device), **EXACT)
    ours = lstm_backward(dh, dstate_T, our_cache)
    assert isinstance(ours[2], LSTMParams)
    assert_close(ours, tensors(wanted, device), **CLOSE)


def test_one_step_and_its_backward_equal_the_reference():
    x, state_prev, params, _, dstate_t = draw((1, 3, 5, 4))
    state_t = reference.lstm_step(x[0], state_prev, params)
    wanted = reference.lstm_step_backward(dstate_t, x[0], state_prev, state_t, params)
    x_t, state_prev, params, dstate_t = tensors((x[0], state_prev, params, dstate_t))
    our_state_t = lstm_step(x_t, state_prev, params)
    assert_close(our_state_t, tensors(state_t), **EXACT)
    assert_close(lstm_step_backward(dstate_t, x_t, state_prev, our_state_t, params), tensors(wanted), **EXACT)


def test_inputs_are_not_changed_and_the_cache_serves_twice():
    x, state0, params, dh, dstate_T = inputs = tensors(draw())
    kept = tensors(draw())
    _, state_T, cache = lstm_forward(x, state0, params)
    first = lstm_backward(dh, dstate_T, cache)
    for v in state_T:
        v.zero_()  # the last state is made of tensors of its own: changing them must not reach the cache
    assert_close(lstm_backward(dh, dstate_T, cache), first, rtol=0, atol=0)
    assert_close(inputs, kept, rtol=0, atol=0)


@pytest.mark.parametrize(
    ("name", "bad", "error", "message"),
    [
        ("W_i", lambda v: v[:, :6], ValueError, r"W_i has shape \(4, 6\); expected \(H, H \+ D\) = \(4, 9\)"),
        ("b_o", lambda v: v[:3], ValueError, r"W_f has shape \(4, 9\); expected \(H, H \+ D\) = \(3, 8\)"),
        ("x", lambda v: v[..., :2], ValueError, r"W_f has shape \(4, 9\); expected \(H, H \+ D\) = \(4, 6\)"),
        ("c0", lambda v: v[0], ValueError, r"c0 has shape \(4,\); expected \(B, H\)"),
        ("c0", lambda v: v.float(), TypeError, r"c0 has dtype torch.float32; expected torch.float64, the dtype of x"),
        ("c0", lambda v: v.where(v != v[1, 2], torch.nan), ValueError, r"c0 has 1 NaN in an array of shape \(3, 4\)"),
        ("b_c", lambda v: v * torch.nan, ValueError, r"b_c has 4 NaN in an array of shape \(4,\)"),
    ],
)
@pytest.mark.parametrize("function", [lstm, lstm_forward])
def test_bad_input_is_named(function, name, bad, error, message):
    x, (h0, c0), params, *_ = tensors(draw())
    values = {"x": x, "h0": h0, "c0": c0, **params._asdict()}
    values[name] = bad(values[name])
    params = LSTMParams(*(values[field] for field in LSTMParams._fields))
    with pytest.raises(error, match=message):
        function(values["x"], (values["h0"], values["c0"]), params)


@pytest.mark.parametrize("function", [lstm, lstm_forward])
def test_a_state_that_is_no_pair_is_named(function):
    x, state0, params, *_ = tensors(draw())
    with pytest.raises(TypeError, match=r"state0 is a Tensor; expected the pair \(h0, c0\)"):
        function(x, torch.stack(state0), params)
    with pytest.raises(TypeError, match=r"state0 is 1 values; expected the pair \(h0, c0\)"):
        function(x, state0[:1], params)


def test_bad_gradient_is_named():
    x, state0, params, dh, dstate_T = tensors(draw())
    _, _, cache = lstm_forward(x, state0, params)
    with pytest.raises(ValueError, match=r"dc_T has shape \(4,\); expected \(B, H\)"):
        lstm_backward(dh, (dstate_T[0], dstate_T[1][0]), cache)
    with pytest.raises(TypeError, match=r"dstate_T is a Tensor; expected the pair \(dh_T, dc_T\)"):
        lstm_backward(dh, dstate_T[0], cache)
    dstate_T[1][2, 3] = torch.nan
    with pytest.raises(ValueError, match=r"dc_T has 1 NaN in an array of shape \(3, 4\)"):
        lstm_backward(dh, dstate_T, cache)


def test_init_opens_the_forget_gate_and_repeats_with_the_seed():
    first, second = (init_lstm(5, 4, torch.Generator().manual_seed(7), torch.float32) for _ in range(2))
    assert_close(first, second, rtol=0, atol=0)
    assert [tuple(v.shape) for v in first] == [(4, 9)] * 4 + [(4,)] * 4
    assert {v.dtype for v in first} == {torch.float32}
    assert_close(first.W_c[:, :4] @ first.W_c[:, :4].T, torch.eye(4), rtol=0, atol=1e-6)
    assert first.b_f.tolist() == [1.0] * 4
    assert first.b_i.tolist() == first.b_c.tolist() == first.b_o.tolist() == [0.0] * 4
    assert init_lstm(5, 4, None, forget_bias=3.0).b_f.tolist() == [3.0] * 4
