"""Run the minGRU and the minLSTM on any device, differentiable: `rnncourse.numpy.minimal` has their equations."""

import torch

from rnncourse.torch.scan import linear_scan


def mingru(x, h0, params):
    """Run a minGRU over a whole sequence.

    Parameters
    ----------
    x : tensor of shape (T, B, D)
    h0 : tensor of shape (B, H)
    params : MinGRUParams

    Returns
    -------
    h : tensor of shape (T, B, H)
    h_T : tensor of shape (B, H)
    """
    W_z, W_n, b_z, b_n = params
    z, n = torch.sigmoid(x @ W_z.T + b_z), x @ W_n.T + b_n  # (T, B, H)
    h = linear_scan(1 - z, z * n, h0)
    return h, h[-1]


def minlstm(x, h0, params):
    """Run a minLSTM over a whole sequence. Arguments and results are as for `mingru`, with MinLSTMParams."""
    W_f, W_i, W_n, b_f, b_i, b_n = params
    f, i = torch.sigmoid(x @ W_f.T + b_f), torch.sigmoid(x @ W_i.T + b_i)  # (T, B, H)
    a = f / (f + i)
    h = linear_scan(a, (1 - a) * (x @ W_n.T + b_n), h0)
    return h, h[-1]
