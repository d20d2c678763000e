# %% id=mask-on-the-carry style=vectorised mistakes="" origin="a 0/1 factor for each step, deltas first"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    T = len(x)
    states = [h0]
    for t in range(T):
        states.append(np.tanh(x[t] @ W_xh.T + states[t] @ W_hh.T + b_h))
    S = np.array(states)
    h, before = S[1:], S[:-1]
    passes = ((np.arange(T) + 1) % tau != 0).astype(float)
    passes[-1] = 0.0
    delta = np.zeros_like(h)
    for t in range(T - 1, -1, -1):
        later = delta[t + 1] @ W_hh if t + 1 < T else 0.0
        delta[t] = (dh[t] + passes[t] * later) * (1 - h[t] ** 2)
    return h, np.einsum("tbh,tbd->hd", delta, x), np.einsum("tbh,tbk->hk", delta, before), delta.sum(axis=(0, 1))


# %% id=split-into-chunks style=functional mistakes="" origin="np.split at the cuts, own forward and backward"
def forward(x, h, W_xh, W_hh, b_h):
    out = []
    for x_t in x:
        h = np.tanh(b_h + x_t @ W_xh.T + h @ W_hh.T)
        out.append(h)
    return np.stack(out)


def backward(dh, x, h_start, h, W_hh):
    dW = [0.0, 0.0, 0.0]
    carried = np.zeros_like(h_start)
    prevs = [h_start, *h[:-1]]
    for g, x_t, p, h_t in list(zip(dh, x, prevs, h))[::-1]:
        d = (g + carried) * (1 - h_t**2)
        dW = [dW[0] + d.T @ x_t, dW[1] + d.T @ p, dW[2] + d.sum(axis=0)]
        carried = d @ W_hh
    return dW


def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    cuts = np.arange(tau, len(x), tau)
    total, parts, state = [0, 0, 0], [], h0
    for x_c, dh_c in zip(np.split(x, cuts), np.split(dh, cuts)):
        h_c = forward(x_c, state, W_xh, W_hh, b_h)
        total = [a + b for a, b in zip(total, backward(dh_c, x_c, state, h_c, W_hh))]
        parts.append(h_c)
        state = h_c[-1]
    return np.concatenate(parts), *total


# %% id=each-output-followed-back style=loop mistakes="" origin="sends each step's gradient back to the start of its chunk"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    T, B, H = dh.shape
    h = np.zeros((T + 1, B, H))
    h[0] = h0
    for t in range(1, T + 1):
        h[t] = np.tanh(x[t - 1] @ W_xh.T + h[t - 1] @ W_hh.T + b_h)
    dW_xh, dW_hh, db_h = np.zeros(W_xh.shape), np.zeros(W_hh.shape), np.zeros(b_h.shape)
    for source in range(1, T + 1):
        first = (source - 1) // tau * tau + 1  # premier pas de son morceau
        g = dh[source - 1]
        for t in range(source, first - 1, -1):
            d = g * (1 - h[t] ** 2)
            dW_xh += d.T @ x[t - 1]
            dW_hh += d.T @ h[t - 1]
            db_h += d.sum(axis=0)
            g = d @ W_hh
    return h[1:], dW_xh, dW_hh, db_h


# %% id=trainer-object style=class mistakes="" origin="stateful trainer, made anew at each call"
class TBPTT:
    def __init__(self, W_xh, W_hh, b_h, h0):
        self.W = W_xh, W_hh, b_h
        self.state = h0
        self.grads = [np.zeros_like(w) for w in self.W]
        self.history = []

    def run_chunk(self, x, dh):
        W_xh, W_hh, b_h = self.W
        saved = []
        for x_t in x:
            before = self.state
            self.state = np.tanh(x_t @ W_xh.T + before @ W_hh.T + b_h)
            saved.append((x_t, before, self.state))
            self.history.append(self.state)
        back = 0
        for (x_t, before, now), g in zip(reversed(saved), dh[::-1]):
            delta = (g + back) * (1 - now * now)
            self.grads[0] += delta.T @ x_t
            self.grads[1] += delta.T @ before
            self.grads[2] += delta.sum(0)
            back = delta @ W_hh


def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    trainer = TBPTT(W_xh, W_hh, b_h, h0)
    position = 0
    while position < x.shape[0]:
        trainer.run_chunk(x[position : position + tau], dh[position : position + tau])
        position += tau
    return np.stack(trainer.history), *trainer.grads


# %% id=halves-of-the-list-of-chunks style=recursion mistakes="" origin="divides the chunks in two; columns inside"
def _one(dh, x, a0, W, U, b):
    n = len(x)
    a = [a0]
    for k in range(n):
        a.append(np.tanh(W @ x[k].T + U @ a[-1] + b[:, None]))
    dW, dU, db, e = np.zeros(W.shape), np.zeros(U.shape), np.zeros(b.shape), np.zeros(a0.shape)
    for k in range(n, 0, -1):
        d = (dh[k - 1].T + e) * (1 - a[k] ** 2)
        dW, dU, db, e = dW + d @ x[k - 1], dU + d @ a[k - 1].T, db + d.sum(1), U.T @ d
    return a[1:], (dW, dU, db)


def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    def run(starts, a0):
        if len(starts) == 1:
            here = slice(starts[0], starts[0] + tau)
            return _one(dh[here], x[here], a0, W_xh, W_hh, b_h)
        half = len(starts) // 2
        a, g = run(starts[:half], a0)
        later, g_later = run(starts[half:], a[-1])
        return a + later, [p + q for p, q in zip(g, g_later)]

    a, (dW, dU, db) = run(range(0, len(x), tau), h0.T)
    return np.array([v.T for v in a]), dW, dU, db
