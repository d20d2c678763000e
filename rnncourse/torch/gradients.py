"""Share among the backward passes of the three cells what they do alike.

Each of `bptt_rnn`, `bptt_lstm` and `bptt_gru` goes through the blocks of steps from the last to the first. Every gate's
gradient is dL/dh^(t) (or dL/dc^(t)) times a factor that the forward pass already fixed. So the factors of a block are
made at once, in the tensor that then becomes delta; the loop of `cpu.loops` or `cuda.loops` is the linear recursion
alone; and the products for the weights and for x are one each over the block.
"""

import torch

from rnncourse.torch.blocks import StackedInputs

ALL = (True, True, True)
"""Whether the gradients of x, of the initial state and of the parameters are needed: here, each."""


def activation_derivative(h, activation):
    """Compute phi'(a) from h = phi(a), in a new tensor of h's shape."""
    return torch.ones_like(h).addcmul_(h, h, value=-1) if activation == "tanh" else (h > 0).to(h.dtype)


def copy_or_zeros(grad, like):
    """Copy the gradient into a last state, for the recursion to overwrite; zeros for None."""
    return (
        torch.zeros_like(like, memory_format=torch.contiguous_format)
        if grad is None
        else grad.clone(memory_format=torch.contiguous_format)
    )


def gradient_buffers(x, h0, h, blocks, rows, needs, keep=None):
    """Allocate what a backward pass sums into.

    Parameters
    ----------
    x, h0, h : tensors
        Of shapes (T, B, D), (B, H) and (T, B, H).
    blocks : list of slice
    rows : int
        Rows of all weights together: H for each gate.
    needs : three bools
        Of x, the initial state and the parameters: whose gradient is needed.
    keep : tensor of shape (T, B), or None

    Returns
    -------
    v : StackedInputs or None
    dx : tensor of shape (T, B, D) or None
        Not yet written.
    dW, db : tensors of shapes (rows, H + D) and (rows,), or None
        Zeros.
    """
    need_x, _, need_params = needs
    dx = torch.empty_like(x, memory_format=torch.contiguous_format) if need_x else None
    if not need_params:
        return None, dx, None, None
    v = StackedInputs(x, h0, h, blocks[0].stop, keep)
    return v, dx, x.new_zeros(rows, h.shape[2] + x.shape[2]), x.new_zeros(rows)


def in_product_layout(W):
    """Lay out W as products read it fastest.

    In float64 on a CPU each column in one piece: MKL then multiplies by it a tenth to a fifth faster. Else as it is.
    """
    return W.T.contiguous().T if W.dtype == torch.float64 and W.device.type == "cpu" else W


def add_product(total, a, b):
    """Add a @ b to total, in place."""
    torch.addmm(total, a, b, out=total)
