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

# %% id=generator-of-codes style=generator mistakes="" origin="Python programmer"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    last = [h0]

    def write():
        code = first
        for r in u:
            last[0] = np.tanh(W_xh.T[code] + last[0] @ W_hh.T + b_h)
            z = (last[0] @ W_hy.T + b_y) / temperature
            F = np.cumsum(np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True)), axis=1)
            F[:, -1] = np.inf
            code = np.argmax(F > r[:, None], axis=1)
            yield code

    return np.stack(list(write())), last[0]

# %% id=model-with-state style=class mistakes="" origin="ported from a stateful Keras model"
class CharRNN:
    def __init__(self, W_xh, W_hh, b_h, W_hy, b_y):
        self.params, self.K = (W_xh, W_hh, b_h, W_hy, b_y), len(b_y)
        self.h = None

    def one_hot(self, codes):
        out = np.zeros((len(codes), self.K))
        out[np.arange(len(codes)), codes] = 1.0
        return out

    def logits(self, codes):
        W_xh, W_hh, b_h, W_hy, b_y = self.params
        self.h = np.tanh(self.one_hot(codes).dot(W_xh.T) + self.h.dot(W_hh.T) + b_h)
        return self.h.dot(W_hy.T) + b_y

    def draw(self, codes, temperature, r):
        p = self.logits(codes) / temperature
        p = np.exp(p - p.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        return np.array([min(np.searchsorted(np.cumsum(q), s, "right"), self.K - 1) for q, s in zip(p, r)])

def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    model = CharRNN(W_xh, W_hh, b_h, W_hy, b_y)
    model.h = h0
    text = [first]
    for r in u:
        text.append(model.draw(text[-1], temperature, r))
    return np.array(text[1:]), model.h

# %% id=folded-over-u style=functional mistakes="" origin="functional programmer"
from functools import reduce

def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    K = b_y.size

    def turn(past, r):
        codes, h = past
        seen = codes[-1] if codes else first
        h = np.tanh(np.einsum("bk,hk->bh", np.eye(K)[seen], W_xh) + np.einsum("bj,hj->bh", h, W_hh) + b_h)
        z = np.einsum("bh,kh->bk", h, W_hy) + b_y
        w = np.exp((z - z.max(axis=1, keepdims=True)) / temperature)
        below = np.cumsum(w, axis=1) <= r[:, None] * w.sum(axis=1, keepdims=True)
        return codes + [np.minimum(below.sum(axis=1), K - 1)], h

    codes, h = reduce(turn, u, ([], h0))
    return np.array(codes), h

# %% id=columns-of-texts style=layout mistakes="" origin="ported from column vectors"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    vocab, L = W_hy.shape[0], u.shape[0]
    a, idx = h0.T, np.array(first)
    indices = np.full(u.shape, -1)
    for t in range(L):
        x = (np.arange(vocab)[:, None] == idx[None, :]).astype(float)
        a = np.tanh(np.dot(W_xh, x) + np.dot(W_hh, a) + b_h[:, None])
        z = (np.dot(W_hy, a) + b_y[:, None]) / temperature
        e = np.exp(z - np.max(z, axis=0))
        y = e / np.sum(e, axis=0)
        idx = np.minimum(np.sum(np.cumsum(y, axis=0) <= u[t], axis=0), vocab - 1)
        indices[t, :] = idx
    return indices, a.T

# %% id=logits-before-the-step style=loop mistakes="the logits are made of the state before the step" origin="beginner"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    eye, h, code, codes = np.eye(len(b_y)), h0, first, []
    for t in range(len(u)):
        h_new = np.tanh(eye[code] @ W_xh.T + h @ W_hh.T + b_h)
        z = (h @ W_hy.T + b_y) / temperature
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p = p / p.sum(axis=1, keepdims=True)
        code = np.minimum((np.cumsum(p, axis=1) <= u[t][:, None]).sum(axis=1), len(b_y) - 1)
        h = h_new
        codes.append(code)
    return np.array(codes), h

# %% id=first-among-the-written style=vectorised mistakes="the codes start with first" origin="off by one"
def softmax(a):
    a = np.exp(a - np.max(a, axis=-1, keepdims=True))
    return a / np.sum(a, axis=-1, keepdims=True)

def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    L, B = u.shape
    codes = np.empty((L + 1, B), dtype=int)
    codes[0] = first
    h = h0
    for t in range(L):
        h = np.tanh(W_xh[:, codes[t]].T + h @ W_hh.T + b_h)
        F = softmax((h @ W_hy.T + b_y) / temperature).cumsum(axis=-1)
        codes[t + 1] = np.minimum((F <= u[t, :, None]).sum(axis=-1), W_hy.shape[0] - 1)
    return codes[:-1], h

# %% id=same-state-every-time style=per-sample mistakes="the state is not carried" origin="beginner"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    K = len(b_y)
    codes, final = np.zeros(u.shape, dtype=int), np.zeros_like(h0)
    for b in range(u.shape[1]):
        k, h = first[b], h0[b]
        for t in range(u.shape[0]):
            h_now = np.tanh(W_xh[:, k] + W_hh @ h + b_h)
            z = (W_hy @ h_now + b_y) / temperature
            e = np.exp(z - z.max())
            k = min(int(np.sum(np.cumsum(e / e.sum()) <= u[t, b])), K - 1)
            codes[t, b] = k
        final[b] = h_now
    return codes, final

# %% id=linear-states-too-hot style=functional mistakes="tanh is left out; z is multiplied by the temperature instead of divided" origin="beginner"
def draw(logits, r):
    w = np.exp(logits - logits.max(axis=1, keepdims=True))
    F = np.cumsum(w / w.sum(axis=1, keepdims=True), axis=1)
    return np.minimum((F <= r[:, None]).sum(axis=1), F.shape[1] - 1)

def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    step = lambda k, h: (np.take(W_xh, k, axis=1).T + h @ W_hh.T + b_h)
    code, h, rows = first, h0, []
    for r in u:
        h = step(code, h)
        code = draw((h @ W_hy.T + b_y) * temperature, r)
        rows.append(code)
    return np.vstack(rows), h

# %% id=input-stuck-minus-bias style=class mistakes="first is fed at every step; b_y has the wrong sign" origin="beginner"
class Net:
    def __init__(self, *weights):
        self.W_xh, self.W_hh, self.b_h, self.W_hy, self.b_y = weights

    def forward(self, code, h):
        h = np.tanh(np.eye(len(self.b_y))[code] @ self.W_xh.T + h @ self.W_hh.T + self.b_h)
        return h, h @ self.W_hy.T - self.b_y

def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    net, h, out, code = Net(W_xh, W_hh, b_h, W_hy, b_y), h0, [], first
    for row in u:
        h, z = net.forward(first, h)
        z = z / temperature
        p = np.exp(z - z.max(axis=1)[:, None])
        edges = np.cumsum(p, axis=1) / p.sum(axis=1)[:, None]
        code = np.array([min(np.count_nonzero(e <= r), len(b_y) - 1) for e, r in zip(edges, row)])
        out.append(code)
    return np.array(out), h

# %% id=turned-weights-numbers-backwards-penultimate style=vectorised mistakes="W_hh is transposed; u is read from the last row to the first; h_L is the state before the last step" origin="invented"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    K = b_y.shape[0]
    states, codes = [h0], [first]
    for t, r in enumerate(u[::-1]):
        a = W_xh.T[codes[-1]] + states[-1] @ W_hh + b_h
        states.append(np.tanh(a))
        z = (states[-1] @ W_hy.T + b_y) / temperature
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        codes.append(np.minimum((np.cumsum(p, axis=1) <= r[:, None]).sum(axis=1), K - 1))
    return np.array(codes[1:]), states[-2]

# %% id=sigmoid-double-bias-batch-softmax style=helper mistakes="sigmoid instead of tanh; b_h is added twice; softmax runs over the batch axis" origin="beginner"
def probabilities(z):
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)

