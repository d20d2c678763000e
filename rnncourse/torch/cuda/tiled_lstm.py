"""Run a whole sequence of an LSTM in one launch where W_h is too large for the chip (Triton): see `tiled_rnn`.

The gates of a step lie in a block (B, 4, H) in the order o, f, i, c~, and W_h is (4H, H) in the same order;
W_T has the transpose of each gate's matrix, one after the other.
"""

import triton
import triton.language as tl

from rnncourse.torch.cuda.arithmetic import product, tanh
from rnncourse.torch.cuda.tiled_rnn import columns, kept, weight


@triton.jit
def gate_places(tile, H, ROWS: tl.constexpr, WIDTH: tl.constexpr):
    """Say where a tile's columns of the first gate lie in this program's rows of a block (B, 4, H)."""
    row, column = tl.program_id(0) * ROWS + tl.arange(0, ROWS), tile + tl.arange(0, WIDTH)
    return row[:, None] * 4 * H + column[None, :]


@triton.jit(do_not_specialize=["T"])
def lstm_forward(
    gates,
    h0,
    c0,
    W_T,
    keep,
    h,
    c,
    tanh_c,
    T,
    B,
    H: tl.constexpr,
    KEEP: tl.constexpr,
    ROWS: tl.constexpr,
    WIDTH: tl.constexpr,
):
    """Finish all steps: gates (T, B, 4, H) holds the inputs' share of the pre-activations and becomes the gates."""
    h_prev = h0
    c_prev = c0
    t = 0
    while t < T:
        keep_t = kept(keep, B, KEEP, ROWS)
        for tile in range(0, H, WIDTH):
            j, at, here = columns(tile, B, H, ROWS, WIDTH)
            at_o = gates + gate_places(tile, H, ROWS, WIDTH)
            a_o, a_f = tl.load(at_o, here, 0.0).to(tl.float32), tl.load(at_o + H, here, 0.0).to(tl.float32)
            a_i, a_c = tl.load(at_o + 2 * H, here, 0.0).to(tl.float32), tl.load(at_o + 3 * H, here, 0.0).to(tl.float32)
            for part in range(0, H, WIDTH):
                k, at_k, here_k = columns(part, B, H, ROWS, WIDTH)
                h_k = tl.load(h_prev + at_k, here_k, 0.0).to(tl.float32) * keep_t
                a_o += product(h_k, weight(W_T, k, j, H))
                a_f += product(h_k, weight(W_T + H * H, k, j, H))
                a_i += product(h_k, weight(W_T + 2 * H * H, k, j, H))
                a_c += product(h_k, weight(W_T + 3 * H * H, k, j, H))
            o_t, f_t, i_t, c_tilde_t = tl.sigmoid(a_o), tl.sigmoid(a_f), tl.sigmoid(a_i), tanh(a_c)
            c_t = f_t * tl.load(c_prev + at, here, 0.0).to(tl.float32) * keep_t + i_t * c_tilde_t
            tanh_c_t = tanh(c_t)
            tl.store(at_o, o_t, here)
            tl.store(at_o + H, f_t, here)
            tl.store(at_o + 2 * H, i_t, here)
            tl.store(at_o + 3 * H, c_tilde_t, here)
            tl.store(c + at, c_t, here)
            tl.store(tanh_c + at, tanh_c_t, here)
            tl.store(h + at, o_t * tanh_c_t, here)
        tl.debug_barrier()  # the state is complete: the next step may read it
        h_prev = h
        c_prev = c
        gates += 4 * B * H
        h += B * H
        c += B * H
        tanh_c += B * H
        keep += B
        t += 1


@triton.jit(do_not_specialize=["T"])
def lstm_backward(
    dh_out,
    dh,
    dc,
    gates,
    c0,
    c,
    tanh_c,
    W_h,
    keep,
    delta,
    T,
    B,
    H: tl.constexpr,
    READ: tl.constexpr,
    KEEP: tl.constexpr,
    ROWS: tl.constexpr,
    WIDTH: tl.constexpr,
):
    """Write the four deltas of all steps, last to first; dh and dc, of the last state, become those of the first."""
    last = (T - 1).to(tl.int64)
    gates += last * 4 * B * H
    delta += last * 4 * B * H
    c += last * B * H
    tanh_c += last * B * H
    dh_out += last * B * H
    keep += last * B
    t = T - 1
    while t >= 0:
        c -= B * H
        keep_t = kept(keep, B, KEEP, ROWS)
        for tile in range(0, H, WIDTH):
            _, at, here = columns(tile, B, H, ROWS, WIDTH)
            at_o = gates + gate_places(tile, H, ROWS, WIDTH)
            o_t, f_t = tl.load(at_o, here, 0.0).to(tl.float32), tl.load(at_o + H, here, 0.0).to(tl.float32)
            i_t = tl.load(at_o + 2 * H, here, 0.0).to(tl.float32)
            c_tilde_t = tl.load(at_o + 3 * H, here, 0.0).to(tl.float32)
            tanh_c_t = tl.load(tanh_c + at, here, 0.0).to(tl.float32)
            c_prev = tl.load(tl.where(t == 0, c0, c) + at, here, 0.0).to(tl.float32) * keep_t
            dh_t = tl.load(dh + at, here, 0.0)
            if READ:
                dh_t += tl.load(dh_out + at, here, 0.0).to(tl.float32)
            dc_t = tl.load(dc + at, here, 0.0) + dh_t * o_t * (1 - tanh_c_t * tanh_c_t)
            to = delta + gate_places(tile, H, ROWS, WIDTH)
            tl.store(to, dh_t * tanh_c_t * o_t * (1 - o_t), here)
            tl.store(to + H, dc_t * c_prev * f_t * (1 - f_t), here)
            tl.store(to + 2 * H, dc_t * c_tilde_t * i_t * (1 - i_t), here)
            tl.store(to + 3 * H, dc_t * i_t * (1 - c_tilde_t * c_tilde_t), here)
            tl.store(dc + at, dc_t * f_t * keep_t, here)
        tl.debug_barrier()  # the deltas are complete
        for tile in range(0, H, WIDTH):
            k, at, here = columns(tile, B, H, ROWS, WIDTH)
            dh_t = tl.zeros((ROWS, WIDTH), tl.float32)
            for part in range(0, H, WIDTH):
                j, _, here_j = columns(part, B, H, ROWS, WIDTH)
                at_j = delta + gate_places(part, H, ROWS, WIDTH)
                dh_t += product(tl.load(at_j, here_j, 0.0), weight(W_h, j, k, H))
                dh_t += product(tl.load(at_j + H, here_j, 0.0), weight(W_h + H * H, j, k, H))
                dh_t += product(tl.load(at_j + 2 * H, here_j, 0.0), weight(W_h + 2 * H * H, j, k, H))
                dh_t += product(tl.load(at_j + 3 * H, here_j, 0.0), weight(W_h + 3 * H * H, j, k, H))
            tl.store(dh + at, dh_t * keep_t, here)
        tl.debug_barrier()  # and so is dL/dh^(t-1)
        gates -= 4 * B * H
        delta -= 4 * B * H
        tanh_c -= B * H
        dh_out -= B * H
        keep -= B
        t -= 1
