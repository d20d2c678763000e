"""Compute what is elementwise in a time step in one launch (Triton): a launch costs much, and a step is little work.

Element k of a state (B, H) is one lane's work. The gates of a step lie in a block (B, 4, H); the kernels are given the
tensors of all steps and t, so that a launch costs Python no slicing. F is the dtype of the arithmetic: float32 also for
shorter ones. Everything is contiguous.
"""

import triton
import triton.language as tl
from triton.language.extra.libdevice import tanh


@triton.jit
def _lanes(size, BLOCK: tl.constexpr):
    """Number the elements of this program, and tell which of them exist."""
    k = tl.program_id(0) * BLOCK + tl.arange(0, BLOCK)
    return k, k < size


@triton.jit
def _state_before(state0, states, t, size, k, inside, F: tl.constexpr):
    """Load a state one step before t, which is state0 for the first."""
    if t == 0:
        state = tl.load(state0 + k, inside).to(F)
    else:
        state = tl.load(states + (t - 1).to(tl.int64) * size + k, inside).to(F)
    return state


@triton.jit
def _gradient_of_h(dh, dh_out, t, size, k, inside, READ: tl.constexpr, F: tl.constexpr):
    """Load dL/dh^(t): what comes from step t+1 and, if anything reads it, from its own output."""
    d = tl.load(dh + k, inside).to(F)
    if READ:
        d += tl.load(dh_out + t.to(tl.int64) * size + k, inside).to(F)
    return d


@triton.jit(do_not_specialize=["t"])
def rnn_back(
    dh_out, dh, h, delta, t, size, READ: tl.constexpr, TANH: tl.constexpr, F: tl.constexpr, BLOCK: tl.constexpr
):
    """Compute delta_h = dL/dh * phi'(a)."""
    k, inside = _lanes(size, BLOCK)
    now = t.to(tl.int64) * size + k
    h_t = tl.load(h + now, inside).to(F)
    d = _gradient_of_h(dh, dh_out, t, size, k, inside, READ, F)
    if TANH:
        d *= 1 - h_t * h_t
    else:
        d = tl.where(h_t > 0, d, 0)
    tl.store(delta + now, d, inside)


@triton.jit(do_not_specialize=["t"])
def lstm_step(gates, c0, c, tanh_c, h, t, size, H, F: tl.constexpr, BLOCK: tl.constexpr):
    """Turn pre-activations into gates, in their places, and compute c and h from them."""
    k, inside = _lanes(size, BLOCK)
    now = t.to(tl.int64) * size + k
    at = gates + t.to(tl.int64) * 4 * size + k + (k // H) * 3 * H
    o = tl.sigmoid(tl.load(at, inside).to(F))
    f = tl.sigmoid(tl.load(at + H, inside).to(F))
    i = tl.sigmoid(tl.load(at + 2 * H, inside).to(F))
    c_tilde = tanh(tl.load(at + 3 * H, inside).to(F))
    c_t = f * _state_before(c0, c, t, size, k, inside, F) + i * c_tilde
    tanh_c_t = tanh(c_t)
    tl.store(at, o, inside)
    tl.store(at + H, f, inside)
    tl.store(at + 2 * H, i, inside)
    tl.store(at + 3 * H, c_tilde, inside)
    tl.store(c + now, c_t, inside)
    tl.store(tanh_c + now, tanh_c_t, inside)
    tl.store(h + now, o * tanh_c_t, inside)


@triton.jit(do_not_specialize=["t"])
def lstm_back(
    dh_out, dh, dc, gates, c0, c, tanh_c, delta, t, size, H, READ: tl.constexpr, F: tl.constexpr, BLOCK: tl.constexpr
):
    """Compute the four deltas of a step from dL/dh and dL/dc; dc becomes that of the step before."""
    k, inside = _lanes(size, BLOCK)
    where = t.to(tl.int64) * 4 * size + k + (k // H) * 3 * H
    o, f = tl.load(gates + where, inside).to(F), tl.load(gates + where + H, inside).to(F)
    i, c_tilde = tl.load(gates + where + 2 * H, inside).to(F), tl.load(gates + where + 3 * H, inside).to(F)
    tanh_c_t = tl.load(tanh_c + t.to(tl.int64) * size + k, inside).to(F)
    dh_t = _gradient_of_h(dh, dh_out, t, size, k, inside, READ, F)
    dc_t = tl.load(dc + k, inside).to(F) + dh_t * o * (1 - tanh_c_t * tanh_c_t)
    tl.store(delta + where, dh_t * tanh_c_t * o * (1 - o), inside)
    tl.store(delta + where + H, dc_t * _state_before(c0, c, t, size, k, inside, F) * f * (1 - f), inside)
    tl.store(delta + where + 2 * H, dc_t * c_tilde * i * (1 - i), inside)
    tl.store(delta + where + 3 * H, dc_t * i * (1 - c_tilde * c_tilde), inside)
    tl.store(dc + k, dc_t * f, inside)


@triton.jit(do_not_specialize=["t"])
def gru_step(gates, h0, h, t, size, H, F: tl.constexpr, BLOCK: tl.constexpr):
    """Turn pre-activations into r, u and n = tanh(n + r m), in their places; h = (1 - u) n + u h_prev."""
    k, inside = _lanes(size, BLOCK)
    at = gates + t.to(tl.int64) * 4 * size + k + (k // H) * 3 * H
    m = tl.load(at, inside).to(F)
    r = tl.sigmoid(tl.load(at + H, inside).to(F))
    u = tl.sigmoid(tl.load(at + 2 * H, inside).to(F))
    n = tanh(tl.load(at + 3 * H, inside).to(F) + r * m)
    tl.store(at + H, r, inside)
    tl.store(at + 2 * H, u, inside)
    tl.store(at + 3 * H, n, inside)
    h_prev = _state_before(h0, h, t, size, k, inside, F)
    tl.store(h + t.to(tl.int64) * size + k, n + u * (h_prev - n), inside)


@triton.jit(do_not_specialize=["t"])
def gru_back(dh_out, dh, gates, h0, h, delta, t, size, H, READ: tl.constexpr, F: tl.constexpr, BLOCK: tl.constexpr):
    """Compute the deltas of m, r, u and n from dL/dh; dh becomes its share that skips the gates."""
    k, inside = _lanes(size, BLOCK)
    where = t.to(tl.int64) * 4 * size + k + (k // H) * 3 * H
    m, r = tl.load(gates + where, inside).to(F), tl.load(gates + where + H, inside).to(F)
    u, n = tl.load(gates + where + 2 * H, inside).to(F), tl.load(gates + where + 3 * H, inside).to(F)
    dh_t = _gradient_of_h(dh, dh_out, t, size, k, inside, READ, F)
    delta_n = dh_t * (1 - u) * (1 - n * n)
    tl.store(delta + where, delta_n * r, inside)
    tl.store(delta + where + H, delta_n * m * r * (1 - r), inside)
    tl.store(delta + where + 2 * H, dh_t * (_state_before(h0, h, t, size, k, inside, F) - n) * u * (1 - u), inside)
    tl.store(delta + where + 3 * H, delta_n, inside)
    tl.store(dh + k, dh_t * u, inside)
