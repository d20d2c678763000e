# %% id=only-the-matrix style=loop mistakes="the derivative of tanh is missing" origin="beginner"
def gradient_norm_by_lag(dh_T, h, W_hh):
    norms = [np.linalg.norm(dh_T, axis=1)]
    g = dh_T
    for h_t in h[::-1]:
        g = g @ W_hh
        norms.append(np.linalg.norm(g, axis=1))
    return np.array(norms)


# %% id=transposed-like-forward style=loop mistakes="W_hh is transposed" origin="copies the transpose of the forward pass"
def gradient_norm_by_lag(dh_T, h, W_hh):
    T, B, H = h.shape
    norms = np.zeros((T + 1, B))
    norms[0] = np.sqrt((dh_T ** 2).sum(axis=1))
    dh = dh_T
    for k in range(1, T + 1):
        delta = dh * (1 - h[T - k] ** 2)
        dh = np.dot(delta, W_hh.T)
        norms[k] = np.sqrt((dh ** 2).sum(axis=1))
    return norms


# %% id=starts-at-the-beginning style=loop mistakes="h is read forwards" origin="beginner"
def gradient_norm_by_lag(dh_T, h, W_hh):
    out = [np.linalg.norm(dh_T, axis=1)]
    dh_t = dh_T.copy()
    for h_t in h:
        dh_t = (dh_t * (1 - h_t * h_t)) @ W_hh
        out.append(np.linalg.norm(dh_t, axis=1))
    return np.stack(out)


# %% id=squares-left style=einsum mistakes="the root of the norm is missing" origin="einsum beginner"
def gradient_norm_by_lag(dh_T, h, W_hh):
    g = dh_T
    rows = [np.einsum("bh,bh->b", g, g)]
    for t in range(len(h) - 1, -1, -1):
        g = np.einsum("bh,bh,hg->bg", g, 1 - h[t] ** 2, W_hh)
        rows.append(np.einsum("bh,bh->b", g, g))
    return np.array(rows)


# %% id=measured-before-the-matrix style=loop mistakes="the norm is taken of delta_h" origin="confuses dh and delta_h"
def gradient_norm_by_lag(dh_T, h, W_hh):
    norms = [np.linalg.norm(dh_T, axis=1)]
    dh_t = dh_T
    for t in reversed(range(len(h))):
        delta_h = dh_t * (1 - h[t] ** 2)
        dh_t = delta_h @ W_hh
        norms.append(np.linalg.norm(delta_h, axis=1))
    return np.stack(norms)


# %% id=relative-to-the-start style=per-sample mistakes="the norms are divided by row 0" origin="plots ratios"
def gradient_norm_by_lag(dh_T, h, W_hh):
    T, B = h.shape[:2]
    res = np.zeros((T + 1, B))
    for b in range(B):
        v = dh_T[b]
        res[0, b] = np.linalg.norm(v)
        for k in range(T):
            v = W_hh.T @ (v * (1 - h[T - 1 - k, b] ** 2))
            res[k + 1, b] = np.linalg.norm(v)
    return res / res[0]


# %% id=from-first-to-last style=loop mistakes="the rows run from h0 to h_T" origin="time order instead of lag order"
def gradient_norm_by_lag(dh_T, h, W_hh):
    lengths = []
    g = dh_T
    lengths.append(np.linalg.norm(g, axis=-1))
    for t in range(h.shape[0])[::-1]:
        g = (g * (1 - np.square(h[t]))) @ W_hh
        lengths.insert(0, np.linalg.norm(g, axis=-1))
    return np.array(lengths)


# %% id=one-minus-h-transposed style=loop mistakes="the derivative of tanh is 1 - h; W_hh is transposed" origin="beginner"
def gradient_norm_by_lag(dh_T, h, W_hh):
    grads = [dh_T]
    for h_t in reversed(h):
        delta = grads[-1] * (1 - h_t)
        grads.append(delta @ W_hh.T)
    return np.linalg.norm(np.array(grads), axis=2)


# %% id=forwards-and-squared style=recursion mistakes="h is read forwards; the root of the norm is missing" origin="functional style"
def gradient_norm_by_lag(dh_T, h, W_hh):
    row = (dh_T ** 2).sum(axis=1)
    if len(h) == 0:
        return row[None]
    last, rest = h[0], h[1:]
    back = (dh_T * (1 - last ** 2)) @ W_hh
    return np.vstack([row[None], gradient_norm_by_lag(back, rest, W_hh)])


# %% id=largest-entry-one-off style=loop mistakes="the largest entry is taken instead of the length; the derivative of tanh is taken one step too early" origin="beginner"
def gradient_norm_by_lag(dh_T, h, W_hh):
    T = h.shape[0]
    size = lambda v: np.abs(v).max(axis=1)
    g = dh_T
    norms = [size(g)]
    for k in range(1, T + 1):
        t = max(T - k - 1, 0)
        g = (g * (1 - h[t] ** 2)) @ W_hh
        norms.append(size(g))
    return np.array(norms)


