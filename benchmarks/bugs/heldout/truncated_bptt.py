# %% id=every-chunk-from-h0 style=loop mistakes="the state is not carried over the cut" origin="beginner"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    h = np.zeros((len(x), *h0.shape))
    state = h0
    for start in range(0, len(x), tau):
        stop = min(start + tau, len(x))
        first = state
        prevs = {}
        for t in range(start, stop):
            prevs[t] = state
            state = np.tanh(x[t] @ W_xh.T + state @ W_hh.T + b_h)
            h[t] = state
        back = np.zeros_like(h0)
        for t in range(stop - 1, start - 1, -1):
            delta = (dh[t] + back) * (1 - h[t] ** 2)
            dW_xh += delta.T @ x[t]
            dW_hh += delta.T @ prevs[t]
            db_h += delta.sum(axis=0)
            back = delta @ W_hh
        state = first
    return h, dW_xh, dW_hh, db_h


# %% id=never-cut style=loop mistakes="the gradient is not cut" origin="ordinary BPTT"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    T = x.shape[0]
    hs = [h0]
    for t in range(T):
        hs.append(np.tanh(x[t] @ W_xh.T + hs[-1] @ W_hh.T + b_h))
    hs = np.array(hs)
    dWx, dWh, db = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    dh_next = np.zeros_like(h0)
    for t in reversed(range(T)):
        delta_h = (dh[t] + dh_next) * (1 - hs[t + 1] ** 2)
        dWx += delta_h.T @ x[t]
        dWh += delta_h.T @ hs[t]
        db += delta_h.sum(axis=0)
        dh_next = delta_h @ W_hh
    return hs[1:], dWx, dWh, db


# %% id=weights-of-one-chunk style=loop mistakes="dW_hh keeps one chunk only" origin="forgotten +="
def forward(x, h, W_xh, W_hh, b_h):
    out = []
    for x_t in x:
        h = np.tanh(x_t @ W_xh.T + h @ W_hh.T + b_h)
        out.append(h)
    return np.array(out)

def backward(dh, x, h0, h, W_hh):
    prev = np.concatenate([h0[None], h[:-1]])
    delta = np.zeros_like(h)
    nxt = 0
    for t in range(len(h) - 1, -1, -1):
        delta[t] = (dh[t] + nxt) * (1 - h[t] ** 2)
        nxt = delta[t] @ W_hh
    return np.einsum("tbh,tbd->hd", delta, x), np.einsum("tbh,tbg->hg", delta, prev), delta.sum(axis=(0, 1))

def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    chunks, dW_xh, dW_hh, db_h = [], 0, 0, 0
    for s in range(0, len(x), tau):
        part = slice(s, s + tau)
        h = forward(x[part], h0, W_xh, W_hh, b_h)
        gx, gh, gb = backward(dh[part], x[part], h0, h, W_hh)
        dW_xh = dW_xh + gx
        dW_hh = gh
        db_h = db_h + gb
        chunks.append(h)
        h0 = h[-1]
    return np.concatenate(chunks), dW_xh, dW_hh, db_h


# %% id=bias-missing-inside style=loop mistakes="b_h is left out" origin="beginner"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    def step(x_t, h_prev):
        return np.tanh(np.dot(x_t, W_xh.T) + np.dot(h_prev, W_hh.T))

    T = len(x)
    h = np.zeros(dh.shape)
    dW_xh, dW_hh, db_h = np.zeros(W_xh.shape), np.zeros(W_hh.shape), np.zeros(b_h.shape)
    h_prev = np.zeros(dh.shape)
    cur = h0
    for t in range(T):
        h_prev[t] = cur
        cur = step(x[t], cur)
        h[t] = cur
    carry = np.zeros(h0.shape)
    for t in range(T - 1, -1, -1):
        if t % tau == tau - 1:
            carry = np.zeros(h0.shape)
        d = (dh[t] + carry) * (1 - h[t] ** 2)
        dW_xh += d.T.dot(x[t])
        dW_hh += d.T.dot(h_prev[t])
        db_h += d.sum(0)
        carry = d.dot(W_hh)
    return h, dW_xh, dW_hh, db_h


# %% id=cut-one-step-early style=loop mistakes="the cut is one step off" origin="off by one"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    h = np.empty((x.shape[0],) + h0.shape)
    h_t = h0
    for t, x_t in enumerate(x):
        h_t = np.tanh(x_t @ W_xh.T + h_t @ W_hh.T + b_h)
        h[t] = h_t
    dWx, dWh, db = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    g = np.zeros_like(h0)
    for t in reversed(range(len(x))):
        last = t % tau == 0   # end of a chunk?
        if last:
            g = np.zeros_like(h0)
        delta = (g + dh[t]) * (1 - h[t] ** 2)
        dWx += delta.T @ x[t]
        dWh += delta.T @ (h[t - 1] if t > 0 else h0)
        db += delta.sum(axis=0)
        g = delta @ W_hh
    return h, dWx, dWh, db


