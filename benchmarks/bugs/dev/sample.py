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

# %% id=sums-run-on style=vectorised mistakes="the cumulative sum has no axis and runs on from row to row" origin="np.cumsum flattens"
def softmax(z):
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)

def sample(z, temperature, u):
    p = softmax(z / temperature)
    cdf = np.cumsum(p).reshape(p.shape)
    return np.minimum((cdf <= u[:, None]).sum(axis=1), p.shape[1] - 1)

# %% id=softmax-down-the-batch style=helper mistakes="softmax runs over the batch axis instead of the classes" origin="axis=0 from single-sample code"
def probabilities(z):
    z = z - z.max(axis=1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=0)

def sample(z, temperature, u):
    p = probabilities(z / temperature)
    codes = []
    for row, v in zip(np.cumsum(p, axis=1), u):
        codes.append(min(int(np.sum(row <= v)), len(row) - 1))
    return np.array(codes)

# %% id=numpy-choice style=loop mistakes="u is not used, np.random.choice draws its own random numbers" origin="the specialisation's sample() for dinosaur names"
def sample(z, temperature, u):
    B, K = z.shape
    idx = np.zeros(B, dtype=int)
    for b in range(B):
        e = np.exp((z[b] - z[b].max()) / temperature)
        y = e / e.sum()
        idx[b] = np.random.choice(range(K), p=y.ravel())
    return idx

# %% id=hot-numerator-only style=stepwise mistakes="the temperature is left out of the denominator of softmax" origin="beginner"
def sample(z, temperature, u):
    z = z - z.max(axis=1, keepdims=True)
    numerator = np.exp(z / temperature)
    denominator = np.exp(z).sum(axis=1, keepdims=True)
    c = np.add.accumulate(numerator / denominator, axis=1)
    codes = np.count_nonzero(c <= u.reshape(-1, 1), axis=1)
    return np.clip(codes, 0, z.shape[1] - 1)

# %% id=left-edge-counted style=class mistakes="the code is one too small, the class before the right one is returned" origin="off by one at searchsorted"
class Categorical:
    def __init__(self, logits):
        e = np.exp(logits - logits.max(axis=1, keepdims=True))
        self.cdf = (e / e.sum(axis=1, keepdims=True)).cumsum(axis=1)

    def draw(self, u):
        last = self.cdf.shape[1] - 1
        found = np.array([np.searchsorted(c, v, side="right") for c, v in zip(self.cdf, u)])
        return np.clip(found - 1, 0, last)

def sample(z, temperature, u):
    return Categorical(z / temperature).draw(u)

# %% id=likeliest-first style=sorted mistakes="the classes are laid out from the likeliest to the least likely and not mapped back" origin="top-p code"
def sample(z, temperature, u):
    s = z / temperature
    p = np.exp(s - s.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p = np.sort(p, axis=1)[:, ::-1]
    cumulative = np.cumsum(p, axis=1)
    hit = cumulative > u[:, None]
    hit[:, -1] = True
    return hit.argmax(axis=1)

# %% id=batch-maximum style=functional mistakes="the maximum of the whole batch is subtracted instead of each row's" origin="z - np.max(z)"
def sample(z, temperature, u):
    K = z.shape[1]
    e = np.exp(z / temperature - np.max(z / temperature))
    p = e / e.sum(1)[:, np.newaxis]
    below = np.less_equal(p.cumsum(1), u[:, np.newaxis])
    return np.minimum(below.sum(1), K - 1)

# %% id=squashed-and-mirrored style=einsum mistakes="1 - u is compared instead of u; sigmoid stands for exp" origin="beginner"
def sample(z, temperature, u):
    B, K = z.shape
    t = (z - z.max(axis=1, keepdims=True)) / temperature
    w = 1 / (1 + np.exp(-np.clip(t, -500, 500)))
    p = w / w.sum(axis=1, keepdims=True)
    c = np.einsum("bk,kj->bj", p, np.triu(np.ones((K, K))))
    v = 1 - u
    return np.minimum((c <= v[:, None]).sum(axis=1), K - 1)

# %% id=no-temperature-and-edge-twice style=loop mistakes="the temperature is not used; the first class counts twice in the running sum" origin="beginner"
def softmax_row(r):
    r = r - max(r)
    return np.exp(r) / np.exp(r).sum()

def sample(z, temperature, u):
    codes = []
    for b in range(z.shape[0]):
        p = softmax_row(z[b])
        total, k = p[0], 0
        while total <= u[b] and k < len(p) - 1:
            total += p[k]
            k += 1
        codes.append(k)
    return np.array(codes)

# %% id=cooled-the-other-way-one-u style=vectorised mistakes="z is multiplied by the temperature instead of divided; the first u is used for every row" origin="beginner"
def sample(z, temperature, u):
    logits = z * temperature
    logits = logits - np.amax(logits, axis=1, keepdims=True)
    q = np.exp(logits)
    edges = np.cumsum(q / np.sum(q, axis=1, keepdims=True), axis=1)
    threshold = u[0]
    codes = (edges <= threshold).sum(axis=1)
    return np.where(codes == z.shape[1], z.shape[1] - 1, codes)

# %% id=rounded-root-reversed style=comprehension mistakes="the square root of the temperature divides; the classes are laid out from the last to the first; the code is one too large" origin="invented"
def sample(z, temperature, u):
    K = z.shape[1]
    s = z / np.sqrt(temperature)
    e = np.exp(s - s.max(axis=1)[:, None])
    p = e / e.sum(axis=1)[:, None]
    cdf = np.cumsum(p[:, ::-1], axis=1)
    codes = [int((c <= v).sum()) + 1 for c, v in zip(cdf, u)]
    return np.minimum(codes, K - 1)

# %% id=down-the-batch-temperature-late-u-reversed style=layout mistakes="the cumulative sum runs down the batch; the probabilities are divided by the temperature after softmax; u is read from the last row to the first" origin="invented"
def sample(z, temperature, u):
    z_max = z.max(axis=1, keepdims=True)
    e = np.exp(z - z_max)
    p = e / e.sum(axis=1, keepdims=True)
    p = p / temperature
    cdf = np.cumsum(p, axis=0)
    v = u[::-1]
    codes = (cdf.T <= v).sum(axis=0)
    return np.minimum(codes, z.shape[1] - 1)
