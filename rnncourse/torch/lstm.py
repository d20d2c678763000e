"""Run the LSTM forwards and backwards in time on any device (`autograd.lstm` is differentiable).

The state is the pair (h, c). The four gates of a step are one block (B, 4H) in the order o, f, i, c~: the three that
take a sigmoid lie together, and so do the three whose gradients are multiples of dL/dc.
"""

import torch

from rnncourse.notation import LSTMParams
from rnncourse.torch.blocks import empty_blocks, part, slices_of, state_before, time_blocks
from rnncourse.torch.device import loops_for
from rnncourse.torch.first_order import no_autograd
from rnncourse.torch.gradients import ALL, add_product, copy_or_zeros, gradient_buffers, in_product_layout
from rnncourse.torch.initializers import move, orthogonal_and_normal
from rnncourse.torch.validation import check_numbers, check_pair, check_tensors
from rnncourse.validation import check_backward, check_forward, check_type


def init_lstm(D, H, generator, dtype=torch.float64, device=None, forget_bias=1.0):
    """Draw the parameters of an LSTM.

    Each W is orthogonal on h and N(0, 1/D) on x; b_i = b_c = b_o = 0. b_f = 1 opens the forget gate to
    sigmoid(1) = 0.73, so that a gradient lives longer than with b_f = 0, where it halves at every step.

    Parameters
    ----------
    D, H : int
        Input features and hidden units.
    generator : torch.Generator or None
        Numbers are drawn where it lives and then moved, so one CPU generator gives the same weights on every device.
    dtype : torch.dtype, optional
    device : torch.device, optional
    forget_bias : float, optional
        Where b_f starts.

    Returns
    -------
    LSTMParams
    """
    W_f, W_i, W_c, W_o = (orthogonal_and_normal(D, H, generator) for _ in range(4))
    b_f, zeros = torch.full((H,), forget_bias), torch.zeros(H)
    params = LSTMParams(W_f=W_f, W_i=W_i, W_c=W_c, W_o=W_o, b_f=b_f, b_i=zeros, b_c=zeros, b_o=zeros)
    return move(params, device, dtype)


def lstm_step(x_t, state_prev, params):
    """Compute one time step of an LSTM, in plain torch: autograd can follow it.

    f = sigmoid(W_f [h^(t-1); x^(t)] + b_f), i and o alike, c~ = tanh(W_c [h^(t-1); x^(t)] + b_c)    {eq}`lstm-gates`
    c^(t) = f * c^(t-1) + i * c~,   h^(t) = o * tanh(c^(t))                                           {eq}`lstm-state`

    Parameters
    ----------
    x_t : tensor of shape (B, D)
    state_prev : tuple of two tensors of shape (B, H)
        h^(t-1) and c^(t-1).
    params : LSTMParams

    Returns
    -------
    state_t : tuple of two tensors of shape (B, H)
        h^(t) and c^(t).

    Notes
    -----
    Source: the notes, LSTM, sections 1 to 4.
    """
    _, c_prev = state_prev
    _, f_t, i_t, c_tilde_t, o_t = _gates(x_t, state_prev, params)
    c_t = f_t * c_prev + i_t * c_tilde_t  # (B, H)
    return o_t * torch.tanh(c_t), c_t


