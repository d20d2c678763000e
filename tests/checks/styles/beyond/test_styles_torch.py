"""Problem set 6, a Function of torch's autograd: right answers in any style pass, through the notebook's own driver."""

from itertools import accumulate

import numpy as np
import pytest
from checks.exercises.test_torch_function import Autograd, Right, driven
from support.styles import assert_right, every

torch = pytest.importorskip("torch")


def before(h0, h):
    return torch.cat([h0[None], h[:-1]])


def filled(x, h0, W_xh, W_hh, b_h):
    h, h_t = x.new_empty(*x.shape[:2], len(b_h)), h0
    for t in range(len(x)):
        h[t] = h_t = torch.tanh(x[t] @ W_xh.T + h_t @ W_hh.T + b_h)
    return h


def linear(x, h0, W_xh, W_hh, b_h):
    a, h = torch.nn.functional.linear(x, W_xh, b_h), [h0]
    for a_t in a:
        h.append((a_t + torch.nn.functional.linear(h[-1], W_hh)).tanh())
    return torch.stack(h[1:])


def addmm(x, h0, W_xh, W_hh, b_h):
    h = []
    for x_t in x.unbind(0):
        h0 = torch.addmm(torch.addmm(b_h, x_t, W_xh.t()), h0, W_hh.t()).tanh()
        h.append(h0)
    return torch.stack(h, dim=0)


def joined(x, h0, W_xh, W_hh, b_h):
    W, h = torch.cat([W_hh, W_xh], dim=1), [h0]
    for x_t in x:
        h.append(torch.tanh(torch.cat([h[-1], x_t], dim=1) @ W.T + b_h))
    return torch.stack(h[1:])


def by_einsum(x, h0, W_xh, W_hh, b_h):
    def step(h_t, x_t):
        return torch.tanh(torch.einsum("bd,hd->bh", x_t, W_xh) + torch.einsum("bk,hk->bh", h_t, W_hh) + b_h)

    return torch.stack(list(accumulate(x, step, initial=h0))[1:])


def by_exponentials(x, h0, W_xh, W_hh, b_h):
    h = []
    for x_t in x:
        h0 = 2 * torch.sigmoid(2 * (x_t @ W_xh.T + h0 @ W_hh.T + b_h)) - 1
        h.append(h0[None])
    return torch.cat(h)


def columns(x, h0, W_xh, W_hh, b_h):
    h, h_t = [], h0.T
    for x_t in x:
        h_t = torch.tanh(W_xh @ x_t.T + W_hh @ h_t + b_h[:, None])
        h.append(h_t.T)
    return torch.stack(h)


def recursive(x, h0, W_xh, W_hh, b_h):
    h_1 = torch.tanh(x[0] @ W_xh.T + h0 @ W_hh.T + b_h)
    return h_1[None] if len(x) == 1 else torch.cat([h_1[None], recursive(x[1:], h_1, W_xh, W_hh, b_h)])


def with_numpy(x, h0, W_xh, W_hh, b_h):
    h, h_t, params = [], h0.cpu().numpy(), [tensor.cpu().numpy() for tensor in (W_xh, W_hh, b_h)]
    for x_t in x.cpu().numpy():
        h_t = np.tanh(x_t @ params[0].T + h_t @ params[1].T + params[2])
        h.append(h_t)
    return torch.from_numpy(np.stack(h)).to(x.device)


def sums(dh, x, h0, h, W_xh, W_hh):
    """Running sums, step by step."""
    dx, back = torch.zeros_like(x), torch.zeros_like(h0)
    dW_xh, dW_hh, db_h = torch.zeros_like(W_xh), torch.zeros_like(W_hh), dh.new_zeros(h0.shape[1])
    for t in range(len(x) - 1, -1, -1):
        delta = (dh[t] + back) * (1 - h[t].square())
        dW_xh += delta.T @ x[t]
        dW_hh += delta.T @ (h[t - 1] if t else h0)
        db_h += delta.sum(0)
        dx[t], back = delta @ W_xh, delta @ W_hh
    return dx, back, dW_xh, dW_hh, db_h


def deltas(dh, h0, h, W_hh):
    found, back = [], torch.zeros_like(h0)
    for dh_t, h_t in zip(dh.flip(0), h.flip(0), strict=True):
        found.append((dh_t + back).mul(1 - h_t * h_t))
        back = found[-1].mm(W_hh)
    return torch.stack(found[::-1]), back


def flat(dh, x, h0, h, W_xh, W_hh):
    delta, dh0 = deltas(dh, h0, h, W_hh)
    rows = delta.flatten(0, 1)
    return delta @ W_xh, dh0, rows.T @ x.flatten(0, 1), rows.T @ before(h0, h).flatten(0, 1), rows.sum(dim=0)