def pick(p, r):
    total, code = np.zeros(len(p)), np.zeros(len(p), dtype=int)
    for k in range(p.shape[1] - 1):
        total = total + p[:, k]
        code = code + (total <= r)
    return code

def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    h, code, text = h0, first, []
    for t in range(u.shape[0]):
        pre = W_xh[:, code].T + b_h + h @ W_hh.T + b_h
        h = 1 / (1 + np.exp(-pre))
        code = pick(probabilities((h @ W_hy.T + b_y) / temperature), u[t])
        text.append(code)
    return np.array(text), h

# %% id=fed-with-argmax style=loop mistakes="the likeliest class is fed back instead of the one that was drawn" origin="beginner"
def draw(z, temperature, u):
    s = z / temperature
    e = np.exp(s - s.max(axis=1, keepdims=True))
    c = np.cumsum(e / e.sum(axis=1, keepdims=True), axis=1)
    return np.minimum((c <= u[:, None]).sum(axis=1), z.shape[1] - 1)

def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    L, B = u.shape
    K = len(b_y)
    codes = np.zeros((L, B), dtype=int)
    h, k = h0, first
    for t in range(L):
        x = np.eye(K)[k]
        h = np.tanh(x @ W_xh.T + h @ W_hh.T + b_h)
        z = h @ W_hy.T + b_y
        codes[t] = draw(z, temperature, u[t])
        k = z.argmax(axis=1)
    return codes, h

