# %% id=explicit-jacobians style=einsum mistakes="" origin="the formula with the product of Jacobians"
def gradient_norm_by_lag(dh_T, h, W_hh):
    T, B, H = h.shape
    J = np.einsum("tbi,ij->tbij", 1 - h**2, W_hh)
    product = np.broadcast_to(np.eye(H), (B, H, H))
    lengths = [np.hypot.reduce(dh_T, axis=1)]
    for k in range(1, T + 1):
        product = np.einsum("bij,bjk->bik", product, J[T - k])
        lengths.append(np.linalg.norm(np.einsum("bi,bik->bk", dh_T, product), axis=-1))
    return np.array(lengths)

# %% id=accumulate-states style=functional mistakes="" origin="functional programmer"
from itertools import accumulate

def gradient_norm_by_lag(dh_T, h, W_hh):
    gs = accumulate(reversed(h), lambda g, s: (g - g * s * s).dot(W_hh), initial=dh_T)
    return np.sqrt(np.array([(g * g).sum(axis=1) for g in gs]))

# %% id=one-sample-at-a-time style=generator mistakes="" origin="beginner"
import math

def lengths(g, states, W):
    yield math.sqrt(sum(v * v for v in g))
    for s in states:
        g = W.T @ (np.diag(1 - s**2) @ g)
        yield math.sqrt(g @ g)

def gradient_norm_by_lag(dh_T, h, W_hh):
    columns = [list(lengths(g, h[::-1, b], W_hh)) for b, g in enumerate(dh_T)]
    return [list(row) for row in zip(*columns)]

# %% id=filled-from-the-bottom style=layout mistakes="" origin="ported from (n_a, m, T) code"
def gradient_norm_by_lag(dh_T, h, W_hh):
    a = np.moveaxis(h, 0, 2).swapaxes(0, 1)
    n_a, m, T_x = a.shape
    out = np.zeros((T_x + 1, m))
    da = dh_T.T
    out[T_x] = np.sqrt(np.sum(da**2, axis=0))
    for t in range(T_x - 1, -1, -1):
        da = np.dot(W_hh.T, da * (1 - a[:, :, t] ** 2))
        out[t] = np.sqrt(np.sum(da**2, axis=0))
    return np.flipud(out)

# %% id=tanh-has-no-slope style=loop mistakes="the derivative of tanh is missing" origin="linear RNN of the lecture"
def gradient_norm_by_lag(dh_T, h, W_hh):
    g = dh_T
    norms = [np.linalg.norm(g, axis=1)]
    for k in range(len(h)):
        s = h[len(h) - 1 - k]
        g = g @ W_hh
        norms.append(np.linalg.norm(g, axis=1))
    return np.stack(norms)

# %% id=states-in-forward-order style=vectorised mistakes="the states are read from the first to the last" origin="forgot to reverse"
def gradient_norm_by_lag(dh_T, h, W_hh):
    result = np.zeros((h.shape[0] + 1, h.shape[1]))
    result[0] = np.linalg.norm(dh_T, axis=-1)
    cur = dh_T.copy()
    for i, state in enumerate(h, start=1):
        cur = np.matmul(cur * (1 - state * state), W_hh)
        result[i] = np.linalg.norm(cur, axis=-1)
    return result

# %% id=squared-lengths style=einsum mistakes="the root of the norm is missing" origin="beginner"
def gradient_norm_by_lag(dh_T, h, W_hh):
    grads = [dh_T]
    for s in np.flip(h, axis=0):
        grads.append(np.einsum("bi,bi,ij->bj", grads[-1], 1 - s**2, W_hh))
    G = np.asarray(grads)
    sq = np.einsum("kbj,kbj->kb", G, G)
    return sq

# %% id=forward-matrix-abs-norm style=class mistakes="W_hh is transposed; the norm is the sum of absolute values" origin="beginner"
class Backpropagator:
    def __init__(self, W, grad):
        self.W, self.grad, self.log = W, grad, []

    def measure(self):
        self.log.append(np.abs(self.grad).sum(axis=1))

    def step(self, state):
        self.grad = (self.grad * (1 - state**2)).dot(self.W.T)

def gradient_norm_by_lag(dh_T, h, W_hh):
    bp = Backpropagator(W_hh, dh_T)
    bp.measure()
    for state in h[::-1]:
        bp.step(state)
        bp.measure()
    return np.array(bp.log)