def lstm_step_backward(dstate_t, x_t, state_prev, state_t, params):
    """Differentiate one time step: from the gradient of (h^(t), c^(t)) to those of everything that made them.

    dc = dc^(t) + dh^(t) * o * (1 - tanh(c^(t))^2)                                        {eq}`lstm-step-backward`
    delta_f = dc * c^(t-1) * f (1 - f),   delta_i = dc * c~ * i (1 - i),   delta_c = dc * i * (1 - c~^2)
    delta_o = dh^(t) * tanh(c^(t)) * o (1 - o)

    Parameters
    ----------
    dstate_t : tuple of two tensors of shape (B, H)
        Gradient of h^(t), from its output and from step t+1 together, and of c^(t), from step t+1 only.
    x_t : tensor of shape (B, D)
    state_prev, state_t : tuples of two tensors of shape (B, H)
        (h^(t-1), c^(t-1)) and (h^(t), c^(t)).
    params : LSTMParams

    Returns
    -------
    dx_t : tensor of shape (B, D)
    dstate_prev : tuple of two tensors of shape (B, H)
        dh_prev and dc_prev.
    dparams : LSTMParams
        This step's share of the gradients.
    """
    (dh_t, dc_t), (_, c_prev), (_, c_t) = dstate_t, state_prev, state_t
    v_t, f_t, i_t, c_tilde_t, o_t = _gates(x_t, state_prev, params)
    dc_t = dc_t + dh_t * o_t * (1 - torch.tanh(c_t) ** 2)  # (B, H): two arrows leave c^(t)
    delta_f = dc_t * c_prev * f_t * (1 - f_t)  # (B, H)
    delta_i = dc_t * c_tilde_t * i_t * (1 - i_t)  # (B, H)
    delta_c = dc_t * i_t * (1 - c_tilde_t**2)  # (B, H)
    delta_o = dh_t * torch.tanh(c_t) * o_t * (1 - o_t)  # (B, H)
    deltas = (delta_f, delta_i, delta_c, delta_o)
    dv_t = sum(delta @ W for delta, W in zip(deltas, params[:4], strict=True))  # (B, H + D)
    dh_prev, dx_t = dv_t.split([c_t.shape[1], x_t.shape[1]], dim=1)
    dW_f, dW_i, dW_c, dW_o = (delta.T @ v_t for delta in deltas)  # (H, H + D)
    db_f, db_i, db_c, db_o = (delta.sum(0) for delta in deltas)  # (H,)
    dparams = LSTMParams(W_f=dW_f, W_i=dW_i, W_c=dW_c, W_o=dW_o, b_f=db_f, b_i=db_i, b_c=db_c, b_o=db_o)
    return dx_t, (dh_prev, dc_t * f_t), dparams


def lstm_forward(x, state0, params):
    """Run an LSTM over a whole sequence; autograd does not record it (`autograd.lstm` is differentiable).

    Parameters
    ----------
    x : tensor of shape (T, B, D)
    state0 : tuple of two tensors of shape (B, H)
        h^(0) and c^(0).
    params : LSTMParams

    Returns
    -------
    h : tensor of shape (T, B, H)
        h^(1), ..., h^(T).
    state_T : tuple of two tensors of shape (B, H)
        The last state, (h^(T), c^(T)).
    cache : tuple
        What `lstm_backward` needs.

    Raises
    ------
    TypeError, ValueError
        A wrong type, dtype, shape or device, or NaN: named with what was wanted.
    """
    return run_lstm(x, state0, params)


@no_autograd
def lstm_backward(dh, dstate_T, cache):
    """Backpropagate through time for an LSTM.

    dL/dh^(t) = (from its own output) + (from the four gates of step t+1)                 {eq}`lstm-bptt`
    dL/dc^(t) = dL/dh^(t) * o^(t) * (1 - tanh(c^(t))^2) + f^(t+1) * dL/dc^(t+1)

    Parameters
    ----------
    dh : tensor of shape (T, B, H)
        Gradient that reaches each h^(t) through its own output only.
    dstate_T : tuple of two tensors of shape (B, H)
        Extra gradient into the last h and c; zeros unless something reads them.
    cache : tuple
        From `lstm_forward`.

    Returns
    -------
    dx : tensor of shape (T, B, D)
    dstate_0 : tuple of two tensors of shape (B, H)
        dh0 and dc0.
    dparams : LSTMParams
        dW_f, ..., db_o, summed over time.
    """
    check_pair("dstate_T", dstate_T, ("dh_T", "dc_T"))
    dh_T, dc_T = dstate_T
    check_tensors(dh=dh, dh_T=dh_T, dc_T=dc_T)
    check_backward(dh, dstate_T, cache[2], LSTMParams)
    dx, dstate_0, dparams = bptt_lstm(dh, dstate_T, cache)
    check_numbers(dstate_0[0] + dstate_0[1], dh=dh, dh_T=dh_T, dc_T=dc_T)
    return dx, dstate_0, dparams


