"""Backpropagation through time for the three cells, as fast as plain torch goes; the equations are in `X_backward`.

Every gate's gradient is dL/dh^(t) (or dL/dc^(t)) times a factor that the forward pass already fixed. So the factors
of a block of steps are made at once, in the tensor that then becomes delta; the loop (in `_loops`) is the linear
recursion alone; and the products for the weights and for x are one each over the block.

Gradients into h or the last state may be None for zero. `needs` says whether the gradients of x, of the initial state
and of the parameters are wanted; the others come back as None.
"""

import torch

from rnncourse.notation import GRUParams, LSTMParams, RNNParams
from rnncourse.torch._blocks import Inputs, copy_or_zeros, slices_of, time_blocks
from rnncourse.torch._device import loops_for

ALL = (True, True, True)


def bptt_rnn(dh, dh_T, cache, needs=ALL):
    """The work of `rnn_backward`."""
    x, h0, h, (W_xh, W_hh, _), activation = cache
    need_x, need_h0, need_params = needs
    H, dh_t = h.shape[2], copy_or_zeros(dh_T, h0)  # (B, H)
    blocks, W_hh, W_xh = time_blocks(len(h), h, *h[0].shape), _for_products(W_hh), _for_products(W_xh)
    v, dx, dW, db = _results(x, h0, h, blocks, H, needs)
    for steps in reversed(blocks):
        delta = loops_for(x).rnn_deltas(steps, dh, dh_t, h, activation, W_hh, need_h0).flatten(0, 1)  # (n B, H)
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
    blocks, W_h, W_x = slices_of(gates), _for_products(W[:, :H]), _for_products(W[:, H:])
    v, dx, dW, db = _results(x, h0, h, blocks, 4 * H, needs)
    space = torch.empty_like(gates[0])  # (n, B, 4, H)
    for steps, gates_n in reversed(list(zip(blocks, gates, strict=True))):
        delta = space[: len(gates_n)]
        states = (c0, h, c, tanh_c)
        loops_for(x).lstm_deltas(steps, dh, dh_t, dc_t, gates_n, states, W_h, delta, need_state)
        delta = delta.flatten(2).flatten(0, 1)  # (n B, 4H)
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
    H, (W_h, W_x) = h.shape[2], (_for_products(W) for W in gru_weights(params))
    dh_t = copy_or_zeros(dh_T, h0)  # (B, H)
    blocks = slices_of(gates)
    v, dx, dW, db = _results(x, h0, h, blocks, 4 * H, needs)
    space = torch.empty_like(gates[0])  # (n, B, 4, H)
    for steps, gates_n in reversed(list(zip(blocks, gates, strict=True))):
        delta = space[: len(gates_n)]
        loops_for(x).gru_deltas(steps, dh, dh_t, gates_n, h0, h, W_h, delta, need_h0)
        delta = delta.flatten(2).flatten(0, 1)  # (n B, 4H)
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


def _for_products(W):
    """W, but in float64 on a CPU with each column in one piece: MKL then multiplies by it a tenth to a fifth faster."""
    return W.T.contiguous().T if W.dtype == torch.float64 and W.device.type == "cpu" else W


def _add_product(total, a, b):
    """total += a @ b, in place."""
    torch.addmm(total, a, b, out=total)


def pack_lstm(params):
    """Stack the weights (4H, H + D) and the biases (4H,) of the gates in the order o, f, i, c~."""
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    return torch.cat([W_o, W_f, W_i, W_c]), torch.cat([b_o, b_f, b_i, b_c])


def gru_weights(params):
    """Stack what h feeds, (3H, H) in the order m, r, u, and what x feeds, (3H, D) in the order r, u, n."""
    W_r, W_u, W_xn, W_hn = params[:4]
    H = len(W_r)
    return torch.cat([W_hn, W_r[:, :H], W_u[:, :H]]), torch.cat([W_r[:, H:], W_u[:, H:], W_xn])


def _results(x, h0, h, blocks, G, needs):
    """Where the sums go: v by block, dx, and dW (G, H + D) and db (G,) at zero; None for what is not needed."""
    need_x, _, need_params = needs
    dx = torch.empty_like(x, memory_format=torch.contiguous_format) if need_x else None
    if not need_params:
        return None, dx, None, None
    v = Inputs(x, h0, h, blocks[0].stop)
    return v, dx, x.new_zeros(G, h.shape[2] + x.shape[2]), x.new_zeros(G)
