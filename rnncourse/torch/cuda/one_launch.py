"""Loop over time on a CUDA device inside of a kernel: a whole sequence is one launch, forwards and backwards.

`ON_CHIP` and `IN_TILES` have the functions of `rnncourse.torch.cpu.loops` with the same arguments; they differ in where
W_hh stays, which `rnncourse.torch.cuda.rule` explains.
"""

import contextlib

import torch

from rnncourse.torch.cuda import (
    one_launch_gru,
    one_launch_lstm,
    one_launch_rnn,
    rule,
    tiled_gru,
    tiled_lstm,
    tiled_rnn,
)


class OneLaunch:
    """The time loops of three cells.

    Parameters
    ----------
    name : str
        What `rule.choose` calls it.
    rnn, lstm, gru : modules
        Each with a kernel `..._forward` and a kernel `..._backward`.
    width : function of H
        Columns of the state that a program works on at once.
    """

    def __init__(self, name, rnn, lstm, gru, width):
        self.__name__, self._width = name, width
        self._rnn, self._lstm, self._gru = rnn, lstm, gru

    def rnn_steps(self, a, h_prev, W_hh_T, activation, keep=None):
        """Finish n steps of an RNN: a (n, B, H) holds the inputs' share and becomes h. Return the last state."""
        tensors = (h_prev.contiguous(), W_hh_T.contiguous(), _or(keep, a), a)
        self._launch(self._rnn.rnn_forward, a, tensors, activation == "tanh", keep is not None)
        return a[-1]

    def lstm_steps(self, gates, h_t, c_t, W_h_T, h, c, tanh_c, keep=None):
        """Finish n steps of an LSTM: `gates` holds the inputs' share. Return the last state."""
        tensors = (gates, h_t.contiguous(), c_t.contiguous(), _by_gate(W_h_T), _or(keep, h), h, c, tanh_c)
        self._launch(self._lstm.lstm_forward, h, tensors, keep is not None)
        return h[-1], c[-1]

    def gru_steps(self, gates, h_t, W_h_T, h, keep=None):
        """Finish n steps of a GRU: `gates` holds the inputs' share and b_hn. Return the last state."""
        tensors = (gates, h_t.contiguous(), _by_gate(W_h_T), _or(keep, h), h)
        self._launch(self._gru.gru_forward, h, tensors, keep is not None)
        return h[-1]

    def rnn_deltas(self, dh, dh_t, h, activation, W_hh, need_prev, keep=None):
        """Compute the deltas of n steps of an RNN, from the last to the first."""
        delta, sums = torch.empty_like(h), dh_t.float()
        tensors = (_or(dh, h), sums, h, W_hh.contiguous(), _or(keep, h), delta)
        self._launch(self._rnn.rnn_backward, h, tensors, dh is not None, activation == "tanh", keep is not None)
        _hand_back(sums, dh_t, need_prev)
        return delta

    def lstm_deltas(self, dh, dh_t, dc_t, gates, states, W_h, delta, need_prev, keep=None):
        """Write the four deltas of n steps of an LSTM into delta, (n, B, 4, H), from the last step to the first."""
        (c_prev, h, c, tanh_c), sums, c_sums = states, dh_t.float(), dc_t.float()
        fixed = (gates, c_prev.contiguous(), c, tanh_c, W_h.contiguous(), _or(keep, h))
        tensors = (_or(dh, h), sums, c_sums, *fixed, delta)
        self._launch(self._lstm.lstm_backward, h, tensors, dh is not None, keep is not None)
        _hand_back(sums, dh_t, need_prev)
        _hand_back(c_sums, dc_t, need_prev)

    def gru_deltas(self, dh, dh_t, gates, states, W_h, delta, need_prev, keep=None):
        """Write the four deltas of n steps of a GRU into delta, (n, B, 4, H), from the last step to the first."""
        (h_prev, h), sums = states, dh_t.float()
        tensors = (_or(dh, h), sums, gates, h_prev.contiguous(), h, W_h.contiguous(), _or(keep, h), delta)
        self._launch(self._gru.gru_backward, h, tensors, dh is not None, keep is not None)
        _hand_back(sums, dh_t, need_prev)

    def _launch(self, kernel, h, tensors, *flags):
        """Start a program for each `rule.ROWS` samples of h, on its device."""
        if h.dtype not in rule.SHORT:
            raise TypeError(f"h is {h.dtype}; one launch computes in float32, so it takes float32, float16 or bfloat16")
        (T, B, H), width = h.shape, self._width(h.shape[2])
        with torch.cuda.device(h.device) if h.is_cuda else contextlib.nullcontext():
            kernel[(-(-B // rule.ROWS),)](*tensors, T, B, H, *flags, rule.ROWS, width, num_warps=8 if width > 32 else 4)


def _or(tensor, other):
    """Give a tensor as a kernel reads it; where there is none, another in its place, which the kernel leaves alone."""
    return other if tensor is None else tensor.contiguous()


def _by_gate(W_h_T):
    """Lay out W^T (H, n H) of n gates as n matrices (H, H), one after the other."""
    H = len(W_h_T)
    return W_h_T.reshape(H, -1, H).transpose(0, 1).contiguous()


def _hand_back(sums, gradient, needed):
    """Copy a gradient that was summed in float32 into its own tensor, if it is needed and that is another tensor."""
    if needed and sums is not gradient:
        gradient.copy_(sums)


ON_CHIP = OneLaunch(rule.ON_CHIP, one_launch_rnn, one_launch_lstm, one_launch_gru, rule.width)
IN_TILES = OneLaunch(rule.IN_TILES, tiled_rnn, tiled_lstm, tiled_gru, lambda H: min(rule.TILE, rule.width(H)))