@no_autograd
def run_lstm(x, state0, params, keep=None):
    """Compute what `lstm_forward` returns; keep (T, B) multiplies the state before each step, None for ones."""
    check_type(params, LSTMParams)
    check_pair("state0", state0, ("h0", "c0"))
    h_t, c_t = h0, c0 = state0
    check_tensors(x=x, h0=h0, c0=c0, params=params)
    check_forward(x, state0, params, LSTMParams)
    W, b = _pack(params)  # (4H, H + D), (4H,)
    (T, B, D), H = x.shape, len(params.b_f)
    blocks = time_blocks(T, x, B, 4, H)
    gates = empty_blocks(x, blocks, B, 4, H)
    h, c, tanh_c = (x.new_empty(T, B, H) for _ in range(3))
    W_x_T, W_h_T = W[:, H:].T, W[:, :H].T  # (D, 4H), (H, 4H)
    for steps, gates_n in zip(blocks, gates, strict=True):
        # the input's share of every pre-activation, in one product; each step then finishes its own rows in place
        torch.addmm(b, x[steps].reshape(-1, D), W_x_T, out=gates_n.flatten(2).flatten(0, 1))
        h_t, c_t = loops_for(x, 4, H).lstm_steps(
            gates_n, h_t, c_t, W_h_T, h[steps], c[steps], tanh_c[steps], part(keep, steps)
        )
    check_numbers(h_t, x=x, h0=h0, c0=c0, params=params)
    return h, (h_t.clone(), c_t.clone()), (x, state0, h, c, gates, tanh_c, params)


def bptt_lstm(dh, dstate_T, cache, needs=ALL, keep=None):
    """Compute what `lstm_backward` returns, unchecked, and only those gradients that something needs.

    Parameters
    ----------
    dh, dstate_T : as for `lstm_backward`, or None for zero (of dstate_T each part)
    cache : tuple
        From `lstm_forward`.
    needs : three bools
        Of x, the initial state and the parameters: whose gradient to compute. The others come back as None.
    keep : tensor of shape (T, B), or None for ones
        What the state before each step was multiplied by.
    """
    x, (h0, c0), h, c, gates, tanh_c, params = cache
    need_x, need_state, need_params = needs
    H, (W, _) = h.shape[2], _pack(params)  # (4H, H + D)
    dh_t, dc_t = copy_or_zeros(dstate_T[0], h0), copy_or_zeros(dstate_T[1], c0)  # (B, H), (B, H)
    blocks, W_h, W_x = slices_of(gates), in_product_layout(W[:, :H]), in_product_layout(W[:, H:])
    v, dx, dW, db = gradient_buffers(x, h0, h, blocks, 4 * H, needs, keep)
    space = torch.empty_like(gates[0])  # (n, B, 4, H)
    for steps, gates_n in reversed(list(zip(blocks, gates, strict=True))):
        dh_n, need_prev = part(dh, steps), steps.start > 0 or need_state
        states = state_before(c0, c, steps), h[steps], c[steps], tanh_c[steps]
        delta = space[: len(gates_n)]
        loops_for(x, 4, H).lstm_deltas(dh_n, dh_t, dc_t, gates_n, states, W_h, delta, need_prev, part(keep, steps))
        delta = delta.flatten(2).flatten(0, 1)  # (n B, 4H)
        if need_x:
            torch.mm(delta, W_x, out=dx[steps].view(len(delta), -1))
        if need_params:
            add_product(dW, delta.T, v(steps))  # (4H, H + D)
            db += delta.sum(0)
    dparams = None
    if need_params:
        (dW_o, dW_f, dW_i, dW_c), (db_o, db_f, db_i, db_c) = dW.chunk(4), db.chunk(4)
        dparams = LSTMParams(W_f=dW_f, W_i=dW_i, W_c=dW_c, W_o=dW_o, b_f=db_f, b_i=db_i, b_c=db_c, b_o=db_o)
    return dx, (dh_t, dc_t) if need_state else (None, None), dparams


def _gates(x_t, state_prev, params):
    """Compute v^(t) = [h^(t-1); x^(t)] and the four gates, in the order of `LSTM_GATES`."""
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    v_t = torch.cat([state_prev[0], x_t], dim=1)  # (B, H + D)
    f_t = torch.sigmoid(v_t @ W_f.T + b_f)  # (B, H)
    i_t = torch.sigmoid(v_t @ W_i.T + b_i)  # (B, H)
    c_tilde_t = torch.tanh(v_t @ W_c.T + b_c)  # (B, H)
    o_t = torch.sigmoid(v_t @ W_o.T + b_o)  # (B, H)
    return v_t, f_t, i_t, c_tilde_t, o_t


def _pack(params):
    """Stack the weights (4H, H + D) and the biases (4H,) of the gates in the order o, f, i, c~."""
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    return torch.cat([W_o, W_f, W_i, W_c]), torch.cat([b_o, b_f, b_i, b_c])
