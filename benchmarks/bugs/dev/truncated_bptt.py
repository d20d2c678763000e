# %% id=never-cut style=loop mistakes="the gradient is never cut" origin="beginner"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    h, prev = [], h0
    for x_t in x:
        prev = np.tanh(x_t @ W_xh.T + prev @ W_hh.T + b_h)
        h.append(prev)
    h = np.array(h)
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    for end in range(len(x), 0, -tau):
        start = max(0, end - tau)
        g = np.zeros_like(h0) if end == len(x) else g
        for t in range(end - 1, start - 1, -1):
            d = (dh[t] + g) * (1 - h[t] ** 2)
            dW_xh += d.T @ x[t]
            dW_hh += d.T @ (h[t - 1] if t else h0)
            db_h += d.sum(0)
            g = d @ W_hh
    return h, dW_xh, dW_hh, db_h

# %% id=state-starts-anew style=class mistakes="every chunk starts from h0 again" origin="stateful=False in a framework"
class Chunk:
    def __init__(self, W_xh, W_hh, b_h):
        self.W, self.U, self.b = W_xh, W_hh, b_h

    def forward(self, x, h0):
        self.x, self.h = x, [h0]
        for x_t in x:
            self.h.append(np.tanh(x_t @ self.W.T + self.h[-1] @ self.U.T + self.b))
        return np.array(self.h[1:])

    def backward(self, dh):
        dW, dU, db, g = 0, 0, 0, 0
        for t in range(len(dh) - 1, -1, -1):
            d = (dh[t] + g) * (1 - self.h[t + 1] ** 2)
            dW, dU, db, g = dW + d.T @ self.x[t], dU + d.T @ self.h[t], db + d.sum(axis=0), d @ self.U
        return dW, dU, db

def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    hs, shares = [], []
    for s in range(0, len(x), tau):
        chunk = Chunk(W_xh, W_hh, b_h)
        hs.append(chunk.forward(x[s : s + tau], h0))
        shares.append(chunk.backward(dh[s : s + tau]))
    return np.concatenate(hs), *map(sum, zip(*shares))

