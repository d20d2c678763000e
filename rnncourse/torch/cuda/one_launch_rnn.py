"""Run a whole sequence of a vanilla RNN in one launch, W_hh on the chip (Triton).

A program has ROWS samples of the batch for all T steps, so that no program waits for another. It loads W_hh once; the
state never leaves its registers but to be written down. Arithmetic is in float32 whatever the tensors are; a product
reads its factors in their dtype. WIDTH is H rounded up to a power of two: a state has WIDTH columns here, and those
past H are zero. Everything is contiguous; W_T is the transpose of W_hh.
"""

import triton
import triton.language as tl

from rnncourse.torch.cuda.arithmetic import product, tanh


@triton.jit
def own_rows(B, H, ROWS: tl.constexpr, WIDTH: tl.constexpr):
    """Number this program's samples; say where they lie in a state (B, H), and which of those places exist."""
    row, column = tl.program_id(0) * ROWS + tl.arange(0, ROWS), tl.arange(0, WIDTH)
    return row, row[:, None] * H + column[None, :], (row < B)[:, None] & (column < H)[None, :]


@triton.jit
def weight(W, H, WIDTH: tl.constexpr):
    """Load a matrix (H, H) onto the chip, with zeros around it."""
    k = tl.arange(0, WIDTH)
    return tl.load(W + k[:, None] * H + k[None, :], (k < H)[:, None] & (k < H)[None, :], 0.0)


@triton.jit(do_not_specialize=["T"])
def rnn_forward(
    h0, W_T, keep, h, T, B, H, TANH: tl.constexpr, KEEP: tl.constexpr, ROWS: tl.constexpr, WIDTH: tl.constexpr
):
    """Finish all steps: h (T, B, H) holds the inputs' share of every a^(t) and becomes the states."""
    row, at, here = own_rows(B, H, ROWS, WIDTH)
    W_chip = weight(W_T, H, WIDTH)
    h_t = tl.load(h0 + at, here, 0.0).to(tl.float32)
    t = 0
    while t < T:
        if KEEP:
            h_t *= tl.load(keep + row, row < B, 0.0).to(tl.float32)[:, None]
        a_t = tl.load(h + at, here, 0.0).to(tl.float32) + product(h_t, W_chip)
        h_t = tanh(a_t) if TANH else tl.where(a_t < 0, 0.0, a_t)
        tl.store(h + at, h_t, here)
        h += B * H
        keep += B
        t += 1


@triton.jit(do_not_specialize=["T"])
def rnn_backward(
    dh_out,
    dh,
    h,
    W_hh,
    keep,
    delta,
    T,
    B,
    H,
    READ: tl.constexpr,
    TANH: tl.constexpr,
    KEEP: tl.constexpr,
    ROWS: tl.constexpr,
    WIDTH: tl.constexpr,
):
    """Write delta_h of all steps, last to first; dh (B, H) is that of the last state and becomes that of the first."""
    row, at, here = own_rows(B, H, ROWS, WIDTH)
    W = weight(W_hh, H, WIDTH)
    dh_t = tl.load(dh + at, here, 0.0).to(tl.float32)
    last = (T - 1).to(tl.int64)
    h += last * B * H
    delta += last * B * H
    dh_out += last * B * H
    keep += last * B
    t = T - 1
    while t >= 0:
        if READ:
            dh_t += tl.load(dh_out + at, here, 0.0).to(tl.float32)
        h_t = tl.load(h + at, here, 0.0).to(tl.float32)
        delta_t = dh_t * (1 - h_t * h_t) if TANH else tl.where(h_t > 0, dh_t, 0.0)
        tl.store(delta + at, delta_t, here)
        dh_t = product(delta_t, W)
        if KEEP:
            dh_t *= tl.load(keep + row, row < B, 0.0).to(tl.float32)[:, None]
        h -= B * H
        delta -= B * H
        dh_out -= B * H
        keep -= B
        t -= 1
    tl.store(dh + at, dh_t, here)
