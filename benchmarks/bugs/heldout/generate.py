# %% id=state-not-carried style=loop mistakes="the state is not carried" origin="beginner"
def draw(z, temperature, u):
    z = z / temperature
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1)


def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    K = len(b_y)
    codes = []
    code = first
    for u_t in u:
        h = np.tanh(np.eye(K)[code] @ W_xh.T + h0 @ W_hh.T + b_h)
        code = draw(h @ W_hy.T + b_y, temperature, u_t)
        codes.append(code)
    return np.stack(codes), h


# %% id=first-fed-for-ever style=vectorised mistakes="first is fed at every step" origin="beginner"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    L, B = u.shape
    out = np.zeros((L, B), dtype=int)
    h = h0
    for t in range(L):
        k = first
        h = np.tanh(W_xh[:, k].T + h @ W_hh.T + b_h)
        z = (h @ W_hy.T + b_y) / temperature
        z -= z.max(axis=1, keepdims=True)
        p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        out[t] = (p.cumsum(axis=1) <= u[t][:, None]).sum(axis=1)
    return out, h


# %% id=no-hidden-bias style=layout mistakes="b_h is left out" origin="ported from code with arrays (n_x, m)"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    K = W_hy.shape[0]
    a = h0.T
    idx, indices = first, []
    for t in range(u.shape[0]):
        x = np.zeros((K, len(idx)))
        x[idx, np.arange(len(idx))] = 1
        a = np.tanh(np.dot(W_xh, x) + np.dot(W_hh, a))
        z = (np.dot(W_hy, a) + b_y[:, None]) / temperature
        y = np.exp(z - z.max(axis=0)) / np.sum(np.exp(z - z.max(axis=0)), axis=0)
        idx = np.sum(np.cumsum(y, axis=0) <= u[t], axis=0)
        indices.append(idx)
    return np.array(indices), a.T


# %% id=same-luck-each-step style=class mistakes="u[0] is used at every step" origin="beginner"
class Writer:
    def __init__(self, h, W_xh, W_hh, b_h, W_hy, b_y):
        self.h = h
        self.W_xh, self.W_hh, self.b_h, self.W_hy, self.b_y = W_xh, W_hh, b_h, W_hy, b_y

    def write(self, code, tau, u):
        self.h = np.tanh(self.W_xh.T[code] + self.h @ self.W_hh.T + self.b_h)
        z = (self.h @ self.W_hy.T + self.b_y) / tau
        e = np.exp(z - z.max(1, keepdims=True))
        return (np.cumsum(e / e.sum(1, keepdims=True), 1) <= u[:, None]).sum(1)


def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    w = Writer(h0, W_xh, W_hh, b_h, W_hy, b_y)
    codes = [first]
    for t in range(len(u)):
        codes.append(w.write(codes[-1], temperature, u[0]))
    return np.array(codes[1:]), w.h


# %% id=recurrent-weight-untransposed style=einsum mistakes="W_hh is transposed" origin="beginner"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    K = b_y.shape[0]
    h_t, code = h0, first
    text = np.empty(u.shape, dtype=int)
    for t, q in enumerate(u):
        x_t = (code[:, None] == np.arange(K)).astype(float)
        h_t = np.tanh(np.einsum("bk,hk->bh", x_t, W_xh) + np.einsum("bj,jh->bh", h_t, W_hh) + b_h)
        z = np.einsum("bh,kh->bk", h_t, W_hy) + b_y
        z = (z - z.max(axis=1)[:, None]) / temperature
        c = np.cumsum(np.exp(z), axis=1)
        code = (c / c[:, -1:] <= q[:, None]).sum(axis=1)
        text[t] = code
    return text, h_t


# %% id=first-among-the-written style=loop mistakes="the codes start with first" origin="off by one"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    def pick(z, q):
        p = np.exp(z - z.max())
        p /= p.sum()
        return np.sum(np.cumsum(p) <= q)

    L = len(u)
    codes = [first]
    for t in range(L):
        h0 = np.tanh(np.eye(len(b_y))[codes[-1]] @ W_xh.T + h0 @ W_hh.T + b_h)
        logits = (h0 @ W_hy.T + b_y) / temperature
        codes.append(np.array([pick(z, q) for z, q in zip(logits, u[t])]))
    return np.array(codes[:L]), h0