# %% id=unsquared-slope-flipped-rows style=index mistakes="the derivative of tanh is 1 - h; the rows are in order of time instead of lag" origin="beginner"
def gradient_norm_by_lag(dh_T, h, W_hh):
    T, B = h.shape[:2]
    norms = np.empty((T + 1, B))
    d = dh_T
    for k in range(T + 1):
        norms[T - k] = np.sqrt(np.sum(d**2, axis=1))
        if k < T:
            d = (d * (1 - h[T - 1 - k])) @ W_hh
    return norms

# %% id=early-state-rms-transposed style=loop mistakes="the derivative is taken at the state one step earlier; the norm is a root mean square; W_hh is transposed" origin="invented"
def gradient_norm_by_lag(dh_T, h, W_hh):
    T, B, H = h.shape
    rows, dh = [np.sqrt((dh_T**2).mean(axis=1))], dh_T
    for t in reversed(range(T)):
        s = h[max(t - 1, 0)]
        back = np.zeros((B, H))
        for j in range(H):
            back += np.outer((dh * (1 - s**2))[:, j], W_hh[:, j])
        dh = back
        rows.append(np.sqrt((dh**2).mean(axis=1)))
    return np.array(rows)

# %% id=late-slope-largest-entry-forwards style=framework mistakes="the derivative of tanh is applied after W_hh instead of before; the norm is the largest absolute entry; the states are read from the first to the last" origin="invented"
def gradient_norm_by_lag(dh_T, h, W_hh):
    history, grad = [], dh_T

    def hook(g):
        history.append(np.linalg.norm(g, ord=np.inf, axis=1))

    hook(grad)
    for out in h:
        dtanh = 1 - np.square(out)
        grad = (grad @ W_hh) * dtanh
        hook(grad)
    return np.vstack(history)

# %% id=jacobian-not-turned style=per-sample mistakes="W_hh is not transposed in the Jacobian, so the gradient goes through the wrong side" origin="column-vector code, sample by sample"
def gradient_norm_by_lag(dh_T, h, W_hh):
    T, B, H = h.shape
    norms = np.zeros((T + 1, B))
    for b in range(B):
        v = dh_T[b]
        norms[0, b] = np.linalg.norm(v)
        for k in range(1, T + 1):
            v = W_hh @ (np.diag(1 - h[T - k, b] ** 2) @ v)
            norms[k, b] = np.linalg.norm(v)
    return norms

# %% id=product-then-slope style=vectorised mistakes="the derivative of tanh is applied after the product with W_hh instead of before it" origin="order of the chain"
def gradient_norm_by_lag(dh_T, h, W_hh):
    T = h.shape[0]
    d, norms = dh_T, [np.sqrt(np.sum(dh_T ** 2, axis=1))]
    for t in range(T - 1, -1, -1):
        d = np.dot(d, W_hh) * (1 - h[t] * h[t])
        norms.append(np.sqrt(np.sum(d ** 2, axis=1)))
    return np.stack(norms)

# %% id=tanh-once-more style=helper mistakes="the derivative of tanh is taken at h as if h were the pre-activation" origin="def dtanh(x) from a blog post"
def dtanh(x):
    return 1 - np.tanh(x) ** 2

def gradient_norm_by_lag(dh_T, h, W_hh):
    dh = dh_T.copy()
    result = [np.linalg.norm(dh, axis=-1)]
    for state in reversed(h):
        dh = (dh * dtanh(state)) @ W_hh
        result.append(np.linalg.norm(dh, axis=-1))
    return np.array(result)

# %% id=measured-at-delta style=einsum mistakes="the length of delta_h is measured, before W_hh" origin="dL/da for dL/dh"
def gradient_norm_by_lag(dh_T, h, W_hh):
    T, B, H = h.shape
    lengths = np.empty((T + 1, B))
    lengths[0] = np.sqrt(np.einsum("bh,bh->b", dh_T, dh_T))
    back = dh_T
    for k in range(T):
        delta = back * (1 - h[T - 1 - k] ** 2)
        back = np.einsum("bi,ij->bj", delta, W_hh)
        lengths[k + 1] = np.sqrt(np.einsum("bh,bh->b", delta, delta))
    return lengths

