# %% id=weights-keep-one-step style=framework mistakes="dW_hh keeps one step only" origin="beginner"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        states = []
        h_t = h0
        for x_t in x:
            h_t = torch.tanh(x_t @ W_xh.T + h_t @ W_hh.T + b_h)
            states.append(h_t)
        h = torch.stack(states)
        ctx.save_for_backward(x, h0, W_xh, W_hh, h)
        return h

    @staticmethod
    def backward(ctx, dh):
        x, h0, W_xh, W_hh, h = ctx.saved_tensors
        dx = torch.zeros_like(x)
        dW_xh, dW_hh = torch.zeros_like(W_xh), torch.zeros_like(W_hh)
        db_h = torch.zeros(W_hh.shape[0], dtype=x.dtype, device=x.device)
        back = torch.zeros_like(h0)
        for t in reversed(range(len(x))):
            h_prev = h[t - 1] if t > 0 else h0
            delta = (dh[t] + back) * (1 - h[t] ** 2)
            dW_xh += delta.T @ x[t]
            dW_hh = delta.T @ h_prev
            db_h += delta.sum(dim=0)
            dx[t] = delta @ W_xh
            back = delta @ W_hh
        return dx, back, dW_xh, dW_hh, db_h


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))


# %% id=slope-not-squared style=vectorised mistakes="the derivative of tanh is 1 - h" origin="beginner"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        T, B, D = x.shape
        h = x.new_empty(T + 1, B, h0.shape[1])
        h[0] = h0
        for t in range(T):
            h[t + 1] = torch.tanh(torch.addmm(b_h, x[t], W_xh.T) + h[t] @ W_hh.T)
        ctx.save_for_backward(x, W_xh, W_hh, h)
        return h[1:].clone()

    @staticmethod
    def backward(ctx, dh):
        x, W_xh, W_hh, h = ctx.saved_tensors
        slope = 1 - h[1:]
        delta = torch.empty_like(dh)
        carry = torch.zeros_like(dh[0])
        for t in range(len(dh) - 1, -1, -1):
            delta[t] = (dh[t] + carry) * slope[t]
            carry = delta[t] @ W_hh
        d = delta.flatten(0, 1)
        return delta @ W_xh, carry, d.T @ x.flatten(0, 1), d.T @ h[:-1].flatten(0, 1), d.sum(0)


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))


# %% id=bias-lost-going-forward style=einsum mistakes="b_h is left out" origin="beginner"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        from_x = torch.einsum("tbd,hd->tbh", x, W_xh)
        h = [h0]
        for a in from_x:
            h.append(torch.tanh(a + torch.einsum("bj,hj->bh", h[-1], W_hh)))
        h = torch.stack(h)
        ctx.save_for_backward(x, h, W_xh, W_hh)
        return h[1:].contiguous()

    @staticmethod
    def backward(ctx, dh):
        x, h, W_xh, W_hh = ctx.saved_tensors
        deltas, g = [], torch.zeros_like(h[0])
        for dh_t, h_t in zip(dh.flip(0), h.flip(0)):
            deltas.append((dh_t + g) * (1 - h_t * h_t))
            g = torch.einsum("bh,hj->bj", deltas[-1], W_hh)
        d = torch.stack(deltas).flip(0)
        return (
            torch.einsum("tbh,hd->tbd", d, W_xh),
            g,
            torch.einsum("tbh,tbd->hd", d, x),
            torch.einsum("tbh,tbj->hj", d, h[:-1]),
            torch.einsum("tbh->h", d),
        )


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))


# %% id=none-for-the-first-state style=framework mistakes="dh0 is not returned" origin="beginner"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        h = torch.zeros(x.size(0), *h0.size(), dtype=x.dtype, device=x.device)
        prev = h0
        for t in range(x.size(0)):
            prev = (x[t].matmul(W_xh.t()) + prev.matmul(W_hh.t()) + b_h).tanh()
            h[t] = prev
        ctx.save_for_backward(x, h0, W_xh, W_hh, h)
        return h

    @staticmethod
    def backward(ctx, dh):
        x, h0, W_xh, W_hh, h = ctx.saved_tensors
        grad_x = torch.zeros_like(x)
        grad_W_xh = torch.zeros_like(W_xh)
        grad_W_hh = torch.zeros_like(W_hh)
        grad_b = W_hh.new_zeros(W_hh.size(0))
        grad_h = torch.zeros_like(h0)
        t = x.size(0) - 1
        while t >= 0:
            grad_h = grad_h + dh[t]
            grad_a = grad_h * (1 - h[t].pow(2))
            grad_x[t] = grad_a.mm(W_xh)
            grad_W_xh.add_(grad_a.t().mm(x[t]))
            grad_W_hh.add_(grad_a.t().mm(h[t - 1] if t else h0))
            grad_b.add_(grad_a.sum(0))
            grad_h = grad_a.mm(W_hh)
            t -= 1
        return grad_x, None, grad_W_xh, grad_W_hh, grad_b


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))


