"""Run the vanilla RNN forwards and backwards in time on any device (`autograd.rnn` is differentiable)."""

import torch

from rnncourse.notation import RNNParams, check_activation
from rnncourse.torch.blocks import part, time_blocks
from rnncourse.torch.device import loops_for
from rnncourse.torch.first_order import no_autograd
from rnncourse.torch.gradients import (
    ALL,
    activation_derivative,
    add_product,
    copy_or_zeros,
    gradient_buffers,
    in_product_layout,
)
from rnncourse.torch.initializers import move, orthogonal, scaled_normal
from rnncourse.torch.validation import check_numbers, check_tensors
from rnncourse.validation import check_backward, check_forward, check_type


def init_rnn(D, H, generator, dtype=torch.float64, device=None):
    """Draw the parameters of a vanilla RNN.

    W_xh ~ N(0, 1/D), W_hh orthogonal, b_h = 0: the state then neither dies nor saturates at the first step.

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
    RNNParams
    """
    params = RNNParams(W_xh=scaled_normal(H, D, generator), W_hh=orthogonal(H, generator), b_h=torch.zeros(H))
    return move(params, device, dtype)


def rnn_step(x_t, h_prev, params, activation="tanh"):
    """Compute one time step of a vanilla RNN, in plain torch: autograd can follow it.

    h^(t) = phi(W_xh x^(t) + W_hh h^(t-1) + b_h)            {eq}`rnn-step`

    Parameters
    ----------
    x_t : tensor of shape (B, D)
    h_prev : tensor of shape (B, H)
        The state one step earlier.
    params : RNNParams
    activation : {"tanh", "relu"}
        The function phi.

    Returns
    -------
    h_t : tensor of shape (B, H)

    Notes
    -----
    Source: the notes, RNN, section 1.
    """
    check_activation(activation)
    W_xh, W_hh, b_h = params
    a_t = x_t @ W_xh.T + h_prev @ W_hh.T + b_h  # (B, H)
    return torch.tanh(a_t) if activation == "tanh" else torch.relu(a_t)


def rnn_step_backward(dh_t, x_t, h_prev, h_t, params, activation="tanh"):
    """Differentiate one time step: from the gradient of h^(t) to those of everything that made it.

    delta_h = dL/dh^(t) * phi'(a^(t)),   dL/dh^(t-1) = delta_h W_hh            {eq}`rnn-step-backward`

    Parameters
    ----------
    dh_t : tensor of shape (B, H)
        Gradient of the loss with respect to h^(t), from its output and from step t+1 together.
    x_t : tensor of shape (B, D)
    h_prev, h_t : tensor of shape (B, H)
    params : RNNParams
    activation : {"tanh", "relu"}

    Returns
    -------
    dx_t : tensor of shape (B, D)
    dh_prev : tensor of shape (B, H)
    dparams : RNNParams
        This step's share of dW_xh, dW_hh, db_h.
    """
    W_xh, W_hh, _ = params
    check_activation(activation)
    delta_h = dh_t * activation_derivative(h_t, activation)  # (B, H)
    dparams = RNNParams(W_xh=delta_h.T @ x_t, W_hh=delta_h.T @ h_prev, b_h=delta_h.sum(0))  # (H, D), (H, H), (H,)
    return delta_h @ W_xh, delta_h @ W_hh, dparams


def rnn_forward(x, h0, params, activation="tanh"):
    """Run a vanilla RNN over a whole sequence; autograd does not record it (`autograd.rnn` is differentiable).

    Parameters
    ----------
    x : tensor of shape (T, B, D)
    h0 : tensor of shape (B, H)
    params : RNNParams
    activation : {"tanh", "relu"}

    Returns
    -------
    h : tensor of shape (T, B, H)
        h^(1), ..., h^(T).
    h_T : tensor of shape (B, H)
        The last state.
    cache : tuple
        What `rnn_backward` needs.

    Raises
    ------
    TypeError, ValueError
        A wrong type, dtype, shape or device, or NaN: named with what was wanted.

    Notes
    -----
    Source: the notes, RNN, section 2.
    """
    return run_rnn(x, h0, params, activation)