# %% id=remainder-dropped style=layout mistakes="the last shorter chunk is left out of the gradients" origin="T // tau chunks"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    T, B, _ = x.shape
    h = np.zeros((T + 1, B, h0.shape[1]))
    h[0] = h0
    for t in range(T):
        h[t + 1] = np.tanh(x[t] @ W_xh.T + h[t] @ W_hh.T + b_h)
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    n_chunks = T // tau
    for c in range(n_chunks):
        lo, hi = c * tau, min((c + 1) * tau, T)
        dnext = np.zeros_like(h0)
        for t in range(hi - 1, lo - 1, -1):
            d = (dh[t] + dnext) * (1 - h[t + 1] ** 2)
            dW_xh += d.T @ x[t]
            dW_hh += d.T @ h[t]
            db_h += d.sum(axis=0)
            dnext = d @ W_hh
    return h[1:], dW_xh, dW_hh, db_h


# %% id=h0-before-each-chunk style=loop mistakes="dW_hh reads h0 at the start of every chunk" origin="passes the first state to each backward"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    h, cur = [], h0
    for x_t in x:
        cur = np.tanh(x_t @ W_xh.T + cur @ W_hh.T + b_h)
        h.append(cur)
    h = np.stack(h)
    grads = [np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)]
    for a in range(0, len(x), tau):
        hc, xc, dc = h[a:a + tau], x[a:a + tau], dh[a:a + tau]
        before = h0
        back = np.zeros_like(h0)
        for t in range(len(hc))[::-1]:
            delta = (dc[t] + back) * (1 - hc[t] ** 2)
            grads[0] += delta.T @ xc[t]
            grads[1] += delta.T @ (hc[t - 1] if t > 0 else before)
            grads[2] += delta.sum(axis=0)
            back = delta @ W_hh
    return h, *grads


# %% id=slope-in-the-inner-loop style=class mistakes="the derivative of tanh is missing on the recurrent term" origin="misplaced bracket"
class Chunk:
    def __init__(self, W_xh, W_hh, b_h):
        self.W_xh, self.W_hh, self.b_h = W_xh, W_hh, b_h

    def forward(self, x, h):
        self.x, self.h = x, [h]
        for x_t in x:
            self.h.append(np.tanh(x_t @ self.W_xh.T + self.h[-1] @ self.W_hh.T + self.b_h))
        return self.h[1:]

    def backward(self, dh):
        dWx, dWh, db, nxt = 0, 0, 0, 0
        for t in range(len(self.x) - 1, -1, -1):
            slope = 1 - self.h[t + 1] ** 2
            delta = dh[t] * slope + nxt
            dWx, dWh, db = dWx + delta.T @ self.x[t], dWh + delta.T @ self.h[t], db + delta.sum(axis=0)
            nxt = delta @ self.W_hh
        return dWx, dWh, db

def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    h, total = [], None
    for s in range(0, len(x), tau):
        chunk = Chunk(W_xh, W_hh, b_h)
        h += chunk.forward(x[s:s + tau], h[-1] if h else h0)
        g = chunk.backward(dh[s:s + tau])
        total = g if total is None else tuple(p + q for p, q in zip(total, g))
    return np.array(h), *total


# %% id=averaged-chunks style=einsum mistakes="the gradients are averaged over the chunks" origin="takes a mean over mini-batches"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    h = np.zeros_like(dh)
    delta = np.zeros_like(dh)
    prev = np.zeros_like(dh)
    last, count = h0, 0
    for s in range(0, len(x), tau):
        e = min(s + tau, len(x))
        for t in range(s, e):
            prev[t] = last
            h[t] = last = np.tanh(x[t] @ W_xh.T + last @ W_hh.T + b_h)
        g = np.zeros_like(h0)
        for t in range(e - 1, s - 1, -1):
            delta[t] = (dh[t] + g) * (1 - h[t] ** 2)
            g = delta[t] @ W_hh
        count += 1
    n = count
    return (h, np.einsum("tbh,tbd->hd", delta, x) / n, np.einsum("tbh,tbg->hg", delta, prev) / n,
            np.einsum("tbh->h", delta) / n)