# %% id=way-back-transposed style=layout mistakes="W_hh is transposed in dh_prev" origin="ported from code with arrays (n_x, m)"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        a, out = h0.T, []
        for x_t in x:
            a = torch.tanh(W_xh @ x_t.T + W_hh @ a + b_h[:, None])
            out.append(a.T)
        h = torch.stack(out)
        ctx.save_for_backward(x, h0, W_xh, W_hh, h)
        return h

    @staticmethod
    def backward(ctx, dh):
        x, h0, W_xh, W_hh, h = ctx.saved_tensors
        dW_xh, dW_hh, db, dx = 0, 0, 0, []
        da_prev = torch.zeros_like(h0.T)
        for t in range(len(x) - 1, -1, -1):
            a_prev = h0.T if t == 0 else h[t - 1].T
            dz = (dh[t].T + da_prev) * (1 - h[t].T ** 2)
            dW_xh = dW_xh + dz @ x[t]
            dW_hh = dW_hh + dz @ a_prev.T
            db = db + dz.sum(dim=1)
            dx = [(W_xh.T @ dz).T] + dx
            da_prev = W_hh @ dz
        return torch.stack(dx), da_prev.T, dW_xh, dW_hh, db


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))


# %% id=slope-missing-and-mean style=loop mistakes="the derivative of tanh is missing; db_h is a mean over the batch" origin="beginner"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        hs = [h0]
        for t in range(x.shape[0]):
            hs.append(torch.tanh(x[t] @ W_xh.T + hs[t] @ W_hh.T + b_h))
        ctx.save_for_backward(x, W_xh, W_hh, *hs)
        return torch.stack(hs[1:])

    @staticmethod
    def backward(ctx, dh):
        x, W_xh, W_hh, *hs = ctx.saved_tensors
        dx = torch.zeros_like(x)
        dW_xh, dW_hh = torch.zeros_like(W_xh), torch.zeros_like(W_hh)
        db_h = torch.zeros_like(W_hh[0])
        dh_next = 0
        for t in range(x.shape[0], 0, -1):
            delta = dh[t - 1] + dh_next
            dW_xh += delta.T @ x[t - 1]
            dW_hh += delta.T @ hs[t - 1]
            db_h += delta.mean(dim=0)
            dx[t - 1] = delta @ W_xh
            dh_next = delta @ W_hh
        return dx, dh_next, dW_xh, dW_hh, db_h


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))


# %% id=dirty-dh-and-wrong-first style=loop mistakes="dh is changed in place; dW_hh reads h[-1] instead of h0 at the first step" origin="beginner"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        h = x.new_zeros(len(x), *h0.shape)
        for t, x_t in enumerate(x):
            h[t] = torch.tanh(x_t @ W_xh.T + (h[t - 1] if t else h0) @ W_hh.T + b_h)
        ctx.save_for_backward(x, h0, W_xh, W_hh, h)
        return h

    @staticmethod
    def backward(ctx, dh):
        x, h0, W_xh, W_hh, h = ctx.saved_tensors
        before = torch.roll(h, 1, 0)
        for t in range(len(x) - 1, -1, -1):
            dh[t] *= 1 - h[t] ** 2
            if t > 0:
                dh[t - 1] += dh[t] @ W_hh
        d = dh.reshape(-1, dh.shape[-1])
        return dh @ W_xh, dh[0] @ W_hh, d.T @ x.reshape(len(d), -1), d.T @ before.reshape(len(d), -1), d.sum(0)


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))


