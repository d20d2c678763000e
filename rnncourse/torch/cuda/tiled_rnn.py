"""Run a whole sequence of a vanilla RNN in one launch where W_hh is too large for the chip (Triton).

As in `one_launch_rnn` a program has ROWS samples for all T steps, and the arguments are the same. It goes through the
columns of a state in tiles of WIDTH and reads W_hh, or its transpose W_T, anew at every step, from the second-level
cache. A tile needs the whole state before it, which other threads of the program have written: hence a barrier after
each pass over the tiles.
"""

import triton
import triton.language as tl

from rnncourse.torch.cuda.arithmetic import product, tanh


@triton.jit
def columns(tile, B, H, ROWS: tl.constexpr, WIDTH: tl.constexpr):
    """Number the columns of a tile; say where they lie in this program's rows of a state, and which places exist."""
    row, column = tl.program_id(0) * ROWS + tl.arange(0, ROWS), tile + tl.arange(0, WIDTH)
    return column, row[:, None] * H + column[None, :], (row < B)[:, None] & (column < H)[None, :]


@triton.jit
def weight(W, row, column, H):
    """Load a tile of a matrix (H, H), zeros past its edge."""
    return tl.load(W + row[:, None] * H + column[None, :], (row < H)[:, None] & (column < H)[None, :], 0.0)


@triton.jit
def kept(keep, B, KEEP: tl.constexpr, ROWS: tl.constexpr):
    """Load what the states before this step are multiplied by, (ROWS, 1)."""
    row = tl.program_id(0) * ROWS + tl.arange(0, ROWS)
    factor = tl.full((ROWS,), 1.0, tl.float32)
    if KEEP:
        factor = tl.load(keep + row, row < B, 0.0).to(tl.float32)
    return factor[:, None]


@triton.jit(do_not_specialize=["T"])
def rnn_forward(
    h0,
    W_T,
    keep,
    h,
    T,
    B,
    H: tl.constexpr,
    TANH: tl.constexpr,
    KEEP: tl.constexpr,
    ROWS: tl.constexpr,
    WIDTH: tl.constexpr,
):
    """Finish all steps: h (T, B, H) holds the inputs' share of every a^(t) and becomes the states."""
    h_prev = h0
    t = 0
    while t < T:
        keep_t = kept(keep, B, KEEP, ROWS)
        for tile in range(0, H, WIDTH):
            j, at, here = columns(tile, B, H, ROWS, WIDTH)
            a_t = tl.load(h + at, here, 0.0).to(tl.float32)
            for part in range(0, H, WIDTH):
                k, at_k, here_k = columns(part, B, H, ROWS, WIDTH)
                h_k = tl.load(h_prev + at_k, here_k, 0.0).to(tl.float32) * keep_t
                a_t += product(h_k, weight(W_T, k, j, H))
            tl.store(h + at, tanh(a_t) if TANH else tl.where(a_t < 0, 0.0, a_t), here)
        tl.debug_barrier()  # the state is complete: the next step may read it
        h_prev = h
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
    H: tl.constexpr,
    READ: tl.constexpr,
    TANH: tl.constexpr,
    KEEP: tl.constexpr,
    ROWS: tl.constexpr,
    WIDTH: tl.constexpr,
):
    """Write delta_h of all steps, last to first; dh (B, H) is that of the last state and becomes that of the first."""
    last = (T - 1).to(tl.int64)
    h += last * B * H
    delta += last * B * H
    dh_out += last * B * H
    keep += last * B
    t = T - 1
    while t >= 0:
        keep_t = kept(keep, B, KEEP, ROWS)
        for tile in range(0, H, WIDTH):
            _, at, here = columns(tile, B, H, ROWS, WIDTH)
            dh_t = tl.load(dh + at, here, 0.0)
            if READ:
                dh_t += tl.load(dh_out + at, here, 0.0).to(tl.float32)
            h_t = tl.load(h + at, here, 0.0).to(tl.float32)
            tl.store(delta + at, dh_t * (1 - h_t * h_t) if TANH else tl.where(h_t > 0, dh_t, 0.0), here)
        tl.debug_barrier()  # delta is complete
        for tile in range(0, H, WIDTH):
            k, at, here = columns(tile, B, H, ROWS, WIDTH)
            dh_t = tl.zeros((ROWS, WIDTH), tl.float32)
            for part in range(0, H, WIDTH):
                j, at_j, here_j = columns(part, B, H, ROWS, WIDTH)
                dh_t += product(tl.load(delta + at_j, here_j, 0.0), weight(W_hh, j, k, H))
            tl.store(dh + at, dh_t * keep_t, here)
        tl.debug_barrier()  # and so is dL/dh^(t-1)
        h -= B * H
        delta -= B * H
        dh_out -= B * H
        keep -= B
        t -= 1
