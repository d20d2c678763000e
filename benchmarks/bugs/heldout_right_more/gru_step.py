# %% id=typed-with-asserts style=vectorised mistakes="" origin="engineer: a typed sigmoid, named intermediate values"
def _sigmoid(a: np.ndarray) -> np.ndarray:
    return 0.5 * (1.0 + np.tanh(0.5 * a))


def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    """One GRU step: reset gate, update gate, candidate, new state."""
    B, H = h_prev.shape
    assert x_t.shape[0] == B
    v = np.concatenate([h_prev, x_t], axis=1)
    reset = _sigmoid(v @ W_r.T + b_r)
    update = _sigmoid(v @ W_u.T + b_u)
    from_input = x_t @ W_xn.T + b_xn
    from_memory = h_prev @ W_hn.T + b_hn
    candidate = np.tanh(from_input + reset * from_memory)
    h_t = (1.0 - update) * candidate + update * h_prev
    assert h_t.shape == (B, H)
    return reset, update, candidate, h_t


# %% id=average-of-two style=functional mistakes="" origin="the new state as a weighted average"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    gate = lambda W, b: np.exp(-np.logaddexp(0, -(np.inner(np.hstack((h_prev, x_t)), W) + b)))
    r_t, u_t = gate(W_r, b_r), gate(W_u, b_u)
    n_t = np.tanh(np.inner(x_t, W_xn) + b_xn + r_t * (np.inner(h_prev, W_hn) + b_hn))
    h_t = np.average([n_t, h_prev], axis=0, weights=[1 - u_t, u_t])
    return r_t, u_t, n_t, h_t


# %% id=in-place-all-through style=in-place mistakes="" origin="buffers and out="
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    v = np.concatenate((h_prev, x_t), axis=1)
    gates = []
    for W, b in ((W_r, b_r), (W_u, b_u)):
        a = np.dot(v, W.T)
        a += b
        a *= 0.5
        np.tanh(a, out=a)
        a += 1.0
        a *= 0.5
        gates.append(a)
    r, u = gates
    n = np.dot(h_prev, W_hn.T)
    n += b_hn
    n *= r
    n += np.dot(x_t, W_xn.T)
    n += b_xn
    np.tanh(n, out=n)
    h = np.subtract(1, u)
    h *= n
    h += u * h_prev
    return r, u, n, h


# %% id=dataclass-cell-called style=class mistakes="" origin="a dataclass of the weights with __call__"
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class GRU:
    W_r: np.ndarray
    W_u: np.ndarray
    W_xn: np.ndarray
    W_hn: np.ndarray
    b_r: np.ndarray
    b_u: np.ndarray
    b_xn: np.ndarray
    b_hn: np.ndarray

    def gate(self, name, v):
        a = v @ getattr(self, "W_" + name).T + getattr(self, "b_" + name)
        return np.where(a >= 0, 1, np.exp(np.minimum(a, 0))) / (1 + np.exp(-np.abs(a)))

    def __call__(self, x, h):
        r, u = (self.gate(name, np.c_[h, x]) for name in "ru")
        n = np.tanh(self.W_xn.dot(x.T).T + self.b_xn + r * (self.W_hn.dot(h.T).T + self.b_hn))
        return r, u, n, n - u * n + u * h


def gru_step(x_t, h_prev, *weights):
    return GRU(*weights)(x_t, h_prev)


# %% id=sample-by-sample style=loop mistakes="" origin="one sample at a time, four lists"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    def s(a):
        return (np.tanh(a / 2) + 1) / 2

    rs, us, ns, hs = [], [], [], []
    for x, h in zip(x_t, h_prev):
        v = np.concatenate([h, x])
        r = s(W_r @ v + b_r)
        u = s(W_u @ v + b_u)
        n = np.tanh(W_xn @ x + b_xn + r * (W_hn @ h + b_hn))
        rs.append(r)
        us.append(u)
        ns.append(n)
        hs.append((1 - u) * n + u * h)
    return np.array(rs), np.array(us), np.array(ns), np.array(hs)


# %% id=block-matrix-with-zeros style=vectorised mistakes="" origin="one block matrix with zeros for all four products"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    H, D = W_xn.shape
    W = np.block([[W_r], [W_u], [np.zeros((H, H)), W_xn], [W_hn, np.zeros((H, D))]])
    b = np.concatenate([b_r, b_u, b_xn, b_hn])
    a = np.concatenate([h_prev, x_t], axis=1) @ W.T + b
    a_r, a_u, news, memory = np.split(a, 4, axis=1)
    r, u = 0.5 + 0.5 * np.tanh(0.5 * a_r), 0.5 + 0.5 * np.tanh(0.5 * a_u)
    n = np.tanh(news + r * memory)
    return r, u, n, (1 - u) * n + u * h_prev


# %% id=outer-scope-and-global style=closure mistakes="" origin="weights in a global dict, small functions that read it"
P = {}


def reset(v):
    return P["s"](v @ P["W_r"].T + P["b_r"])


def update(v):
    return P["s"](v @ P["W_u"].T + P["b_u"])


def candidate(x, h, r):
    return np.tanh(x @ P["W_xn"].T + P["b_xn"] + r * (h @ P["W_hn"].T + P["b_hn"]))


def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    global P
    P = dict(W_r=W_r, W_u=W_u, W_xn=W_xn, W_hn=W_hn, b_r=b_r, b_u=b_u, b_xn=b_xn, b_hn=b_hn)
    P["s"] = lambda a: np.exp(np.minimum(a, 0)) / (1 + np.exp(-np.abs(a)))
    v = np.concatenate((h_prev, x_t), axis=1)
    r, u = reset(v), update(v)
    n = candidate(x_t, h_prev, r)
    return [r, u, n, u * h_prev + (1 - u) * n]


# %% id=one-array-of-four style=vectorised mistakes="" origin="np.array around what comes back: it unpacks as a tuple does"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    v = np.concatenate((h_prev, x_t), axis=1)
    a = v @ np.array([W_r, W_u]).swapaxes(1, 2) + np.array([b_r, b_u])[:, None]  # (2, B, H)
    r, u = (np.tanh(a / 2) + 1) / 2
    n = np.tanh(x_t @ W_xn.T + b_xn + r * (h_prev @ W_hn.T + b_hn))
    return np.array([r, u, n, (1 - u) * n + u * h_prev])
