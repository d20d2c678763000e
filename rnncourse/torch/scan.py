"""Run h^(t) = a^(t) h^(t-1) + b^(t) by blocks of steps on any device, differentiable: as `rnncourse.numpy.scan`.

A chain of 2 sqrt(T) steps instead of T. The backward pass is the same recurrence, last step to first, so it can be
differentiated in its turn.
"""

import math

import torch


def linear_scan(a, b, h0):
    """Compute every state of a linear recurrence.

    Parameters
    ----------
    a, b : tensors of shape (T, B, H)
    h0 : tensor of shape (B, H)

    Returns
    -------
    h : tensor of shape (T, B, H)
        h^(1), ..., h^(T).
    """
    return _LinearScan.apply(a, b, h0)


class _LinearScan(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a, b, h0):
        h = _scan(a, b, h0)
        ctx.save_for_backward(a, h, h0)
        return h

    @staticmethod
    def backward(ctx, dh):
        a, h, h0 = ctx.saved_tensors
        # db^(t) = dh^(t) + a^(t+1) db^(t+1); after the last step there is nothing, whatever stands for a^(T+1)
        db = linear_scan(a.roll(-1, 0).flip(0), dh.flip(0), torch.zeros_like(h0)).flip(0)
        return db * torch.cat([h0[None], h[:-1]]), db, a[0] * db[0]


def _scan(a, b, h0):
    T, length = len(a), math.isqrt(len(a) - 1) + 1  # the least whose square is T or more
    A, h = _blocks(a, 1, length), _blocks(b, 0, length)  # (n, length, B, H)
    for t in range(1, length):  # all blocks at once
        h[:, t].addcmul_(A[:, t], h[:, t - 1])
        A[:, t].mul_(A[:, t - 1])
    h_prev = h0
    for A_block, h_block in zip(A.unbind(0), h.unbind(0), strict=True):
        h_block.addcmul_(A_block, h_prev)  # (length, B, H)
        h_prev = h_block[-1]
    return h.flatten(0, 1)[:T]


def _blocks(v, filling, length):
    """Copy (T, B, H) into (n, length, B, H); steps past the last are filled so that they leave the state alone."""
    n = -(-len(v) // length)
    blocks = v.new_full((n * length, *v.shape[1:]), filling)
    blocks[: len(v)] = v
    return blocks.unflatten(0, (n, length))
