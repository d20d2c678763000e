# %% id=context-set-up-apart style=framework mistakes="" origin="forward without ctx, setup_context as in the newer documentation"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(x, h0, W_xh, W_hh, b_h):
        T, B, D = x.shape
        h = x.new_empty(T, B, b_h.numel())
        state = h0
        for t in range(T):
            state = torch.tanh(torch.addmm(b_h, x[t], W_xh.t()) + state.mm(W_hh.t()))
            h[t].copy_(state)
        return h

    @staticmethod
    def setup_context(ctx, inputs, output):
        x, h0, W_xh, W_hh, b_h = inputs
        ctx.save_for_backward(x, h0, W_xh, W_hh, output)

    @staticmethod
    def backward(ctx, dh):
        x, h0, W_xh, W_hh, h = ctx.saved_tensors
        delta = torch.empty_like(h)
        back = torch.zeros_like(h0)
        for t in range(h.size(0) - 1, -1, -1):
            delta[t] = (dh[t] + back).mul(1 - h[t].square())
            back = delta[t].mm(W_hh)
        past = torch.cat((h0.unsqueeze(0), h[:-1]))
        d = delta.flatten(0, 1)
        dW_xh, dW_hh = d.t().mm(x.flatten(0, 1)), d.t().mm(past.flatten(0, 1))
        return delta.matmul(W_xh), back, dW_xh, dW_hh, d.sum(0)


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    """h and the gradients of everything that made it, by RNNFunction: arrays in, arrays out."""
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()  # on a card it is a copy: should backward write into it, that shows here too
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))


# %% id=einsum-in-torch style=einsum mistakes="" origin="torch.einsum everywhere, lists of steps"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        states = [h0]
        for x_t in x.unbind(0):
            a = torch.einsum("bd,hd->bh", x_t, W_xh) + torch.einsum("bk,hk->bh", states[-1], W_hh) + b_h
            states.append(a.tanh())
        ctx.save_for_backward(x, W_xh, W_hh, *states)
        return torch.stack(states[1:])

    @staticmethod
    def backward(ctx, dh):
        x, W_xh, W_hh, *states = ctx.saved_tensors
        carried, deltas = 0.0, []
        for t in range(len(x), 0, -1):
            delta = (dh[t - 1] + carried) * (1 - states[t] * states[t])
            carried = torch.einsum("bh,hk->bk", delta, W_hh)
            deltas.insert(0, delta)
        deltas, before = torch.stack(deltas), torch.stack(states[:-1])
        return (
            torch.einsum("tbh,hd->tbd", deltas, W_xh),
            carried,
            torch.einsum("tbh,tbd->hd", deltas, x),
            torch.einsum("tbh,tbk->hk", deltas, before),
            torch.einsum("tbh->h", deltas),
        )


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    """h and the gradients of everything that made it, by RNNFunction: arrays in, arrays out."""
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()  # on a card it is a copy: should backward write into it, that shows here too
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))


# %% id=samples-in-columns-torch style=columns mistakes="" origin="ported from code with samples in columns"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class RNNFunction(torch.autograd.Function):
    """Colonnes à l'intérieur, lignes au dehors."""

    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        X = x.permute(2, 1, 0)  # (n_x, m, T)
        a, all_a = h0.T, []
        for t in range(X.shape[2]):
            a = torch.tanh(W_hh @ a + W_xh @ X[..., t] + b_h[:, None])
            all_a.append(a)
        A = torch.stack(all_a, dim=-1)
        ctx.save_for_backward(X, h0.T, A, W_xh, W_hh)
        return A.permute(2, 1, 0).contiguous()

    @staticmethod
    def backward(ctx, dh):
        X, a0, A, Wax, Waa = ctx.saved_tensors
        dA = dh.permute(2, 1, 0)
        dX = torch.zeros_like(X)
        dWax, dWaa = torch.zeros_like(Wax), torch.zeros_like(Waa)
        dba = torch.zeros(len(Waa), dtype=dh.dtype, device=dh.device)
        da = torch.zeros_like(a0)
        for t in reversed(range(X.shape[-1])):
            a_prev = A[..., t - 1] if t != 0 else a0
            dtanh = (dA[..., t] + da) * (1 - A[..., t] ** 2)
            dX[..., t] = Wax.T @ dtanh
            dWax = dWax + dtanh @ X[..., t].T
            dWaa = dWaa + dtanh @ a_prev.T
            dba = dba + dtanh.sum(dim=1)
            da = Waa.T @ dtanh
        return dX.permute(2, 1, 0), da.T, dWax, dWaa, dba


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    """h and the gradients of everything that made it, by RNNFunction: arrays in, arrays out."""
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()  # on a card it is a copy: should backward write into it, that shows here too
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))