# %% id=three-in-both-passes style=loop mistakes="h0 is ignored; dW_xh keeps one step only; the derivative of tanh is 1 - h" origin="beginner"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        h_t = torch.zeros_like(h0)
        first = h_t
        h = []
        for x_t in x:
            h_t = torch.tanh(x_t @ W_xh.T + h_t @ W_hh.T + b_h)
            h.append(h_t)
        h = torch.stack(h)
        ctx.save_for_backward(x, first, W_xh, W_hh, h)
        return h

    @staticmethod
    def backward(ctx, dh):
        x, first, W_xh, W_hh, h = ctx.saved_tensors
        T = len(x)
        dx, dW_hh, db_h = torch.zeros_like(x), torch.zeros_like(W_hh), 0
        carry = torch.zeros_like(first)
        for t in range(T - 1, -1, -1):
            delta = (dh[t] + carry) * (1 - h[t])
            dx[t] = delta @ W_xh
            dW_xh = delta.T @ x[t]
            dW_hh += delta.T @ (first if t == 0 else h[t - 1])
            db_h = db_h + delta.sum(0)
            carry = delta @ W_hh
        return dx, carry, dW_xh, dW_hh, db_h


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))


# %% id=attributes-on-ctx style=framework mistakes="" origin="forum"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        ctx.steps = x.shape[0]
        states = [h0]
        for t in range(ctx.steps):
            states.append(
                torch.tanh(torch.nn.functional.linear(x[t], W_xh, b_h) + torch.nn.functional.linear(states[-1], W_hh))
            )
        ctx.save_for_backward(x, W_xh, W_hh, torch.stack(states))
        return torch.stack(states[1:], dim=0)

    @staticmethod
    def backward(ctx, dh):
        x, W_xh, W_hh, all_h = ctx.saved_tensors
        dx = [None] * ctx.steps
        grads = [torch.zeros_like(W_xh), torch.zeros_like(W_hh), torch.zeros_like(W_hh[:, 0])]
        d = torch.zeros_like(all_h[0])
        for t in reversed(range(ctx.steps)):
            delta = torch.addcmul(dh[t] + d, dh[t] + d, all_h[t + 1] ** 2, value=-1)
            grads[0] += delta.t() @ x[t]
            grads[1] += delta.t() @ all_h[t]
            grads[2] += delta.sum(0)
            dx[t] = delta @ W_xh
            d = delta @ W_hh
        return torch.stack(dx), d, *grads


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))


# %% id=batch-first-inside style=layout mistakes="" origin="ported from batch_first code"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        seq = x.transpose(0, 1)
        out = seq.new_zeros(seq.size(0), seq.size(1) + 1, h0.size(1))
        out[:, 0] = h0
        for t in range(seq.size(1)):
            out[:, t + 1] = torch.tanh(seq[:, t] @ W_xh.mT + out[:, t].clone() @ W_hh.mT + b_h)
        ctx.save_for_backward(seq, out, W_xh, W_hh)
        return out[:, 1:].transpose(0, 1).contiguous()

    @staticmethod
    def backward(ctx, dh):
        seq, out, W_xh, W_hh = ctx.saved_tensors
        g = dh.transpose(0, 1)
        delta = torch.zeros_like(out[:, 1:])
        carry = torch.zeros_like(out[:, 0])
        for t in range(seq.size(1) - 1, -1, -1):
            delta[:, t] = (g[:, t] + carry) * (1 - out[:, t + 1].square())
            carry = delta[:, t] @ W_hh
        dW_xh = torch.bmm(delta.transpose(1, 2), seq).sum(dim=0)
        dW_hh = torch.bmm(delta.transpose(1, 2), out[:, :-1]).sum(dim=0)
        return (delta @ W_xh).transpose(0, 1), carry, dW_xh, dW_hh, delta.sum(dim=(0, 1))


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))


# %% id=autograd-inside-backward style=framework mistakes="" origin="checkpointing"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def unroll(x, h0, W_xh, W_hh, b_h):
    out = []
    for x_t in x.unbind():
        h0 = torch.tanh(x_t @ W_xh.T + h0 @ W_hh.T + b_h)
        out.append(h0)
    return torch.stack(out)


class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, *tensors):
        ctx.save_for_backward(*tensors)
        with torch.no_grad():
            return unroll(*tensors)

    @staticmethod
    def backward(ctx, dh):
        # run it again, this time with gradients, as a checkpoint does
        again = [tensor.detach().requires_grad_() for tensor in ctx.saved_tensors]
        with torch.enable_grad():
            h = unroll(*again)
        return torch.autograd.grad(h, again, dh)


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))
