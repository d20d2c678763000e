"""Backpropagation through time for the three cells, as fast as plain torch goes; the equations are in `X_backward`.

Every gate's gradient is dL/dh^(t) (or dL/dc^(t)) times a factor that the forward pass already fixed. So the factors
of a block of steps are made at once, in the tensor that then becomes delta; the loop is the linear recursion alone; and
the products for the weights and for x are one each over the block.

Gradients into h or the last state may be None for zero. `needs` says whether the gradients of x, of the initial state
and of the parameters are wanted; the others come back as None.
"""

import torch

from rnncourse.notation import GRUParams, LSTMParams, RNNParams
from rnncourse.torch._blocks import Inputs, backwards, before, copy_or_zeros, slices_of, time_blocks

ALL = (True, True, True)


def bptt_rnn(dh, dh_T, cache, needs=ALL):
    """The work of `rnn_backward`."""
    x, h0, h, (W_xh, W_hh, _), activation = cache
    need_x, need_h0, need_params = needs
    H, dh_t = h.shape[2], copy_or_zeros(dh_T, h0)  # (B, H)
    blocks = time_blocks(len(h), h, *h[0].shape)
    v, dx, dW, db = _results(x, h0, h, blocks, H, needs)
    for steps in reversed(blocks):
        delta = slope(h[steps], activation)  # (n, B, H)
        for t, dh_out, delta_t in backwards(steps, dh, delta):
            if dh_out is not None:
                dh_t += dh_out  # (B, H): two arrows leave h^(t)
            delta_t.mul_(dh_t)  # (B, H)
            if t > 0 or need_h0:
                torch.mm(delta_t, W_hh, out=dh_t)  # (B, H)
        delta = delta.flatten(0, 1)  # (n B, H)
        if need_x:
            torch.mm(delta, W_xh, out=dx[steps].view(len(delta), -1))
        if need_params:
            _add_product(dW, delta.T, v(steps))  # (H, H + D)
            db += delta.sum(0)
    dparams = RNNParams(dW[:, H:], dW[:, :H], db) if need_params else None
    return dx, dh_t if need_h0 else None, dparams


def bptt_lstm(dh, dstate_T, cache, needs=ALL):
    """The work of `lstm_backward`."""
    x, (h0, c0), h, c, gates, tanh_c, params = cache
    need_x, need_state, need_params = needs
    H, (W, _) = h.shape[2], pack_lstm(params)  # (4H, H + D)
    dh_t, dc_t = copy_or_zeros(dstate_T[0], h0), copy_or_zeros(dstate_T[1], c0)  # (B, H), (B, H)
    blocks, W_h, W_x = slices_of(gates), W[:, :H], _columns_together(W[:, H:])
    v, dx, dW, db = _results(x, h0, h, blocks, 4 * H, needs)
    space = torch.empty_like(gates[0])  # (n, B, 4, H)
    for steps, gates_n in reversed(list(zip(blocks, gates, strict=True))):
        o, f, i, c_tilde = gates_n.unbind(2)
        delta = torch.addcmul(gates_n, gates_n, gates_n, value=-1, out=space[: len(f)])
        delta_o, delta_f, delta_i, delta_c = delta.unbind(2)  # the sigmoid's slope, wrong for c~ as yet
        for where, c_prev in before(c0, c, steps):
            delta_f[where] *= c_prev
        delta_i *= c_tilde
        torch.addcmul(i, i * c_tilde, c_tilde, value=-1, out=delta_c)  # i (1 - c~^2)
        delta_o *= tanh_c[steps]
        h_to_c = torch.addcmul(o, h[steps], tanh_c[steps], value=-1)  # o (1 - tanh(c)^2), as h = o tanh(c)
        delta_v = delta.flatten(2)  # (n, B, 4H)
        for t, dh_out, h_to_c_t, delta_fic_t, delta_o_t, delta_t, f_t in backwards(
            steps, dh, h_to_c, delta[:, :, 1:], delta_o, delta_v, f
        ):
            if dh_out is not None:
                dh_t += dh_out  # (B, H): two arrows leave h^(t)
            dc_t.addcmul_(dh_t, h_to_c_t)  # (B, H): and two leave c^(t)
            delta_fic_t.mul_(dc_t[:, None])  # (B, 3, H)
            delta_o_t.mul_(dh_t)  # (B, H)
            if t > 0 or need_state:
                torch.mm(delta_t, W_h, out=dh_t)  # (B, H)
                dc_t.mul_(f_t)  # (B, H)
        delta = delta_v.flatten(0, 1)  # (n B, 4H)
        if need_x:
            torch.mm(delta, W_x, out=dx[steps].view(len(delta), -1))
        if need_params:
            _add_product(dW, delta.T, v(steps))  # (4H, H + D)
            db += delta.sum(0)
    dparams = None
    if need_params:
        (dW_o, *dW_fic), (db_o, *db_fic) = dW.chunk(4), db.chunk(4)
        dparams = LSTMParams(*dW_fic, dW_o, *db_fic, db_o)
    return dx, (dh_t, dc_t) if need_state else (None, None), dparams