# %% id=square-both-ways style=loop mistakes="W_hh is transposed; W_hh is transposed in dh_prev" origin="the same slip forwards and backwards"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    T = len(x)
    h = np.zeros((T,) + h0.shape)
    h_t = h0
    for t in range(T):
        h_t = np.tanh(x[t] @ W_xh.T + h_t @ W_hh + b_h)
        h[t] = h_t
    dWx, dWh, db = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    for s in range(0, T, tau):
        stop = min(s + tau, T)
        dn = np.zeros_like(h0)
        for t in reversed(range(s, stop)):
            hp = h0 if t == 0 else h[t - 1]
            delta = (1 - h[t] ** 2) * (dh[t] + dn)
            dWx += delta.T @ x[t]
            dWh += delta.T @ hp
            db += delta.sum(0)
            dn = delta @ W_hh.T
    return h, dWx, dWh, db


# %% id=fresh-zeros-and-one-chunk style=framework mistakes="the state is set to zero at the cut; db_h keeps one chunk only" origin="ported from PyTorch, init_hidden in the loop"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    outputs = []
    gWx, gWh, gb = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    hidden = h0
    for i in range(0, x.shape[0], tau):
        seq, dseq = x[i:i + tau], dh[i:i + tau]
        states = [hidden]
        for inp in seq:
            states.append(np.tanh(inp @ W_xh.T + states[-1] @ W_hh.T + b_h))
        grad, db = np.zeros_like(h0), np.zeros_like(b_h)
        for t in reversed(range(len(seq))):
            grad = (grad + dseq[t]) * (1 - states[t + 1] ** 2)
            gWx += grad.T @ seq[t]
            gWh += grad.T @ states[t]
            db += grad.sum(axis=0)
            grad = grad @ W_hh
        gb = db
        outputs.extend(states[1:])
        hidden = np.zeros_like(h0)
    return np.array(outputs), gWx, gWh, gb


# %% id=not-cut-and-one-minus-h style=loop mistakes="the gradient is not cut; the derivative of tanh is 1 - h" origin="beginner"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    T, B, H = dh.shape
    hs = {-1: h0}
    for t in range(T):
        hs[t] = np.tanh(x[t] @ W_xh.T + hs[t - 1] @ W_hh.T + b_h)
    dW_xh, dW_hh, db_h = np.zeros((H, x.shape[2])), np.zeros((H, H)), np.zeros(H)
    dhnext = np.zeros((B, H))
    for t in range(T - 1, -1, -1):
        draw = (dh[t] + dhnext) * (1 - hs[t])
        dW_xh += draw.T @ x[t]
        dW_hh += draw.T @ hs[t - 1]
        db_h += draw.sum(axis=0)
        dhnext = draw @ W_hh
    return np.array([hs[t] for t in range(T)]), dW_xh, dW_hh, db_h


# %% id=new-state-and-late-bias style=per-sample mistakes="b_h is added after tanh; dW_hh reads h_t instead of h_prev" origin="beginner"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    T, B = x.shape[:2]
    h = np.zeros((T, B, len(b_h)))
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    for b in range(B):
        s = h0[b]
        path = [s]
        for t in range(T):
            s = np.tanh(W_xh @ x[t, b] + W_hh @ s) + b_h
            path.append(s)
        h[:, b] = path[1:]
        back = 0
        for t in range(T - 1, -1, -1):
            if (t + 1) % tau == 0:
                back = 0
            delta = (dh[t, b] + back) * (1 - h[t, b] ** 2)
            dW_xh += np.outer(delta, x[t, b])
            dW_hh += np.outer(delta, path[t + 1])
            db_h += delta
            back = W_hh.T @ delta
    return h, dW_xh, dW_hh, db_h


# %% id=h0-transposed-averaged style=loop mistakes="the state is not carried over the cut; W_hh is transposed; the gradients are averaged over the chunks" origin="beginner"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    h_all = []
    state = h0
    starts = range(0, len(x), tau)
    for start in starts:
        xc, dc = x[start:start + tau], dh[start:start + tau]
        hs = [h0]
        for x_t in xc:
            hs.append(np.tanh(x_t @ W_xh.T + hs[-1] @ W_hh + b_h))
        state = hs[-1]
        h_all.extend(hs[1:])
        dh_next = np.zeros_like(h0)
        for t in reversed(range(len(xc))):
            delta_h = (dc[t] + dh_next) * (1 - hs[t + 1] ** 2)
            dW_xh += delta_h.T @ xc[t]
            dW_hh += delta_h.T @ hs[t]
            db_h += delta_h.sum(axis=0)
            dh_next = delta_h @ W_hh
    dW_xh, dW_hh, db_h = (g / len(starts) for g in (dW_xh, dW_hh, db_h))
    return np.array(h_all), dW_xh, dW_hh, db_h