@no_autograd
def rnn_backward(dh, dh_T, cache):
    """Backpropagate through time for a vanilla RNN.

    dL/dh^(t) = (from its own output) + W_hh^T delta_h^(t+1)            {eq}`bptt-recursion`
    delta_h^(t) = dL/dh^(t) * phi'(a^(t))

    Parameters
    ----------
    dh : tensor of shape (T, B, H)
        Gradient that reaches each h^(t) through its own output only.
    dh_T : tensor of shape (B, H)
        Extra gradient into the last state; zero unless something reads it.
    cache : tuple
        From `rnn_forward`.

    Returns
    -------
    dx : tensor of shape (T, B, D)
    dh0 : tensor of shape (B, H)
    dparams : RNNParams
        dW_xh, dW_hh, db_h, summed over time.

    Notes
    -----
    Source: the notes, RNN, section 3; dx and dh0 are ours.
    """
    check_tensors(dh=dh, dh_T=dh_T)
    check_backward(dh, dh_T, cache[2], RNNParams)
    dx, dh0, dparams = bptt_rnn(dh, dh_T, cache)
    check_numbers(dh0, dh=dh, dh_T=dh_T)
    return dx, dh0, dparams


@no_autograd
def run_rnn(x, h0, params, activation="tanh", keep=None):
    """Compute what `rnn_forward` returns; keep (T, B) multiplies the state before each step, None for ones."""
    check_type(params, RNNParams)
    check_tensors(x=x, h0=h0, params=params)
    check_forward(x, h0, params, RNNParams)
    check_activation(activation)
    W_xh, W_hh, b_h = params
    (T, B, D), H = x.shape, len(b_h)
    # the input's share of every a^(t), in one product; each step then finishes its own block in place
    h = x.new_empty(T, B, H)
    torch.addmm(b_h, x.reshape(T * B, D), W_xh.T, out=h.view(T * B, H))
    h_T = loops_for(x, 1, H).rnn_steps(h, h0, W_hh.T, activation, keep)
    check_numbers(h_T, x=x, h0=h0, params=params)
    return h, h_T.clone(), (x, h0, h, params, activation)


def bptt_rnn(dh, dh_T, cache, needs=ALL, keep=None):
    """Compute what `rnn_backward` returns, unchecked, and only those gradients that something needs.

    Parameters
    ----------
    dh, dh_T : as for `rnn_backward`, or None for zero
    cache : tuple
        From `rnn_forward`.
    needs : three bools
        Of x, the initial state and the parameters: whose gradient to compute. The others come back as None.
    keep : tensor of shape (T, B), or None for ones
        What the state before each step was multiplied by.
    """
    x, h0, h, (W_xh, W_hh, _), activation = cache
    need_x, need_h0, need_params = needs
    H, dh_t = h.shape[2], copy_or_zeros(dh_T, h0)  # (B, H)
    blocks, W_hh, W_xh = time_blocks(len(h), h, *h[0].shape), in_product_layout(W_hh), in_product_layout(W_xh)
    v, dx, dW, db = gradient_buffers(x, h0, h, blocks, H, needs, keep)
    for steps in reversed(blocks):
        dh_n, need_prev = part(dh, steps), steps.start > 0 or need_h0
        delta = loops_for(x, 1, H).rnn_deltas(
            dh_n, dh_t, h[steps], activation, W_hh, need_prev, part(keep, steps)
        )  # (n, B, H)
        delta = delta.flatten(0, 1)  # (n B, H)
        if need_x:
            torch.mm(delta, W_xh, out=dx[steps].view(len(delta), -1))
        if need_params:
            add_product(dW, delta.T, v(steps))  # (H, H + D)
            db += delta.sum(0)
    dparams = RNNParams(W_xh=dW[:, H:], W_hh=dW[:, :H], b_h=db) if need_params else None
    return dx, dh_t if need_h0 else None, dparams
