# %% id=deltas-then-einsum style=einsum mistakes="" origin="NumPy answer taken to torch"
class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        states = [h0]
        for t in range(x.shape[0]):
            a = torch.einsum("bd,hd->bh", x[t], W_xh) + torch.einsum("bj,hj->bh", states[-1], W_hh) + b_h
            states.append(a.tanh())
        H = torch.stack(states)
        ctx.save_for_backward(x, H, W_xh, W_hh)
        return H[1:].clone()

    @staticmethod
    def backward(ctx, dh):
        x, H, W_xh, W_hh = ctx.saved_tensors
        slope = 1 - H[1:].square()
        delta = torch.empty_like(dh)
        carry = torch.zeros_like(H[0])
        for t in range(len(dh) - 1, -1, -1):
            delta[t] = (dh[t] + carry) * slope[t]
            carry = torch.einsum("bh,hj->bj", delta[t], W_hh)
        dW_xh = torch.einsum("tbh,tbd->hd", delta, x)
        dW_hh = torch.einsum("tbh,tbj->hj", delta, H[:-1])
        return torch.einsum("tbh,hd->tbd", delta, W_xh), carry, dW_xh, dW_hh, delta.sum((0, 1))

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    leaves = [torch.tensor(a, requires_grad=True) for a in (x, h0, W_xh, W_hh, b_h)]
    h = RNNFunction.apply(*leaves)
    h.backward(torch.tensor(dh))
    return (h.detach().numpy(), *[leaf.grad.numpy() for leaf in leaves])

# %% id=function-of-one-step style=autograd mistakes="" origin="a custom cell, unrolled by autograd"
class Cell(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x_t, h_prev, W_xh, W_hh, b_h):
        h_t = torch.tanh(torch.nn.functional.linear(x_t, W_xh, b_h) + h_prev.mm(W_hh.t()))
        ctx.save_for_backward(x_t, h_prev, h_t, W_xh, W_hh)
        return h_t

    @staticmethod
    def backward(ctx, g):
        x_t, h_prev, h_t, W_xh, W_hh = ctx.saved_tensors
        g = g * (1 + h_t) * (1 - h_t)
        return g.mm(W_xh), g.mm(W_hh), g.t().mm(x_t), g.t().mm(h_prev), g.sum(0)

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    inputs = [torch.from_numpy(a.copy()).requires_grad_() for a in (x, h0, W_xh, W_hh, b_h)]
    h, states = inputs[1], []
    for x_t in inputs[0].unbind(0):
        h = Cell.apply(x_t, h, *inputs[2:])
        states.append(h)
    out = torch.stack(states)
    grads = torch.autograd.grad(out, inputs, torch.from_numpy(dh.copy()))
    return tuple(v.detach().numpy() for v in (out, *grads))