# %% id=linear-state style=vectorised mistakes="tanh is left out" origin="beginner"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    onehot = np.eye(W_xh.shape[1])
    h, k, written = h0.copy(), first.copy(), []
    for t in range(u.shape[0]):
        h = onehot[k] @ W_xh.T + h @ W_hh.T + b_h
        s = (h @ W_hy.T + b_y) / temperature
        s = np.exp(s - s.max(axis=1, keepdims=True))
        s = s / s.sum(axis=1, keepdims=True)
        k = (s.cumsum(axis=1) <= u[t, :, None]).sum(axis=1)
        written.append(k)
    return np.stack(written), h


# %% id=no-output-bias-greedy style=loop mistakes="b_y is left out; z is multiplied by the temperature instead of divided" origin="beginner"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    K = W_xh.shape[1]
    code, h_t = first, h0
    codes = []
    for t in range(len(u)):
        e_k = np.eye(K)[code]
        h_t = np.tanh(e_k @ W_xh.T + h_t @ W_hh.T + b_h)
        z = h_t @ W_hy.T
        z = z * temperature
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p = p / p.sum(axis=1, keepdims=True)
        code = (np.cumsum(p, axis=1) <= u[t][:, None]).sum(axis=1)
        codes.append(code)
    return np.array(codes), h_t


# %% id=late-state-and-no-start style=vectorised mistakes="h0 is ignored; the temperature is ignored" origin="beginner"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    h = np.zeros_like(h0)
    tau = 1.0
    c = first
    rows = []
    for q in u:
        h = np.tanh(np.take(W_xh, c, axis=1).T + np.matmul(h, W_hh.T) + b_h)
        z = (np.matmul(h, W_hy.T) + b_y) / tau
        p = np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))
        c = np.argmax(np.cumsum(p, axis=1) > q[:, None], axis=1)
        rows.append(c)
    return np.vstack(rows), h


# %% id=transposed-without-bias style=per-sample mistakes="W_hh is transposed; b_h is left out" origin="ported from a framework"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    L, B = u.shape
    codes = np.zeros((L, B), dtype=int)
    h_L = np.zeros_like(h0)
    for b in range(B):
        h, k = h0[b], first[b]
        for t in range(L):
            rec = W_hh.T @ h
            h = np.tanh(W_xh[:, k] + rec)
            z = (W_hy @ h + b_y) / temperature
            p = np.exp(z - z.max())
            k = int((np.cumsum(p / p.sum()) <= u[t, b]).sum())
            codes[t, b] = k
        h_L[b] = h
    return codes, h_L


# %% id=three-in-the-step style=loop mistakes="b_h is left out; tanh is left out; b_y is left out" origin="beginner"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    K = len(b_y)
    I = np.eye(K)
    h, code = h0, first
    codes = []
    for t in range(len(u)):
        a = I[code] @ W_xh.T + h @ W_hh.T
        h = a
        z = h @ W_hy.T / temperature
        z = z - np.max(z, axis=1, keepdims=True)
        p = np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True)
        code = np.sum(np.cumsum(p, axis=1) <= u[t][:, None], axis=1)
        codes.append(code)
    return np.array(codes), h


# %% id=three-over-time style=class mistakes="first is fed at every step; W_hh is transposed; u[0] is used at every step" origin="beginner"
class Generator:
    def __init__(self, first, h):
        self.code, self.h = first, h

    def step(self, W_xh, W_hh, b_h):
        self.h = np.tanh(W_xh[:, self.code].T + self.h @ W_hh + b_h)
        return self.h

    def choose(self, z, u):
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p = p / p.sum(axis=1, keepdims=True)
        new = (p.cumsum(axis=1) <= u[:, None]).sum(axis=1)
        return new


def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    g = Generator(first, h0)
    codes = []
    for t in range(u.shape[0]):
        h = g.step(W_xh, W_hh, b_h)
        codes.append(g.choose((h @ W_hy.T + b_y) / temperature, u[0]))
    return np.stack(codes), g.h


# %% id=three-of-a-port style=layout mistakes="the temperature is ignored; the state is not carried; h_L is the state before the first step" origin="ported from code with arrays (n_x, m)"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    a_prev = h0.T
    code, codes = first, []
    for q in u:
        x = np.eye(W_xh.shape[1])[:, code]
        a = np.tanh(W_xh @ x + W_hh @ a_prev + b_h.reshape(-1, 1))
        z = W_hy @ a + b_y.reshape(-1, 1)
        e = np.exp(z - z.max(axis=0))
        code = (np.cumsum(e / e.sum(axis=0), axis=0) <= q).sum(axis=0)
        codes.append(code)
    return np.array(codes), h0