def bptt_gru(dh, dh_T, cache, needs=ALL):
    """The work of `gru_backward`. The gates of a step are [m, r, u, n]: h feeds its first 3H columns, x its last."""
    x, h0, h, gates, params = cache
    need_x, need_h0, need_params = needs
    H, (W_h, W_x) = h.shape[2], gru_weights(params)
    W_x = _columns_together(W_x)
    dh_t = copy_or_zeros(dh_T, h0)  # (B, H)
    blocks = slices_of(gates)
    v, dx, dW, db = _results(x, h0, h, blocks, 4 * H, needs)
    space = torch.empty_like(gates[0])  # (n, B, 4, H)
    for steps, gates_n in reversed(list(zip(blocks, gates, strict=True))):
        deltas = _gru_factors(h[steps], gates_n, space[: len(gates_n)])  # (n, B, 4, H)
        delta = deltas.flatten(2)  # (n, B, 4H)
        for t, dh_out, deltas_t, delta_h_t, u_t in backwards(steps, dh, deltas, delta[..., : 3 * H], gates_n[:, :, 2]):
            if dh_out is not None:
                dh_t += dh_out  # (B, H): two arrows leave h^(t)
            deltas_t.mul_(dh_t[:, None])  # (B, 4, H)
            if t > 0 or need_h0:
                dh_t.mul_(u_t).addmm_(delta_h_t, W_h)  # (B, H)
        delta = delta.flatten(0, 1)  # (n B, 4H)
        if need_x:
            torch.mm(delta[:, H:], W_x, out=dx[steps].view(len(delta), -1))
        if need_params:
            v_t = v(steps)  # (n B, H + D)
            _add_product(dW[H : 3 * H], delta[:, H : 3 * H].T, v_t)  # r and u see both
            _add_product(dW[:H, :H], delta[:, :H].T, v_t[:, :H])  # m sees h
            _add_product(dW[3 * H :, H:], delta[:, 3 * H :].T, v_t[:, H:])  # n sees x
            db += delta.sum(0)
    dparams = None
    if need_params:
        (_, dW_r, dW_u, _), (db_hn, db_r, db_u, db_xn) = dW.chunk(4), db.chunk(4)
        dparams = GRUParams(dW_r, dW_u, dW[3 * H :, H:], dW[:H, :H], db_r, db_u, db_xn, db_hn)
    return dx, dh_t if need_h0 else None, dparams


def _columns_together(W):
    """W with each column in one piece: MKL multiplies by a narrow matrix a fifth faster in float64 if it lies so."""
    return W.T.contiguous().T


def _add_product(total, a, b):
    """total += a @ b, in place."""
    torch.addmm(total, a, b, out=total)


def _gru_factors(h, gates, deltas):
    """What dL/dh^(t) is multiplied by to give the deltas of m, r, u and n, written into deltas; (n, B, 4, H)."""
    m, r, u, n = gates.unbind(2)
    delta_m, delta_r, delta_u, delta_n = deltas.unbind(2)
    closed = 1 - u  # (n, B, H)
    torch.sub(h, n, out=delta_u).mul_(closed)  # (h_prev - n) u (1 - u), as h - n = u (h_prev - n)
    torch.addcmul(closed, closed * n, n, value=-1, out=delta_n)  # (1 - u) (1 - n^2)
    torch.mul(delta_n, r, out=delta_m)
    torch.mul(delta_m, m, out=delta_r)
    delta_r.addcmul_(delta_r, r, value=-1)  # delta_n m r (1 - r)
    return deltas


def pack_lstm(params):
    """Stack the weights (4H, H + D) and the biases (4H,) of the gates in the order o, f, i, c~."""
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    return torch.cat([W_o, W_f, W_i, W_c]), torch.cat([b_o, b_f, b_i, b_c])


def gru_weights(params):
    """Stack what h feeds, (3H, H) in the order m, r, u, and what x feeds, (3H, D) in the order r, u, n."""
    W_r, W_u, W_xn, W_hn = params[:4]
    H = len(W_r)
    return torch.cat([W_hn, W_r[:, :H], W_u[:, :H]]), torch.cat([W_r[:, H:], W_u[:, H:], W_xn])


def slope(h, activation):
    """phi'(a) from h = phi(a), in a new tensor of h's shape."""
    return torch.ones_like(h).addcmul_(h, h, value=-1) if activation == "tanh" else (h > 0).to(h.dtype)


def _results(x, h0, h, blocks, G, needs):
    """Where the sums go: v by block, dx, and dW (G, H + D) and db (G,) at zero; None for what is not needed."""
    need_x, _, need_params = needs
    dx = torch.empty_like(x, memory_format=torch.contiguous_format) if need_x else None
    if not need_params:
        return None, dx, None, None
    v = Inputs(x, h0, h, blocks[0].stop)
    return v, dx, x.new_zeros(G, h.shape[2] + x.shape[2]), x.new_zeros(G)