# %% id=recomputed-from-inputs style=recomputation mistakes="" origin="saves the inputs only and runs forward again"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def states_of(x, h0, W_xh, W_hh, b_h):
    states = [h0]
    for x_t in x:
        states.append(torch.tanh(torch.nn.functional.linear(x_t, W_xh, b_h) + states[-1] @ W_hh.T))
    return states


class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, *inputs):
        ctx.save_for_backward(*inputs)
        return torch.stack(states_of(*inputs)[1:])

    @staticmethod
    def backward(ctx, dh):
        x, h0, W_xh, W_hh, b_h = ctx.saved_tensors
        states = states_of(x, h0, W_xh, W_hh, b_h)
        dx = []
        grads = {"W_xh": 0, "W_hh": 0, "b_h": 0}
        g = torch.zeros_like(h0)
        for x_t, before, now, own in reversed(list(zip(x, states, states[1:], dh))):
            delta = (g + own) * (1 + now) * (1 - now)
            grads["W_xh"] += delta.T @ x_t
            grads["W_hh"] += delta.T @ before
            grads["b_h"] += delta.sum(0)
            dx.append(delta @ W_xh)
            g = delta @ W_hh
        return torch.stack(dx[::-1]), g, *grads.values()


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    """h and the gradients of everything that made it, by RNNFunction: arrays in, arrays out."""
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()  # on a card it is a copy: should backward write into it, that shows here too
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))


# %% id=one-augmented-weight style=vectorised mistakes="" origin="one matrix for [x, h, 1] on both ways"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        W = torch.cat([W_xh, W_hh, b_h[:, None]], dim=1)  # (H, D + H + 1)
        one = torch.ones_like(x[0, :, :1])
        h, vs, h_t = [], [], h0
        for t in range(len(x)):
            v = torch.cat([x[t], h_t, one], dim=1)
            h_t = torch.tanh(v @ W.T)
            vs.append(v)
            h.append(h_t)
        h = torch.stack(h)
        ctx.save_for_backward(torch.stack(vs), h, W)
        ctx.sizes = [x.shape[2], h0.shape[1], 1]
        return h

    @staticmethod
    def backward(ctx, dh):
        v, h, W = ctx.saved_tensors
        dW, dx, dh_t = torch.zeros_like(W), [], torch.zeros_like(h[0])
        for t in range(len(h))[::-1]:
            delta = (dh_t + dh[t]) * (1 - h[t].pow(2))
            dW.addmm_(delta.T, v[t])
            dx_t, dh_t, _ = (delta @ W).split(ctx.sizes, dim=1)
            dx.append(dx_t)
        dW_xh, dW_hh, db_h = dW.split(ctx.sizes, dim=1)
        return torch.stack(dx).flip(0), dh_t, dW_xh, dW_hh, db_h[:, 0]


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    """h and the gradients of everything that made it, by RNNFunction: arrays in, arrays out."""
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()  # on a card it is a copy: should backward write into it, that shows here too
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))


# %% id=batched-outer-products style=vectorised mistakes="" origin="in-place on clones, outer products by broadcasting"
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        h = torch.matmul(x, W_xh.mT).add_(b_h)
        for t in range(h.shape[0]):
            h[t].add_((h[t - 1] if t else h0) @ W_hh.mT).tanh_()
        ctx.save_for_backward(x, h0, W_xh, W_hh, h)
        return h

    @staticmethod
    def backward(ctx, dh):
        x, h0, W_xh, W_hh, h = ctx.saved_tensors
        delta = dh.clone()
        slope = torch.addcmul(torch.ones_like(h), h, h, value=-1)
        for t in range(len(delta) - 1, 0, -1):
            delta[t].mul_(slope[t])
            delta[t - 1].add_(delta[t] @ W_hh)
        delta[0].mul_(slope[0])
        before = torch.cat([h0[None], h[:-1]])
        dW_xh = (delta[..., :, None] * x[..., None, :]).sum(dim=(0, 1))
        dW_hh = (delta[..., :, None] * before[..., None, :]).sum(dim=(0, 1))
        return delta @ W_xh, delta[0] @ W_hh, dW_xh, dW_hh, delta.sum(dim=(0, 1))


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    """h and the gradients of everything that made it, by RNNFunction: arrays in, arrays out."""
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()  # on a card it is a copy: should backward write into it, that shows here too
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))
