# %% id=bisect-on-accumulated style=functional mistakes="" origin="standard library: accumulate and bisect"
from bisect import bisect_right
from itertools import accumulate


def sample(z, temperature, u):
    codes = []
    for row, number in zip(z, u):
        top = row.max()
        weights = np.exp((row - top) / temperature)
        edges = list(accumulate(weights / weights.sum()))
        codes.append(min(bisect_right(edges, number), len(edges) - 1))
    return np.array(codes)


# %% id=temperature-first-with-asserts style=vectorised mistakes="" origin="engineer with helpers, type hints and asserts"
def _softmax(a: np.ndarray) -> np.ndarray:
    a = a - a.max(axis=-1, keepdims=True)
    e = np.exp(a)
    return e / e.sum(axis=-1, keepdims=True)


def sample(z: np.ndarray, temperature: float, u: np.ndarray) -> np.ndarray:
    """Inverse transform sampling, one class for each row."""
    assert temperature > 0
    assert z.shape[:1] == u.shape
    cdf = _softmax(z / temperature).cumsum(axis=-1)
    codes = np.count_nonzero(cdf <= u.reshape(-1, 1), axis=-1)
    return codes.clip(max=z.shape[-1] - 1)


# %% id=last-sum-set-to-one style=in-place mistakes="" origin="forces the last sum to 1, then argmax"
def sample(z, temperature, u):
    c = z / temperature
    c -= c.max(axis=1)[:, None]
    np.exp(c, out=c)
    c /= c.sum(axis=1)[:, None]
    np.cumsum(c, axis=1, out=c)
    c[:, -1] = 1.0
    return np.argmax(c > u[:, None], axis=1)


# %% id=while-within-for style=loop mistakes="" origin="a while loop that moves the arrow"
def sample(z, temperature, u):
    B, K = z.shape
    codes = np.zeros(B, dtype=int)
    for b in range(B):
        scaled = z[b] / temperature
        p = np.exp(scaled - np.max(scaled))
        p = p / np.sum(p)
        k = 0
        total = p[0]
        while total <= u[b] and k < K - 1:
            k += 1
            total += p[k]
        codes[b] = k
    return codes


# %% id=recursion-along-the-classes style=recursion mistakes="" origin="recursion over the classes"
def _walk(p, number, reached=0.0, k=0):
    reached = reached + p[k]
    if k + 1 == len(p) or reached > number:
        return k
    return _walk(p, number, reached, k + 1)


def sample(z, temperature, u):
    e = np.exp((z.T - z.max(axis=1)) / temperature)
    p = (e / e.sum(axis=0)).T
    return np.array([_walk(row, number) for row, number in zip(p.tolist(), u.tolist())], dtype=np.int64)


# %% id=classes-in-rows style=columns mistakes="" origin="classes in rows, samples in columns"
def sample(z, temperature, u):
    logits = np.transpose(z) / temperature
    logits = logits - logits.max(axis=0)
    y_hat = np.exp(logits) / np.exp(logits).sum(axis=0)
    reached = np.cumsum(y_hat, axis=0)[:-1]
    return (reached <= u).sum(axis=0)


# %% id=partial-of-a-general-draw style=functional mistakes="" origin="functools.partial of a function with a keyword-only axis"
from functools import partial


def draw(z, temperature, u, *, axis):
    z = np.moveaxis(z, axis, -1) / temperature
    p = np.exp(z - z.max(axis=-1, keepdims=True))
    sums = np.add.accumulate(p / p.sum(axis=-1, keepdims=True), axis=-1)[..., :-1]
    return np.less_equal(sums, np.expand_dims(u, -1)).sum(axis=-1, dtype=np.int32)


sample = partial(draw, axis=1)
