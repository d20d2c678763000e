"""Backpropagation through time for the three cells, as fast as plain torch goes; the equations are in `X_backward`.

Every gate's gradient is dL/dh^(t) (or dL/dc^(t)) times a factor that the forward pass already fixed. So the factors
of all T steps are made at once, in the tensor that then becomes delta; the loop is the linear recursion alone; and the
products for the weights and for x are one each over all steps.

Gradients into h or the last state may be None for zero. `needs` says whether the gradients of x, of the initial state
and of the parameters are wanted; the others come back as None.
"""

import torch

from rnncourse.notation import GRUParams, LSTMParams, RNNParams

ALL = (True, True, True)


def bptt_rnn(dh, dh_T, cache, needs=ALL):
    """The work of `rnn_backward`."""
    x, h0, h, (W_xh, W_hh, _), activation = cache
    need_x, need_h0, need_params = needs
    delta = slope(h, activation)  # (T, B, H)
    dh_t = _copy_or_zeros(dh_T, h0)  # (B, H)
    for t, dh_out, delta_t in _backwards(_steps(dh, h), delta.unbind(0)):
        if dh_out is not None:
            dh_t += dh_out  # (B, H): two arrows leave h^(t)
        delta_t.mul_(dh_t)  # (B, H)
        if t > 0 or need_h0:
            torch.mm(delta_t, W_hh, out=dh_t)  # (B, H)
    delta = delta.flatten(0, 1)  # (T * B, H)
    dx = (delta @ W_xh).view(x.shape) if need_x else None
    dparams = None
    if need_params:
        dW_hh = (delta[: len(h0)].T @ h0).addmm_(delta[len(h0) :].T, h[:-1].flatten(0, 1))  # h_prev is h0, then h
        dparams = RNNParams(delta.T @ x.flatten(0, 1), dW_hh, delta.sum(0))
    return dx, dh_t if need_h0 else None, dparams


def bptt_lstm(dh, dstate_T, cache, needs=ALL):
    """The work of `lstm_backward`."""
    x, (h0, c0), h, c, gates, tanh_c, params = cache
    need_x, need_state, need_params = needs
    (T, B, H), W = h.shape, torch.cat(params[:4])  # (4H, H + D)
    f, i, c_tilde, o = gates.unbind(2)
    delta = torch.addcmul(gates, gates, gates, value=-1)  # (T, B, 4, H): the sigmoid's slope, wrong for c~ as yet
    delta_f, delta_i, delta_c, delta_o = delta.unbind(2)
    delta_f[0] *= c0
    delta_f[1:] *= c[:-1]
    delta_i *= c_tilde
    torch.addcmul(i, i * c_tilde, c_tilde, value=-1, out=delta_c)  # i (1 - c~^2)
    delta_o *= tanh_c
    h_to_c = torch.addcmul(o, h, tanh_c, value=-1)  # (T, B, H): o (1 - tanh(c)^2), as h = o tanh(c)
    dh_t, dc_t = _copy_or_zeros(dstate_T[0], h0), _copy_or_zeros(dstate_T[1], c0)  # (B, H), (B, H)
    blocks, W_h = delta.view(T, B, 4 * H), W[:, :H]
    tensors = (v.unbind(0) for v in (h_to_c, delta[:, :, :3], delta_o, blocks, f))
    for t, dh_out, h_to_c_t, delta_fic_t, delta_o_t, delta_t, f_t in _backwards(_steps(dh, h), *tensors):
        if dh_out is not None:
            dh_t += dh_out  # (B, H): two arrows leave h^(t)
        dc_t.addcmul_(dh_t, h_to_c_t)  # (B, H): and two leave c^(t)
        delta_fic_t.mul_(dc_t[:, None])  # (B, 3, H)
        delta_o_t.mul_(dh_t)  # (B, H)
        if t > 0 or need_state:
            torch.mm(delta_t, W_h, out=dh_t)  # (B, H)
            dc_t.mul_(f_t)  # (B, H)
    delta = blocks.flatten(0, 1)  # (T * B, 4H)
    dx = (delta @ W[:, H:]).view(x.shape) if need_x else None
    dparams = None
    if need_params:
        dW = delta.T @ _inputs(x, h0, h)  # (4H, H + D)
        dparams = LSTMParams(*dW.chunk(4), *delta.sum(0).chunk(4))
    return dx, (dh_t, dc_t) if need_state else (None, None), dparams


