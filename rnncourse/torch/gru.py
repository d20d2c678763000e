"""Run the GRU forwards and backwards in time on any device (`autograd.gru` is differentiable).

The reset-after form of torch and cuDNN: the reset gate scales m^(t) = W_hn h^(t-1) + b_hn, after the product.
"""

import torch

from rnncourse.notation import GRUParams
from rnncourse.torch.blocks import empty_blocks, part, slices_of, state_before, time_blocks
from rnncourse.torch.device import loops_for
from rnncourse.torch.first_order import no_autograd
from rnncourse.torch.gradients import ALL, add_product, copy_or_zeros, gradient_buffers, in_product_layout
from rnncourse.torch.initializers import move, orthogonal, orthogonal_and_normal, scaled_normal
from rnncourse.torch.validation import check_numbers, check_tensors
from rnncourse.validation import check_backward, check_forward, check_type


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
    b = torch.zeros(H)
    params = GRUParams(W_r=W_r, W_u=W_u, W_xn=W_xn, W_hn=W_hn, b_r=b, b_u=b, b_xn=b, b_hn=b)
    return move(params, device, dtype)


def gru_step(x_t, h_prev, params):
    """Compute one time step of a GRU, in plain torch: autograd can follow it.

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
    """Differentiate one time step: from the gradient of h^(t) to those of everything that made it.

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
    dW_r, dW_u, dW_xn, dW_hn = delta_r.T @ v_t, delta_u.T @ v_t, delta_n.T @ x_t, delta_m.T @ h_prev
    db_r, db_u, db_xn, db_hn = (delta.sum(0) for delta in (delta_r, delta_u, delta_n, delta_m))  # (H,)
    dv_t = delta_r @ W_r + delta_u @ W_u  # (B, H + D)
    dv_h, dv_x = dv_t.split([h_prev.shape[1], x_t.shape[1]], dim=1)  # (B, H), (B, D)
    dh_prev = dv_h + delta_m @ W_hn + dh_t * u_t  # (B, H): four arrows leave h^(t-1)
    dparams = GRUParams(W_r=dW_r, W_u=dW_u, W_xn=dW_xn, W_hn=dW_hn, b_r=db_r, b_u=db_u, b_xn=db_xn, b_hn=db_hn)
    return dv_x + delta_n @ W_xn, dh_prev, dparams


def gru_forward(x, h0, params):
    """Run a GRU over a whole sequence; autograd does not record it (`autograd.gru` is differentiable).

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
    return run_gru(x, h0, params)


@no_autograd
def gru_backward(dh, dh_T, cache):
    """Backpropagate through time for a GRU.

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


@no_autograd
def run_gru(x, h0, params, keep=None):
    """Compute what `gru_forward` returns; keep (T, B) multiplies the state before each step, None for ones."""
    check_type(params, GRUParams)
    check_tensors(x=x, h0=h0, params=params)
    check_forward(x, h0, params, GRUParams)
    _, _, _, _, b_r, b_u, b_xn, b_hn = params
    W_h, W_x = _stack_weights(params)
    (T, B, D), H = x.shape, len(b_r)
    # the gates of a step are [m, r, u, n]: x's share goes into r, u, n in one product, h's into m, r, u step by step
    blocks, h, h_t = time_blocks(T, x, B, 4, H), x.new_empty(T, B, H), h0
    gates = empty_blocks(x, blocks, B, 4, H)
    b_x, W_h_T, W_x_T = torch.cat([b_r, b_u, b_xn]), W_h.T, W_x.T
    for steps, gates_n in zip(blocks, gates, strict=True):
        rows = gates_n.flatten(2)  # (n, B, 4H)
        rows[..., :H] = b_hn
        torch.addmm(b_x, x[steps].reshape(-1, D), W_x_T, out=rows.flatten(0, 1)[:, H:])
        h_t = loops_for(x, 3, H).gru_steps(gates_n, h_t, W_h_T, h[steps], part(keep, steps))
    check_numbers(h_t, x=x, h0=h0, params=params)
    return h, h_t.clone(), (x, h0, h, gates, params)