def tensordots(dh, x, h0, h, W_xh, W_hh):
    delta, dh0 = deltas(dh, h0, h, W_hh)
    weights = [torch.tensordot(delta, tensor, dims=([0, 1], [0, 1])) for tensor in (x, before(h0, h))]
    return torch.tensordot(delta, W_xh, dims=1), dh0, *weights, torch.einsum("tbh->h", delta)


def bmm(dh, x, h0, h, W_xh, W_hh):
    delta, dh0 = deltas(dh, h0, h, W_hh)
    weights = [torch.bmm(delta.transpose(1, 2), tensor).sum(0) for tensor in (x, before(h0, h))]
    return torch.matmul(delta, W_xh), dh0, *weights, delta.sum((0, 1))


def copy_of_upstream(dh, x, h0, h, W_xh, W_hh):
    total = torch.cat([torch.zeros_like(h0)[None], dh])
    for t in reversed(range(len(x))):
        total[t] += (total[t + 1] * (1 - h[t] ** 2)) @ W_hh
    delta = total[1:] * (1 - h**2)
    weights = [torch.einsum("tbi,tbj->ij", delta, tensor) for tensor in (x, before(h0, h))]
    return delta @ W_xh, total[0], *weights, delta.sum(dim=[0, 1])


def outer_products(dh, x, h0, h, W_xh, W_hh):
    delta, dh0 = deltas(dh, h0, h, W_hh)
    h_prev = before(h0, h)
    pairs = [(t, b) for t in range(len(x)) for b in range(len(h0))]
    weights = [sum(torch.outer(delta[t, b], tensor[t, b]) for t, b in pairs) for tensor in (x, h_prev)]
    return torch.stack([d @ W_xh for d in delta]), dh0, *weights, sum(delta[t, b] for t, b in pairs)


def by_autograd(dh, x, h0, h, W_xh, W_hh):
    """Each step differentiated by torch, on its own."""
    grads, dx, back = None, [], torch.zeros_like(h0)
    bias = dh.new_zeros(h0.shape[1])
    for t in reversed(range(len(x))):
        with torch.enable_grad():
            parts = [tensor.detach().requires_grad_() for tensor in (x[t], h[t - 1] if t else h0, W_xh, W_hh, bias)]
            a = parts[0] @ parts[2].T + parts[1] @ parts[3].T + parts[4]
        dx_t, back, *share = torch.autograd.grad(a, parts, (dh[t] + back) * (1 - h[t] ** 2))
        dx.insert(0, dx_t)
        grads = share if grads is None else [a + b for a, b in zip(grads, share, strict=True)]
    return torch.stack(dx), back, *grads


def made_of(forward, backward):
    """A Function from two functions; what backward needs is saved in the way that torch wants."""

    class Made(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x, h0, W_xh, W_hh, b_h):
            h = forward(x, h0, W_xh, W_hh, b_h)
            ctx.save_for_backward(x, h0, h, W_xh, W_hh)
            return h

        @staticmethod
        def backward(ctx, dh):
            return backward(dh, *ctx.saved_tensors)

    return Made


class WithoutStates(torch.autograd.Function):
    """Keeps no states: backward makes them again."""

    @staticmethod
    def forward(ctx, *inputs):
        ctx.save_for_backward(*inputs)
        return linear(*inputs)

    @staticmethod
    def backward(ctx, dh):
        x, h0, W_xh, W_hh, _ = ctx.saved_tensors
        return flat(dh, x, h0, linear(*ctx.saved_tensors), W_xh, W_hh)


class WithContext(torch.autograd.Function):
    """The newer form of torch: setup_context by itself."""

    @staticmethod
    def forward(x, h0, W_xh, W_hh, b_h):
        return filled(x, h0, W_xh, W_hh, b_h)

    @staticmethod
    def setup_context(ctx, inputs, output):
        x, h0, W_xh, W_hh, _ = inputs
        ctx.save_for_backward(x, h0, output, W_xh, W_hh)

    @staticmethod
    def backward(ctx, dh):
        return sums(dh, *ctx.saved_tensors)


FORWARDS = (filled, linear, addmm, joined, by_einsum, by_exponentials, columns, recursive, with_numpy)
BACKWARDS = (sums, flat, tensordots, bmm, copy_of_upstream, outer_products, by_autograd)
CLASSES = (
    {"as in the book": Right, "autograd alone": Autograd, "no states kept": WithoutStates, "context": WithContext}
    | {f"forward: {forward.__name__}": made_of(forward, sums) for forward in FORWARDS}
    | {f"backward: {backward.__name__}": made_of(linear, backward) for backward in BACKWARDS}
)
STYLES = {"rnn_function": {style: driven(function) for style, function in CLASSES.items()}}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)
