# %% id=typed-with-asserts style=vectorised mistakes="" origin="engineer with type hints and asserts"
def gradient_norm_by_lag(dh_T: np.ndarray, h: np.ndarray, W_hh: np.ndarray) -> np.ndarray:
    """Lengths of the gradient at lags 0 to T, for each sample: (T + 1, B)."""
    T, B, H = h.shape
    assert dh_T.shape == (B, H)
    assert W_hh.shape == (H, H)
    norms = np.empty((T + 1, B))
    gradient = dh_T
    norms[0] = np.linalg.norm(gradient, axis=1)
    for lag in range(1, T + 1):
        gradient = (gradient * (1 - np.square(h[T - lag]))) @ W_hh
        norms[lag] = np.linalg.norm(gradient, axis=1)
    return norms


# %% id=walrus-over-reversed-states style=functional mistakes="" origin="a comprehension with a walrus"
def gradient_norm_by_lag(dh_T, h, W_hh):
    g = dh_T
    back = [g] + [g := np.matmul(g * (1 - s * s), W_hh) for s in reversed(h)]
    return np.sqrt(np.square(back).sum(axis=2))


# %% id=whole-array-of-gradients style=einsum mistakes="" origin="all gradients in one array, norms by einsum"
def gradient_norm_by_lag(dh_T, h, W_hh):
    T, B, H = h.shape
    g = np.zeros((T + 1, B, H))
    g[0] = dh_T
    slope = 1 - np.flip(h, 0) ** 2
    for k in range(T):
        np.einsum("bh,bh,hj->bj", g[k], slope[k], W_hh, out=g[k + 1])
    return np.sqrt(np.einsum("kbh,kbh->kb", g, g))


# %% id=multi-dot-for-each-sample style=loop mistakes="" origin="np.linalg.multi_dot of the Jacobians, sample by sample"
def gradient_norm_by_lag(dh_T, h, W_hh):
    T, B, H = h.shape
    norms = [[np.linalg.norm(dh_T[b]) for b in range(B)]]
    for k in range(1, T + 1):
        row = []
        for b in range(B):
            jacobians = [np.diag(1 - h[t, b] ** 2) @ W_hh for t in range(T - 1, T - k - 1, -1)]
            row.append(np.linalg.norm(np.linalg.multi_dot([dh_T[b], *jacobians])))
        norms.append(row)
    return np.array(norms)


# %% id=recursion-on-the-last-state style=recursion mistakes="" origin="peels off the last state"
def gradient_norm_by_lag(dh_T, h, W_hh):
    here = np.sum(dh_T**2, axis=-1, keepdims=True).T ** 0.5
    if len(h) == 0:
        return here
    earlier = np.dot(dh_T * (1 - h[-1] ** 2), W_hh)
    return np.concatenate((here, gradient_norm_by_lag(earlier, h[:-1], W_hh)))


# %% id=entries-by-hand style=loop mistakes="" origin="lists and math.sqrt, no NumPy but at the end"
import math


def gradient_norm_by_lag(dh_T, h, W_hh):
    units = range(len(W_hh))
    columns = []
    for b in range(len(dh_T)):
        g = list(dh_T[b])
        column = [math.sqrt(sum(v * v for v in g))]
        for t in range(len(h) - 1, -1, -1):
            d = [g[j] * (1 - h[t][b][j] ** 2) for j in units]
            g = [sum(d[j] * W_hh[j][k] for j in units) for k in units]
            column.append(math.sqrt(sum(v * v for v in g)))
        columns.append(column)
    return np.array(columns).T


# %% id=norms-through-singular-values style=vectorised mistakes="" origin="the length of a row as its only singular value"
def gradient_norm_by_lag(dh_T, h, W_hh):
    gradients = np.empty((len(h) + 1, *dh_T.shape))
    gradients[0] = dh_T
    for k, h_t in enumerate(h[::-1], start=1):
        np.matmul(gradients[k - 1] * (1 - h_t**2), W_hh, out=gradients[k])
    return np.linalg.svd(gradients[:, :, None, :], compute_uv=False)[..., 0]