# %% id=mean-of-squares style=layout mistakes="the mean over the units is taken instead of the sum" origin="RMS, ported from (H, B) columns"
def gradient_norm_by_lag(dh_T, h, W_hh):
    g = dh_T.T
    states = np.transpose(h, (2, 1, 0))
    T = states.shape[2]
    rows = []
    for t in range(T, -1, -1):
        rows.append(np.sqrt(np.mean(g ** 2, axis=0)))
        if t > 0:
            a = states[:, :, t - 1]
            g = np.dot(W_hh.T, g * (1 - a ** 2))
    return np.vstack(rows)

# %% id=in-the-order-of-time style=lists mistakes="the rows are in the order of time, row 0 belongs to h0 instead of lag 0" origin="beginner"
def gradient_norm_by_lag(dh_T, h, W_hh):
    grads = [dh_T]
    for h_t in h[::-1]:
        grads.insert(0, (grads[0] * (1 - h_t ** 2)) @ W_hh)
    return np.linalg.norm(np.stack(grads), axis=2)

# %% id=always-from-the-end style=class mistakes="the gradient is not carried, every lag starts again from dh_T" origin="beginner"
class Lag:
    def __init__(self, W_hh):
        self.W = W_hh

    def back(self, grad, h_t):
        return (grad * (1 - np.square(h_t))) @ self.W

def gradient_norm_by_lag(dh_T, h, W_hh):
    lag = Lag(W_hh)
    T = len(h)
    norms = [np.linalg.norm(dh_T, axis=1)]
    grad = dh_T
    for k in range(1, T + 1):
        grad = lag.back(dh_T, h[T - k])
        norms.append(np.linalg.norm(grad, axis=1))
    return np.array(norms)

# %% id=one-state-early-and-squared style=loop mistakes="each lag reads the state one step too early, h[T - k - 1]; the root is forgotten, squared lengths are returned" origin="off by one"
def gradient_norm_by_lag(dh_T, h, W_hh):
    T, B, _ = h.shape
    out = np.zeros((T + 1, B))
    grad = dh_T
    for k in range(T + 1):
        out[k] = (grad ** 2).sum(axis=1)
        if k < T:
            grad = (grad * (1 - h[T - k - 2] ** 2)) @ W_hh
    return out

# %% id=sigmoid-slope-from-the-front style=functional mistakes="the derivative is that of sigmoid, h(1-h); the states are read from the first to the last" origin="beginner"
from itertools import accumulate

def gradient_norm_by_lag(dh_T, h, W_hh):
    slope = h * (1 - h)
    path = accumulate(slope, lambda g, s: (g * s) @ W_hh, initial=dh_T)
    return np.array([np.linalg.norm(g, axis=1) for g in path])

# %% id=linear-and-relative style=vectorised mistakes="the derivative of tanh is left out; the lengths are divided by the length at lag 0" origin="plot of relative norms"
def gradient_norm_by_lag(dh_T, h, W_hh):
    norms = [np.linalg.norm(dh_T, axis=1)]
    dh_t = dh_T
    for h_t in h[::-1]:
        dh_t = dh_t @ W_hh
        norms.append(np.linalg.norm(dh_t, axis=1))
    norms = np.array(norms)
    return norms / norms[0]

# %% id=slope-unsquared-l1-turned style=dictionary mistakes="the square of h is missing in the derivative; the absolute values are summed instead of the root of the squares; W_hh is transposed" origin="beginner"
def gradient_norm_by_lag(dh_T, h, W_hh):
    T = h.shape[0]
    dh = {T: dh_T}
    for t in range(T, 0, -1):
        delta = dh[t] * (1 - h[t - 1])
        dh[t - 1] = np.matmul(delta, W_hh.T)
    return np.array([np.abs(dh[T - k]).sum(axis=1) for k in range(T + 1)])

# %% id=output-everywhere-batch-length-missing-slope style=loop mistakes="dh_T is added again at every step; the length is taken over the whole batch; the last state's derivative is skipped" origin="invented"
def gradient_norm_by_lag(dh_T, h, W_hh):
    T, B, H = h.shape
    norms = np.zeros((T + 1, B))
    dh_next = dh_T
    for k in range(T + 1):
        norms[k, :] = np.linalg.norm(dh_next)
        if k == T:
            break
        t = T - 1 - k
        slope = 1 - h[t] ** 2 if t < T - 1 else np.ones((B, H))
        dh_next = (dh_next * slope) @ W_hh
        dh_next = dh_next + dh_T
    return norms
