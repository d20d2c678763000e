"""The time loops in plain torch: what has to wait for the step before, and nothing else.

`_fused` has the same functions for a CUDA device. The gates of a step are one block (B, 4, H): an LSTM's o, f, i, c~
and a GRU's m, r, u, n. `gates` holds n such steps. All writing is in place, into tensors that the caller gives.
"""

import torch

from rnncourse.torch._blocks import backwards, before
from rnncourse.torch._tanh import tanh_in_memory


def rnn_steps(a, h_prev, W_hh_T, activation):
    """Finish the steps of an RNN: a (T, B, H) holds the inputs' share and becomes h. Returns the last state."""
    phi, steps = tanh_in_memory(a) if activation == "tanh" else (_relu, torch.Tensor.unbind)
    for h_t, a_t in zip(a.unbind(0), steps(a), strict=True):  # a_t is h_t
        h_t.addmm_(h_prev, W_hh_T)  # (B, H)
        phi(a_t, out=a_t)
        h_prev = h_t
    return h_prev


def lstm_steps(gates, h_t, c_t, W_h_T, h, c, tanh_c):
    """Finish n steps of an LSTM: `gates` holds the inputs' share. Returns the last state."""
    H, rows = h.shape[2], gates.flatten(2)  # (n, B, 4H)
    tanh, steps = tanh_in_memory(gates)
    tensors = (rows, rows[..., : 3 * H], *gates.unbind(2), h, c, tanh_c)
    in_memory = (steps(v) for v in (gates[:, :, 3], c, tanh_c))
    for row, o_f_i, o_t, f_t, i_t, c_tilde_t, h_out, c_out, tanh_c_t, a_t, c_read, tanh_c_out in zip(
        *(v.unbind(0) for v in tensors), *in_memory, strict=True
    ):
        row.addmm_(h_t, W_h_T)  # (B, 4H)
        o_f_i.sigmoid_()
        tanh(a_t, out=a_t)  # a_t is c_tilde_t
        c_t = torch.mul(f_t, c_t, out=c_out).addcmul_(i_t, c_tilde_t)  # (B, H)
        tanh(c_read, out=tanh_c_out)
        h_t = torch.mul(o_t, tanh_c_t, out=h_out)  # (B, H)
    return h_t, c_t


def gru_steps(gates, h_t, W_h_T, h):
    """Finish n steps of a GRU: `gates` holds the inputs' share and b_hn. Returns the last state."""
    H, rows = h.shape[2], gates.flatten(2)  # (n, B, 4H)
    tanh, steps = tanh_in_memory(gates)
    tensors = (rows[..., : 3 * H], rows[..., H : 3 * H], *gates.unbind(2), h)
    for m_r_u, r_and_u, m_t, r_t, u_t, n_t, h_out, a_t in zip(
        *(v.unbind(0) for v in tensors), steps(gates[:, :, 3]), strict=True
    ):
        m_r_u.addmm_(h_t, W_h_T)  # (B, 3H)
        r_and_u.sigmoid_()
        n_t.addcmul_(r_t, m_t)
        tanh(a_t, out=a_t)  # a_t is n_t
        h_t = torch.lerp(n_t, h_t, u_t, out=h_out)  # (B, H): (1 - u) n + u h_prev
    return h_t


def rnn_deltas(steps, dh, dh_t, h, activation, W_hh, need_h0):
    """delta_h of some steps, (n, B, H); dh_t becomes the gradient of the state before them, if anything needs it."""
    delta = slope(h[steps], activation)  # (n, B, H)
    for t, dh_out, delta_t in backwards(steps, dh, delta):
        if dh_out is not None:
            dh_t += dh_out  # (B, H): two arrows leave h^(t)
        delta_t.mul_(dh_t)  # (B, H)
        if t > 0 or need_h0:
            torch.mm(delta_t, W_hh, out=dh_t)  # (B, H)
    return delta


def lstm_deltas(steps, dh, dh_t, dc_t, gates, states, W_h, delta, need_state):
    """The gates' deltas of some steps into delta, (n, B, 4, H); dh_t and dc_t become those of the state before them."""
    (c0, h, c, tanh_c), (o, f, i, c_tilde) = states, gates.unbind(2)
    torch.addcmul(gates, gates, gates, value=-1, out=delta)  # the sigmoid's slope, wrong for c~ as yet
    delta_o, delta_f, delta_i, delta_c = delta.unbind(2)
    for where, c_prev in before(c0, c, steps):
        delta_f[where] *= c_prev
    delta_i *= c_tilde
    torch.addcmul(i, i * c_tilde, c_tilde, value=-1, out=delta_c)  # i (1 - c~^2)
    delta_o *= tanh_c[steps]
    h_to_c = torch.addcmul(o, h[steps], tanh_c[steps], value=-1)  # o (1 - tanh(c)^2), as h = o tanh(c)
    for t, dh_out, h_to_c_t, delta_fic_t, delta_o_t, delta_t, f_t in backwards(
        steps, dh, h_to_c, delta[:, :, 1:], delta_o, delta.flatten(2), f
    ):
        if dh_out is not None:
            dh_t += dh_out  # (B, H): two arrows leave h^(t)
        dc_t.addcmul_(dh_t, h_to_c_t)  # (B, H): and two leave c^(t)
        delta_fic_t.mul_(dc_t[:, None])  # (B, 3, H)
        delta_o_t.mul_(dh_t)  # (B, H)
        if t > 0 or need_state:
            torch.mm(delta_t, W_h, out=dh_t)  # (B, H)
            dc_t.mul_(f_t)  # (B, H)


def gru_deltas(steps, dh, dh_t, gates, h0, h, W_h, delta, need_h0):
    """The gates' deltas of some steps into delta, (n, B, 4, H); dh_t becomes that of the state before them."""
    _gru_factors(h[steps], gates, delta)
    delta_h = delta.flatten(2)[..., : 3 * h.shape[2]]  # (n, B, 3H)
    for t, dh_out, deltas_t, delta_h_t, u_t in backwards(steps, dh, delta, delta_h, gates[:, :, 2]):
        if dh_out is not None:
            dh_t += dh_out  # (B, H): two arrows leave h^(t)
        deltas_t.mul_(dh_t[:, None])  # (B, 4, H)
        if t > 0 or need_h0:
            dh_t.mul_(u_t).addmm_(delta_h_t, W_h)  # (B, H)


def slope(h, activation):
    """phi'(a) from h = phi(a), in a new tensor of h's shape."""
    return torch.ones_like(h).addcmul_(h, h, value=-1) if activation == "tanh" else (h > 0).to(h.dtype)


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


def _relu(a, out):
    return torch.clamp(a, min=0, out=out)
