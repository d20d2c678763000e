"""Run a whole sequence of a GRU in one launch, the three W on h on the chip (Triton): see `one_launch_rnn`.

The gates of a step lie in a block (B, 4, H) in the order m, r, u, n, and W_h is (3H, H) in the order m, r, u; W_T has
the transpose of each of the three, one after the other.
"""

import triton
import triton.language as tl

from rnncourse.torch.cuda.arithmetic import product, tanh
from rnncourse.torch.cuda.one_launch_rnn import own_rows, weight


@triton.jit(do_not_specialize=["T"])
def gru_forward(gates, h0, W_T, keep, h, T, B, H, KEEP: tl.constexpr, ROWS: tl.constexpr, WIDTH: tl.constexpr):
    """Finish all steps: gates (T, B, 4, H) holds b_hn and the inputs' share of r, u and n, and becomes the gates."""
    row, at, here = own_rows(B, H, ROWS, WIDTH)
    at_m = at + row[:, None] * 3 * H  # a sample has four rows of gates
    at_r, at_u, at_n = at_m + H, at_m + 2 * H, at_m + 3 * H
    W_m, W_r = weight(W_T, H, WIDTH), weight(W_T + H * H, H, WIDTH)
    W_u = weight(W_T + 2 * H * H, H, WIDTH)
    h_t = tl.load(h0 + at, here, 0.0).to(tl.float32)
    t = 0
    while t < T:
        if KEEP:
            h_t *= tl.load(keep + row, row < B, 0.0).to(tl.float32)[:, None]
        m_t = tl.load(gates + at_m, here, 0.0).to(tl.float32) + product(h_t, W_m)
        r_t = tl.sigmoid(tl.load(gates + at_r, here, 0.0).to(tl.float32) + product(h_t, W_r))
        u_t = tl.sigmoid(tl.load(gates + at_u, here, 0.0).to(tl.float32) + product(h_t, W_u))
        n_t = tanh(tl.load(gates + at_n, here, 0.0).to(tl.float32) + r_t * m_t)
        h_t = n_t + u_t * (h_t - n_t)
        tl.store(gates + at_m, m_t, here)
        tl.store(gates + at_r, r_t, here)
        tl.store(gates + at_u, u_t, here)
        tl.store(gates + at_n, n_t, here)
        tl.store(h + at, h_t, here)
        gates += 4 * B * H
        h += B * H
        keep += B
        t += 1


@triton.jit(do_not_specialize=["T"])
def gru_backward(
    dh_out,
    dh,
    gates,
    h0,
    h,
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
    """Write the deltas of m, r, u and n of all steps, last to first; dh (B, H) becomes that of the first state."""
    row, at, here = own_rows(B, H, ROWS, WIDTH)
    at_m = at + row[:, None] * 3 * H
    at_r, at_u, at_n = at_m + H, at_m + 2 * H, at_m + 3 * H
    W_m, W_r = weight(W_h, H, WIDTH), weight(W_h + H * H, H, WIDTH)
    W_u = weight(W_h + 2 * H * H, H, WIDTH)
    dh_t = tl.load(dh + at, here, 0.0).to(tl.float32)
    last = (T - 1).to(tl.int64)
    gates += last * 4 * B * H
    delta += last * 4 * B * H
    h += last * B * H
    dh_out += last * B * H
    keep += last * B
    t = T - 1
    while t >= 0:
        if READ:
            dh_t += tl.load(dh_out + at, here, 0.0).to(tl.float32)
        h -= B * H
        h_prev = tl.load(tl.where(t == 0, h0, h) + at, here, 0.0).to(tl.float32)
        if KEEP:
            keep_t = tl.load(keep + row, row < B, 0.0).to(tl.float32)[:, None]
            h_prev *= keep_t
        m_t = tl.load(gates + at_m, here, 0.0).to(tl.float32)
        r_t = tl.load(gates + at_r, here, 0.0).to(tl.float32)
        u_t = tl.load(gates + at_u, here, 0.0).to(tl.float32)
        n_t = tl.load(gates + at_n, here, 0.0).to(tl.float32)
        delta_n = dh_t * (1 - u_t) * (1 - n_t * n_t)
        delta_u = dh_t * (h_prev - n_t) * u_t * (1 - u_t)
        delta_r = delta_n * m_t * r_t * (1 - r_t)
        delta_m = delta_n * r_t
        tl.store(delta + at_m, delta_m, here)
        tl.store(delta + at_r, delta_r, here)
        tl.store(delta + at_u, delta_u, here)
        tl.store(delta + at_n, delta_n, here)
        dh_t = dh_t * u_t + product(delta_m, W_m) + product(delta_r, W_r) + product(delta_u, W_u)
        if KEEP:
            dh_t *= keep_t
        gates -= 4 * B * H
        delta -= 4 * B * H
        dh_out -= B * H
        keep -= B
        t -= 1
    tl.store(dh + at, dh_t, here)