def bptt_gru(dh, dh_T, cache, needs=ALL, keep=None):
    """Compute what `gru_backward` returns, unchecked, and only those gradients that something needs.

    The gates of a step are [m, r, u, n]: h feeds its first 3H columns, x its last.

    Parameters
    ----------
    dh, dh_T : as for `gru_backward`, or None for zero
    cache : tuple
        From `gru_forward`.
    needs : three bools
        Of x, the initial state and the parameters: whose gradient to compute. The others come back as None.
    keep : tensor of shape (T, B), or None for ones
        What the state before each step was multiplied by.
    """
    x, h0, h, gates, params = cache
    need_x, need_h0, need_params = needs
    H, (W_h, W_x) = h.shape[2], (in_product_layout(W) for W in _stack_weights(params))  # (3H, H), (3H, D)
    blocks, dh_t = slices_of(gates), copy_or_zeros(dh_T, h0)  # (B, H)
    v, dx, dW, db = gradient_buffers(x, h0, h, blocks, 4 * H, needs, keep)
    space = torch.empty_like(gates[0])  # (n, B, 4, H)
    for steps, gates_n in reversed(list(zip(blocks, gates, strict=True))):
        dh_n, need_prev = part(dh, steps), steps.start > 0 or need_h0
        states, delta = (state_before(h0, h, steps), h[steps]), space[: len(gates_n)]
        loops_for(x, 3, H).gru_deltas(dh_n, dh_t, gates_n, states, W_h, delta, need_prev, part(keep, steps))
        delta = delta.flatten(2).flatten(0, 1)  # (n B, 4H)
        if need_x:
            torch.mm(delta[:, H:], W_x, out=dx[steps].view(len(delta), -1))
        if need_params:
            v_n = v(steps)  # (n B, H + D)
            add_product(dW[H : 3 * H], delta[:, H : 3 * H].T, v_n)  # r and u see both
            add_product(dW[:H, :H], delta[:, :H].T, v_n[:, :H])  # m sees h
            add_product(dW[3 * H :, H:], delta[:, 3 * H :].T, v_n[:, H:])  # n sees x
            db += delta.sum(0)
    dparams = None
    if need_params:
        (_, dW_r, dW_u, _), (db_hn, db_r, db_u, db_xn) = dW.chunk(4), db.chunk(4)
        dW_xn, dW_hn = dW[3 * H :, H:], dW[:H, :H]
        dparams = GRUParams(W_r=dW_r, W_u=dW_u, W_xn=dW_xn, W_hn=dW_hn, b_r=db_r, b_u=db_u, b_xn=db_xn, b_hn=db_hn)
    return dx, dh_t if need_h0 else None, dparams


def _gates(x_t, h_prev, params):
    """Compute v^(t) = [h^(t-1); x^(t)], the gates r and u, m = W_hn h^(t-1) + b_hn, and the candidate n."""
    W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn = params
    v_t = torch.cat([h_prev, x_t], dim=1)  # (B, H + D)
    r_t = torch.sigmoid(v_t @ W_r.T + b_r)  # (B, H)
    u_t = torch.sigmoid(v_t @ W_u.T + b_u)  # (B, H)
    m_t = h_prev @ W_hn.T + b_hn  # (B, H)
    n_t = torch.tanh(x_t @ W_xn.T + b_xn + r_t * m_t)  # (B, H)
    return v_t, r_t, u_t, m_t, n_t


def _stack_weights(params):
    """Stack what h feeds, (3H, H) in the order m, r, u, and what x feeds, (3H, D) in the order r, u, n."""
    W_r, W_u, W_xn, W_hn = params[:4]
    H = len(W_r)
    return torch.cat([W_hn, W_r[:, :H], W_u[:, :H]]), torch.cat([W_r[:, H:], W_u[:, H:], W_xn])
