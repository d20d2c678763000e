# %% id=overflow style=vectorised mistakes="the maximum is not subtracted before exp" origin="beginner"
def sample(z, temperature, u):
    e = np.exp(z / temperature)
    p = e / e.sum(axis=1, keepdims=True)
    return (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1)


# %% id=hotter-is-colder style=loop mistakes="z is multiplied by the temperature instead of divided" origin="beginner"
def sample(z, temperature, u):
    codes = np.zeros(len(z), dtype=int)
    for b in range(len(z)):
        logits = z[b] * temperature
        logits = logits - logits.max()
        p = np.exp(logits) / np.exp(logits).sum()
        total = 0.0
        for k in range(len(p)):
            total += p[k]
            if total > u[b]:
                codes[b] = k
                break
    return codes


# %% id=always-the-likeliest style=vectorised mistakes="u is ignored" origin="beginner"
def sample(z, temperature, u):
    z = z / temperature
    p = np.exp(z - np.max(z, axis=1)[:, None])
    p /= p.sum(axis=1)[:, None]
    return p.argmax(axis=1)


# %% id=softmax-down-the-batch style=vectorised mistakes="softmax is taken over the batch axis" origin="beginner"
def sample(z, temperature, u):
    s = z / temperature
    e = np.exp(s - s.max(axis=1, keepdims=True))
    probs = e / e.sum(axis=0, keepdims=True)
    edges = np.cumsum(probs, axis=1)
    return np.array([np.sum(row <= q) for row, q in zip(edges, u)])


# %% id=counts-from-one style=framework mistakes="the codes start at 1" origin="ported from MATLAB"
def sample(z, temperature, u):
    p = np.exp(z / temperature - np.max(z / temperature, axis=1, keepdims=True))
    p = p / np.sum(p, axis=1, keepdims=True)
    c = np.cumsum(p, axis=1)
    codes = np.zeros(z.shape[0], dtype=int)
    for n in range(z.shape[0]):
        codes[n] = np.sum(c[n] <= u[n]) + 1
    return codes


# %% id=one-number-for-all style=per-sample mistakes="u[0] is used for every row" origin="beginner"
def sample(z, temperature, u):
    def draw(logits, q):
        w = np.exp((logits - logits.max()) / temperature)
        return int(np.searchsorted(np.cumsum(w / w.sum()), q, side="right"))

    return np.array([draw(row, u[0]) for row in z])


# %% id=cold-and-overflowing style=vectorised mistakes="the temperature is ignored; the maximum is not subtracted before exp" origin="beginner"
def sample(z, temperature, u):
    a = z + 0.0
    weights = np.exp(a)
    p = weights / np.sum(weights, axis=1, keepdims=True)
    return (np.cumsum(p, axis=1) <= u.reshape(-1, 1)).sum(axis=1)


# %% id=laid-out-backwards style=class mistakes="the classes are laid out from the last to the first; z is multiplied by the temperature instead of divided" origin="beginner"
class Roulette:
    def __init__(self, p):
        self.p = p

    def spin(self, u):
        c = 0.0
        ks = list(range(len(self.p)))
        ks.reverse()
        for k in ks:
            c += self.p[k]
            if u < c:
                return k
        return ks[-1]


def sample(z, temperature, u):
    out = []
    for row, q in zip(z, u):
        row = row * temperature
        e = np.exp(row - max(row))
        out.append(Roulette(e / sum(e)).spin(q))
    return np.array(out)


# %% id=three-of-a-draw style=vectorised mistakes="the temperature is ignored; u[0] is used for every row; the codes start at 1" origin="beginner"
def sample(z, temperature, u):
    z = z - z.max(axis=-1, keepdims=True)
    p = np.exp(z)
    p = p / p.sum(axis=-1, keepdims=True)
    edges = np.cumsum(p, axis=-1)
    below = edges <= u[0]
    return 1 + below.sum(axis=-1)


# %% id=searchsorted-rows style=per-sample mistakes="" origin="forum"
def sample(z, temperature, u):
    codes = []
    for logits, q in zip(z / temperature, u):
        p = np.exp(logits - np.logaddexp.reduce(logits))
        codes.append(np.searchsorted(np.add.accumulate(p), q, side="right"))
    return np.array(codes)


# %% id=triangular-matrix style=einsum mistakes="" origin="linear algebra course"
def sample(z, temperature, u):
    K = z.shape[1]
    e = np.exp((z - z.max(1)[:, None]) / temperature)
    p = np.einsum("bk,b->bk", e, 1 / e.sum(1))
    upto = np.tril(np.ones((K, K)))
    return np.einsum("bk->b", (np.einsum("bj,kj->bk", p, upto) <= u[:, None]).astype(int))


# %% id=first-true style=vectorised mistakes="" origin="ported from PyTorch multinomial"
def sample(z, temperature, u):
    log_p = z / temperature
    log_p = log_p - log_p.max(axis=1, keepdims=True)
    log_p = log_p - np.log(np.exp(log_p).sum(axis=1, keepdims=True))
    cdf = np.exp(log_p).cumsum(axis=1)
    cdf[:, -1] = 1.0  # rounding
    return np.argmax(cdf > u[:, np.newaxis], axis=1)


# %% id=subtract-until-negative style=loop mistakes="" origin="beginner from C"
def sample(z, temperature, u):
    B, K = z.shape
    codes = np.zeros(B, dtype=np.int64)
    for b in range(B):
        top = max(z[b])
        w = [np.exp((value - top) / temperature) for value in z[b]]
        total = sum(w)
        acc, k = w[0] / total, 0
        while acc <= u[b] and k < K - 1:
            k += 1
            acc += w[k] / total
        codes[b] = k
    return codes


# %% id=columns-are-texts style=layout mistakes="" origin="ported from code with arrays (n_y, m)"
def sample(z, temperature, u):
    Z = z.T / temperature
    Z = Z - np.amax(Z, axis=0)
    P = np.exp(Z) / np.sum(np.exp(Z), axis=0)
    C = np.cumsum(P, axis=0)
    return np.count_nonzero(C <= u, axis=0)