# %% id=no-bias-not-cut-square style=loop mistakes="b_h is left out; the gradient is not cut; dW_hh is transposed" origin="beginner"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    h = np.zeros_like(dh)
    prev = h0
    for t in range(len(x)):
        h[t] = np.tanh(x[t] @ W_xh.T + prev @ W_hh.T)
        prev = h[t]
    shifted = np.concatenate([h0[np.newaxis], h[:-1]], axis=0)
    dW_xh, dW_hh, db_h = 0.0, 0.0, 0.0
    dnext = 0.0
    for t in range(len(x) - 1, -1, -1):
        d = (dh[t] + dnext) * (1 - h[t] ** 2)
        dW_xh = dW_xh + d.T @ x[t]
        dW_hh = dW_hh + shifted[t].T @ d
        db_h = db_h + d.sum(axis=0)
        dnext = d @ W_hh
    return h, dW_xh, dW_hh, db_h


# %% id=sigmoid-off-by-one-last-chunk style=framework mistakes="sigmoid instead of tanh; the cut is one step off; db_h is a mean over the batch" origin="ported from a course with columns"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    X, dA, a = x.transpose(2, 1, 0), dh.transpose(2, 1, 0), h0.T
    n_a, m, T_x = dA.shape
    A = np.zeros((n_a, m, T_x + 1))
    A[:, :, 0] = a
    for t in range(T_x):
        z = W_xh @ X[:, :, t] + W_hh @ A[:, :, t] + b_h[:, None]
        A[:, :, t + 1] = 1 / (1 + np.exp(-z))
    dWax, dWaa, dba = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    da = np.zeros((n_a, m))
    for t in reversed(range(T_x)):
        if t % tau == 0:
            da = np.zeros((n_a, m))
        dz = (da + dA[:, :, t]) * (1 - A[:, :, t + 1] ** 2)
        dWax += dz @ X[:, :, t].T
        dWaa += dz @ A[:, :, t].T
        dba += dz.mean(axis=1)
        da = W_hh.T @ dz
    return A[:, :, 1:].transpose(2, 1, 0), dWax, dWaa, dba


# %% id=two-functions style=loop mistakes="" origin="calls forward and backward on each chunk"
def run_forward(x, h, W_xh, W_hh, b_h):
    hs = []
    for x_t in x:
        h = np.tanh(x_t @ W_xh.T + h @ W_hh.T + b_h)
        hs.append(h)
    return np.stack(hs)

def run_backward(dh, x, h0, h, W_xh, W_hh):
    dW_xh, dW_hh, db_h, nxt = 0, 0, 0, 0
    for t in range(len(x))[::-1]:
        d = (dh[t] + nxt) * (1 - h[t] ** 2)
        dW_xh, dW_hh, db_h = dW_xh + d.T @ x[t], dW_hh + d.T @ (h[t - 1] if t else h0), db_h + d.sum(axis=0)
        nxt = d @ W_hh
    return dW_xh, dW_hh, db_h

def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    pieces, grads = [], []
    for start in range(0, len(x), tau):
        cut = slice(start, start + tau)
        pieces.append(run_forward(x[cut], h0, W_xh, W_hh, b_h))
        grads.append(run_backward(dh[cut], x[cut], h0, pieces[-1], W_xh, W_hh))
        h0 = pieces[-1][-1]
    return np.concatenate(pieces), *(sum(g) for g in zip(*grads))


# %% id=recursive-on-chunks style=recursion mistakes="" origin="functional style"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    h, s = [], h0
    for x_t in x[:tau]:
        s = np.tanh(x_t @ W_xh.T + s @ W_hh.T + b_h)
        h.append(s)
    prev = [h0, *h[:-1]]
    g, dWx, dWh, db = 0, 0, 0, 0
    for dh_t, x_t, p, h_t in list(zip(dh, x, prev, h))[::-1]:
        delta = (dh_t + g) * (1 - h_t ** 2)
        g = delta @ W_hh
        dWx, dWh, db = dWx + delta.T @ x_t, dWh + delta.T @ p, db + delta.sum(axis=0)
    if len(x) <= tau:
        return np.stack(h), dWx, dWh, db
    h_rest, a, b, c = truncated_bptt(dh[tau:], x[tau:], s, W_xh, W_hh, b_h, tau)
    return np.concatenate([h, h_rest]), dWx + a, dWh + b, db + c


