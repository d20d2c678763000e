"""Loop over time in plain torch: what has to wait for the step before, and nothing else.

`rnncourse.torch.cuda.loops` has the same functions for a CUDA device. They go through a block of n steps; the gates of
a step are one tensor (B, 4, H): an LSTM's o, f, i, c~ and a GRU's m, r, u, n. What is given for every step of the block
has n in front: gates (n, B, 4, H), h (n, B, H). All writing is in place, into tensors that the caller gives.
`keep`, (n, B), multiplies the state before each step: 0 where a new sequence begins, else 1; None where none does.
"""

import torch

from rnncourse.torch.cpu.tanh import tanh_in_memory
from rnncourse.torch.gradients import activation_derivative


def rnn_steps(a, h_prev, W_hh_T, activation, keep=None):
    """Finish n steps of an RNN: a (n, B, H) holds the inputs' share and becomes h. Return the last state."""
    phi, steps = tanh_in_memory(a) if activation == "tanh" else (_relu, torch.Tensor.unbind)
    for h_t, a_t, keep_t in zip(a.unbind(0), steps(a), _rows(keep, len(a)), strict=True):  # a_t is h_t
        if keep_t is not None:
            h_prev = h_prev * keep_t  # (B, H)
        h_t.addmm_(h_prev, W_hh_T)  # (B, H)
        phi(a_t, out=a_t)
        h_prev = h_t
    return h_prev


def lstm_steps(gates, h_t, c_t, W_h_T, h, c, tanh_c, keep=None):
    """Finish n steps of an LSTM: `gates` holds the inputs' share. Return the last state."""
    H, rows = h.shape[2], gates.flatten(2)  # (n, B, 4H)
    tanh, steps = tanh_in_memory(gates)
    tensors = (rows, rows[..., : 3 * H], *gates.unbind(2), h, c, tanh_c)
    in_memory = (steps(v) for v in (gates[:, :, 3], c, tanh_c))
    for row, o_f_i, o_t, f_t, i_t, c_tilde_t, h_out, c_out, tanh_c_t, a_t, c_read, tanh_c_out, keep_t in zip(
        *(v.unbind(0) for v in tensors), *in_memory, _rows(keep, len(h)), strict=True
    ):
        if keep_t is not None:
            h_t, c_t = h_t * keep_t, c_t * keep_t  # (B, H)
        row.addmm_(h_t, W_h_T)  # (B, 4H)
        o_f_i.sigmoid_()
        tanh(a_t, out=a_t)  # a_t is c_tilde_t
        c_t = torch.mul(f_t, c_t, out=c_out).addcmul_(i_t, c_tilde_t)  # (B, H)
        tanh(c_read, out=tanh_c_out)
        h_t = torch.mul(o_t, tanh_c_t, out=h_out)  # (B, H)
    return h_t, c_t


def gru_steps(gates, h_t, W_h_T, h, keep=None):
    """Finish n steps of a GRU: `gates` holds the inputs' share and b_hn. Return the last state."""
    H, rows = h.shape[2], gates.flatten(2)  # (n, B, 4H)
    tanh, steps = tanh_in_memory(gates)
    tensors = (rows[..., : 3 * H], rows[..., H : 3 * H], *gates.unbind(2), h)
    for m_r_u, r_and_u, m_t, r_t, u_t, n_t, h_out, a_t, keep_t in zip(
        *(v.unbind(0) for v in tensors), steps(gates[:, :, 3]), _rows(keep, len(h)), strict=True
    ):
        if keep_t is not None:
            h_t = h_t * keep_t  # (B, H)
        m_r_u.addmm_(h_t, W_h_T)  # (B, 3H)
        r_and_u.sigmoid_()
        n_t.addcmul_(r_t, m_t)
        tanh(a_t, out=a_t)  # a_t is n_t
        h_t = torch.lerp(n_t, h_t, u_t, out=h_out)  # (B, H): (1 - u) n + u h_prev
    return h_t


def rnn_deltas(dh, dh_t, h, activation, W_hh, need_prev, keep=None):
    """Compute the deltas of n steps of an RNN, from the last to the first.

    Parameters
    ----------
    dh : tensor of shape (n, B, H), or None for zero
        Gradient that reaches each h^(t) through its own output only.
    dh_t : tensor of shape (B, H)
        Gradient that reaches the block's last state from later steps; becomes that of the state before the block, if
        `need_prev` says that anything needs it.
    h : tensor of shape (n, B, H)
    activation : {"tanh", "relu"}
    W_hh : tensor of shape (H, H)
    need_prev : bool
    keep : tensor of shape (n, B), or None for ones

    Returns
    -------
    delta_h : tensor of shape (n, B, H)
    """
    delta = activation_derivative(h, activation)  # (n, B, H)
    for t, dh_out, keep_t, delta_t in _backwards(dh, keep, delta):
        if dh_out is not None:
            dh_t += dh_out  # (B, H): two arrows leave h^(t)
        delta_t.mul_(dh_t)  # (B, H)
        if t > 0 or need_prev:
            torch.mm(delta_t, W_hh, out=dh_t)  # (B, H)
            if keep_t is not None:
                dh_t.mul_(keep_t)
    return delta


