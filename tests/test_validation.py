"""What goes in wrong is refused in the notes' letters, by every cell, for NumPy arrays and for torch tensors."""

import importlib

import numpy as np
import pytest
import torch

from rnncourse.notation import GRUParams, LSTMParams, RNNParams
from rnncourse.numpy.gru import gru_backward, gru_forward, init_gru
from rnncourse.numpy.lstm import init_lstm, lstm_backward, lstm_forward
from rnncourse.numpy.rnn import init_rnn, rnn_backward, rnn_forward
from rnncourse.validation import check_backward, check_forward

T, B, D, H = 5, 2, 3, 4
X, H0 = np.ones((T, B, D)), np.ones((B, H))
RNN, LSTM, GRU = (init(D, H, np.random.default_rng(0)) for init in (init_rnn, init_lstm, init_gru))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: rnn_forward(X, H0, RNN._replace(W_hh=np.ones((4, 3)))), ValueError,
         "W_hh has shape (4, 3); expected (H, H) = (4, 4)"),
        (lambda: rnn_forward(X, H0, RNN._replace(W_xh=np.ones((3, 4)))), ValueError,
         "W_xh has shape (3, 4); expected (H, D) = (4, 3)"),
        (lambda: rnn_forward(X, H0, RNN._replace(b_h=np.ones((4, 1)))), ValueError,
         "b_h has shape (4, 1); expected (H,)"),
        (lambda: rnn_forward(X[0], H0, RNN), ValueError, "x has shape (2, 3); expected (T, B, D)"),
        (lambda: rnn_forward(X[:0], H0, RNN), ValueError, "x has shape (0, 2, 3); expected (T, B, D), each at least 1"),
        (lambda: rnn_forward(X.tolist(), H0, RNN), TypeError, "x is a list; expected an array of shape (T, B, D)"),
        (lambda: rnn_forward(X.astype(int), H0, RNN), TypeError, "x has dtype int64; expected a float dtype"),
        (lambda: rnn_forward(X, H0[:1], RNN), ValueError, "h0 has shape (1, 4); expected (B, H) = (2, 4)"),
        (lambda: rnn_forward(X, None, RNN), TypeError, "h0 is a NoneType; expected an array of shape (B, H)"),
        (lambda: rnn_forward(X, H0.astype(np.float32), RNN), TypeError,
         "h0 has dtype float32; expected float64, the dtype of x"),
        (lambda: rnn_forward(X, H0, tuple(RNN)), TypeError, "params is a tuple; expected RNNParams(W_xh, W_hh, b_h)"),
        (lambda: rnn_forward(X, H0, RNN, "sigmoid"), ValueError,
         "activation is 'sigmoid'; expected \"tanh\" or \"relu\""),
        (lambda: lstm_forward(X, (H0, H0), LSTM._replace(W_c=np.ones((4, 4)))), ValueError,
         "W_c has shape (4, 4); expected (H, H + D) = (4, 7)"),
        (lambda: lstm_forward(X, (H0, H0[:, :3]), LSTM), ValueError, "c0 has shape (2, 3); expected (B, H) = (2, 4)"),
        (lambda: lstm_forward(X, H0, LSTM), TypeError,
         "the state of an LSTM is a ndarray; expected the pair (h0, c0)"),
        (lambda: gru_forward(X, H0, GRU._replace(W_xn=np.ones((4, 4)))), ValueError,
         "W_xn has shape (4, 4); expected (H, D) = (4, 3)"),
        (lambda: gru_forward(X, H0, LSTM), TypeError, "params is a LSTMParams; expected GRUParams(W_r, W_u, W_xn"),
    ],
)  # fmt: skip
def test_forward_says_what_was_passed_and_what_was_wanted(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("forward", "backward", "state0", "params", "last"),
    [
        (rnn_forward, rnn_backward, H0, RNN, "dh_T"),
        (gru_forward, gru_backward, H0, GRU, "dh_T"),
        (lstm_forward, lstm_backward, (H0, H0), LSTM, "dc_T"),
    ],
)
def test_backward_says_what_was_passed_and_what_was_wanted(forward, backward, state0, params, last):
    h, _, cache = forward(X, state0, params)
    with pytest.raises(ValueError, match=r"dh has shape \(4, 2, 4\); expected \(T, B, H\) = \(5, 2, 4\)"):
        backward(h[1:], state0, cache)
    with pytest.raises(TypeError, match="dh has dtype float32; expected float64, the dtype of h"):
        backward(h.astype(np.float32), state0, cache)
    short = (H0, H0[:1]) if isinstance(state0, tuple) else H0[:1]
    with pytest.raises(ValueError, match=rf"{last} has shape \(1, 4\); expected \(B, H\) = \(2, 4\)"):
        backward(h, short, cache)


