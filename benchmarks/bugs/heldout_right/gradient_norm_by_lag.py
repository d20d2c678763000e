# %% id=jacobians-multiplied style=vectorised mistakes="" origin="keeps the product of the Jacobians of each sample"
def gradient_norm_by_lag(dh_T, h, W_hh):
    T, B, H = h.shape
    J = np.broadcast_to(np.eye(H), (B, H, H))
    norms = [np.sqrt(np.einsum("bh,bh->b", dh_T, dh_T))]
    for t in range(T)[::-1]:
        J = J @ ((1 - h[t] ** 2)[:, :, None] * W_hh)
        g = np.einsum("bh,bhk->bk", dh_T, J)
        norms.append(np.sqrt(np.einsum("bh,bh->b", g, g)))
    return np.vstack(norms)


# %% id=accumulate-then-norm style=functional mistakes="" origin="itertools.accumulate, then one norm"
from itertools import accumulate


def gradient_norm_by_lag(dh_T, h, W_hh):
    back = accumulate(np.flip(h, axis=0), lambda g, h_t: np.dot(g - g * h_t * h_t, W_hh), initial=dh_T)
    return np.linalg.norm(np.array(list(back)), axis=-1)


# %% id=lag-by-lag-from-scratch style=loop mistakes="" origin="starts again from the last state for each lag"
def gradient_norm_by_lag(dh_T, h, W_hh):
    T, B, H = h.shape
    norms = np.zeros((T + 1, B))
    for lag in range(T + 1):
        for b in range(B):
            grad = dh_T[b]
            for k in range(1, lag + 1):
                grad = W_hh.T @ (grad * (1 - h[T - k, b] ** 2))
            norms[lag, b] = sum(grad**2) ** 0.5
    return norms


# %% id=generator-backwards style=generator mistakes="" origin="a generator of gradients, samples in columns"
def _zurueck(d, h, W):
    yield d
    for zustand in reversed(h):
        d = W.T @ (d * (1 - zustand.T**2))
        yield d


def gradient_norm_by_lag(dh_T, h, W_hh):
    return np.array([np.hypot.reduce(d, axis=0) for d in _zurueck(dh_T.T, h, W_hh)])


# %% id=tail-recursion-in-halves style=recursion mistakes="" origin="divide and conquer over lags"
def gradient_norm_by_lag(dh_T, h, W_hh):
    length = lambda g: np.sqrt((g * g).sum(1))

    def go(g, states):
        if len(states) == 1:
            g = (g * (1 - states[0] ** 2)) @ W_hh
            return g, [length(g)]
        half = len(states) // 2
        g, late = go(g, states[half:])
        g, early = go(g, states[:half])
        return g, late + early

    return np.array([length(dh_T)] + go(dh_T, h)[1])