def lstm_deltas(dh, dh_t, dc_t, gates, states, W_h, delta, need_prev, keep=None):
    """Write the four deltas of n steps of an LSTM into delta, (n, B, 4, H), from the last step to the first.

    `states` is (c before the block, h, c, tanh(c)); dh, dh_t, dc_t and `need_prev` are as in `rnn_deltas`.
    """
    (c_prev, h, c, tanh_c), (o, f, i, c_tilde) = states, gates.unbind(2)
    torch.addcmul(gates, gates, gates, value=-1, out=delta)  # the sigmoid's derivative, wrong for c~ as yet
    delta_o, delta_f, delta_i, delta_c = delta.unbind(2)
    delta_f[0].mul_(c_prev)
    delta_f[1:].mul_(c[:-1])
    if keep is not None:
        delta_f.mul_(keep[..., None])
    delta_i.mul_(c_tilde)
    torch.addcmul(i, i * c_tilde, c_tilde, value=-1, out=delta_c)  # i (1 - c~^2)
    delta_o.mul_(tanh_c)
    h_to_c = torch.addcmul(o, h, tanh_c, value=-1)  # o (1 - tanh(c)^2), as h = o tanh(c)
    for t, dh_out, keep_t, h_to_c_t, delta_fic_t, delta_o_t, delta_t, f_t in _backwards(
        dh, keep, h_to_c, delta[:, :, 1:], delta_o, delta.flatten(2), f
    ):
        if dh_out is not None:
            dh_t += dh_out  # (B, H): two arrows leave h^(t)
        dc_t.addcmul_(dh_t, h_to_c_t)  # (B, H): and two leave c^(t)
        delta_fic_t.mul_(dc_t[:, None])  # (B, 3, H)
        delta_o_t.mul_(dh_t)  # (B, H)
        if t > 0 or need_prev:
            torch.mm(delta_t, W_h, out=dh_t)  # (B, H)
            dc_t.mul_(f_t)  # (B, H)
            if keep_t is not None:
                dh_t.mul_(keep_t)
                dc_t.mul_(keep_t)


def gru_deltas(dh, dh_t, gates, states, W_h, delta, need_prev, keep=None):
    """Write the four deltas of n steps of a GRU into delta, (n, B, 4, H), from the last step to the first.

    `states` is (h before the block, h), of which only the second is read here; dh, dh_t and `need_prev` are as in
    `rnn_deltas`.
    """
    _, h = states
    _gru_factors(h, gates, delta)
    delta_h = delta.flatten(2)[..., : 3 * h.shape[2]]  # (n, B, 3H)
    for t, dh_out, keep_t, deltas_t, delta_h_t, u_t in _backwards(dh, keep, delta, delta_h, gates[:, :, 2]):
        if dh_out is not None:
            dh_t += dh_out  # (B, H): two arrows leave h^(t)
        deltas_t.mul_(dh_t[:, None])  # (B, 4, H)
        if t > 0 or need_prev:
            dh_t.mul_(u_t).addmm_(delta_h_t, W_h)  # (B, H)
            if keep_t is not None:
                dh_t.mul_(keep_t)


def _gru_factors(h, gates, deltas):
    """Write what dL/dh^(t) is multiplied by to give the deltas of m, r, u and n into deltas, (n, B, 4, H)."""
    m, r, u, n = gates.unbind(2)
    delta_m, delta_r, delta_u, delta_n = deltas.unbind(2)
    closed = 1 - u  # (n, B, H)
    torch.sub(h, n, out=delta_u).mul_(closed)  # (h_prev - n) u (1 - u), as h - n = u (h_prev - n)
    torch.addcmul(closed, closed * n, n, value=-1, out=delta_n)  # (1 - u) (1 - n^2)
    torch.mul(delta_n, r, out=delta_m)
    torch.mul(delta_m, m, out=delta_r)
    delta_r.addcmul_(delta_r, r, value=-1)  # delta_n m r (1 - r)


def _backwards(dh, keep, *tensors):
    """Pair (t, dh^(t), keep^(t), step t of each tensor), last step to first; dh^(t) is None where dh is, keep alike.

    One `unbind` of each is far cheaper than as many indexings.
    """
    n = len(tensors[0])
    from_output = (None,) * n if dh is None else dh.unbind(0)
    return reversed(list(zip(range(n), from_output, _rows(keep, n), *(v.unbind(0) for v in tensors), strict=True)))


def _rows(keep, n):
    """Take what is kept apart into n columns (B, 1), or into n times None."""
    return (None,) * n if keep is None else keep[..., None].unbind(0)


def _relu(a, out):
    return torch.clamp(a, min=0, out=out)
