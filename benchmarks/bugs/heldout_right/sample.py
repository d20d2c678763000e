# %% id=argmax-of-the-comparison style=vectorised mistakes="" origin="first class whose sum is above u"
def sample(z, temperature, u):
    w = np.exp((z - z.max(1, keepdims=True)) / temperature)
    sums = np.cumsum(w, axis=1)
    above = sums > u[:, None] * sums[:, -1:]
    above[:, -1] |= ~above.any(axis=1)
    return above.argmax(axis=1)


# %% id=searchsorted-on-the-right style=functional mistakes="" origin="np.searchsorted for each row"
def sample(z, temperature, u):
    def draw(logits, number):
        p = np.exp((logits - max(logits)) / temperature)
        edges = np.cumsum(p / p.sum())
        return min(np.searchsorted(edges, number, side="right"), len(edges) - 1)

    return np.array([draw(row, number) for row, number in zip(z, u)])


# %% id=running-subtraction style=loop mistakes="" origin="walks along the intervals"
import math


def sample(z, temperature, u):
    codes = np.zeros(len(u), dtype=int)
    for b in range(len(u)):
        top = z[b].max()
        weights = [math.exp((value - top) / temperature) for value in z[b]]
        total = sum(weights)
        reached = 0.0
        for k, weight in enumerate(weights):
            reached += weight / total
            if reached > u[b]:
                break
        codes[b] = k  # bleibt nach dem letzten beim letzten
    return codes


# %% id=inner-edges-digitised style=functional mistakes="" origin="np.digitize with the inner edges only"
def sample(z, temperature, u):
    scaled = np.divide(z, temperature)
    p = np.exp(scaled - np.amax(scaled, axis=1)[:, None])
    p /= p.sum(axis=1, keepdims=True)
    edges = np.add.accumulate(p[:, :-1], axis=1)
    return np.array([np.digitize(one, row) if row.size else 0 for one, row in zip(u, edges)], dtype=np.int64)


# %% id=triangle-instead-of-cumsum style=einsum mistakes="" origin="sums by a triangular matrix, counted by einsum"
def sample(z, temperature, u):
    K = z.shape[1]
    logits = z / temperature
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    upper = np.triu(np.ones((K, K)))[:, : K - 1]
    below = (np.einsum("bj,jk->bk", p, upper) <= u[:, np.newaxis]).astype(int)
    return np.einsum("bk->b", below)
