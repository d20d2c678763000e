"""The GRU on any device, forwards and backwards in time, by hand (`autograd.gru` is differentiable).

The reset-after form of torch and cuDNN: the reset gate scales m^(t) = W_hn h^(t-1) + b_hn, after the product.
"""

import torch

from rnncourse.notation import GRUParams
from rnncourse.shapes import check_backward, check_forward, check_type
from rnncourse.torch._blocks import empty_blocks, time_blocks
from rnncourse.torch._bptt import bptt_gru, gru_weights
from rnncourse.torch._checks import check_numbers, check_tensors
from rnncourse.torch._device import loops_for
from rnncourse.torch._function import by_hand
from rnncourse.torch._init import orthogonal, orthogonal_and_normal, scaled_normal


def init_gru(D, H, generator, dtype=torch.float64, device=None):
    """Draw the parameters of a GRU: orthogonal on h, N(0, 1/D) on x, biases zero.

    Parameters
    ----------
    D, H : int
        Input features and hidden units.
    generator : torch.Generator or None
        Numbers are drawn where it lives and then moved, so one CPU generator gives the same weights on every device.
    dtype : torch.dtype, optional
    device : torch.device, optional

    Returns
    -------
    GRUParams
    """
    W_r = orthogonal_and_normal(D, H, generator)
    W_u = orthogonal_and_normal(D, H, generator)
    W_xn = scaled_normal(H, D, generator)
    W_hn = orthogonal(H, generator)
    return GRUParams(*(v.to(device, dtype, copy=True) for v in (W_r, W_u, W_xn, W_hn, *torch.zeros(4, H))))


def gru_step(x_t, h_prev, params):
    """One time step of a GRU, in plain torch: autograd can follow it.

    r = sigmoid(W_r [h^(t-1); x^(t)] + b_r),   u = sigmoid(W_u [h^(t-1); x^(t)] + b_u)        {eq}`gru-gates`
    n = tanh(W_xn x^(t) + b_xn + r * (W_hn h^(t-1) + b_hn)),   h^(t) = (1 - u) * n + u * h^(t-1)    {eq}`gru-state`

    Parameters
    ----------
    x_t : tensor of shape (B, D)
    h_prev : tensor of shape (B, H)
        The state one step earlier.
    params : GRUParams

    Returns
    -------
    h_t : tensor of shape (B, H)

    Notes
    -----
    Source: ours (the notes do not treat the GRU), after Cho et al. (2014), arXiv:1406.1078, in the reset-after form.
    """
    *_, u_t, _, n_t = _gates(x_t, h_prev, params)
    return (1 - u_t) * n_t + u_t * h_prev  # (B, H)


def gru_step_backward(dh_t, x_t, h_prev, params):
    """Backward pass of one time step: from the gradient of h^(t) to those of everything that made it.

    delta_u = dL/dh^(t) * (h^(t-1) - n) * u (1 - u),   delta_n = dL/dh^(t) * (1 - u) * (1 - n^2)
    delta_m = delta_n * r,   delta_r = delta_n * m * r (1 - r)                        {eq}`gru-step-backward`

    Parameters
    ----------
    dh_t : tensor of shape (B, H)
        Gradient of the loss with respect to h^(t), from its output and from step t+1 together.
    x_t : tensor of shape (B, D)
    h_prev : tensor of shape (B, H)
    params : GRUParams

    Returns
    -------
    dx_t : tensor of shape (B, D)
    dh_prev : tensor of shape (B, H)
    dparams : GRUParams
        This step's share of the gradients.
    """
    W_r, W_u, W_xn, W_hn, *_ = params
    v_t, r_t, u_t, m_t, n_t = _gates(x_t, h_prev, params)
    delta_u = dh_t * (h_prev - n_t) * u_t * (1 - u_t)  # (B, H)
    delta_n = dh_t * (1 - u_t) * (1 - n_t**2)  # (B, H)
    delta_m = delta_n * r_t  # (B, H)
    delta_r = delta_n * m_t * r_t * (1 - r_t)  # (B, H)
    weights = (delta_r.T @ v_t, delta_u.T @ v_t, delta_n.T @ x_t, delta_m.T @ h_prev)
    biases = (delta_r.sum(0), delta_u.sum(0), delta_n.sum(0), delta_m.sum(0))
    dv_t = delta_r @ W_r + delta_u @ W_u  # (B, H + D)
    dv_h, dv_x = dv_t.split([h_prev.shape[1], x_t.shape[1]], dim=1)  # (B, H), (B, D)
    dh_prev = dv_h + delta_m @ W_hn + dh_t * u_t  # (B, H): four arrows leave h^(t-1)
    return dv_x + delta_n @ W_xn, dh_prev, GRUParams(*weights, *biases)