# %% id=no-tail-no-derivative style=vectorised mistakes="the last, shorter chunk gets no gradient; the derivative of tanh is missing" origin="beginner"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    T = x.shape[0]
    h = np.zeros((T + 1, *h0.shape))
    h[0] = h0
    for t in range(T):
        h[t + 1] = np.tanh(x[t] @ W_xh.T + h[t] @ W_hh.T + b_h)
    delta = np.zeros((T, *h0.shape))
    for c in range(T // tau):
        g = 0
        for t in reversed(range(c * tau, (c + 1) * tau)):
            delta[t] = dh[t] + g
            g = delta[t] @ W_hh
    return h[1:], np.einsum("tbh,tbd->hd", delta, x), np.einsum("tbh,tbk->hk", delta, h[:-1]), delta.sum(axis=(0, 1))

# %% id=no-bias-last-db-longer-chunk style=loop mistakes="b_h is left out; db_h keeps one step only; a chunk has tau + 1 steps" origin="beginner"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    T = len(x)
    states = [h0]
    for t in range(T):
        states.append(np.tanh(x[t] @ W_xh.T + states[t] @ W_hh.T))
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    dnext = np.zeros_like(h0)
    for t in range(T - 1, -1, -1):
        if (t + 1) % (tau + 1) == 0:
            dnext = np.zeros_like(h0)
        d = (dh[t] + dnext) * (1 - states[t + 1] ** 2)
        dW_xh += d.T @ x[t]
        dW_hh += d.T @ states[t]
        db_h = d.sum(axis=0)
        dnext = d @ W_hh
    return np.stack(states[1:]), dW_xh, dW_hh, db_h

# %% id=detach-every-tau style=framework mistakes="" origin="ported from torch with detach"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    h, outs, gW, gU, gb = h0, [], np.zeros(W_xh.shape), np.zeros(W_hh.shape), np.zeros(b_h.shape)
    for x_chunk, d_chunk in zip(np.split(x, range(tau, len(x), tau)), np.split(dh, range(tau, len(x), tau))):
        tape = []
        for v in x_chunk:
            new = np.tanh(v @ W_xh.T + h @ W_hh.T + b_h)
            tape.append((v, h, new))
            outs.append(new)
            h = new
        g = np.zeros(h0.shape)
        while tape:
            v, before, after = tape.pop()
            d = (d_chunk[len(tape)] + g) * (1 - after**2)
            gW += d.T @ v
            gU += d.T @ before
            gb += d.sum(axis=0)
            g = d @ W_hh
    return np.stack(outs), gW, gU, gb

# %% id=weights-by-einsum style=einsum mistakes="" origin="lecture notes"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    T = len(x)
    h = np.concatenate([h0[None], np.zeros((T, *h0.shape))])
    for t in range(T):
        h[t + 1] = np.tanh(x[t] @ W_xh.T + h[t] @ W_hh.T + b_h)
    gate = 1 - h[1:] ** 2
    delta = dh * gate
    for t in range(T - 2, -1, -1):
        if (t + 1) % tau:
            delta[t] += gate[t] * (delta[t + 1] @ W_hh)
    return h[1:], np.einsum("tbh,tbd->hd", delta, x), np.einsum("tbh,tbk->hk", delta, h[:-1]), np.einsum("tbh->h", delta)

# %% id=sample-after-sample style=per-sample mistakes="" origin="beginner"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    T, B, _ = x.shape
    h = np.zeros((T, B, len(b_h)))
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    for b in range(B):
        s = h0[b]
        for t in range(T):
            s = np.tanh(W_xh @ x[t, b] + W_hh @ s + b_h)
            h[t, b] = s
        for start in range(0, T, tau):
            g = np.zeros(len(b_h))
            for t in range(min(start + tau, T) - 1, start - 1, -1):
                d = (dh[t, b] + g) * (1 - h[t, b] ** 2)
                dW_xh += np.outer(d, x[t, b])
                dW_hh += np.outer(d, h0[b] if t == 0 else h[t - 1, b])
                db_h += d
                g = W_hh.T @ d
    return h, dW_xh, dW_hh, db_h

# %% id=recursive-chunks style=recursive mistakes="" origin="student who knows Lisp"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    if not len(x):
        return np.zeros((0, *h0.shape)), np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    s = [h0]
    for u in x[:tau]:
        s.append(np.tanh(np.inner(u, W_xh) + np.inner(s[-1], W_hh) + b_h))
    gW, gU, gb, g = 0, 0, 0, np.zeros_like(h0)
    for k in range(len(s) - 1, 0, -1):
        d = (dh[k - 1] + g) * (1 - s[k] ** 2)
        gW, gU, gb, g = gW + d.T @ x[k - 1], gU + d.T @ s[k - 1], gb + d.sum(0), d @ W_hh
    rest = truncated_bptt(dh[tau:], x[tau:], s[-1], W_xh, W_hh, b_h, tau)
    return np.concatenate([s[1:], rest[0]]), gW + rest[1], gU + rest[2], gb + rest[3]

# %% id=stateful-trainer style=class mistakes="" origin="ported from a trainer with stateful=True"
class Trainer:
    def __init__(self, W_xh, W_hh, b_h, state):
        self.weights, self.state = (W_xh, W_hh, b_h), state
        self.grads = [np.zeros(w.shape) for w in self.weights]

    def forward(self, window):
        W, U, b = self.weights
        self.seen = [self.state]
        for row in window:
            self.state = np.tanh(row.dot(W.T) + self.state.dot(U.T) + b)
            self.seen.append(self.state)
        return self.seen[1:]

    def backward(self, window, upstream):
        flow = 0
        for k in reversed(range(len(window))):
            pre = (upstream[k] + flow) * (1 - self.seen[k + 1] ** 2)
            for grad, share in zip(self.grads, (pre.T.dot(window[k]), pre.T.dot(self.seen[k]), pre.sum(axis=0))):
                grad += share
            flow = pre.dot(self.weights[1])

def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    trainer, out = Trainer(W_xh, W_hh, b_h, h0), []
    for start in range(0, x.shape[0], tau):
        window = x[start : start + tau]
        out += trainer.forward(window)
        trainer.backward(window, dh[start : start + tau])
    return (np.array(out), *trainer.grads)

# %% id=columns-with-a-gate style=layout mistakes="" origin="ported from (n_x, m, T) code"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    X, dA = np.transpose(x, (2, 1, 0)), np.transpose(dh, (2, 1, 0))
    n_a, m, T = dA.shape
    A = np.zeros((n_a, m, T + 1))
    A[..., 0] = h0.T
    for t in range(T):
        A[..., t + 1] = np.tanh(W_xh @ X[..., t] + W_hh @ A[..., t] + b_h[:, None])
    open_gate = np.where(np.arange(1, T + 1) % tau == 0, 0.0, 1.0)
    dZ, back = np.zeros((n_a, m, T)), np.zeros((n_a, m))
    for t in range(T - 1, -1, -1):
        dZ[..., t] = (dA[..., t] + open_gate[t] * back) * (1 - A[..., t + 1] ** 2)
        back = W_hh.T @ dZ[..., t]
    dWx = np.einsum("imt,jmt->ij", dZ, X)
    dWa = np.einsum("imt,jmt->ij", dZ, A[..., :-1])
    return A[..., 1:].transpose(2, 1, 0), dWx, dWa, dZ.sum(axis=(1, 2))

# %% id=window-generator style=generator mistakes="" origin="streaming code"
from itertools import count, takewhile

def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    def windows():
        yield from takewhile(lambda s: s < len(x), count(0, tau))

    def run(state, inputs):
        for v in inputs:
            before, state = state, np.tanh(v @ W_xh.T + state @ W_hh.T + b_h)
            yield v, before, state

    states, total, state = [], [np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)], h0
    for s in windows():
        steps = list(run(state, x[s : s + tau]))
        state = steps[-1][2]
        states.extend(after for _, _, after in steps)
        g = np.zeros_like(h0)
        for (v, before, after), up in list(zip(steps, dh[s : s + tau]))[::-1]:
            d = (up + g) * (1 - after * after)
            total = [a + b for a, b in zip(total, (d.T @ v, d.T @ before, d.sum(axis=0)))]
            g = d @ W_hh
    return np.stack(states), *total