# %% id=again-transposed-l1 style=class mistakes="tanh is applied to h_t again in the derivative; W_hh is transposed; the sum of absolute values is taken instead of the length" origin="beginner"
class Flow:
    def __init__(self, W):
        self.W = W

    def back(self, g, h_t):
        return (g * (1 - np.tanh(h_t) ** 2)) @ self.W.T

    def length(self, g):
        return np.linalg.norm(g, 1, axis=1)

def gradient_norm_by_lag(dh_T, h, W_hh):
    flow = Flow(W_hh)
    g, norms = dh_T, [flow.length(dh_T)]
    for h_t in h[::-1]:
        g = flow.back(g, h_t)
        norms.append(flow.length(g))
    return np.array(norms)


# %% id=linear-forwards-delta style=loop mistakes="the derivative of tanh is 1 - h; h is read forwards; the norms are divided by row 0" origin="beginner"
def gradient_norm_by_lag(dh_T, h, W_hh):
    T, B, H = h.shape
    norms = np.empty((T + 1, B))
    dh = dh_T
    norms[0] = np.linalg.norm(dh, axis=1)
    for k in range(T):
        ht = h[k]
        dh = dh * (1 - ht) @ W_hh
        norms[k + 1] = np.linalg.norm(dh, axis=1)
    return norms / norms[:1]


# %% id=jacobians-first style=einsum mistakes="" origin="does it the long way"
def gradient_norm_by_lag(dh_T, h, W_hh):
    B, H = dh_T.shape
    P = np.tile(np.eye(H), (B, 1, 1))
    out = [np.sqrt((dh_T ** 2).sum(-1))]
    for h_t in np.flip(h, axis=0):
        J = (1 - h_t ** 2)[:, :, None] * W_hh[None]
        P = P @ J
        out.append(np.sqrt((np.einsum("bh,bhg->bg", dh_T, P) ** 2).sum(-1)))
    return np.array(out)


# %% id=columns-time-last style=layout mistakes="" origin="course with arrays (n_a, m, T_x)"
def gradient_norm_by_lag(dh_T, h, W_hh):
    a = h.transpose(2, 1, 0)
    da = dh_T.T
    T_x = a.shape[2]
    N = np.zeros((a.shape[1], T_x + 1))
    N[:, 0] = np.sqrt(np.sum(da ** 2, axis=0))
    for t in reversed(range(T_x)):
        da = np.dot(W_hh.T, da * (1 - a[:, :, t] ** 2))
        N[:, T_x - t] = np.sqrt(np.sum(da ** 2, axis=0))
    return N.T


# %% id=recursive style=recursion mistakes="" origin="functional style"
def gradient_norm_by_lag(dh_T, h, W_hh):
    head = np.linalg.norm(dh_T, axis=1)[None]
    if not len(h):
        return head
    return np.concatenate([head, gradient_norm_by_lag((dh_T * (1 - h[-1] ** 2)) @ W_hh, h[:-1], W_hh)])


# %% id=accumulate style=generator mistakes="" origin="itertools user"
import itertools

def gradient_norm_by_lag(dh_T, h, W_hh):
    back = lambda g, h_t: (g * (1 - h_t * h_t)) @ W_hh
    return np.linalg.norm(list(itertools.accumulate(h[::-1], back, initial=dh_T)), axis=-1)


# %% id=hypot style=per-sample mistakes="" origin="C programmer"
import math

def gradient_norm_by_lag(dh_T, h, W_hh):
    T, B, H = h.shape
    norms = [[0.0] * B for _ in range(T + 1)]
    for b in range(B):
        g = list(dh_T[b])
        norms[0][b] = math.hypot(*g)
        for k in range(1, T + 1):
            d = [g[j] * (1 - h[T - k][b][j] ** 2) for j in range(H)]
            g = [sum(d[j] * W_hh[j][i] for j in range(H)) for i in range(H)]
            norms[k][b] = math.hypot(*g)
    return np.array(norms)


# %% id=own-buffer-in-place style=in-place mistakes="" origin="performance-minded"
def gradient_norm_by_lag(dh_T, h, W_hh):
    g = dh_T.copy()
    norms = np.empty((h.shape[0] + 1, h.shape[1]))
    np.sqrt(np.einsum("bh,bh->b", g, g), out=norms[0])
    slopes = 1 - h ** 2
    for k in range(h.shape[0]):
        g *= slopes[-1 - k]
        g[...] = g @ W_hh
        np.sqrt(np.einsum("bh,bh->b", g, g), out=norms[k + 1])
    return norms
