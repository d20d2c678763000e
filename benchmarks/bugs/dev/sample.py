# %% id=bisect-in-running-totals style=stdlib mistakes="" origin="Python programmer"
from bisect import bisect_right
from itertools import accumulate
from math import exp

def sample(z, temperature, u):
    codes = []
    for row, r in zip(z.tolist(), u.tolist()):
        top = max(row)
        weights = [exp((a - top) / temperature) for a in row]
        totals = list(accumulate(weights))
        codes.append(min(bisect_right(totals, r * totals[-1]), len(row) - 1))
    return codes

# %% id=first-sum-above style=vectorised mistakes="" origin="argmax of a comparison"
def sample(z, temperature, u):
    scaled = z / temperature
    log_p = scaled - np.logaddexp.reduce(scaled, axis=1, keepdims=True)
    edges = np.exp(log_p) @ np.triu(np.ones((z.shape[1], z.shape[1])))
    edges[:, -1] = 2.0
    return np.argmax(edges > u[:, None], axis=1)

# %% id=columns-and-searchsorted style=layout mistakes="" origin="ported from (K, B) logits"
def sample(z, temperature, u):
    logits = np.transpose(z) / temperature
    logits = logits - np.max(logits, axis=0)
    P = np.exp(logits) / np.sum(np.exp(logits), axis=0)
    F = np.cumsum(P, axis=0)
    K, B = P.shape
    return np.array([min(np.searchsorted(F[:, b], u[b], side="right"), K - 1) for b in range(B)])

# %% id=subtract-until-negative style=class mistakes="" origin="roulette wheel of a genetic algorithm"
class Roulette:
    def __init__(self, logits, temperature):
        weights = np.exp((logits - np.amax(logits)) / temperature)
        self.slots = weights / weights.sum()

    def spin(self, r):
        for k, width in enumerate(self.slots):
            r -= width
            if r < 0:
                return k
        return len(self.slots) - 1

def sample(z, temperature, u):
    return np.fromiter((Roulette(row, temperature).spin(r) for row, r in zip(z, u)), dtype=int)

# %% id=single-probabilities-compared style=vectorised mistakes="the cumulative sum is left out" origin="beginner"
def sample(z, temperature, u):
    z = z / temperature
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    below = p <= u[:, None]
    return np.minimum(below.sum(axis=1), z.shape[1] - 1)

# %% id=temperature-after-softmax style=helper mistakes="p is divided by the temperature after softmax instead of z before it" origin="beginner"
def softmax(v):
    e = np.exp(v - np.max(v))
    return e / np.sum(e)

def sample(z, temperature, u):
    codes = np.zeros(len(z), dtype=int)
    for b in range(len(z)):
        p = softmax(z[b]) / temperature
        total, k = p[0], 0
        while total <= u[b] and k < len(p) - 1:
            k += 1
            total += p[k]
        codes[b] = k
    return codes

# %% id=unnormalised-wheel style=functional mistakes="the result is not divided by the sum" origin="softmax without its denominator"
from functools import reduce

def sample(z, temperature, u):
    def draw(row, r):
        e = np.exp((row - row.max()) / temperature)
        ends = reduce(lambda s, q: s + [s[-1] + q], e[1:], [e[0]])
        return next((k for k, end in enumerate(ends) if r < end), len(e) - 1)

    return np.array([draw(row, r) for row, r in zip(z, u)])

# %% id=no-temperature-one-number style=loop mistakes="the temperature is ignored; u[0] is used for every row" origin="beginner"
def sample(z, temperature, u):
    B, K = z.shape
    out = []
    for b in range(B):
        scores = z[b]
        probs = np.exp(scores - np.max(scores))
        probs = probs / np.sum(probs)
        running = 0
        chosen = K - 1
        for k in range(K):
            running = running + probs[k]
            if running > u[0]:
                chosen = k
                break
        out.append(chosen)
    return np.array(out)

# %% id=from-one-and-from-the-right style=comprehension mistakes="the codes start at 1; the classes are laid out from the last to the first" origin="ported from Julia"
def sample(z, temperature, u):
    a = z / temperature
    w = np.exp(a - a.max(axis=-1)[:, None])
    w /= w.sum(axis=-1)[:, None]
    K = w.shape[1]
    cum = np.cumsum(w[:, ::-1], axis=1)
    index = np.array([min(int(sum(c <= r)), K - 1) for c, r in zip(cum, u)])
    index = K - 1 - index
    return index + 1

# %% id=hot-unshifted-from-one style=class mistakes="z is multiplied by the temperature instead of divided; the maximum is not subtracted; the codes start at 1" origin="invented"
class Sampler:
    def __init__(self, temperature):
        self.temperature = temperature

    def probabilities(self, z):
        z = z * self.temperature
        e = np.exp(z)
        return e / e.sum(axis=1, keepdims=True)

    def __call__(self, z, u):
        F = np.add.accumulate(self.probabilities(z), axis=1)
        return np.clip(np.count_nonzero(F <= u.reshape(-1, 1), axis=1), 0, z.shape[1] - 1) + 1

def sample(z, temperature, u):
    return Sampler(temperature)(z, u)

# %% id=powers-of-two-neighbour-last-never style=einsum mistakes="powers of 2 instead of e; every row reads the u of the row before; the last class is never drawn" origin="invented"
def sample(z, temperature, u):
    shifted = (z - z.max(axis=1, keepdims=True)) / temperature
    w = np.exp2(shifted)
    p = np.einsum("bk,b->bk", w, 1 / np.einsum("bk->b", w))
    K = p.shape[1]
    F = np.einsum("bj,jk->bk", p, np.tri(K).T)
    r = np.roll(u, 1)
    return np.minimum(np.sum(F <= r[:, np.newaxis], axis=1), K - 2)