# %% id=batch-first-columns style=layout mistakes="" origin="ported from batch_first code"
class BatchFirstRNN(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        B, T, _ = x.shape
        h = x.new_zeros(B, T + 1, h0.shape[1])
        h[:, 0] = h0
        for t in range(T):
            h[:, t + 1] = torch.tanh(torch.addmm(b_h, x[:, t], W_xh.T) + h[:, t] @ W_hh.T)
        ctx.save_for_backward(x, h, W_xh, W_hh)
        return h[:, 1:].contiguous()

    @staticmethod
    def backward(ctx, grad):
        x, h, W_xh, W_hh = ctx.saved_tensors
        T = x.shape[1]
        gx, gW, gU, gb = torch.zeros_like(x), torch.zeros_like(W_xh), torch.zeros_like(W_hh), W_hh.new_zeros(len(W_hh))
        g = torch.zeros_like(h[:, 0])
        for t in reversed(range(T)):
            d = (grad[:, t] + g) * (1 - h[:, t + 1].pow(2))
            gx[:, t] = d @ W_xh
            gW.addmm_(d.T, x[:, t])
            gU.addmm_(d.T, h[:, t])
            gb.add_(d.sum(dim=0))
            g = d @ W_hh
        return gx, g, gW, gU, gb

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    t = [torch.as_tensor(a).clone().requires_grad_() for a in (np.swapaxes(x, 0, 1), h0, W_xh, W_hh, b_h)]
    h = BatchFirstRNN.apply(*t)
    dx, *rest = torch.autograd.grad(h, t, torch.as_tensor(np.swapaxes(dh, 0, 1).copy()))
    return h.detach().transpose(0, 1).numpy(), dx.transpose(0, 1).numpy(), *(g.numpy() for g in rest)

# %% id=loops-over-samples style=per-sample mistakes="" origin="beginner"
class SlowRNN(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        T, B, D = x.shape
        h = torch.zeros(T, B, len(b_h), dtype=x.dtype)
        for b in range(B):
            last = h0[b]
            for t in range(T):
                last = torch.tanh(torch.mv(W_xh, x[t, b]) + torch.mv(W_hh, last) + b_h)
                h[t, b] = last
        ctx.save_for_backward(x, h0, W_xh, W_hh, b_h, h)
        return h

    @staticmethod
    def backward(ctx, dh):
        x, h0, W_xh, W_hh, b_h, h = ctx.saved_tensors
        dx, dh0, dW, dU, db = (torch.zeros_like(v) for v in (x, h0, W_xh, W_hh, b_h))
        for b in range(x.shape[1]):
            for t in range(x.shape[0] - 1, -1, -1):
                delta = (dh[t, b] + dh0[b]) * (1 - h[t, b] ** 2)
                before = h[t - 1, b] if t else h0[b]
                dW += torch.outer(delta, x[t, b])
                dU += torch.outer(delta, before)
                db += delta
                dx[t, b] = W_xh.T @ delta
                dh0[b] = W_hh.T @ delta
        return dx, dh0, dW, dU, db

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    inputs = [torch.from_numpy(v).requires_grad_() for v in (x, h0, W_xh, W_hh, b_h)]
    h = SlowRNN.apply(*inputs)
    grads = torch.autograd.grad(h, inputs, torch.from_numpy(dh))
    return [v.detach().numpy() for v in (h, *grads)]

# %% id=derivative-lost-in-dx style=loop mistakes="the derivative of tanh is missing in dx" origin="beginner"
class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        h, h_t = [], h0
        for x_t in x:
            h_t = torch.tanh(x_t @ W_xh.T + h_t @ W_hh.T + b_h)
            h.append(h_t)
        h = torch.stack(h)
        ctx.save_for_backward(x, h0, h, W_xh, W_hh)
        return h

    @staticmethod
    def backward(ctx, dh):
        x, h0, h, W_xh, W_hh = ctx.saved_tensors
        dx, dh_next = torch.zeros_like(x), torch.zeros_like(h0)
        dW_xh, dW_hh, db_h = torch.zeros_like(W_xh), torch.zeros_like(W_hh), torch.zeros_like(W_hh[0])
        for t in reversed(range(len(x))):
            total = dh[t] + dh_next
            delta = total * (1 - h[t] ** 2)
            dW_xh += delta.T @ x[t]
            dW_hh += delta.T @ (h[t - 1] if t > 0 else h0)
            db_h += delta.sum(dim=0)
            dx[t] = total @ W_xh
            dh_next = delta @ W_hh
        return dx, dh_next, dW_xh, dW_hh, db_h

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    tensors = [torch.from_numpy(a).requires_grad_() for a in (x, h0, W_xh, W_hh, b_h)]
    h = RNNFunction.apply(*tensors)
    return tuple(v.detach().numpy() for v in (h, *torch.autograd.grad(h, tensors, torch.from_numpy(dh))))

# %% id=zeros-in-front-of-the-states style=vectorised mistakes="dW_hh reads zeros instead of h0 at the first step" origin="code for h0 = 0"
class Recurrent(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        pre = x @ W_xh.T + b_h
        out = torch.zeros(len(x), *h0.shape, dtype=h0.dtype)
        now = h0
        for t in range(len(x)):
            now = torch.tanh(pre[t] + now @ W_hh.T)
            out[t] = now
        ctx.save_for_backward(x, h0, out, W_xh, W_hh)
        return out

    @staticmethod
    def backward(ctx, dh):
        x, h0, out, W_xh, W_hh = ctx.saved_tensors
        deltas, back = [], 0
        for g, h in zip(dh.flip(0), out.flip(0)):
            d = (g + back) * (1 - h * h)
            deltas.insert(0, d)
            back = d @ W_hh
        delta = torch.stack(deltas)
        first = torch.zeros_like(h0)
        before = torch.cat([first[None], out[:-1]])
        flat = delta.reshape(-1, delta.shape[-1])
        dW_xh = flat.T @ x.reshape(len(flat), -1)
        dW_hh = flat.T @ before.reshape(len(flat), -1)
        return delta @ W_xh, back, dW_xh, dW_hh, flat.sum(0)

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    args = [torch.tensor(a, requires_grad=True) for a in (x, h0, W_xh, W_hh, b_h)]
    y = Recurrent.apply(*args)
    grads = torch.autograd.grad(y, args, torch.tensor(dh))
    return (y.detach().numpy(),) + tuple(g.numpy() for g in grads)

# %% id=first-gradient-stops-early style=functional mistakes="dh0 is delta_h without W_hh" origin="beginner"
def unroll(x, h, W, U, b):
    for x_t in x:
        h = torch.tanh(x_t.matmul(W.t()).add(h.matmul(U.t())).add(b))
        yield h

class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W, U, b):
        h = torch.stack(tuple(unroll(x, h0, W, U, b)))
        ctx.save_for_backward(x, h0, W, U, h)
        return h

    @staticmethod
    def backward(ctx, dh):
        x, h0, W, U, h = ctx.saved_tensors
        prev = torch.cat((h0.unsqueeze(0), h[:-1]))
        delta = torch.zeros_like(dh)
        for t in range(dh.size(0) - 1, -1, -1):
            up = dh[t] if t == dh.size(0) - 1 else dh[t] + delta[t + 1].matmul(U)
            delta[t] = up * (1 - h[t] ** 2)
        dh0 = delta[0]
        return delta.matmul(W), dh0, torch.tensordot(delta, x, ([0, 1], [0, 1])), torch.tensordot(delta, prev, ([0, 1], [0, 1])), delta.sum(0).sum(0)

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    variables = [torch.from_numpy(a.copy()).requires_grad_(True) for a in (x, h0, W_xh, W_hh, b_h)]
    h = F.apply(*variables)
    h.backward(torch.from_numpy(dh.copy()))
    return h.detach().numpy(), *(v.grad.numpy() for v in variables)

# %% id=relu-forward-mean-bias style=framework mistakes="the activation is a ReLU; db_h is a mean over the batch" origin="ported from an IRNN"
class IRNN(torch.autograd.Function):
    @staticmethod
    def forward(ctx, inputs, hx, weight_ih, weight_hh, bias):
        outputs = []
        for step in inputs:
            hx_new = torch.nn.functional.linear(step, weight_ih, bias) + torch.nn.functional.linear(hx if not outputs else outputs[-1], weight_hh)
            outputs.append(torch.relu(hx_new))
        outputs = torch.stack(outputs)
        ctx.save_for_backward(inputs, hx, weight_ih, weight_hh, outputs)
        return outputs

    @staticmethod
    def backward(ctx, grad_output):
        inputs, hx, weight_ih, weight_hh, outputs = ctx.saved_tensors
        grad_input, grad_h = torch.empty_like(inputs), torch.zeros_like(hx)
        grad_w, grad_u, grad_b = torch.zeros_like(weight_ih), torch.zeros_like(weight_hh), torch.zeros_like(weight_hh[:, 0])
        for t in range(len(inputs))[::-1]:
            g = (grad_output[t] + grad_h) * (1 - outputs[t] ** 2)
            grad_input[t] = g @ weight_ih
            grad_w += g.t() @ inputs[t]
            grad_u += g.t() @ (outputs[t - 1] if t else hx)
            grad_b += g.mean(0)
            grad_h = g @ weight_hh
        return grad_input, grad_h, grad_w, grad_u, grad_b

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    with torch.enable_grad():
        ins = [torch.from_numpy(a).requires_grad_() for a in (x, h0, W_xh, W_hh, b_h)]
        h = IRNN.apply(*ins)
        outs = torch.autograd.grad(h, ins, torch.from_numpy(dh))
    return tuple(v.detach().numpy() for v in (h, *outs))

# %% id=no-future-and-last-weight style=class mistakes="the gradient from the next step is left out; dW_xh keeps one step only" origin="beginner"
class Step:
    def __init__(self, W, U):
        self.W, self.U = W, U

    def back(self, g, x, h_prev, h):
        d = g * (1 - h**2)
        return d @ self.W, d @ self.U, d.T @ x, d.T @ h_prev, d.sum(dim=0)

class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        hs = [h0]
        for x_t in x:
            hs += [torch.tanh(x_t @ W_xh.T + hs[-1] @ W_hh.T + b_h)]
        ctx.hs = hs
        ctx.save_for_backward(x, W_xh, W_hh)
        return torch.stack(hs[1:])

    @staticmethod
    def backward(ctx, dh):
        x, W_xh, W_hh = ctx.saved_tensors
        step, dx = Step(W_xh, W_hh), []
        dh_next, dW, dU, db = 0, 0, 0, 0
        for t in reversed(range(len(x))):
            arriving = dh[t]
            dx_t, dh_next, w, u, b = step.back(arriving, x[t], ctx.hs[t], ctx.hs[t + 1])
            dx.append(dx_t)
            dW, dU, db = w, dU + u, db + b
        return torch.stack(dx[::-1]), dh_next, dW, dU, db

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    inputs = [torch.from_numpy(array).requires_grad_() for array in (x, h0, W_xh, W_hh, b_h)]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, torch.from_numpy(dh), allow_unused=True)
    return tuple(value.detach().numpy() for value in (h, *gradients))

# %% id=slope-before-transposed-sign style=loop mistakes="the derivative of tanh is taken at h_prev; dW_hh is transposed; b_h has the wrong sign" origin="beginner"
class MyRNN(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        h = torch.zeros((x.shape[0] + 1,) + tuple(h0.shape), dtype=x.dtype, device=x.device)
        h[0] = h0
        for t in range(x.shape[0]):
            z = torch.matmul(x[t], W_xh.T) + torch.matmul(h[t], W_hh.T) - b_h
            h[t + 1] = torch.tanh(z)
        ctx.save_for_backward(x, h, W_xh, W_hh)
        return h[1:].clone()

    @staticmethod
    def backward(ctx, dh):
        x, h, W_xh, W_hh = ctx.saved_tensors
        dx, dW_xh, dW_hh = torch.zeros_like(x), torch.zeros_like(W_xh), torch.zeros_like(W_hh)
        db_h = torch.zeros(W_hh.shape[0], dtype=x.dtype, device=x.device)
        dprev = torch.zeros_like(h[0])
        t = x.shape[0]
        while t > 0:
            da = (dh[t - 1] + dprev) * (1 - h[t - 1] ** 2)
            dx[t - 1] = torch.matmul(da, W_xh)
            dW_xh = dW_xh + torch.matmul(da.T, x[t - 1])
            dW_hh = dW_hh + torch.matmul(h[t - 1].T, da)
            db_h = db_h + torch.sum(da, dim=0)
            dprev = torch.matmul(da, W_hh)
            t = t - 1
        return dx, dprev, dW_xh, dW_hh, db_h

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    parts = [torch.from_numpy(p).requires_grad_() for p in (x, h0, W_xh, W_hh, b_h)]
    h = MyRNN.apply(*parts)
    got = torch.autograd.grad(h, parts, torch.from_numpy(dh))
    return tuple(p.detach().numpy() for p in (h, *got))

# %% id=start-ignored-w-not-turned-divided style=stacked mistakes="h0 is ignored in the forward pass; W_hh is transposed in dh_prev; dW_xh is divided by B" origin="invented"
class Fused(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        W = torch.cat([W_hh, W_xh, b_h[:, None]], dim=1)
        one = x.new_ones(x.shape[1], 1)
        seen, h, prev = [], [], torch.zeros_like(h0)
        for x_t in x:
            v = torch.cat([prev, x_t, one], dim=1)
            prev = torch.tanh(v @ W.T)
            seen.append(torch.cat([h[-1] if h else h0, x_t, one], dim=1))
            h.append(prev)
        h = torch.stack(h)
        ctx.save_for_backward(torch.stack(seen), h, W)
        return h

    @staticmethod
    def backward(ctx, dh):
        seen, h, W = ctx.saved_tensors
        H = h.shape[2]
        dW, dx, carry = torch.zeros_like(W), [], torch.zeros_like(h[0])
        for v, state, g in zip(reversed(seen), reversed(h), reversed(dh)):
            d = (g + carry) * (1 - state**2)
            dW += d.T @ v
            dx.append(d @ W[:, H:-1])
            carry = d @ W[:, :H].T
        dW_hh, dW_xh, db_h = dW[:, :H], dW[:, H:-1] / seen.shape[1], dW[:, -1]
        return torch.stack(dx[::-1]), carry, dW_xh, dW_hh, db_h

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    inputs = [torch.from_numpy(array).requires_grad_() for array in (x, h0, W_xh, W_hh, b_h)]
    h = Fused.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, torch.from_numpy(dh))
    return tuple(value.detach().numpy() for value in (h, *gradients))

# %% id=minus-one-is-the-last style=loop mistakes="at the first step h[t - 1] wraps round to the last state instead of h0" origin="negative index"
class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        out = []
        h_t = h0
        for t in range(len(x)):
            h_t = torch.tanh(x[t] @ W_xh.T + h_t @ W_hh.T + b_h)
            out.append(h_t)
        h = torch.stack(out)
        ctx.save_for_backward(x, h0, h, W_xh, W_hh)
        return h

    @staticmethod
    def backward(ctx, dh):
        x, h0, h, W_xh, W_hh = ctx.saved_tensors
        dx, dprev = torch.zeros_like(x), torch.zeros_like(h0)
        dWx, dWh, db = torch.zeros_like(W_xh), torch.zeros_like(W_hh), torch.zeros_like(W_hh[0])
        for t in range(len(x) - 1, -1, -1):
            delta = (dh[t] + dprev) * (1 - h[t] ** 2)
            dWx += delta.T @ x[t]
            dWh += delta.T @ h[t - 1]
            db += delta.sum(dim=0)
            dx[t] = delta @ W_xh
            dprev = delta @ W_hh
        return dx, dprev, dWx, dWh, db

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    inputs = [torch.from_numpy(v.copy()).requires_grad_() for v in (x, h0, W_xh, W_hh, b_h)]
    h = RNNFunction.apply(*inputs)
    grads = torch.autograd.grad(h, inputs, torch.from_numpy(dh.copy()))
    return tuple(v.detach().numpy() for v in (h, *grads))

# %% id=states-shifted style=functional mistakes="h0 to h^(T-1) are returned instead of h^(1) to h^(T)" origin="off by one in the list of states"
class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        hs = [h0]
        for x_t in x:
            hs.append(torch.tanh(torch.mm(x_t, W_xh.t()) + torch.mm(hs[-1], W_hh.t()) + b_h))
        H = torch.stack(hs)
        ctx.save_for_backward(x, H, W_xh, W_hh)
        return H[:-1].clone()

    @staticmethod
    def backward(ctx, dh):
        x, H, W_xh, W_hh = ctx.saved_tensors
        carry, deltas = torch.zeros_like(H[0]), []
        for t in reversed(range(len(dh))):
            deltas.insert(0, (dh[t] + carry) * (1 - H[t + 1] ** 2))
            carry = deltas[0] @ W_hh
        delta = torch.stack(deltas)
        return delta @ W_xh, carry, torch.einsum("tbh,tbd->hd", delta, x), torch.einsum("tbh,tbj->hj", delta, H[:-1]), delta.sum((0, 1))

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    ts = [torch.tensor(v, requires_grad=True) for v in (x, h0, W_xh, W_hh, b_h)]
    h = RNNFunction.apply(*ts)
    h.backward(torch.tensor(dh))
    return (h.detach().numpy(), *(v.grad.numpy() for v in ts))

# %% id=dh-goes-to-the-input-weights style=vectorised mistakes="dW_xh is made of dh instead of delta_h" origin="beginner"
class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        T, B, D = x.shape
        h = x.new_empty(T, B, len(b_h))
        for t in range(T):
            previous = h[t - 1] if t else h0
            h[t] = (x[t] @ W_xh.T + previous @ W_hh.T + b_h).tanh()
        ctx.save_for_backward(x, h0, h, W_xh, W_hh)
        return h

    @staticmethod
    def backward(ctx, dh):
        x, h0, h, W_xh, W_hh = ctx.saved_tensors
        T, B, D = x.shape
        delta = torch.zeros_like(h)
        total = torch.zeros_like(h)
        back = torch.zeros_like(h0)
        for t in range(T - 1, -1, -1):
            total[t] = dh[t] + back
            delta[t] = total[t] * (1 - h[t] * h[t])
            back = delta[t] @ W_hh
        before = torch.cat([h0[None], h[:-1]])
        flat = delta.reshape(T * B, -1)
        dW_xh = total.reshape(T * B, -1).T @ x.reshape(T * B, D)
        dW_hh = flat.T @ before.reshape(T * B, -1)
        return delta @ W_xh, back, dW_xh, dW_hh, flat.sum(0)

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    args = [torch.from_numpy(v.copy()).requires_grad_() for v in (x, h0, W_xh, W_hh, b_h)]
    h = RNNFunction.apply(*args)
    return tuple(v.detach().numpy() for v in (h, *torch.autograd.grad(h, args, torch.from_numpy(dh.copy()))))

# %% id=saved-pre-activation style=helper mistakes="the derivative of tanh is 1 - a^2 with the pre-activation a" origin="wrong tensor saved for backward"
def step(x_t, h_prev, W_xh, W_hh, b_h):
    a = torch.nn.functional.linear(x_t, W_xh) + torch.nn.functional.linear(h_prev, W_hh, b_h)
    return a, torch.tanh(a)

class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        pre, states = [], [h0]
        for x_t in x:
            a, h_t = step(x_t, states[-1], W_xh, W_hh, b_h)
            pre.append(a)
            states.append(h_t)
        ctx.save_for_backward(x, torch.stack(pre), torch.stack(states[:-1]), W_xh, W_hh)
        return torch.stack(states[1:])

    @staticmethod
    def backward(ctx, dh):
        x, a, h_before, W_xh, W_hh = ctx.saved_tensors
        grads = [torch.zeros_like(W_xh), torch.zeros_like(W_hh), torch.zeros(len(W_hh), dtype=x.dtype, device=x.device)]
        dx = torch.zeros_like(x)
        d_next = torch.zeros_like(h_before[0])
        for t in reversed(range(len(x))):
            delta = (dh[t] + d_next) * (1 - a[t] ** 2)
            grads[0] += delta.T @ x[t]
            grads[1] += delta.T @ h_before[t]
            grads[2] += delta.sum(0)
            dx[t] = delta @ W_xh
            d_next = delta @ W_hh
        return (dx, d_next, *grads)

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    leaves = [torch.tensor(v, requires_grad=True) for v in (x, h0, W_xh, W_hh, b_h)]
    h = RNNFunction.apply(*leaves)
    h.backward(torch.tensor(dh))
    return (h.detach().numpy(), *[leaf.grad.numpy() for leaf in leaves])

# %% id=dh-changed-by-backward style=in-place mistakes="backward writes the carried gradient into the caller's dh" origin="+= on a gradient that torch handed over"
class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        h, h_t = [], h0
        for x_t in x:
            h_t = torch.tanh(x_t @ W_xh.T + h_t @ W_hh.T + b_h)
            h.append(h_t)
        h = torch.stack(h)
        ctx.save_for_backward(x, h0, h, W_xh, W_hh)
        return h

    @staticmethod
    def backward(ctx, dh):
        x, h0, h, W_xh, W_hh = ctx.saved_tensors
        dx, dh0 = torch.zeros_like(x), torch.zeros_like(h0)
        dW_xh, dW_hh, db_h = torch.zeros_like(W_xh), torch.zeros_like(W_hh), torch.zeros_like(W_hh[0])
        for t in reversed(range(len(x))):
            delta_h = dh[t] * (1 - h[t] ** 2)
            h_prev = h[t - 1] if t > 0 else h0
            dW_xh += delta_h.T @ x[t]
            dW_hh += delta_h.T @ h_prev
            db_h += delta_h.sum(dim=0)
            dx[t] = delta_h @ W_xh
            if t > 0:
                dh[t - 1] += delta_h @ W_hh
            else:
                dh0 = delta_h @ W_hh
        return dx, dh0, dW_xh, dW_hh, db_h

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    *inputs, arriving = (torch.from_numpy(array) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    return tuple(None if value is None else value.detach().numpy() for value in (h, *gradients))

# %% id=bias-in-both-products style=framework mistakes="b_h is added twice in the forward pass" origin="ported from nn.RNN with bias_ih and bias_hh"
class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input, hx, w_ih, w_hh, b):
        first, output = hx, []
        for i in range(input.size(0)):
            gi = torch.nn.functional.linear(input[i], w_ih, b)
            gh = torch.nn.functional.linear(hx, w_hh, b)
            hx = torch.tanh(gi + gh)
            output.append(hx)
        output = torch.stack(output, 0)
        ctx.save_for_backward(input, first, output, w_ih, w_hh)
        return output

    @staticmethod
    def backward(ctx, grad_output):
        input, first, output, w_ih, w_hh = ctx.saved_tensors
        grad_hx = torch.zeros_like(output[0])
        grad_a = torch.zeros_like(output)
        for i in range(input.size(0) - 1, -1, -1):
            grad_a[i] = (grad_output[i] + grad_hx) * (1 - output[i].pow(2))
            grad_hx = grad_a[i].mm(w_hh)
        prev = torch.cat([first.unsqueeze(0), output[:-1]])
        g_ih = torch.einsum("tbh,tbd->hd", grad_a, input)
        g_hh = torch.einsum("tbh,tbj->hj", grad_a, prev)
        return grad_a @ w_ih, grad_hx, g_ih, g_hh, grad_a.sum(dim=(0, 1))

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    inputs = [torch.from_numpy(v.copy()).requires_grad_() for v in (x, h0, W_xh, W_hh, b_h)]
    h = RNNFunction.apply(*inputs)
    h.backward(torch.from_numpy(dh.copy()))
    return tuple(v.detach().numpy() for v in (h, *[i.grad for i in inputs]))

# %% id=cut-at-every-step style=autograd mistakes="the state is detached at every step, so no gradient goes back through time" origin="truncated BPTT recipe with detach in the inner loop"
class Step(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x_t, h_prev, W_xh, W_hh, b_h):
        h_t = torch.tanh(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)
        ctx.save_for_backward(x_t, h_prev, h_t, W_xh, W_hh)
        return h_t

    @staticmethod
    def backward(ctx, dh_t):
        x_t, h_prev, h_t, W_xh, W_hh = ctx.saved_tensors
        delta = dh_t * (1 - h_t * h_t)
        return delta @ W_xh, delta @ W_hh, delta.T @ x_t, delta.T @ h_prev, delta.sum(0)

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    inputs = [torch.tensor(v, requires_grad=True) for v in (x, h0, W_xh, W_hh, b_h)]
    h_t, states = inputs[1], []
    for x_t in inputs[0]:
        h_t = Step.apply(x_t, h_t, *inputs[2:])
        states.append(h_t)
        h_t = h_t.detach()
    h = torch.stack(states)
    grads = torch.autograd.grad(h, inputs, torch.tensor(dh))
    return tuple(v.detach().numpy() for v in (h, *grads))

# %% id=sigmoid-slope-and-bias-overwritten style=loop mistakes="the derivative is that of sigmoid, h(1-h); db_h is overwritten at each step" origin="beginner"
class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        h = torch.zeros(x.shape[0], x.shape[1], len(b_h), dtype=x.dtype, device=x.device)
        h_prev = h0
        for t in range(x.shape[0]):
            h[t] = torch.tanh(torch.matmul(x[t], W_xh.T) + torch.matmul(h_prev, W_hh.T) + b_h)
            h_prev = h[t]
        ctx.save_for_backward(x, h0, h, W_xh, W_hh)
        return h

    @staticmethod
    def backward(ctx, dh):
        x, h0, h, W_xh, W_hh = ctx.saved_tensors
        dx = torch.zeros_like(x)
        dW_xh, dW_hh = torch.zeros_like(W_xh), torch.zeros_like(W_hh)
        db_h = torch.zeros_like(W_hh[0])
        dh_next = torch.zeros_like(h0)
        for t in range(x.shape[0])[::-1]:
            da = (dh[t] + dh_next) * h[t] * (1 - h[t])
            dx[t] = torch.matmul(da, W_xh)
            dW_xh = dW_xh + torch.matmul(da.T, x[t])
            dW_hh = dW_hh + torch.matmul(da.T, h[t - 1] if t > 0 else h0)
            db_h = torch.sum(da, dim=0)
            dh_next = torch.matmul(da, W_hh)
        return dx, dh_next, dW_xh, dW_hh, db_h

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    inputs = [torch.from_numpy(v.copy()).requires_grad_() for v in (x, h0, W_xh, W_hh, b_h)]
    h = RNNFunction.apply(*inputs)
    grads = torch.autograd.grad(h, inputs, torch.from_numpy(dh.copy()))
    return tuple(v.detach().numpy() for v in (h, *grads))

# %% id=own-state-and-direct-dx style=class mistakes="dW_hh is made of h^(t) instead of h^(t-1); dx uses dh of the step alone, without what comes back from the next step" origin="beginner"
class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        states, h_t = [], h0
        for x_t in x.unbind(0):
            h_t = torch.addmm(b_h, x_t, W_xh.T).add(h_t @ W_hh.T).tanh()
            states.append(h_t)
        h = torch.stack(states)
        ctx.save_for_backward(x, h0, h, W_xh, W_hh)
        return h

    @staticmethod
    def backward(ctx, dh):
        x, h0, h, W_xh, W_hh = ctx.saved_tensors
        slope = 1 - h.square()
        delta = torch.zeros_like(h)
        carry = torch.zeros_like(h0)
        for t in range(len(h) - 1, -1, -1):
            delta[t] = (dh[t] + carry) * slope[t]
            carry = delta[t] @ W_hh
        h_prev = h
        dW_hh = torch.einsum("tbi,tbj->ij", delta, h_prev)
        dW_xh = torch.einsum("tbi,tbd->id", delta, x)
        dx = (dh * slope) @ W_xh
        return dx, carry, dW_xh, dW_hh, delta.sum(dim=(0, 1))

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    args = [torch.tensor(v, requires_grad=True) for v in (x, h0, W_xh, W_hh, b_h)]
    h = RNNFunction.apply(*args)
    h.backward(torch.tensor(dh))
    return (h.detach().numpy(), *[a.grad.numpy() for a in args])

# %% id=no-bias-forward-carry-piles-up style=layout mistakes="b_h is left out of the forward pass; the carried gradient is summed up over the steps instead of replaced" origin="ported from (n_x, m) columns"
class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        a, hidden = h0.T, []
        for t in range(x.shape[0]):
            a = torch.tanh(W_xh @ x[t].T + W_hh @ a)
            hidden.append(a)
        hidden = torch.stack(hidden)
        ctx.save_for_backward(x, h0, hidden, W_xh, W_hh)
        return hidden.transpose(1, 2).contiguous()

    @staticmethod
    def backward(ctx, dh):
        x, h0, hidden, W_xh, W_hh = ctx.saved_tensors
        da_prev = torch.zeros_like(hidden[0])
        dx = torch.zeros_like(x)
        dWax, dWaa, dba = torch.zeros_like(W_xh), torch.zeros_like(W_hh), torch.zeros_like(W_hh[:, :1])
        for t in reversed(range(x.shape[0])):
            dtanh = (1 - hidden[t] ** 2) * (dh[t].T + da_prev)
            dx[t] = (W_xh.T @ dtanh).T
            dWax += dtanh @ x[t]
            dWaa += dtanh @ (hidden[t - 1].T if t > 0 else h0)
            dba += dtanh.sum(dim=1, keepdim=True)
            da_prev += W_hh.T @ dtanh
        return dx, da_prev.T, dWax, dWaa, dba[:, 0]

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    inputs = [torch.from_numpy(v.copy()).requires_grad_() for v in (x, h0, W_xh, W_hh, b_h)]
    h = RNNFunction.apply(*inputs)
    grads = torch.autograd.grad(h, inputs, torch.from_numpy(dh.copy()))
    return tuple(v.detach().numpy() for v in (h, *grads))

# %% id=state-not-carried-dx-one-row-db-one-sample style=loop mistakes="the forward pass starts every step from h0; dx is written at the last step only; db_h takes the first sample only instead of the sum over the batch" origin="invented"
class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        h, h_t = [], h0
        for x_t in x:
            h_t = torch.tanh(x_t @ W_xh.T + h0 @ W_hh.T + b_h)
            h.append(h_t)
        h = torch.stack(h)
        ctx.save_for_backward(x, h0, h, W_xh, W_hh)
        return h

    @staticmethod
    def backward(ctx, dh):
        x, h0, h, W_xh, W_hh = ctx.saved_tensors
        T = len(x)
        dx, dh_next = torch.zeros_like(x), torch.zeros_like(h0)
        dW_xh, dW_hh, db_h = torch.zeros_like(W_xh), torch.zeros_like(W_hh), torch.zeros_like(W_hh[0])
        for t in reversed(range(T)):
            h_prev = h[t - 1] if t > 0 else h0
            delta_h = (dh[t] + dh_next) * (1 - h[t] ** 2)
            dW_xh += delta_h.T @ x[t]
            dW_hh += delta_h.T @ h_prev
            db_h += delta_h[0]
            dx[-1] = delta_h @ W_xh
            dh_next = delta_h @ W_hh
        return dx, dh_next, dW_xh, dW_hh, db_h

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    inputs = [torch.from_numpy(v.copy()).requires_grad_() for v in (x, h0, W_xh, W_hh, b_h)]
    h = RNNFunction.apply(*inputs)
    grads = torch.autograd.grad(h, inputs, torch.from_numpy(dh.copy()))
    return tuple(v.detach().numpy() for v in (h, *grads))

# %% id=early-slope-time-mean-lost-start style=einsum mistakes="the derivative of tanh is taken at h^(t-1); the gradients of W_xh are averaged over time instead of summed; dh0 is left at zero" origin="invented"
class RNNFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        hs = [h0]
        for x_t in x:
            hs.append(torch.tanh(x_t @ W_xh.T + hs[-1] @ W_hh.T + b_h))
        ctx.save_for_backward(x, torch.stack(hs), W_xh, W_hh)
        return torch.stack(hs[1:])

    @staticmethod
    def backward(ctx, dh):
        x, hs, W_xh, W_hh = ctx.saved_tensors
        back = torch.zeros_like(hs[0])
        delta = []
        for t in reversed(range(len(x))):
            delta.append((dh[t] + back) * (1 - hs[t] ** 2))
            back = delta[-1] @ W_hh
        delta = torch.stack(delta[::-1])
        dW_xh = torch.einsum("tbh,tbd->thd", delta, x).mean(0)
        dW_hh = torch.einsum("tbh,tbj->hj", delta, hs[:-1])
        return delta @ W_xh, torch.zeros_like(hs[0]), dW_xh, dW_hh, delta.sum((0, 1))

def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    leaves = [torch.tensor(v, requires_grad=True) for v in (x, h0, W_xh, W_hh, b_h)]
    h = RNNFunction.apply(*leaves)
    h.backward(torch.tensor(dh))
    return (h.detach().numpy(), *[leaf.grad.numpy() for leaf in leaves])