# %% id=last-chunk-only-counts style=vectorised mistakes="the gradient of the weights keeps the last chunk only" origin="zero_grad inside the loop"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    outs, prev = [], h0
    gW, gU, gb = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    for lo in range(0, len(x), tau):
        xs, ds = x[lo : lo + tau], dh[lo : lo + tau]
        n = len(xs)
        hs = np.zeros((n + 1, *h0.shape))
        hs[0] = prev
        for k in range(n):
            hs[k + 1] = np.tanh(xs[k] @ W_xh.T + hs[k] @ W_hh.T + b_h)
        delta, g = np.zeros_like(ds), 0
        for k in range(n - 1, -1, -1):
            delta[k] = (ds[k] + g) * (1 - hs[k + 1] ** 2)
            g = delta[k] @ W_hh
        gW = gU = gb = 0
        gW = gW + np.einsum("kbi,kbj->ij", delta, xs)
        gU = gU + np.einsum("kbi,kbj->ij", delta, hs[:-1])
        gb = gb + delta.sum((0, 1))
        outs.append(hs[1:])
        prev = hs[-1]
    return np.concatenate(outs), gW, gU, gb

# %% id=cut-after-the-first-of-a-chunk style=single-loop mistakes="the cut is one step early" origin="off by one"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    T = len(x)
    H = np.zeros((T + 1,) + h0.shape)
    H[0] = h0
    for t in range(T):
        H[t + 1] = np.tanh(np.dot(x[t], W_xh.T) + np.dot(H[t], W_hh.T) + b_h)
    dWx, dWh, db, nxt = np.zeros(W_xh.shape), np.zeros(W_hh.shape), np.zeros(b_h.shape), np.zeros(h0.shape)
    for t in range(T - 1, -1, -1):
        if (t + 2) % tau == 0:
            nxt = np.zeros(h0.shape)
        da = (dh[t] + nxt) * (1 - H[t + 1] ** 2)
        dWx += np.dot(da.T, x[t])
        dWh += np.dot(da.T, H[t])
        db += np.sum(da, axis=0)
        nxt = np.dot(da, W_hh)
    return H[1:], dWx, dWh, db

# %% id=no-flow-at-all style=einsum mistakes="no gradient flows from step to step, not even inside a chunk" origin="detach at every step"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    seq = [h0]
    for inp in x:
        seq.append(np.tanh(np.einsum("bd,hd->bh", inp, W_xh) + np.einsum("bk,hk->bh", seq[-1], W_hh) + b_h))
    seq = np.array(seq)
    slope = 1 - seq[1:] ** 2
    e = dh * slope
    return seq[1:], np.einsum("tbh,tbd->hd", e, x), np.einsum("tbh,tbk->hk", e, seq[:-1]), np.einsum("tbh->h", e)

