# %% id=always-the-likeliest style=loop mistakes="the likeliest class is taken, nothing is drawn" origin="beginner"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    text, c, h = [], first, h0
    for t in range(len(u)):
        h = np.tanh(W_xh.T[c] + h @ W_hh.T + b_h)
        c = np.argmax((h @ W_hy.T + b_y) / temperature, axis=-1)
        text.append(c)
    return np.array(text), h

# %% id=bias-forgotten-in-the-step style=vectorised mistakes="b_h is left out" origin="beginner"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    K = len(b_y)
    codes, h, x = np.zeros(u.shape, int), h0, np.eye(K)[first]
    for t, draw in enumerate(u):
        h = np.tanh(x @ W_xh.T + h @ W_hh.T)
        z = (h @ W_hy.T + b_y) / temperature
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        codes[t] = np.minimum((p.cumsum(axis=1) <= draw[:, None]).sum(axis=1), K - 1)
        x = np.eye(K)[codes[t]]
    return codes, h

# %% id=no-temperature-from-zero style=per-sample mistakes="the temperature is ignored; h0 is ignored" origin="beginner"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    L, B = u.shape
    codes, last = np.zeros((L, B), dtype=int), np.zeros(h0.shape)
    for b in range(B):
        h, c = np.zeros(h0.shape[1]), first[b]
        for t in range(L):
            h = np.tanh(W_xh[:, c] + W_hh @ h + b_h)
            z = W_hy @ h + b_y
            p = np.exp(z - z.max())
            c = int(np.searchsorted(np.cumsum(p / p.sum()), u[t, b], side="right"))
            c = min(c, len(z) - 1)
            codes[t, b] = c
        last[b] = h
    return codes, last

# %% id=no-output-bias-transposed-first-row style=class mistakes="b_y is left out; W_hh is transposed; every draw uses the first row of u" origin="invented"
class Writer:
    def __init__(self, W_xh, W_hh, b_h, W_hy):
        self.step = lambda c, h: np.tanh(W_xh[:, c].T + h @ W_hh + b_h)
        self.read = lambda h: h @ W_hy.T

def draw(z, temperature, r):
    e = np.exp((z - z.max(axis=1, keepdims=True)) / temperature)
    F = np.cumsum(e, axis=1) / e.sum(axis=1, keepdims=True)
    return np.minimum(np.sum(F <= r[:, None], axis=1), z.shape[1] - 1)

def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    writer, h, c, out = Writer(W_xh, W_hh, b_h, W_hy), h0, first, []
    for _ in range(len(u)):
        h = writer.step(c, h)
        c = draw(writer.read(h), temperature, u[0])
        out.append(c)
    return np.stack(out), h

# %% id=embedding style=vectorised mistakes="" origin="ported from nn.Embedding"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    embedding, code, h, text = W_xh.T, first, h0, []
    for r in u:
        h = np.tanh(embedding[code] + h @ W_hh.T + b_h)
        logits = (h @ W_hy.T + b_y) / temperature
        weights = np.exp(logits - logits.max(-1, keepdims=True))
        ends = (weights / weights.sum(-1, keepdims=True)).cumsum(-1)
        code = np.minimum((ends <= r[:, None]).sum(-1), ends.shape[-1] - 1)
        text.append(code)
    return np.array(text), h

# %% id=letters-one-by-one style=per-sample mistakes="" origin="beginner"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    L, B = u.shape
    codes = np.zeros((L, B), dtype=int)
    h = h0.copy()
    for b in range(B):
        c = first[b]
        for t in range(L):
            x = np.zeros(len(b_y))
            x[c] = 1
            h[b] = np.tanh(W_xh @ x + W_hh @ h[b] + b_h)
            z = (W_hy @ h[b] + b_y) / temperature
            e = np.exp(z - max(z))
            p = e / e.sum()
            total = 0.0
            for c in range(len(p)):
                total += p[c]
                if u[t, b] < total:
                    break
            codes[t, b] = c
    return codes, h

# %% id=recursive style=loop mistakes="" origin="functional style"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    def one_more(code, h, r):
        h = np.tanh(np.eye(len(b_y))[code] @ W_xh.T + h @ W_hh.T + b_h)
        z = (h @ W_hy.T + b_y) / temperature
        e = np.exp(z - z.max(axis=1)[:, None])
        edges = np.cumsum(e / e.sum(axis=1)[:, None], axis=1)
        return np.argmax(np.hstack([edges[:, :-1], np.ones((len(e), 1)) * 2]) > r[:, None], axis=1), h

    if len(u) == 0:
        return np.zeros((0, len(first)), int), h0
    code, h = one_more(first, h0, u[0])
    rest, h = generate(code, h, W_xh, W_hh, b_h, W_hy, b_y, temperature, u[1:])
    return np.concatenate([code[None], rest]), h
