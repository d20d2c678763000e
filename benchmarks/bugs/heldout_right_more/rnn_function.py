# %% id=once-differentiable-typed style=vectorised mistakes="" origin="engineer: once_differentiable, type hints, asserts"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


from torch import Tensor
from torch.autograd.function import once_differentiable


class RNNFunction(torch.autograd.Function):
    """A tanh RNN with a backward pass of its own."""

    @staticmethod
    def forward(ctx, x: Tensor, h0: Tensor, W_xh: Tensor, W_hh: Tensor, b_h: Tensor) -> Tensor:
        T, B, D = x.shape
        assert W_xh.shape == (h0.shape[1], D)
        h = torch.empty(T + 1, B, h0.shape[1], dtype=x.dtype, device=x.device)
        h[0] = h0
        for t in range(T):
            h[t + 1] = torch.tanh(x[t] @ W_xh.T + h[t] @ W_hh.T + b_h)
        ctx.save_for_backward(x, h, W_xh, W_hh)
        return h[1:].clone()

    @staticmethod
    @once_differentiable
    def backward(ctx, dh: Tensor) -> tuple[Tensor, ...]:
        x, h, W_xh, W_hh = ctx.saved_tensors
        delta = torch.zeros_like(dh)
        dh_next = torch.zeros_like(h[0])
        for t in range(len(x) - 1, -1, -1):
            delta[t] = (dh[t] + dh_next) * (1 - h[t + 1] ** 2)
            dh_next = delta[t] @ W_hh
        dx = delta @ W_xh
        dW_xh = torch.einsum("tbh,tbd->hd", delta, x)
        dW_hh = torch.einsum("tbh,tbk->hk", delta, h[:-1])
        return dx, dh_next, dW_xh, dW_hh, delta.sum(dim=(0, 1))


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    """h and the gradients of everything that made it, by RNNFunction: arrays in, arrays out."""
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()  # on a card it is a copy: should backward write into it, that shows here too
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))


# %% id=numpy-inside style=framework mistakes="" origin="as in the tutorial with NumPy inside a Function"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, *inputs):
        x, h_t, W_xh, W_hh, b_h = (tensor.detach().cpu().numpy() for tensor in inputs)
        states = [h_t]
        for x_t in x:
            states.append(np.tanh(x_t.dot(W_xh.T) + states[-1].dot(W_hh.T) + b_h))
        ctx.arrays = x, states, W_xh, W_hh
        return torch.from_numpy(np.stack(states[1:])).to(inputs[0].device)

    @staticmethod
    def backward(ctx, dh):
        x, states, W_xh, W_hh = ctx.arrays
        dx, back = np.zeros_like(x), np.zeros_like(states[0])
        dW, dU, db = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(W_hh[0])
        arriving = dh.cpu().numpy()
        for t in reversed(range(len(x))):
            d = (arriving[t] + back) * (1 - states[t + 1] ** 2)
            dx[t], back = d.dot(W_xh), d.dot(W_hh)
            dW += d.T.dot(x[t])
            dU += d.T.dot(states[t])
            db += d.sum(axis=0)
        return tuple(torch.from_numpy(a).to(dh.device) for a in (dx, back, dW, dU, db))


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    """h and the gradients of everything that made it, by RNNFunction: arrays in, arrays out."""
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()  # on a card it is a copy: should backward write into it, that shows here too
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))


# %% id=only-what-is-needed style=functional mistakes="" origin="asks needs_input_grad for each gradient"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        projected = torch.nn.functional.linear(x, W_xh, b_h)
        h_t, h = h0, []
        for p in projected.unbind():
            h.append(h_t := torch.tanh(p + torch.nn.functional.linear(h_t, W_hh)))
        h = torch.stack(h)
        ctx.save_for_backward(x, h0, W_xh, W_hh, h)
        return h

    @staticmethod
    def backward(ctx, dh):
        x, h0, W_xh, W_hh, h = ctx.saved_tensors
        deltas, carry = [], None
        for g, h_t in zip(dh.flip(0), h.flip(0)):
            g = g if carry is None else g + carry
            deltas.append(g - g * h_t * h_t)
            carry = deltas[-1].matmul(W_hh)
        delta = torch.stack(deltas).flip(0)
        previous = torch.cat([h0[None], h[:-1]])
        needs = ctx.needs_input_grad
        summed = lambda a: torch.tensordot(delta, a, dims=([0, 1], [0, 1]))
        return (
            delta.matmul(W_xh) if needs[0] else None,
            carry if needs[1] else None,
            summed(x) if needs[2] else None,
            summed(previous) if needs[3] else None,
            delta.sum((0, 1)) if needs[4] else None,
        )


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    """h and the gradients of everything that made it, by RNNFunction: arrays in, arrays out."""
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()  # on a card it is a copy: should backward write into it, that shows here too
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))


# %% id=a-function-for-each-step style=framework mistakes="" origin="one Function for a step; torch chains the steps"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class RNNStep(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x_t, h_prev, W_xh, W_hh, b_h):
        h_t = torch.tanh(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)
        ctx.save_for_backward(x_t, h_prev, W_xh, W_hh, h_t)
        return h_t

    @staticmethod
    def backward(ctx, dh_t):
        x_t, h_prev, W_xh, W_hh, h_t = ctx.saved_tensors
        delta = dh_t * (1 - h_t.pow(2))
        return delta @ W_xh, delta @ W_hh, delta.T @ x_t, delta.T @ h_prev, delta.sum(dim=0)


class RNNFunction:
    @staticmethod
    def apply(x, h0, *weights):
        states = [h0]
        for x_t in x:
            states.append(RNNStep.apply(x_t, states[-1], *weights))
        return torch.stack(states[1:])


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    """h and the gradients of everything that made it, by RNNFunction: arrays in, arrays out."""
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()  # on a card it is a copy: should backward write into it, that shows here too
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))


# %% id=batch-first-with-bmm style=columns mistakes="" origin="batch_first habit: (B, T, n) inside, bmm and sums"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        seq = x.transpose(0, 1).contiguous()  # (B, T, D)
        out = seq.new_zeros(seq.size(0), seq.size(1), W_hh.size(0))
        hidden = h0
        for t in range(seq.size(1)):
            hidden = torch.addmm(b_h, seq[:, t], W_xh.t()).add(hidden.mm(W_hh.t())).tanh()
            out[:, t] = hidden
        ctx.save_for_backward(seq, h0, W_xh, W_hh, out)
        return out.transpose(0, 1)

    @staticmethod
    def backward(ctx, grad_output):
        seq, h0, W_xh, W_hh, out = ctx.saved_tensors
        grad = grad_output.transpose(0, 1)
        delta, carry = torch.empty_like(out), torch.zeros_like(h0)
        for t in range(out.size(1) - 1, -1, -1):
            delta[:, t] = (grad[:, t] + carry) * (1 - out[:, t].square())
            carry = delta[:, t].mm(W_hh)
        before = torch.cat((h0.unsqueeze(1), out[:, :-1]), dim=1)
        turned = delta.transpose(1, 2)  # (B, H, T)
        grad_x = torch.matmul(delta, W_xh).transpose(0, 1)
        return grad_x, carry, turned.bmm(seq).sum(0), turned.bmm(before).sum(0), delta.sum(dim=1).sum(dim=0)


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    """h and the gradients of everything that made it, by RNNFunction: arrays in, arrays out."""
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()  # on a card it is a copy: should backward write into it, that shows here too
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))