# %% id=detached-torch-port-two style=framework mistakes="the carried state is taken as zero in dW_hh at the start of a chunk; W_hh is transposed in dh_prev" origin="ported from torch with detach"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    hidden, outputs = h0, []
    w_ih_grad, w_hh_grad, b_grad = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    for i in range(0, len(x), tau):
        detached, tape = hidden.copy(), []
        for inp in x[i : i + tau]:
            hidden = np.tanh(inp @ W_xh.T + hidden @ W_hh.T + b_h)
            tape.append(hidden)
        outputs.extend(tape)
        grad = np.zeros_like(h0)
        for k in range(len(tape) - 1, -1, -1):
            g = (dh[i + k] + grad) * (1 - tape[k] ** 2)
            prev = tape[k - 1] if k > 0 else np.zeros_like(detached)
            w_ih_grad += g.T @ x[i + k]
            w_hh_grad += g.T @ prev
            b_grad += g.sum(axis=0)
            grad = g @ W_hh.T
    return np.stack(outputs), w_ih_grad, w_hh_grad, b_grad

# %% id=chunk-averaged-and-unsloped style=per-sample mistakes="the gradients are averaged over the chunks; the derivative of tanh is 1 - h" origin="beginner"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    T, B, _ = x.shape
    h, grads = np.zeros((T, B, len(b_h))), [np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)]
    starts = list(range(0, T, tau))
    for n in range(B):
        last = h0[n]
        for s in starts:
            begin, e = last, min(T, s + tau)
            for t in range(s, e):
                last = h[t, n] = np.tanh(W_xh @ x[t, n] + W_hh @ last + b_h)
            g = np.zeros_like(b_h)
            for t in reversed(range(s, e)):
                d = (dh[t, n] + g) * (1 - h[t, n])
                before = h[t - 1, n] if t > s else begin
                grads[0] += np.outer(d, x[t, n])
                grads[1] += np.outer(d, before)
                grads[2] += d
                g = d @ W_hh
    return h, *[g / len(starts) for g in grads]

# %% id=zero-state-h-now-batch-mean style=loop mistakes="the state starts from zero in every chunk; dW_hh is built with h_t; db_h is a mean over the batch" origin="beginner"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    all_h, cur = [], h0
    dW_xh, dW_hh, db_h = 0, 0, 0
    for a in range(0, len(x), tau):
        cur = np.zeros_like(h0)
        part = [cur]
        for t in range(a, min(a + tau, len(x))):
            cur = np.tanh(x[t] @ W_xh.T + cur @ W_hh.T + b_h)
            part.append(cur)
        all_h.extend(part[1:])
        dn = np.zeros_like(h0)
        for j in range(len(part) - 1, 0, -1):
            dt = (dh[a + j - 1] + dn) * (1 - part[j] ** 2)
            dW_xh = dW_xh + dt.T @ x[a + j - 1]
            dW_hh = dW_hh + dt.T @ part[j]
            db_h = db_h + dt.mean(axis=0)
            dn = dt @ W_hh
    return np.array(all_h), dW_xh, dW_hh, db_h

# %% id=min-char-slips style=framework mistakes="b_h is left out; dW_hh is transposed; the gradient is never cut" origin="ported from min-char-rnn"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    hs = {-1: h0}
    for t in range(len(x)):
        hs[t] = np.tanh(x[t].dot(W_xh.T) + hs[t - 1].dot(W_hh.T))
    dWxh, dWhh, dbh, dhnext = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h), np.zeros_like(h0)
    for t in reversed(range(len(x))):
        dhraw = (dh[t] + dhnext) * (1 - hs[t] * hs[t])
        dbh += dhraw.sum(0)
        dWxh += dhraw.T.dot(x[t])
        dWhh += hs[t - 1].T.dot(dhraw)
        dhnext = dhraw.dot(W_hh)
    return np.array([hs[t] for t in range(len(x))]), dWxh, dWhh, dbh