# %% id=input-forgotten style=vectorised mistakes="the input term is left out, the character is never read" origin="beginner"
def sample(z, temperature, u):
    p = np.exp((z - z.max(axis=1, keepdims=True)) / temperature)
    p = p / p.sum(axis=1, keepdims=True)
    return np.minimum((p.cumsum(axis=1) <= u[:, None]).sum(axis=1), z.shape[1] - 1)

def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    codes, code, h_t = [], first, h0
    for u_t in u:
        h_t = np.tanh(h_t @ W_hh.T + b_h)
        code = sample(h_t @ W_hy.T + b_y, temperature, u_t)
        codes.append(code)
    return np.array(codes), h_t

# %% id=softmax-before-and-inside style=helper mistakes="softmax is applied twice, once before the draw and once in it" origin="beginner"
def softmax(z):
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)

def pick(z, temperature, u):
    cdf = np.cumsum(softmax(z / temperature), axis=1)
    return np.array([min(np.searchsorted(c, v, side="right"), len(c) - 1) for c, v in zip(cdf, u)])

def one_hot(codes, K):
    out = np.zeros((len(codes), K))
    out[np.arange(len(codes)), codes] = 1
    return out

def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    h = h0
    x = one_hot(first, W_xh.shape[1])
    text = []
    for t in range(len(u)):
        h = np.tanh(np.dot(x, W_xh.T) + np.dot(h, W_hh.T) + b_h)
        y = softmax(np.dot(h, W_hy.T) + b_y)
        ix = pick(y, temperature, u[t])
        x = one_hot(ix, W_xh.shape[1])
        text.append(ix)
    return np.stack(text), h

# %% id=probabilities-fed-back style=class mistakes="the probabilities are fed back instead of the one-hot row of the drawn character" origin="feeding the network's output to itself"
class Writer:
    def __init__(self, W_xh, W_hh, b_h, W_hy, b_y):
        self.W_xh, self.W_hh, self.b_h, self.W_hy, self.b_y = W_xh, W_hh, b_h, W_hy, b_y

    def step(self, x, h, temperature):
        h = np.tanh(x @ self.W_xh.T + h @ self.W_hh.T + self.b_h)
        z = (h @ self.W_hy.T + self.b_y) / temperature
        p = np.exp(z - z.max(axis=1, keepdims=True))
        return p / p.sum(axis=1, keepdims=True), h

def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    net = Writer(W_xh, W_hh, b_h, W_hy, b_y)
    K = len(b_y)
    x, h = np.eye(K)[first], h0
    codes = np.empty(u.shape, dtype=int)
    for t, v in enumerate(u):
        p, h = net.step(x, h, temperature)
        codes[t] = np.minimum((p.cumsum(axis=1) <= v[:, None]).sum(axis=1), K - 1)
        x = p
    return codes, h

# %% id=raw-state-carried style=stepwise mistakes="the pre-activation is carried to the next step instead of tanh of it" origin="beginner"
def sample(z, temperature, u):
    z = z / temperature
    e = np.exp(z - z.max(axis=1, keepdims=True))
    s = np.cumsum(e, axis=1) / e.sum(axis=1, keepdims=True)
    return np.clip((s <= u[:, None]).sum(axis=1), 0, z.shape[1] - 1)

def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    eye = np.eye(W_xh.shape[1])
    state, last = h0, first
    written = []
    for row in u:
        a = eye[last] @ W_xh.T + state @ W_hh.T + b_h
        h = np.tanh(a)
        last = sample(h @ W_hy.T + b_y, temperature, row)
        written.append(last)
        state = a
    return np.array(written), h

# %% id=lagging-character style=lists mistakes="the character fed in is one step too old, the one before the last" origin="off by one in codes[t - 1]"
def sample(z, temperature, u):
    q = np.exp(z / temperature - (z / temperature).max(1)[:, None])
    q /= q.sum(1)[:, None]
    return np.minimum((np.cumsum(q, 1) <= u[:, None]).sum(1), q.shape[1] - 1)

def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    codes, states = [first, first], [h0]
    for t in range(len(u)):
        x_t = np.eye(len(b_y))[codes[t]]
        h_t = np.tanh(x_t @ W_xh.T + states[-1] @ W_hh.T + b_h)
        states.append(h_t)
        codes.append(sample(h_t @ W_hy.T + b_y, temperature, u[t]))
    return np.array(codes[2:]), states[-1]