@by_hand
def gru_forward(x, h0, params):
    """Run a GRU over a whole sequence; autograd does not watch (`autograd.gru` is differentiable).

    Parameters
    ----------
    x : tensor of shape (T, B, D)
    h0 : tensor of shape (B, H)
    params : GRUParams

    Returns
    -------
    h : tensor of shape (T, B, H)
        h^(1), ..., h^(T).
    h_T : tensor of shape (B, H)
        The last state.
    cache : tuple
        What `gru_backward` needs.

    Raises
    ------
    TypeError, ValueError
        A wrong type, dtype, shape or device, or NaN: named with what was wanted.
    """
    check_type(params, GRUParams)
    check_tensors(x=x, h0=h0, params=params)
    check_forward(x, h0, params, GRUParams)
    _, _, _, _, b_r, b_u, b_xn, b_hn = params
    W_h, W_x = gru_weights(params)
    (T, B, D), H = x.shape, len(b_r)
    # the gates of a step are [m, r, u, n]: x's share goes into r, u, n in one product, h's into m, r, u step by step
    blocks, h, h_t = time_blocks(T, x, B, 4, H), x.new_empty(T, B, H), h0
    gates = empty_blocks(x, blocks, B, 4, H)
    b_x, W_h_T, W_x_T = torch.cat([b_r, b_u, b_xn]), W_h.T, W_x.T
    for part, gates_n in zip(blocks, gates, strict=True):
        rows = gates_n.flatten(2)  # (n, B, 4H)
        rows[..., :H] = b_hn
        torch.addmm(b_x, x[part].reshape(-1, D), W_x_T, out=rows.flatten(0, 1)[:, H:])
        h_t = loops_for(x).gru_steps(gates_n, h_t, W_h_T, h[part])
    check_numbers(h_t, x=x, h0=h0, params=params)
    return h, h_t.clone(), (x, h0, h, gates, params)


@by_hand
def gru_backward(dh, dh_T, cache):
    """Backpropagation through time for a GRU.

    dL/dh^(t-1) = (from its own output) + [W_r^T delta_r + W_u^T delta_u]_h + W_hn^T delta_m + dL/dh^(t) * u
    {eq}`gru-bptt`

    Parameters
    ----------
    dh : tensor of shape (T, B, H)
        Gradient that reaches each h^(t) through its own output only.
    dh_T : tensor of shape (B, H)
        Extra gradient into the last state; zero unless something reads it.
    cache : tuple
        From `gru_forward`.

    Returns
    -------
    dx : tensor of shape (T, B, D)
    dh0 : tensor of shape (B, H)
    dparams : GRUParams
        dW_r, ..., db_hn, summed over time.
    """
    check_tensors(dh=dh, dh_T=dh_T)
    check_backward(dh, dh_T, cache[2], GRUParams)
    dx, dh0, dparams = bptt_gru(dh, dh_T, cache)
    check_numbers(dh0, dh=dh, dh_T=dh_T)
    return dx, dh0, dparams


def _gates(x_t, h_prev, params):
    """v^(t) = [h^(t-1); x^(t)], the gates r and u, m = W_hn h^(t-1) + b_hn, and the candidate n."""
    W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn = params
    v_t = torch.cat([h_prev, x_t], dim=1)  # (B, H + D)
    r_t = torch.sigmoid(v_t @ W_r.T + b_r)  # (B, H)
    u_t = torch.sigmoid(v_t @ W_u.T + b_u)  # (B, H)
    m_t = h_prev @ W_hn.T + b_hn  # (B, H)
    n_t = torch.tanh(x_t @ W_xn.T + b_xn + r_t * m_t)  # (B, H)
    return v_t, r_t, u_t, m_t, n_t