# %% id=carries-the-chunks-first-state style=helper mistakes="the state carried to the next chunk is the first of the chunk instead of the last" origin="index 0 for -1"
def _forward(x, h_t, W_xh, W_hh, b_h):
    out = []
    for x_t in x:
        h_t = np.tanh(x_t @ W_xh.T + h_t @ W_hh.T + b_h)
        out.append(h_t)
    return np.stack(out)

def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    pieces, grads, start_state = [], [0, 0, 0], h0
    for i in range(0, len(x), tau):
        xs, ds = x[i : i + tau], dh[i : i + tau]
        hs = _forward(xs, start_state, W_xh, W_hh, b_h)
        before = np.concatenate([start_state[None], hs[:-1]])
        flow = np.zeros_like(h0)
        for k in range(len(xs) - 1, -1, -1):
            delta = (ds[k] + flow) * (1 - hs[k] ** 2)
            grads = [g + p for g, p in zip(grads, (delta.T @ xs[k], delta.T @ before[k], delta.sum(axis=0)))]
            flow = delta @ W_hh
        pieces.append(hs)
        start_state = hs[0]
    return np.concatenate(pieces), *grads

# %% id=upstream-from-the-first-chunk style=loop mistakes="dh is read with the index inside the chunk, so every chunk gets the dh of the first" origin="local and global index mixed up"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    T, B, D = x.shape
    H = len(b_h)
    h = np.zeros((T, B, H))
    dW_xh, dW_hh, db_h = np.zeros((H, D)), np.zeros((H, H)), np.zeros(H)
    state = h0
    for start in range(0, T, tau):
        stop = min(start + tau, T)
        first = state
        for t in range(start, stop):
            state = np.tanh(np.dot(x[t], W_xh.T) + np.dot(state, W_hh.T) + b_h)
            h[t] = state
        dh_next = np.zeros((B, H))
        for k in range(stop - start - 1, -1, -1):
            t = start + k
            delta = (dh[k] + dh_next) * (1 - h[t] ** 2)
            dW_xh += np.dot(delta.T, x[t])
            dW_hh += np.dot(delta.T, first if k == 0 else h[t - 1])
            db_h += delta.sum(axis=0)
            dh_next = np.dot(delta, W_hh)
    return h, dW_xh, dW_hh, db_h

# %% id=h0-at-every-cut style=einsum mistakes="dW_hh takes h0 as the previous state at the start of each chunk" origin="rnn_backward called with the first h0"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    h, cur = np.zeros_like(dh), h0
    for t, drive in enumerate(np.einsum("tbd,hd->tbh", x, W_xh)):
        h[t] = cur = np.tanh(drive + cur @ W_hh.T + b_h)
    delta = np.zeros_like(dh)
    back = np.zeros_like(h0)
    for t in range(len(x) - 1, -1, -1):
        back = back * ((t + 1) % tau != 0)
        delta[t] = (dh[t] + back) * (1 - h[t] ** 2)
        back = delta[t] @ W_hh
    before = np.concatenate([h0[None], h[:-1]])
    before[::tau] = h0
    return h, np.einsum("tbh,tbd->hd", delta, x), np.einsum("tbh,tbk->hk", delta, before), delta.sum(axis=(0, 1))

# %% id=last-output-of-each-chunk style=class mistakes="only the last dh of each chunk is used, the other outputs give no gradient" origin="many-to-one habit"
class TBPTT:
    def __init__(self, *weights):
        self.weights = weights
        self.grads = [np.zeros(w.shape) for w in weights]

    def run(self, xs, state):
        W, U, b = self.weights
        self.cache = []
        for v in xs:
            new = np.tanh(v @ W.T + state @ U.T + b)
            self.cache.append((v, state, new))
            state = new
        return [c[2] for c in self.cache]

    def back(self, ds):
        g = 0
        last = len(self.cache) - 1
        for k, (v, old, new) in reversed(list(enumerate(self.cache))):
            up = ds[k] if k == last else 0
            d = (up + g) * (1 - new**2)
            self.grads[0] += d.T @ v
            self.grads[1] += d.T @ old
            self.grads[2] += d.sum(axis=0)
            g = d @ self.weights[1]

def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    net, h = TBPTT(W_xh, W_hh, b_h), []
    for s in range(0, len(x), tau):
        h += net.run(x[s : s + tau], h[-1] if h else h0)
        net.back(dh[s : s + tau])
    return np.array(h), *net.grads

