"""Run a whole sequence of a GRU in one launch where W_h is too large for the chip (Triton): see `tiled_rnn`.

The gates of a step lie in a block (B, 4, H) in the order m, r, u, n, and W_h is (3H, H) in the order m, r, u; W_T has
the transpose of each of the three, one after the other.
"""

import triton
import triton.language as tl

from rnncourse.torch.cuda.arithmetic import product, tanh
from rnncourse.torch.cuda.tiled_lstm import gate_places
from rnncourse.torch.cuda.tiled_rnn import columns, kept, weight


@triton.jit(do_not_specialize=["T"])
def gru_forward(
    gates, h0, W_T, keep, h, T, B, H: tl.constexpr, KEEP: tl.constexpr, ROWS: tl.constexpr, WIDTH: tl.constexpr
):
    """Finish all steps: gates (T, B, 4, H) holds b_hn and the inputs' share of r, u and n, and becomes the gates."""
    h_prev = h0
    t = 0
    while t < T:
        keep_t = kept(keep, B, KEEP, ROWS)
        for tile in range(0, H, WIDTH):
            j, at, here = columns(tile, B, H, ROWS, WIDTH)
            at_m = gates + gate_places(tile, H, ROWS, WIDTH)
            m_t, a_r = tl.load(at_m, here, 0.0).to(tl.float32), tl.load(at_m + H, here, 0.0).to(tl.float32)
            a_u, a_n = tl.load(at_m + 2 * H, here, 0.0).to(tl.float32), tl.load(at_m + 3 * H, here, 0.0).to(tl.float32)
            for part in range(0, H, WIDTH):
                k, at_k, here_k = columns(part, B, H, ROWS, WIDTH)
                h_k = tl.load(h_prev + at_k, here_k, 0.0).to(tl.float32) * keep_t
                m_t += product(h_k, weight(W_T, k, j, H))
                a_r += product(h_k, weight(W_T + H * H, k, j, H))
                a_u += product(h_k, weight(W_T + 2 * H * H, k, j, H))
            r_t, u_t = tl.sigmoid(a_r), tl.sigmoid(a_u)
            n_t = tanh(a_n + r_t * m_t)
            h_before = tl.load(h_prev + at, here, 0.0).to(tl.float32) * keep_t
            tl.store(at_m, m_t, here)
            tl.store(at_m + H, r_t, here)
            tl.store(at_m + 2 * H, u_t, here)
            tl.store(at_m + 3 * H, n_t, here)
            tl.store(h + at, n_t + u_t * (h_before - n_t), here)
        tl.debug_barrier()  # the state is complete: the next step may read it
        h_prev = h
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
    H: tl.constexpr,
    READ: tl.constexpr,
    KEEP: tl.constexpr,
    ROWS: tl.constexpr,
    WIDTH: tl.constexpr,
):
    """Write the deltas of m, r, u and n of all steps, last to first; dh (B, H) becomes that of the first state."""
    last = (T - 1).to(tl.int64)
    gates += last * 4 * B * H
    delta += last * 4 * B * H
    h += last * B * H
    dh_out += last * B * H
    keep += last * B
    t = T - 1
    while t >= 0:
        h -= B * H
        keep_t = kept(keep, B, KEEP, ROWS)
        for tile in range(0, H, WIDTH):
            _, at, here = columns(tile, B, H, ROWS, WIDTH)
            at_m = gates + gate_places(tile, H, ROWS, WIDTH)
            m_t, r_t = tl.load(at_m, here, 0.0).to(tl.float32), tl.load(at_m + H, here, 0.0).to(tl.float32)
            u_t, n_t = tl.load(at_m + 2 * H, here, 0.0).to(tl.float32), tl.load(at_m + 3 * H, here, 0.0).to(tl.float32)
            h_prev = tl.load(tl.where(t == 0, h0, h) + at, here, 0.0).to(tl.float32) * keep_t
            dh_t = tl.load(dh + at, here, 0.0)
            if READ:
                dh_t += tl.load(dh_out + at, here, 0.0).to(tl.float32)
            delta_n = dh_t * (1 - u_t) * (1 - n_t * n_t)
            to = delta + gate_places(tile, H, ROWS, WIDTH)
            tl.store(to, delta_n * r_t, here)
            tl.store(to + H, delta_n * m_t * r_t * (1 - r_t), here)
            tl.store(to + 2 * H, dh_t * (h_prev - n_t) * u_t * (1 - u_t), here)
            tl.store(to + 3 * H, delta_n, here)
            tl.store(dh + at, dh_t * u_t, here)  # what skips the gates
        tl.debug_barrier()  # the deltas are complete
        for tile in range(0, H, WIDTH):
            k, at, here = columns(tile, B, H, ROWS, WIDTH)
            dh_t = tl.load(dh + at, here, 0.0)
            for part in range(0, H, WIDTH):
                j, _, here_j = columns(part, B, H, ROWS, WIDTH)
                at_j = delta + gate_places(part, H, ROWS, WIDTH)
                dh_t += product(tl.load(at_j, here_j, 0.0), weight(W_h, j, k, H))
                dh_t += product(tl.load(at_j + H, here_j, 0.0), weight(W_h + H * H, j, k, H))
                dh_t += product(tl.load(at_j + 2 * H, here_j, 0.0), weight(W_h + 2 * H * H, j, k, H))
            tl.store(dh + at, dh_t * keep_t, here)
        tl.debug_barrier()  # and so is dL/dh^(t-1)
        gates -= 4 * B * H
        delta -= 4 * B * H
        dh_out -= B * H
        keep -= B
        t -= 1