# %% id=text-by-text style=per-sample mistakes="" origin="beginner"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    texts, lasts = [], []
    for b in range(len(first)):
        h = h0[b]
        k = int(first[b])
        text = []
        for q in u[:, b]:
            h = np.tanh(W_xh[:, k] + W_hh.dot(h) + b_h)
            z = (W_hy.dot(h) + b_y) / temperature
            p = np.exp(z - max(z))
            p = p / sum(p)
            k, acc = 0, p[0]
            while acc <= q:
                k += 1
                acc += p[k]
            text.append(k)
        texts.append(text)
        lasts.append(h)
    return np.array(texts).T, np.array(lasts)


# %% id=recursion style=recursion mistakes="" origin="functional programmer"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    if len(u) == 0:
        return np.zeros((0, len(first)), dtype=int), h0
    h = np.tanh(W_xh.T[first] + h0 @ W_hh.T + b_h)
    z = (h @ W_hy.T + b_y) / temperature
    p = np.exp(z - np.logaddexp.reduce(z, axis=1)[:, None])
    code = (np.cumsum(p, axis=1) <= u[0][:, None]).sum(axis=1)
    rest, h_L = generate(code, h, W_xh, W_hh, b_h, W_hy, b_y, temperature, u[1:])
    return np.concatenate([code[None], rest]), h_L


# %% id=generator-function style=generator mistakes="" origin="beginner who likes yield"
def writing(code, h, weights, tau, u):
    W_xh, W_hh, b_h, W_hy, b_y = weights
    for q in u:
        h = np.tanh(np.eye(len(b_y))[code].dot(W_xh.T) + h.dot(W_hh.T) + b_h)
        logits = (h.dot(W_hy.T) + b_y) / tau
        e = np.exp(logits - logits.max(axis=1, keepdims=True))
        code = np.count_nonzero(np.cumsum(e, axis=1) / e.sum(axis=1, keepdims=True) <= q[:, None], axis=1)
        yield code, h


def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    history = list(writing(first, h0, (W_xh, W_hh, b_h, W_hy, b_y), temperature, u))
    return np.array([code for code, _ in history]), history[-1][1]


# %% id=columns-are-texts style=layout mistakes="" origin="ported from MATLAB"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    K, H = W_hy.shape
    B = np.size(first)
    big = np.c_[W_hh, W_xh, b_h]
    head = np.c_[W_hy, b_y] / temperature
    S, k = h0.T, np.array(first)
    out = np.zeros(u.shape, dtype=int)
    for t in range(u.shape[0]):
        X = np.zeros((K, B))
        X[k, range(B)] = 1
        S = np.tanh(big @ np.r_[S, X, np.ones((1, B))])
        Z = head @ np.r_[S, np.ones((1, B))]
        P = np.exp(Z - Z.max(0))
        P = P / P.sum(0)
        k = (np.cumsum(P, 0) <= u[t]).sum(0)
        out[t, :] = k
    return out, S.T


# %% id=module-ported style=class mistakes="" origin="ported from PyTorch"
class CharRNN:
    def __init__(self, W_xh, W_hh, b_h, W_hy, b_y):
        self.embedding = W_xh.T + b_h  # the bias may as well sit in the table
        self.hh, self.hy, self.by = W_hh.T, W_hy.T, b_y

    def __call__(self, code, h):
        h = np.tanh(self.embedding[code] + h @ self.hh)
        return h @ self.hy + self.by, h


def multinomial(p, u):
    return np.array([np.searchsorted(np.cumsum(row), q, side="right") for row, q in zip(p, u)])


def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    net = CharRNN(W_xh, W_hh, b_h, W_hy, b_y)
    codes, hidden = [first], h0
    for u_t in u:
        logits, hidden = net(codes[-1], hidden)
        p = np.exp((logits - logits.max(axis=1, keepdims=True)) / temperature)
        codes.append(multinomial(p / p.sum(axis=1, keepdims=True), u_t))
    return np.stack(codes[1:]), hidden