# %% id=a-window-behind-every-step style=sliding mistakes="every step goes back tau steps of its own, instead of to the start of its chunk" origin="the other truncated BPTT, with k1 = 1"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    states = [h0]
    for x_t in x:
        states.append(np.tanh(x_t @ W_xh.T + states[-1] @ W_hh.T + b_h))
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    for t in range(len(x)):
        g = dh[t]
        for k in range(t, max(t - tau, -1), -1):
            delta = g * (1 - states[k + 1] ** 2)
            dW_xh += delta.T @ x[k]
            dW_hh += delta.T @ states[k]
            db_h += delta.sum(axis=0)
            g = delta @ W_hh
    return np.array(states[1:]), dW_xh, dW_hh, db_h

# %% id=update-after-each-chunk style=framework mistakes="the weights are updated after each chunk, so later chunks run with other weights" origin="optimizer.step() inside of the loop"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    lr = 0.01
    W, U, b = W_xh.copy(), W_hh.copy(), b_h.copy()
    total = [np.zeros_like(p) for p in (W, U, b)]
    hidden, outputs = h0, []
    for i in range(0, len(x), tau):
        seq = [hidden]
        for inp in x[i : i + tau]:
            seq.append(np.tanh(inp @ W.T + seq[-1] @ U.T + b))
        grad, gW, gU, gb = np.zeros_like(h0), 0, 0, 0
        for k in range(len(seq) - 1, 0, -1):
            d = (dh[i + k - 1] + grad) * (1 - seq[k] ** 2)
            gW, gU, gb = gW + d.T @ x[i + k - 1], gU + d.T @ seq[k - 1], gb + d.sum(axis=0)
            grad = d @ U
        for p, g, s in zip((W, U, b), (gW, gU, gb), total):
            s += g
            p -= lr * g
        hidden = seq[-1]
        outputs += seq[1:]
    return np.stack(outputs), *total

# %% id=cut-one-step-late style=single-loop mistakes="the gradient is cut where t is a multiple of tau, one step too late" origin="t for t + 1"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    T = len(x)
    h = np.empty((T, *h0.shape))
    for t in range(T):
        h[t] = np.tanh(x[t] @ W_xh.T + (h[t - 1] if t else h0) @ W_hh.T + b_h)
    dW_xh, dW_hh, db_h, from_next = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h), np.zeros_like(h0)
    for t in reversed(range(T)):
        keep = 0.0 if t % tau == 0 else 1.0
        delta_h = (dh[t] + keep * from_next) * (1 - h[t] ** 2)
        dW_xh += delta_h.T @ x[t]
        dW_hh += delta_h.T @ (h[t - 1] if t > 0 else h0)
        db_h += delta_h.sum(axis=0)
        from_next = delta_h @ W_hh
    return h, dW_xh, dW_hh, db_h

