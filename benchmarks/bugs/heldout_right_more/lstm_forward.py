# %% id=typed-step-inside style=functional mistakes="" origin="engineer: a step function, preallocated states, asserts"
def _sigmoid(a):
    return 1 / 2 * (1 + np.tanh(1 / 2 * a))


def _lstm_step(x_t, h, c, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    v = np.concatenate((h, x_t), axis=1)
    f, i, o = _sigmoid(v @ W_f.T + b_f), _sigmoid(v @ W_i.T + b_i), _sigmoid(v @ W_o.T + b_o)
    c = f * c + i * np.tanh(v @ W_c.T + b_c)
    return o * np.tanh(c), c


def lstm_forward(x: np.ndarray, h0: np.ndarray, c0: np.ndarray, params) -> tuple[np.ndarray, np.ndarray]:
    T, B, _ = x.shape
    assert h0.shape == c0.shape and h0.shape[0] == B
    h, c = np.empty((T, *h0.shape)), np.empty((T, *c0.shape))
    h_t, c_t = h0, c0
    for t in range(T):
        h_t, c_t = _lstm_step(x[t], h_t, c_t, params)
        h[t], c[t] = h_t, c_t
    return h, c


# %% id=walrus-pairs style=functional mistakes="" origin="a comprehension that carries a pair by a walrus"
def lstm_forward(x, h0, c0, params):
    *W, b_f, b_i, b_c, b_o = params
    b = b_f, b_i, b_c, b_o

    def step(x_t, h, c):
        a = [np.einsum("bj,hj->bh", np.concatenate([h, x_t], axis=-1), W_k) + b_k for W_k, b_k in zip(W, b)]
        f, i, o = (np.exp(-np.logaddexp(0, -a[k])) for k in (0, 1, 3))
        c = f * c + i * np.tanh(a[2])
        return o * np.tanh(c), c

    state = h0, c0
    states = [state := step(x_t, *state) for x_t in x]
    return tuple(np.array(each) for each in zip(*states))


# %% id=generator-over-steps style=generator mistakes="" origin="a generator that yields (h, c)"
def _run(x, h, c, p):
    W, b = np.vstack([p.W_f, p.W_i, p.W_o, p.W_c]), np.hstack([p.b_f, p.b_i, p.b_o, p.b_c])
    for x_t in x:
        a = np.hstack([h, x_t]).dot(W.T) + b
        gates, g = a[:, : -h.shape[1]], a[:, -h.shape[1] :]
        f, i, o = np.hsplit(0.5 * np.tanh(0.5 * gates) + 0.5, 3)
        c = f * c + i * np.tanh(g)
        h = o * np.tanh(c)
        yield h, c


def lstm_forward(x, h0, c0, params):
    hs, cs = [], []
    for h, c in _run(x, h0, c0, params):
        hs.append(h)
        cs.append(c)
    return np.stack(hs), np.stack(cs)


# %% id=written-over-one-array style=in-place mistakes="" origin="pre-activations of all steps, activated in place"
def lstm_forward(x, h0, c0, params):
    T, B, D = x.shape
    H = h0.shape[1]
    W = np.stack(params[:4])  # (4, H, H + D)
    a = np.matmul(x[:, None], np.swapaxes(W[:, :, H:], 1, 2))  # (T, 4, B, H)
    a += np.stack(params[4:])[:, None, :]
    U = np.ascontiguousarray(np.swapaxes(W[:, :, :H], 1, 2))
    h, c = np.zeros((T + 1, B, H)), np.zeros((T + 1, B, H))
    h[0], c[0] = h0, c0
    for t in range(T):
        a[t] += np.matmul(h[t], U)
        for k in (0, 1, 3):
            a[t, k] /= 2
        np.tanh(a[t], out=a[t])
        for k in (0, 1, 3):
            a[t, k] += 1
            a[t, k] /= 2
        np.multiply(a[t, 0], c[t], out=c[t + 1])
        c[t + 1] += a[t, 1] * a[t, 2]
        np.tanh(c[t + 1], out=h[t + 1])
        h[t + 1] *= a[t, 3]
    return h[1:], c[1:]


# %% id=sequence-after-sequence style=loop mistakes="" origin="one sequence at a time, vectors only"
def logistic(a):
    e = np.exp(-np.abs(a))
    return np.where(a < 0, e / (1 + e), 1 / (1 + e))


def lstm_forward(x, h0, c0, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    T, B, H = x.shape[0], x.shape[1], h0.shape[1]
    h, c = np.zeros((T, B, H)), np.zeros((T, B, H))
    for b in range(B):
        hb, cb = h0[b], c0[b]
        for t in range(T):
            v = np.r_[hb, x[t, b]]
            cb = logistic(W_f @ v + b_f) * cb + logistic(W_i @ v + b_i) * np.tanh(W_c @ v + b_c)
            hb = logistic(W_o @ v + b_o) * np.tanh(cb)
            h[t, b] = hb
            c[t, b] = cb
    return h, c


# %% id=dataclass-and-recursion style=recursion mistakes="" origin="the first step, then the rest of the sequence"
from dataclasses import astuple, dataclass


@dataclass
class Both:
    h: np.ndarray
    c: np.ndarray

    def then(self, x_t, p):
        v = np.c_[self.h, x_t]
        s = lambda W, b: 0.5 * (1 + np.tanh(0.5 * (v @ W.T + b)))
        c = s(p.W_f, p.b_f) * self.c + s(p.W_i, p.b_i) * np.tanh(v @ p.W_c.T + p.b_c)
        return Both(s(p.W_o, p.b_o) * np.tanh(c), c)


def lstm_forward(x, h0, c0, params):
    first = Both(h0, c0).then(x[0], params)
    h, c = (part[np.newaxis] for part in astuple(first))
    if len(x) == 1:
        return h, c
    later_h, later_c = lstm_forward(x[1:], first.h, first.c, params)
    return np.concatenate((h, later_h)), np.concatenate((c, later_c))


# %% id=columns-in-lists style=columns mistakes="" origin="samples in columns inside, nested lists, clipped exponents"
def lstm_forward(x, h0, c0, params):
    W_f, W_i, W_c, W_o = params[:4]
    b_f, b_i, b_c, b_o = (b.reshape(-1, 1) for b in params[4:])
    S = lambda a: np.reciprocal(1 + np.exp(-np.clip(a, -500, 500)))
    a_next, c_next, a, c = h0.T, c0.T, [], []
    for xt in x.transpose(0, 2, 1):
        concat = np.concatenate([a_next, xt])
        c_next = S(W_f @ concat + b_f) * c_next + S(W_i @ concat + b_i) * np.tanh(W_c @ concat + b_c)
        a_next = S(W_o @ concat + b_o) * np.tanh(c_next)
        a.append(a_next.T.tolist())
        c.append(c_next.T.tolist())
    return [np.array(a), np.array(c)]


# %% id=one-array-of-both style=loop mistakes="" origin="states in a list of pairs, np.array and swapaxes: it unpacks as a tuple does"
def lstm_forward(x, h0, c0, params):
    W, b = np.stack(params[:4]), np.stack(params[4:])
    states = [(h0, c0)]
    for x_t in x:
        h, c = states[-1]
        a = np.concatenate((h, x_t), axis=1) @ W.transpose(0, 2, 1) + b[:, np.newaxis]
        f, i, _, o = 1 / 2 + np.tanh(a / 2) / 2
        c = f * c + i * np.tanh(a[2])
        states.append((o * np.tanh(c), c))
    return np.array(states[1:]).swapaxes(0, 1)
