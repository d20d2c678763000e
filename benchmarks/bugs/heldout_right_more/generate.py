# %% id=helpers-with-hints style=vectorised mistakes="" origin="engineer with small typed helpers"
def _one_hot(codes: np.ndarray, K: int) -> np.ndarray:
    out = np.zeros((codes.size, K))
    out[np.arange(codes.size), codes] = 1.0
    return out


def _softmax(z: np.ndarray) -> np.ndarray:
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _draw(p: np.ndarray, u: np.ndarray) -> np.ndarray:
    return np.minimum(np.sum(np.cumsum(p, axis=1) <= u[:, None], axis=1), p.shape[1] - 1)


def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    """Write len(u) characters for each text."""
    L, B = u.shape
    assert first.shape == (B,) and h0.shape[0] == B
    codes = np.empty((L, B), dtype=np.intp)
    code, h = np.asarray(first), np.asarray(h0)
    for t in range(L):
        h = np.tanh(_one_hot(code, len(b_y)) @ W_xh.T + h @ W_hh.T + b_h)
        code = _draw(_softmax((h @ W_hy.T + b_y) / temperature), u[t])
        codes[t] = code
    return codes, h


# %% id=recursion-over-the-text style=recursion mistakes="" origin="writes one character, then the rest"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    h = np.tanh(np.take(W_xh, first, axis=1).T + h0 @ W_hh.T + b_h)
    z = (h @ W_hy.T + b_y) / temperature
    z = z - z.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    sums = p.cumsum(axis=1)
    sums[:, -1] = 1
    code = (sums > u[0][:, None]).argmax(axis=1)
    if len(u) == 1:
        return code[None], h
    later, last = generate(code, h, W_xh, W_hh, b_h, W_hy, b_y, temperature, u[1:])
    return np.concatenate([code[None], later]), last


# %% id=walrus-and-a-closure style=closure mistakes="" origin="a closure that keeps the state"
def writer(h, W_xh, W_hh, b_h, W_hy, b_y, temperature):
    K = W_hy.shape[0]

    def write(code, number):
        nonlocal h
        x = np.eye(K)[code]
        h = np.tanh(np.einsum("bk,hk->bh", x, W_xh) + np.einsum("bj,hj->bh", h, W_hh) + b_h)
        z = np.einsum("bh,kh->bk", h, W_hy) + b_y
        z /= temperature
        e = np.exp(z - z.max(1, keepdims=True))
        below = np.cumsum(e / e.sum(1, keepdims=True), axis=1) <= number[:, None]
        return np.minimum(below.sum(1), K - 1)

    return write, lambda: h


def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    write, state = writer(h0, W_xh, W_hh, b_h, W_hy, b_y, temperature)
    code = first
    codes = [code := write(code, number) for number in u]
    return np.array(codes), state()


# %% id=bisect-for-each-text style=loop mistakes="" origin="lists of texts, bisect for the draw"
from bisect import bisect


def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    texts, states = [], []
    for b in range(u.shape[1]):
        code, h, text = first[b], h0[b], []
        for number in u[:, b]:
            x = np.zeros(len(b_y))
            x[code] = 1
            h = np.tanh(W_xh.dot(x) + W_hh.dot(h) + b_h)
            logits = (W_hy.dot(h) + b_y) / temperature
            p = np.exp(logits - max(logits))
            p = p / sum(p)
            code = min(bisect(list(np.cumsum(p)), number), len(p) - 1)
            text.append(code)
        texts.append(text)
        states.append(h)
    return np.array(texts).T, np.array(states)


# %% id=dataclass-of-the-model style=class mistakes="" origin="a model as a dataclass, step and draw as methods"
from dataclasses import dataclass


@dataclass
class CharRNN:
    W_xh: np.ndarray
    W_hh: np.ndarray
    b_h: np.ndarray
    W_hy: np.ndarray
    b_y: np.ndarray

    def step(self, code, h):
        return np.tanh(self.W_xh.T[code] + np.dot(h, self.W_hh.T) + self.b_h)

    def probabilities(self, h, temperature):
        z = (np.dot(h, self.W_hy.T) + self.b_y) / temperature
        return np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))

    def draw(self, p, u):
        return (p[:, :-1].cumsum(axis=1) <= u[:, None]).sum(axis=1)


def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    model = CharRNN(W_xh, W_hh, b_h, W_hy, b_y)
    codes = np.zeros_like(u, dtype=int)
    code, h = first, h0
    for t, numbers in enumerate(u):
        h = model.step(code, h)
        code = codes[t] = model.draw(model.probabilities(h, temperature), numbers)
    return codes, h


# %% id=texts-as-float-then-int style=loop mistakes="" origin="np.append step by step, codes kept as floats until the end"
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    codes = np.zeros((0, len(first)))
    h = h0.copy()
    current = first
    for row in u:
        onehot = np.zeros((len(first), W_xh.shape[1]))
        for b, k in enumerate(current):
            onehot[b, int(k)] = 1.0
        h = np.tanh(onehot @ W_xh.T + h @ W_hh.T + b_h)
        logits = (h @ W_hy.T + b_y) / temperature
        logits = logits - logits.max(axis=1).reshape(-1, 1)
        p = np.exp(logits) / np.exp(logits).sum(axis=1).reshape(-1, 1)
        current = np.array([next((k for k, s in enumerate(np.cumsum(q)) if s > r), len(q) - 1) for q, r in zip(p, row)])
        codes = np.append(codes, current[None], axis=0)
    return codes.astype(int), h
