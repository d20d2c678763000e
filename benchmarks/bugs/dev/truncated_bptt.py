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
