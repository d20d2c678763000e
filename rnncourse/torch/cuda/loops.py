"""Loop over time on a CUDA device: a step is one product and one kernel of `rnncourse.torch.cuda.kernels`.

The functions are those of `rnncourse.torch.cpu.loops`, with the same arguments. Forwards, the weights on h are copied
once into the order in which they are read: cuBLAS multiplies float32 by their transpose up to 1.8 times as long (an RNN
at B = 32, H = 128, on an H100). Where a sequence begins anew in the middle, the loops are those of the CPU.
"""

import functools

import torch
import triton.language as tl

from rnncourse.torch.cpu import loops as cpu_loops
from rnncourse.torch.cuda import kernels

LANES = 128
"""Elements per program."""


def on_its_device(position):
    """Make the device of the tensor at this position the current one, on which Triton launches."""

    def decorate(loop):
        @functools.wraps(loop)
        def wrapper(*args):
            with torch.cuda.device(args[position].device):
                return loop(*args)

        return wrapper

    return decorate


def launcher(kernel, h, *sizes):
    """Make a function of (tensors, t, ...) that launches a kernel with a lane for each element of a step of h."""
    size = h[0].numel()
    run, arithmetic = kernel[(-(-size // LANES),)], tl.float64 if h.dtype is torch.float64 else tl.float32
    return lambda tensors, t, *flags: run(*tensors, t, size, *sizes, *flags, arithmetic, LANES)


def rnn_steps(a, h_prev, W_hh_T, activation, keep=None):
    """Finish n steps of an RNN as on a CPU, where a product and a tanh are two launches already."""
    return cpu_loops.rnn_steps(a, h_prev, W_hh_T.contiguous(), activation, keep)


@on_its_device(0)
def lstm_steps(gates, h_t, c_t, W_h_T, h, c, tanh_c, keep=None):
    """Finish n steps of an LSTM: `gates` holds the inputs' share. Return the last state."""
    if keep is not None:
        return cpu_loops.lstm_steps(gates, h_t, c_t, W_h_T, h, c, tanh_c, keep)
    step, tensors = launcher(kernels.lstm_step, h, h.shape[2]), (gates, c_t.contiguous(), c, tanh_c, h)
    W_h_T = W_h_T.contiguous()  # (H, 4H)
    for t, (row, h_out) in enumerate(zip(gates.flatten(2).unbind(0), h.unbind(0), strict=True)):
        row.addmm_(h_t, W_h_T)  # (B, 4H)
        step(tensors, t)
        h_t = h_out
    return h_t, c[-1]


@on_its_device(0)
def gru_steps(gates, h_t, W_h_T, h, keep=None):
    """Finish n steps of a GRU: `gates` holds the inputs' share and b_hn. Return the last state."""
    if keep is not None:
        return cpu_loops.gru_steps(gates, h_t, W_h_T, h, keep)
    H, W_h_T = h.shape[2], W_h_T.contiguous()  # (H, 3H)
    step, tensors = launcher(kernels.gru_step, h, H), (gates, h_t.contiguous(), h)
    for t, (row, h_out) in enumerate(zip(gates.flatten(2)[..., : 3 * H].unbind(0), h.unbind(0), strict=True)):
        row.addmm_(h_t, W_h_T)  # (B, 3H)
        step(tensors, t)
        h_t = h_out
    return h_t


@on_its_device(1)
def rnn_deltas(dh, dh_t, h, activation, W_hh, need_prev, keep=None):
    """Compute the deltas of n steps of an RNN, from the last to the first."""
    if keep is not None:
        return cpu_loops.rnn_deltas(dh, dh_t, h, activation, W_hh, need_prev, keep)
    delta, (dh, read) = torch.empty_like(h), _readable(dh, h)
    back, tensors = launcher(kernels.rnn_back, h), (dh, dh_t, h, delta)
    for t, delta_t in _backwards(delta):
        back(tensors, t, read, activation == "tanh")
        if t > 0 or need_prev:
            torch.mm(delta_t, W_hh, out=dh_t)  # (B, H)
    return delta


@on_its_device(1)
def lstm_deltas(dh, dh_t, dc_t, gates, states, W_h, delta, need_prev, keep=None):
    """Write the four deltas of n steps of an LSTM into delta, (n, B, 4, H), from the last step to the first."""
    if keep is not None:
        return cpu_loops.lstm_deltas(dh, dh_t, dc_t, gates, states, W_h, delta, need_prev, keep)
    (c_prev, h, c, tanh_c), (dh, read) = states, _readable(dh, states[1])
    back, tensors = (
        launcher(kernels.lstm_back, h, h.shape[2]),
        (dh, dh_t, dc_t, gates, c_prev.contiguous(), c, tanh_c, delta),
    )
    for t, delta_t in _backwards(delta.flatten(2)):
        back(tensors, t, read)
        if t > 0 or need_prev:
            torch.mm(delta_t, W_h, out=dh_t)  # (B, H)


@on_its_device(1)
def gru_deltas(dh, dh_t, gates, states, W_h, delta, need_prev, keep=None):
    """Write the four deltas of n steps of a GRU into delta, (n, B, 4, H), from the last step to the first."""
    if keep is not None:
        return cpu_loops.gru_deltas(dh, dh_t, gates, states, W_h, delta, need_prev, keep)
    (h_prev, h), (dh, read) = states, _readable(dh, states[1])
    back, tensors = launcher(kernels.gru_back, h, h.shape[2]), (dh, dh_t, gates, h_prev.contiguous(), h, delta)
    for t, delta_h_t in _backwards(delta.flatten(2)[..., : 3 * h.shape[2]]):
        back(tensors, t, read)
        if t > 0 or need_prev:
            dh_t.addmm_(delta_h_t, W_h)  # (B, H)


def _readable(dh, h):
    """Give dh as a kernel reads it, and whether there is one; where there is none, another tensor in its place."""
    return (h, False) if dh is None else (dh.contiguous(), True)


def _backwards(delta):
    """Pair (t, step t) from the last step to the first."""
    return reversed(list(enumerate(delta.unbind(0))))
