"""The time loops of `_loops` for a CUDA device: a step is one product and one kernel of `_kernels`.

Such a device holds all steps in one block, so that `steps` always counts from the first to the last. Forwards, the
weights on h are copied once into the order in which they are read: cuBLAS multiplies float32 by their transpose up to
1.8 times as long (an RNN at B = 32, H = 128, on an H100).
"""

import functools

import torch
import triton.language as tl

from rnncourse.torch import _kernels, _loops

LANES = 128  # elements per program


def on_its_device(position):
    """Triton launches on the current device: make that the one of the tensor at this position."""

    def decorate(loop):
        @functools.wraps(loop)
        def wrapper(*args):
            with torch.cuda.device(args[position].device):
                return loop(*args)

        return wrapper

    return decorate


def launcher(kernel, h, *sizes):
    """A function of (tensors, t, ...) that launches a kernel with a lane for each element of a step of h, (T, B, H)."""
    size = h[0].numel()
    run, arithmetic = kernel[(-(-size // LANES),)], tl.float64 if h.dtype is torch.float64 else tl.float32
    return lambda tensors, t, *flags: run(*tensors, t, size, *sizes, *flags, arithmetic, LANES)


def rnn_steps(a, h_prev, W_hh_T, activation):
    """As in `_loops`, where a product and a tanh are two launches already."""
    return _loops.rnn_steps(a, h_prev, W_hh_T.contiguous(), activation)


@on_its_device(0)
def lstm_steps(gates, h_t, c_t, W_h_T, h, c, tanh_c):
    """As in `_loops`."""
    step, tensors = launcher(_kernels.lstm_step, h, h.shape[2]), (gates, c_t.contiguous(), c, tanh_c, h)
    W_h_T = W_h_T.contiguous()  # (H, 4H)
    for t, (row, h_out) in enumerate(zip(gates.flatten(2).unbind(0), h.unbind(0), strict=True)):
        row.addmm_(h_t, W_h_T)  # (B, 4H)
        step(tensors, t)
        h_t = h_out
    return h_t, c[-1]


@on_its_device(0)
def gru_steps(gates, h_t, W_h_T, h):
    """As in `_loops`."""
    H, W_h_T = h.shape[2], W_h_T.contiguous()  # (H, 3H)
    step, tensors = launcher(_kernels.gru_step, h, H), (gates, h_t.contiguous(), h)
    for t, (row, h_out) in enumerate(zip(gates.flatten(2)[..., : 3 * H].unbind(0), h.unbind(0), strict=True)):
        row.addmm_(h_t, W_h_T)  # (B, 3H)
        step(tensors, t)
        h_t = h_out
    return h_t


@on_its_device(3)
def rnn_deltas(steps, dh, dh_t, h, activation, W_hh, need_h0):
    """As in `_loops`."""
    delta, (dh, read) = torch.empty_like(h), _readable(dh, h)
    back, tensors = launcher(_kernels.rnn_back, h), (dh, dh_t, h, delta)
    for t, delta_t in _backwards(delta):
        back(tensors, t, read, activation == "tanh")
        if t > 0 or need_h0:
            torch.mm(delta_t, W_hh, out=dh_t)  # (B, H)
    return delta


@on_its_device(2)
def lstm_deltas(steps, dh, dh_t, dc_t, gates, states, W_h, delta, need_state):
    """As in `_loops`."""
    (c0, h, c, tanh_c), (dh, read) = states, _readable(dh, states[1])
    back, tensors = (
        launcher(_kernels.lstm_back, h, h.shape[2]),
        (dh, dh_t, dc_t, gates, c0.contiguous(), c, tanh_c, delta),
    )
    for t, delta_t in _backwards(delta.flatten(2)):
        back(tensors, t, read)
        if t > 0 or need_state:
            torch.mm(delta_t, W_h, out=dh_t)  # (B, H)


@on_its_device(2)
def gru_deltas(steps, dh, dh_t, gates, h0, h, W_h, delta, need_h0):
    """As in `_loops`."""
    dh, read = _readable(dh, h)
    back, tensors = launcher(_kernels.gru_back, h, h.shape[2]), (dh, dh_t, gates, h0.contiguous(), h, delta)
    for t, delta_h_t in _backwards(delta.flatten(2)[..., : 3 * h.shape[2]]):
        back(tensors, t, read)
        if t > 0 or need_h0:
            dh_t.addmm_(delta_h_t, W_h)  # (B, H)


def _readable(dh, h):
    """dh as a kernel reads it, and whether there is one; where there is none, another tensor in its place."""
    return (h, False) if dh is None else (dh.contiguous(), True)


def _backwards(delta):
    """(t, step t) from the last step to the first."""
    return reversed(list(enumerate(delta.unbind(0))))