# %% id=all-columns-read-the-first style=per-sample mistakes="every text uses the first column of u" origin="u[t][0] in code for one text"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    L, B = u.shape
    codes = np.zeros((L, B), dtype=int)
    h_L = np.zeros_like(h0)
    for b in range(B):
        h, k = h0[b], first[b]
        for t in range(L):
            h = np.tanh(W_xh[:, k] + W_hh @ h + b_h)
            z = (W_hy @ h + b_y) / temperature
            p = np.exp(z - z.max())
            p = p / p.sum()
            total, k = 0.0, 0
            for j in range(len(p)):
                total += p[j]
                k = j
                if total > u[t][0]:
                    break
            codes[t, b] = k
        h_L[b] = h
    return codes, h_L

# %% id=output-squashed-state-divided style=functional mistakes="tanh is applied to the logits; the temperature divides the state, so b_y is not divided" origin="beginner"
def wheel(z, u):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return np.minimum((np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1), p.shape[1] - 1)

def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    def turn(code, h, v):
        h = np.tanh(W_xh.T[code] + h @ W_hh.T + b_h)
        z = (h / temperature) @ W_hy.T + b_y
        return wheel(np.tanh(z), v), h

    code, h, out = first, h0, []
    for v in u:
        code, h = turn(code, h, v)
        out.append(code)
    return np.vstack(out), h

# %% id=one-first-for-all-no-recurrence style=layout mistakes="every text begins with first[0]; the recurrent term is left out" origin="ported from column vectors"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    L, m = u.shape
    K = b_y.shape[0]
    h = h0.T
    x = np.zeros((K, m))
    x[first[0], :] = 1
    codes = np.zeros((L, m), dtype=int)
    for t in range(L):
        h = np.tanh(np.dot(W_xh, x) + b_h.reshape(-1, 1))
        z = (np.dot(W_hy, h) + b_y.reshape(-1, 1)) / temperature
        y = np.exp(z - z.max(axis=0))
        y = y / y.sum(axis=0)
        codes[t] = np.minimum((np.cumsum(y, axis=0) <= u[t]).sum(axis=0), K - 1)
        x = np.zeros((K, m))
        x[codes[t], np.arange(m)] = 1
    return codes, h.T

# %% id=relu-and-off-by-one-draw style=comprehension mistakes="ReLU instead of tanh; the drawn code is one too large" origin="beginner"
def sample(z, temperature, u):
    z = z / temperature
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    codes = [int((np.cumsum(r) <= v).sum()) + 1 for r, v in zip(p, u)]
    return np.minimum(codes, z.shape[1] - 1)

def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    K = len(b_y)
    code, h = first, h0
    codes = []
    for t in range(u.shape[0]):
        h = np.maximum(0, np.eye(K)[code] @ W_xh.T + h @ W_hh.T + b_h)
        code = sample(h @ W_hy.T + b_y, temperature, u[t])
        codes.append(code)
    return np.array(codes), h

# %% id=double-step-no-output-bias-initial-state style=class mistakes="the RNN takes two steps for each character; b_y is left out; h0 is returned instead of the last state" origin="invented"
class CharRNN:
    def __init__(self, *weights):
        self.W_xh, self.W_hh, self.b_h, self.W_hy, self.b_y = weights

    def step(self, code, h):
        return np.tanh(self.W_xh[:, code].T + h @ self.W_hh.T + self.b_h)

    def sample(self, h, temperature, u):
        z = h @ self.W_hy.T
        z = z / temperature
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p = p / p.sum(axis=1, keepdims=True)
        return np.minimum((p.cumsum(axis=1) <= u[:, None]).sum(axis=1), p.shape[1] - 1)

def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    net = CharRNN(W_xh, W_hh, b_h, W_hy, b_y)
    codes, code, h = [], first, h0
    for v in u:
        h = net.step(code, h)
        h = net.step(code, h)
        code = net.sample(h, temperature, v)
        codes.append(code)
    return np.array(codes), h0

# %% id=zero-start-old-state-mirrored-u style=vectorised mistakes="h0 is ignored, the state starts at zeros; the output reads the state before the step; 1 - u is compared instead of u" origin="invented"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    L, B = u.shape
    H, K = W_xh.shape
    h = np.zeros((B, H))
    code = first
    codes = np.zeros((L, B), dtype=int)
    for t in range(L):
        h_new = np.tanh(np.eye(K)[code] @ W_xh.T + h @ W_hh.T + b_h)
        logits = (h @ W_hy.T + b_y) / temperature
        e = np.exp(logits - logits.max(axis=1, keepdims=True))
        cdf = np.cumsum(e / e.sum(axis=1, keepdims=True), axis=1)
        code = np.minimum((cdf <= 1 - u[t][:, None]).sum(axis=1), K - 1)
        codes[t] = code
        h = h_new
    return codes, h