def bptt_gru(dh, dh_T, cache, needs=ALL):
    """The work of `gru_backward`. The block of a step is [m, r, u, n]: h feeds its first 3H columns, x its last."""
    x, h0, h, block, params = cache
    need_x, need_h0, need_params = needs
    (T, B, H), (W_h, W_x) = h.shape, gru_weights(params)
    m, r, u, n = block.view(T, B, 4, H).unbind(2)
    delta = torch.empty_like(block)  # (T, B, 4H)
    gates = delta.view(T, B, 4, H)
    delta_m, delta_r, delta_u, delta_n = gates.unbind(2)
    closed = 1 - u  # (T, B, H)
    torch.sub(h, n, out=delta_u).mul_(closed)  # (h_prev - n) u (1 - u), as h - n = u (h_prev - n)
    torch.addcmul(closed, closed * n, n, value=-1, out=delta_n)  # (1 - u) (1 - n^2)
    torch.mul(delta_n, r, out=delta_m)
    torch.mul(delta_m, m, out=delta_r)
    delta_r.addcmul_(delta_r, r, value=-1)  # delta_n m r (1 - r)
    dh_t = _copy_or_zeros(dh_T, h0)  # (B, H)
    tensors = (v.unbind(0) for v in (gates, delta[..., : 3 * H], u))
    for t, dh_out, gates_t, delta_h_t, u_t in _backwards(_steps(dh, h), *tensors):
        if dh_out is not None:
            dh_t += dh_out  # (B, H): two arrows leave h^(t)
        gates_t.mul_(dh_t[:, None])  # (B, 4, H)
        if t > 0 or need_h0:
            dh_t.mul_(u_t).addmm_(delta_h_t, W_h)  # (B, H)
    delta = delta.flatten(0, 1)  # (T * B, 4H)
    dx = (delta[:, H:] @ W_x).view(x.shape) if need_x else None
    dparams = None
    if need_params:
        v = _inputs(x, h0, h)  # (T * B, H + D)
        dW_r, dW_u = (delta[:, H : 3 * H].T @ v).chunk(2)  # (H, H + D), (H, H + D)
        dW_hn, dW_xn = delta[:, :H].T @ v[:, :H], delta[:, 3 * H :].T @ v[:, H:]  # (H, H), (H, D)
        db_hn, db_r, db_u, db_xn = delta.sum(0).chunk(4)
        dparams = GRUParams(dW_r, dW_u, dW_xn, dW_hn, db_r, db_u, db_xn, db_hn)
    return dx, dh_t if need_h0 else None, dparams


def gru_weights(params):
    """Stack what h feeds, (3H, H) in the order m, r, u, and what x feeds, (3H, D) in the order r, u, n."""
    W_r, W_u, W_xn, W_hn = params[:4]
    H = len(W_r)
    return torch.cat([W_hn, W_r[:, :H], W_u[:, :H]]), torch.cat([W_r[:, H:], W_u[:, H:], W_xn])


def slope(h, activation):
    """phi'(a) from h = phi(a), in a new tensor of h's shape."""
    return torch.ones_like(h).addcmul_(h, h, value=-1) if activation == "tanh" else (h > 0).to(h.dtype)


def _inputs(x, h0, h):
    """v^(t) = [h^(t-1); x^(t)] at every step, (T * B, H + D): the gradient of a weight on v is then one product."""
    v = torch.cat([torch.cat([h0[None], h[:-1]]), x], dim=2)  # (T, B, H + D)
    return v.flatten(0, 1)


def _copy_or_zeros(grad, like):
    """The gradient into a last state, in a tensor that the loop may overwrite; zeros for None."""
    return torch.zeros_like(like) if grad is None else grad.clone(memory_format=torch.contiguous_format)


def _steps(dh, h):
    """dh by time step; None at every step where nothing reads h."""
    return (None,) * len(h) if dh is None else dh.unbind(0)


def _backwards(*steps):
    """(t, step t of each) from the last step to the first. One `unbind` each is far cheaper than T indexings."""
    return reversed(list(zip(range(len(steps[0])), *steps, strict=True)))