# %% id=tail-lost-tanh-twice style=preallocated mistakes="the last, shorter chunk is left out, forwards and backwards; the derivative is 1 - tanh(h)^2, tanh is applied once more" origin="beginner, T // tau chunks"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    T, B, _ = x.shape
    H = b_h.shape[0]
    h = np.zeros((T, B, H))
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    h_t = h0
    for c in range(T // tau):
        lo, hi = c * tau, (c + 1) * tau
        prevs = []
        for t in range(lo, hi):
            prevs.append(h_t)
            h[t] = h_t = np.tanh(W_xh.dot(x[t].T).T + W_hh.dot(h_t.T).T + b_h)
        dnext = np.zeros((B, H))
        for t in range(hi - 1, lo - 1, -1):
            dtanh = (dh[t] + dnext) * (1 - np.tanh(h[t]) ** 2)
            dW_xh += dtanh.T.dot(x[t])
            dW_hh += dtanh.T.dot(prevs[t - lo])
            db_h += dtanh.sum(axis=0)
            dnext = dtanh.dot(W_hh)
    return h, dW_xh, dW_hh, db_h

# %% id=recurrent-weights-of-the-last-chunk style=functional mistakes="dW_hh is overwritten by each chunk; b_h is added outside of tanh" origin="beginner"
def chunk_forward(x, h_t, W_xh, W_hh, b_h):
    seq = [h_t]
    for x_t in x:
        seq.append(np.tanh(x_t @ W_xh.T + seq[-1] @ W_hh.T) + b_h)
    return np.array(seq)

def chunk_backward(dh, x, seq, W_hh):
    delta, g = np.zeros_like(dh), 0
    for k in range(len(dh) - 1, -1, -1):
        delta[k] = (dh[k] + g) * (1 - seq[k + 1] ** 2)
        g = delta[k] @ W_hh
    return np.tensordot(delta, x, ((0, 1), (0, 1))), np.tensordot(delta, seq[:-1], ((0, 1), (0, 1))), delta.sum((0, 1))

def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    h, state = [], h0
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    for start in range(0, len(x), tau):
        part = slice(start, start + tau)
        seq = chunk_forward(x[part], state, W_xh, W_hh, b_h)
        gW, gU, gb = chunk_backward(dh[part], x[part], seq, W_hh)
        dW_xh += gW
        dW_hh = gU
        db_h += gb
        h.extend(seq[1:])
        state = seq[-1]
    return np.stack(h), dW_xh, dW_hh, db_h

# %% id=tau-counted-from-the-end style=single-loop mistakes="the chunks are counted from the last step backwards, so the cuts stand at other places when tau does not divide T; dW_hh is transposed" origin="counter in the reversed loop"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    hs = {-1: np.copy(h0)}
    for t in range(len(x)):
        hs[t] = np.tanh(np.dot(x[t], W_xh.T) + np.dot(hs[t - 1], W_hh.T) + b_h)
    dWxh, dWhh, dbh, dhnext = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h), np.zeros_like(h0)
    done = 0
    for t in reversed(range(len(x))):
        if done % tau == 0:
            dhnext = np.zeros_like(h0)
        draw = (dh[t] + dhnext) * (1 - hs[t] ** 2)
        dbh += draw.sum(axis=0)
        dWxh += np.dot(draw.T, x[t])
        dWhh += np.dot(hs[t - 1].T, draw)
        dhnext = np.dot(draw, W_hh)
        done += 1
    return np.array([hs[t] for t in range(len(x))]), dWxh, dWhh, dbh

# %% id=layout-port-with-three style=layout mistakes="the first state of a chunk is carried instead of the last; dba is a mean over the batch; W_hh is transposed on the way back" origin="ported from (n_x, m, T) code"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    X, dA = x.transpose(2, 1, 0), dh.transpose(2, 1, 0)
    T_x = X.shape[2]
    A = np.zeros(dA.shape)
    dWax, dWaa, dba = np.zeros(W_xh.shape), np.zeros(W_hh.shape), np.zeros((len(b_h), 1))
    a_start = h0.T
    for s in range(0, T_x, tau):
        e = min(s + tau, T_x)
        a_prev = a_start
        for t in range(s, e):
            a_prev = A[:, :, t] = np.tanh(W_xh @ X[:, :, t] + W_hh @ a_prev + b_h[:, None])
        da_next = np.zeros(h0.T.shape)
        for t in range(e - 1, s - 1, -1):
            dz = (dA[:, :, t] + da_next) * (1 - A[:, :, t] ** 2)
            dWax += dz @ X[:, :, t].T
            dWaa += dz @ (A[:, :, t - 1] if t > s else a_start).T
            dba += np.mean(dz, axis=1, keepdims=True)
            da_next = W_hh @ dz
        a_start = A[:, :, s]
    return A.transpose(2, 1, 0), dWax, dWaa, dba.ravel()

# %% id=per-sample-with-three style=per-sample mistakes="at the first step of all h[t-1] is h[-1], the last state; dW_xh is overwritten at each step; the gradient is not cut at all" origin="beginner"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    T, B, D = x.shape
    h = np.zeros((T, B, len(b_h)))
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    for n in range(B):
        s = h0[n]
        for t in range(T):
            s = np.tanh(W_xh @ x[t, n] + W_hh @ s + b_h)
            h[t, n] = s
        g = np.zeros(len(b_h))
        for start in range((T - 1) // tau * tau, -1, -tau):
            stop = min(start + tau, T)
            for t in range(stop - 1, start - 1, -1):
                d = (dh[t, n] + g) * (1 - h[t, n] ** 2)
                dW_xh = np.outer(d, x[t, n])
                dW_hh += np.outer(d, h[t - 1, n])
                db_h += d
                g = W_hh.T @ d
    return h, dW_xh, dW_hh, db_h
