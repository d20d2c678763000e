"""Put the hand-written backward passes behind torch's autograd: `rnn`, `lstm` and `gru` are differentiable.

First derivatives of every output with respect to x, the initial state and the parameters, each computed only if
something asks for it. A second derivative raises RuntimeError.
"""

import torch

from rnncourse.notation import GRUParams, LSTMParams, RNNParams
from rnncourse.torch.first_order import first_order_only
from rnncourse.torch.gru import bptt_gru, run_gru
from rnncourse.torch.lstm import bptt_lstm, run_lstm
from rnncourse.torch.rnn import bptt_rnn, run_rnn
from rnncourse.torch.validation import check_pair, check_reset
from rnncourse.validation import check_type


def rnn(x, h0, params, activation="tanh", reset=None):
    """Run a vanilla RNN over a whole sequence, differentiable through the hand-written `rnn_backward`.

    Parameters
    ----------
    x : tensor of shape (T, B, D)
    h0 : tensor of shape (B, H)
    params : RNNParams
    activation : {"tanh", "relu"}
    reset : bool tensor of shape (T, B), optional
        Where a new sequence begins: step t of that sample starts from a state of zeros.

    Returns
    -------
    h : tensor of shape (T, B, H)
    h_T : tensor of shape (B, H)

    Raises
    ------
    TypeError, ValueError
        As `rnn_forward`.
    """
    check_type(params, RNNParams)
    return _RNN.apply(activation, _keep(reset, x), x, h0, *params)


def lstm(x, state0, params, reset=None, return_c=False):
    """Run an LSTM over a whole sequence, differentiable through the hand-written `lstm_backward`.

    Parameters
    ----------
    x : tensor of shape (T, B, D)
    state0 : tuple of two tensors of shape (B, H)
    params : LSTMParams
    reset : bool tensor of shape (T, B), optional
        Where a new sequence begins: step t of that sample starts from a state of zeros.
    return_c : bool, optional
        Return every c^(t) too.

    Returns
    -------
    h : tensor of shape (T, B, H)
    state_T : tuple of two tensors of shape (B, H)
    c : tensor of shape (T, B, H)
        If `return_c`. No gradient goes back through it: the last one is in state_T, with its gradient.

    Raises
    ------
    TypeError, ValueError
        As `lstm_forward`.
    """
    check_pair("state0", state0, ("h0", "c0"))
    check_type(params, LSTMParams)
    h, h_T, c_T, c = _LSTM.apply(_keep(reset, x), x, *state0, *params)
    return (h, (h_T, c_T), c) if return_c else (h, (h_T, c_T))


def gru(x, h0, params, reset=None):
    """Run a GRU over a whole sequence, differentiable through the hand-written `gru_backward`.

    Parameters
    ----------
    x : tensor of shape (T, B, D)
    h0 : tensor of shape (B, H)
    params : GRUParams
    reset : bool tensor of shape (T, B), optional
        Where a new sequence begins: step t of that sample starts from a state of zeros.

    Returns
    -------
    h : tensor of shape (T, B, H)
    h_T : tensor of shape (B, H)

    Raises
    ------
    TypeError, ValueError
        As `gru_forward`.
    """
    check_type(params, GRUParams)
    return _GRU.apply(_keep(reset, x), x, h0, *params)


def _keep(reset, x):
    """Turn the places where a sequence begins into what the state before each step is multiplied by."""
    if reset is None:
        return None
    check_reset(reset, x)
    return reset.logical_not().to(x.dtype)


class _RNN(torch.autograd.Function):
    @staticmethod
    def forward(ctx, activation, keep, x, h0, *params):
        h, h_T, _ = run_rnn(x, h0, RNNParams(*params), activation, keep)
        ctx.set_materialize_grads(False)  # None for an output that nothing reads: no zeros to make and to add
        ctx.cell, ctx.activation, ctx.keep = "rnn", activation, keep
        ctx.save_for_backward(x, h0, h, *params)
        return h, h_T

    @staticmethod
    @first_order_only
    def backward(ctx, dh, dh_T):
        x, h0, h, *params = ctx.saved_tensors
        _, _, need_x, need_h0, *need_params = ctx.needs_input_grad
        cache = (x, h0, h, RNNParams(*params), ctx.activation)
        dx, dh0, dparams = bptt_rnn(dh, dh_T, cache, (need_x, need_h0, any(need_params)), ctx.keep)
        return None, None, dx, dh0, *(dparams or (None,) * 3)


class _LSTM(torch.autograd.Function):
    @staticmethod
    def forward(ctx, keep, x, h0, c0, *params):
        h, state_T, (*_, c, gates, tanh_c, _) = run_lstm(x, (h0, c0), LSTMParams(*params), keep)
        ctx.set_materialize_grads(False)
        ctx.mark_non_differentiable(c)
        ctx.cell, ctx.keep = "lstm", keep
        ctx.save_for_backward(x, h0, c0, h, c, tanh_c, *params, *gates)
        return h, *state_T, c

    @staticmethod
    @first_order_only
    def backward(ctx, dh, dh_T, dc_T, _grad):
        x, h0, c0, h, c, tanh_c, *rest = ctx.saved_tensors
        params, gates = rest[:8], rest[8:]
        _, need_x, need_h0, need_c0, *need_params = ctx.needs_input_grad
        cache = (x, (h0, c0), h, c, gates, tanh_c, LSTMParams(*params))
        needs = (need_x, need_h0 or need_c0, any(need_params))
        dx, dstate_0, dparams = bptt_lstm(dh, (dh_T, dc_T), cache, needs, ctx.keep)
        return None, dx, *dstate_0, *(dparams or (None,) * 8)


class _GRU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, keep, x, h0, *params):
        h, h_T, (*_, gates, _) = run_gru(x, h0, GRUParams(*params), keep)
        ctx.set_materialize_grads(False)
        ctx.cell, ctx.keep = "gru", keep
        ctx.save_for_backward(x, h0, h, *params, *gates)
        return h, h_T

    @staticmethod
    @first_order_only
    def backward(ctx, dh, dh_T):
        x, h0, h, *rest = ctx.saved_tensors
        params, gates = rest[:8], rest[8:]
        _, need_x, need_h0, *need_params = ctx.needs_input_grad
        cache = (x, h0, h, gates, GRUParams(*params))
        dx, dh0, dparams = bptt_gru(dh, dh_T, cache, (need_x, need_h0, any(need_params)), ctx.keep)
        return None, dx, dh0, *(dparams or (None,) * 8)