@pytest.mark.parametrize(
    ("forward", "backward", "n_states", "params"),
    [(rnn_forward, rnn_backward, 1, RNN), (gru_forward, gru_backward, 1, GRU), (lstm_forward, lstm_backward, 2, LSTM)],
)
def test_nan_is_traced_to_the_argument_that_brought_it(forward, backward, n_states, params):
    """One NaN, in one sample, at one step, in any argument in turn."""
    states = ["h", "c"][:n_states]
    for k in range(1 + n_states + len(params)):
        arrays = [X.copy(), *(H0.copy() for _ in states), *(theta.copy() for theta in params)]
        arrays[k].flat[1] = np.nan
        name = ["x", *(s + "0" for s in states), *params._fields][k]
        state0 = tuple(arrays[1 : 1 + n_states]) if n_states == 2 else arrays[1]
        with pytest.raises(ValueError, match=rf"^{name} has 1 NaN"):
            forward(arrays[0], state0, params._make(arrays[1 + n_states :]))
    h, _, cache = forward(X, (H0, H0) if n_states == 2 else H0, params)
    for k in range(1 + n_states):
        arrays = [h.copy(), *(H0.copy() for _ in states)]
        arrays[k].flat[1] = np.nan
        name = ["dh", *(f"d{s}_T" for s in states)][k]
        with pytest.raises(ValueError, match=rf"^{name} has 1 NaN"):
            backward(arrays[0], tuple(arrays[1:]) if n_states == 2 else arrays[1], cache)


def test_a_state_that_overflows_by_itself_is_no_bad_input():
    params = RNN._replace(W_hh=1e200 * np.eye(H))
    with np.errstate(over="ignore", invalid="ignore"):
        h, _, _ = rnn_forward(X, H0, params, "relu")
    assert not np.isfinite(h[-1]).all()


@pytest.mark.parametrize(("kind", "params"), [(RNNParams, RNN), (LSTMParams, LSTM), (GRUParams, GRU)])
def test_torch_tensors_are_read_the_same_way(kind, params):
    x, h0 = torch.tensor(X), torch.tensor(H0)
    state0 = (h0, h0) if kind is LSTMParams else h0
    params = params._make(torch.tensor(theta) for theta in params)
    check_forward(x, state0, params, kind)
    check_backward(torch.ones(T, B, H, dtype=x.dtype), state0, torch.ones(T, B, H, dtype=x.dtype), kind)
    last = kind._fields[-1]
    with pytest.raises(TypeError, match=f"{last} has dtype torch.float32; expected torch.float64, the dtype of x"):
        check_forward(x, state0, params._replace(**{last: params[-1].float()}), kind)
    with pytest.raises(ValueError, match=f"{last} is on device meta; expected cpu, the device of x"):
        check_forward(x, state0, params._replace(**{last: params[-1].to("meta")}), kind)
    with pytest.raises(TypeError, match=r"x has dtype torch\.int64; expected a float dtype"):
        check_forward(x.long(), state0, params, kind)


@pytest.mark.parametrize("form", ["reference", "numpy", "torch"])
def test_an_unknown_activation_is_refused_in_every_form(form):
    cell = importlib.import_module(f"rnncourse.{form}.rnn")
    x, h0, params = np.zeros((3, 2, 4)), np.zeros((2, 5)), RNNParams(np.ones((5, 4)), np.eye(5), np.zeros(5))
    if form == "torch":
        x, h0, params = torch.tensor(x), torch.tensor(h0), RNNParams(*map(torch.tensor, params))
    calls = (
        lambda phi: cell.rnn_step(x[0], h0, params, phi),
        lambda phi: cell.rnn_forward(x, h0, params, phi),
        lambda phi: cell.rnn_step_backward(h0, x[0], h0, h0, params, phi),
    )
    for call in calls:
        call("relu")
        for phi in ("Tanh", "sigmoid", None):
            with pytest.raises(ValueError, match=f"""activation is {phi!r}; expected "tanh" or "relu\""""):
                call(phi)