# %% id=mask-of-cuts style=einsum mistakes="" origin="one loop and a vector of zeros and ones"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    T = len(x)
    keep = (np.arange(1, T + 1) % tau != 0).astype(float)
    h = np.empty_like(dh)
    for t in range(T):
        h[t] = np.tanh(np.einsum("bd,hd->bh", x[t], W_xh) + np.einsum("bg,hg->bh", h[t - 1] if t else h0, W_hh) + b_h)
    delta = np.zeros((T + 1, *h0.shape))
    for t in range(T - 1, -1, -1):
        delta[t] = (dh[t] + keep[t] * np.einsum("bh,hg->bg", delta[t + 1], W_hh)) * (1 - h[t] ** 2)
    delta = delta[:T]
    prev = np.insert(h[:-1], 0, h0, axis=0)
    return h, np.einsum("tbh,tbd->hd", delta, x), np.einsum("tbh,tbg->hg", delta, prev), delta.sum(axis=1).sum(axis=0)


# %% id=sample-by-sample style=per-sample mistakes="" origin="beginner"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    T, B, D = x.shape
    H = len(b_h)
    h = np.zeros((T, B, H))
    dW_xh, dW_hh, db_h = np.zeros((H, D)), np.zeros((H, H)), np.zeros(H)
    for b in range(B):
        state = h0[b]
        start = 0
        while start < T:
            end = start + tau if start + tau < T else T
            olds = []
            for t in range(start, end):
                olds.append(state)
                state = np.tanh(W_xh @ x[t, b] + W_hh @ state + b_h)
                h[t, b] = state
            back = np.zeros(H)
            for t in range(end - 1, start - 1, -1):
                delta = (dh[t, b] + back) * (1 - h[t, b] ** 2)
                dW_xh += np.outer(delta, x[t, b])
                dW_hh += np.outer(delta, olds[t - start])
                db_h += delta
                back = delta @ W_hh
            start = end
    return h, dW_xh, dW_hh, db_h


# %% id=detached-module style=class mistakes="" origin="ported from PyTorch, detach at the cut"
class Net:
    def __init__(self, *weights):
        self.W_xh, self.W_hh, self.b_h = weights
        self.grad = [np.zeros_like(w) for w in weights]
        self.saved = []

    def __call__(self, x_t, h):
        out = np.tanh(x_t @ self.W_xh.T + h @ self.W_hh.T + self.b_h)
        self.saved.append((x_t, h, out))
        return out

    def backward(self, dhs):
        g = np.zeros_like(dhs[0])
        while self.saved:
            x_t, h, out = self.saved.pop()
            g = (g + dhs[len(self.saved)]) * (1 - out * out)
            self.grad[0] += g.T @ x_t
            self.grad[1] += g.T @ h
            self.grad[2] += g.sum(axis=0)
            g = g @ self.W_hh

def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    net = Net(W_xh, W_hh, b_h)
    hs, hidden = [], h0
    for t, x_t in enumerate(x):
        hidden = net(x_t, hidden)
        hs.append(hidden)
        if (t + 1) % tau == 0 or t + 1 == len(x):
            net.backward(dh[t + 1 - len(net.saved):t + 1])
            hidden = hidden.copy()   # detach
    return np.stack(hs), net.grad[0], net.grad[1], net.grad[2]


# %% id=columns-in-a-generator style=layout mistakes="" origin="course with arrays (n_a, m, T_x)"
def chunks(T, tau):
    lo = 0
    while lo < T:
        yield lo, min(lo + tau, T)
        lo += tau

def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    X, dA = x.transpose(2, 1, 0), dh.transpose(2, 1, 0)
    A = np.zeros(dA.shape[:2] + (dA.shape[2] + 1,))
    A[:, :, 0] = h0.T
    dWax, dWaa, dba = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros((len(b_h), 1))
    for lo, hi in chunks(len(x), tau):
        for t in range(lo, hi):
            A[:, :, t + 1] = np.tanh(W_xh @ X[:, :, t] + W_hh @ A[:, :, t] + b_h[:, None])
        da = np.zeros(A.shape[:2])
        for t in reversed(range(lo, hi)):
            dz = (1 - A[:, :, t + 1] ** 2) * (dA[:, :, t] + da)
            dWax += dz @ X[:, :, t].T
            dWaa += dz @ A[:, :, t].T
            dba += dz.sum(axis=1, keepdims=True)
            da = W_hh.T @ dz
    return A[:, :, 1:].T, dWax, dWaa, dba.flatten()
