"""Run a whole sequence of an LSTM in one launch, the four W on h on the chip (Triton): see `one_launch_rnn`.

The gates of a step lie in a block (B, 4, H) in the order o, f, i, c~, and W_h is (4H, H) in the same order;
W_T has the transpose of each gate's matrix, one after the other.
"""

import triton
import triton.language as tl

from rnncourse.torch.cuda.arithmetic import product, tanh
from rnncourse.torch.cuda.one_launch_rnn import own_rows, weight


@triton.jit(do_not_specialize=["T"])
def lstm_forward(
    gates, h0, c0, W_T, keep, h, c, tanh_c, T, B, H, KEEP: tl.constexpr, ROWS: tl.constexpr, WIDTH: tl.constexpr
):
    """Finish all steps: gates (T, B, 4, H) holds the inputs' share of the pre-activations and becomes the gates."""
    row, at, here = own_rows(B, H, ROWS, WIDTH)
    at_o = at + row[:, None] * 3 * H  # a sample has four rows of gates
    at_f, at_i, at_c = at_o + H, at_o + 2 * H, at_o + 3 * H
    W_o, W_f = weight(W_T, H, WIDTH), weight(W_T + H * H, H, WIDTH)
    W_i, W_c = weight(W_T + 2 * H * H, H, WIDTH), weight(W_T + 3 * H * H, H, WIDTH)
    h_t, c_t = tl.load(h0 + at, here, 0.0).to(tl.float32), tl.load(c0 + at, here, 0.0).to(tl.float32)
    t = 0
    while t < T:
        if KEEP:
            keep_t = tl.load(keep + row, row < B, 0.0).to(tl.float32)[:, None]
            h_t *= keep_t
            c_t *= keep_t
        o_t = tl.sigmoid(tl.load(gates + at_o, here, 0.0).to(tl.float32) + product(h_t, W_o))
        f_t = tl.sigmoid(tl.load(gates + at_f, here, 0.0).to(tl.float32) + product(h_t, W_f))
        i_t = tl.sigmoid(tl.load(gates + at_i, here, 0.0).to(tl.float32) + product(h_t, W_i))
        c_tilde_t = tanh(tl.load(gates + at_c, here, 0.0).to(tl.float32) + product(h_t, W_c))
        c_t = f_t * c_t + i_t * c_tilde_t
        tanh_c_t = tanh(c_t)
        h_t = o_t * tanh_c_t
        tl.store(gates + at_o, o_t, here)
        tl.store(gates + at_f, f_t, here)
        tl.store(gates + at_i, i_t, here)
        tl.store(gates + at_c, c_tilde_t, here)
        tl.store(c + at, c_t, here)
        tl.store(tanh_c + at, tanh_c_t, here)
        tl.store(h + at, h_t, here)
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
    H,
    READ: tl.constexpr,
    KEEP: tl.constexpr,
    ROWS: tl.constexpr,
    WIDTH: tl.constexpr,
):
    """Write the four deltas of all steps, last to first; dh and dc, of the last state, become those of the first."""
    row, at, here = own_rows(B, H, ROWS, WIDTH)
    at_o = at + row[:, None] * 3 * H
    at_f, at_i, at_c = at_o + H, at_o + 2 * H, at_o + 3 * H
    W_o, W_f = weight(W_h, H, WIDTH), weight(W_h + H * H, H, WIDTH)
    W_i, W_c = weight(W_h + 2 * H * H, H, WIDTH), weight(W_h + 3 * H * H, H, WIDTH)
    dh_t, dc_t = tl.load(dh + at, here, 0.0).to(tl.float32), tl.load(dc + at, here, 0.0).to(tl.float32)
    last = (T - 1).to(tl.int64)
    gates += last * 4 * B * H
    delta += last * 4 * B * H
    tanh_c += last * B * H
    c += last * B * H
    dh_out += last * B * H
    keep += last * B
    t = T - 1
    while t >= 0:
        if READ:
            dh_t += tl.load(dh_out + at, here, 0.0).to(tl.float32)
        c -= B * H
        c_prev = tl.load(tl.where(t == 0, c0, c) + at, here, 0.0).to(tl.float32)
        if KEEP:
            keep_t = tl.load(keep + row, row < B, 0.0).to(tl.float32)[:, None]
            c_prev *= keep_t
        o_t = tl.load(gates + at_o, here, 0.0).to(tl.float32)
        f_t = tl.load(gates + at_f, here, 0.0).to(tl.float32)
        i_t = tl.load(gates + at_i, here, 0.0).to(tl.float32)
        c_tilde_t = tl.load(gates + at_c, here, 0.0).to(tl.float32)
        tanh_c_t = tl.load(tanh_c + at, here, 0.0).to(tl.float32)
        dc_t += dh_t * o_t * (1 - tanh_c_t * tanh_c_t)
        delta_o = dh_t * tanh_c_t * o_t * (1 - o_t)
        delta_f = dc_t * c_prev * f_t * (1 - f_t)
        delta_i = dc_t * c_tilde_t * i_t * (1 - i_t)
        delta_c = dc_t * i_t * (1 - c_tilde_t * c_tilde_t)
        tl.store(delta + at_o, delta_o, here)
        tl.store(delta + at_f, delta_f, here)
        tl.store(delta + at_i, delta_i, here)
        tl.store(delta + at_c, delta_c, here)
        dh_t = product(delta_o, W_o) + product(delta_f, W_f) + product(delta_i, W_i) + product(delta_c, W_c)
        dc_t *= f_t
        if KEEP:
            dh_t *= keep_t
            dc_t *= keep_t
        gates -= 4 * B * H
        delta -= 4 * B * H
        tanh_c -= B * H
        dh_out -= B * H
        keep -= B
        t -= 1
    tl.store(dh + at, dh_t, here)
    tl.store(dc + at, dc_t, here)
