# %% id=columns-looked-up style=vectorised mistakes="" origin="reads a column of W_xh instead of a product with one-hot"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    rows = W_xh.T
    codes = np.empty(u.shape, dtype=int)
    k, h = first, h0
    for t in range(len(u)):
        h = np.tanh(rows[k] + h @ W_hh.T + b_h)
        z = (h @ W_hy.T + b_y) / temperature
        p = np.exp(z - z.max(axis=1)[:, None])
        p /= p.sum(axis=1)[:, None]
        k = np.minimum((p.cumsum(axis=1) <= u[t][:, None]).sum(axis=1), p.shape[1] - 1)
        codes[t] = k
    return codes, h


# %% id=one-text-at-a-time style=loop mistakes="" origin="one text after the other, plain loops"
def draw(logits, temperature, number):
    w = np.exp((logits - np.max(logits)) / temperature)
    w = w / np.sum(w)
    reached = 0.0
    for k in range(len(w)):
        reached += w[k]
        if number < reached:
            return k
    return len(w) - 1


def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    L, B = u.shape
    codes = np.zeros((L, B), dtype=np.int64)
    h_L = np.zeros(h0.shape)
    for b in range(B):
        k = int(first[b])
        h = h0[b]
        for t in range(L):
            h = np.tanh(W_xh[:, k] + W_hh @ h + b_h)
            k = draw(W_hy @ h + b_y, temperature, u[t, b])
            codes[t, b] = k
        h_L[b] = h
    return codes, h_L


# %% id=writer-object style=class mistakes="" origin="iterator class with a state"
class Writer:
    def __init__(self, code, state, cell, head, temperature):
        self.code, self.state = code, state
        self.cell, self.head, self.temperature = cell, head, temperature

    def write(self, u_t):
        W_xh, W_hh, b_h = self.cell
        K = W_xh.shape[1]
        onehot = (self.code[:, None] == np.arange(K)).astype(float)
        self.state = np.tanh(onehot.dot(W_xh.T) + self.state.dot(W_hh.T) + b_h)
        logits = (self.state.dot(self.head[0].T) + self.head[1]) / self.temperature
        p = np.exp(logits - logits.max(1, keepdims=True))
        edges = np.cumsum(p / p.sum(1, keepdims=True), axis=1)
        edges[:, -1] = np.inf  # rounding never leads past the last class
        self.code = (edges > u_t[:, None]).argmax(axis=1)
        return self.code


def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    writer = Writer(first, h0, (W_xh, W_hh, b_h), (W_hy, b_y), temperature)
    return np.array([writer.write(u_t) for u_t in u]), writer.state


# %% id=accumulate-code-and-state style=functional mistakes="" origin="itertools.accumulate over a pair"
from itertools import accumulate


def pick(z, u):
    w = np.exp(z - z.max(axis=1, keepdims=True))
    c = np.cumsum(w / w.sum(axis=1, keepdims=True), axis=1)
    return (c[:, :-1] <= u[:, None]).sum(axis=1)


def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    eye = np.eye(len(b_y))

    def step(pair, u_t):
        code, h = pair
        h = np.tanh(eye[code] @ W_xh.T + h @ W_hh.T + b_h)
        return pick((h @ W_hy.T + b_y) / temperature, u_t), h

    steps = list(accumulate(u, step, initial=(first, h0)))[1:]
    return np.stack([code for code, _ in steps]), steps[-1][1]


# %% id=generator-that-writes style=generator mistakes="" origin="generator, samples in columns"
def write(k, a, Wax, Waa, ba, Wya, by, temperature, u):
    n_x = Wax.shape[1]
    for numbers in u:
        x = np.zeros((n_x, len(k)))
        x[k, np.arange(len(k))] = 1
        a = np.tanh(Wax.dot(x) + Waa.dot(a) + ba[:, None])
        z = (Wya.dot(a) + by[:, None]) / temperature
        y = np.exp(z - z.max(axis=0))
        y = y / y.sum(axis=0)
        k = np.array([
            min(np.searchsorted(np.cumsum(y[:, j]), numbers[j], side="right"), n_x - 1) for j in range(len(k))
        ])
        yield k, a


def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    codes = []
    for k, a in write(first, h0.T, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
        codes.append(k)
    return np.array(codes), a.T
