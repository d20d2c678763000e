"""Wrap torch's modules and cells from scratch with a loop over t as contestants, all differentiated by autograd."""

import numpy as np
import torch
from torch.nn.functional import linear

from rnncourse.interop import to_torch

torch.set_num_threads(1)


def sequence(problem, device):
    """Convert x, h0 and dh to tensors."""
    return tuple(torch.tensor(v, device=device, requires_grad=v is problem.x) for v in problem[2:])


def nn_module(problem, device="cpu", prepare=lambda module, arguments: module):
    """Run torch.nn.RNN, LSTM or GRU with autograd; on a CUDA device that is cuDNN."""
    module = to_torch(problem.params).to(device)
    x, h0, dh = sequence(problem, device)
    state0 = (h0[None], h0[None]) if problem.cell == "lstm" else h0[None]
    weights = list(module.parameters())
    module = prepare(module, (x, state0))

    def run():
        h, _ = module(x, state0)
        dx, *_ = torch.autograd.grad(h, [x, *weights], dh)
        return h, dx

    return run


def graphed_nn_module(problem, device="cuda"):
    """Run the same, recorded once as a CUDA graph and replayed."""
    return nn_module(problem, device, torch.cuda.make_graphed_callables)


def from_scratch(problem, device="cpu"):
    """Run a loop over t as one first writes it: x[t] at every step, a product for every gate; autograd.

    For every x[t] autograd makes a gradient of the shape of x.
    """
    p = problem.params._make(torch.tensor(w, device=device, requires_grad=True) for w in problem.params)
    step = {"rnn": rnn_by_name, "lstm": lstm_by_gate, "gru": gru_by_gate}[problem.cell]
    return loop(step, p, problem, device, lambda x: (x[t] for t in range(len(x))))


def gates_packed(problem, device="cpu"):
    """Run the loop of a second attempt: x taken apart at once, one `linear` for all gates; autograd."""
    p = [torch.tensor(w, device=device, requires_grad=True) for w in packed(problem)]
    step = {"rnn": rnn_packed, "lstm": lstm_packed, "gru": gru_packed}[problem.cell]
    return loop(step, p, problem, device, torch.Tensor.unbind)


def loop(step, p, problem, device, steps_of):
    """Run step over the steps of x, and differentiate."""
    x, h0, dh = sequence(problem, device)

    def run():
        state, hs = (h0, h0) if problem.cell == "lstm" else (h0,), []
        for x_t in steps_of(x):
            state = step(x_t, *state, p)
            hs.append(state[0])
        h = torch.stack(hs)
        dx, *_ = torch.autograd.grad(h, [x, *p], dh)
        return h, dx

    return run


def rnn_by_name(x_t, h, p):
    return (torch.tanh(x_t @ p.W_xh.T + h @ p.W_hh.T + p.b_h),)


def lstm_by_gate(x_t, h, c, p):
    v = torch.cat([h, x_t], dim=1)
    f = torch.sigmoid(v @ p.W_f.T + p.b_f)
    i = torch.sigmoid(v @ p.W_i.T + p.b_i)
    o = torch.sigmoid(v @ p.W_o.T + p.b_o)
    c = f * c + i * torch.tanh(v @ p.W_c.T + p.b_c)
    return o * torch.tanh(c), c


def gru_by_gate(x_t, h, p):
    v = torch.cat([h, x_t], dim=1)
    r, u = torch.sigmoid(v @ p.W_r.T + p.b_r), torch.sigmoid(v @ p.W_u.T + p.b_u)
    n = torch.tanh(x_t @ p.W_xn.T + p.b_xn + r * (h @ p.W_hn.T + p.b_hn))
    return ((1 - u) * n + u * h,)


def rnn_packed(x_t, h, p):
    return (torch.tanh(linear(x_t, p[0]) + linear(h, p[1], p[2])),)


def lstm_packed(x_t, h, c, p):
    W, b = p
    f, i, g, o = linear(torch.cat([h, x_t], dim=1), W, b).chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


def gru_packed(x_t, h, p):
    W_x, W_h, b_x, b_h = p
    (r_x, u_x, n_x), (r_h, u_h, n_h) = linear(x_t, W_x, b_x).chunk(3, dim=1), linear(h, W_h, b_h).chunk(3, dim=1)
    r, u = torch.sigmoid(r_x + r_h), torch.sigmoid(u_x + u_h)
    n = torch.tanh(n_x + r * n_h)
    return ((1 - u) * n + u * h,)


def packed(problem):
    """Pack the weights into as few matrices as possible."""
    p, H = problem.params, problem.h0.shape[1]
    if problem.cell == "rnn":
        return list(p)
    if problem.cell == "lstm":
        return [np.concatenate(p[:4]), np.concatenate(p[4:])]
    W = np.concatenate([p.W_r, p.W_u])
    W_x, W_h = np.concatenate([W[:, H:], p.W_xn]), np.concatenate([W[:, :H], p.W_hn])
    b = np.concatenate([p.b_r, p.b_u])
    return [W_x, W_h, np.concatenate([b, p.b_xn]), np.concatenate([0 * b, p.b_hn])]


def products_alone(problem):
    """Compute only the products that any torch code for these gradients needs: the lower bound on this machine."""
    (T, B, D), H = problem.x.shape, problem.h0.shape[1]
    G = {"rnn": 1, "lstm": 4, "gru": 3}[problem.cell] * H
    dtype = torch.tensor(problem.x).dtype
    x, v, a, h = (torch.randn(s, dtype=dtype) for s in ((T * B, D), (T * B, H + D), (T, B, G), (B, H)))
    W, W_h_T = torch.randn(G, H + D, dtype=dtype), torch.randn(H, G, dtype=dtype)
    W_x = W[:, H:].contiguous()

    def run():
        torch.mm(x, W_x.T, out=a.view(T * B, G))
        for a_t in a.unbind(0):
            a_t.addmm_(h, W_h_T, beta=0)
        for a_t in a.unbind(0):
            torch.mm(a_t, W_h_T.T, out=h)
        delta = a.view(T * B, G)
        return delta.T @ v, delta @ W_x

    return run
