# %% id=one-big-matrix-of-gates style=vectorised mistakes="" origin="all four gates in one product"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    W = np.vstack((W_f, W_i, W_o, W_c))
    b = np.hstack((b_f, b_i, b_o, b_c))
    a = np.hstack((h_prev, x_t)) @ W.T + b
    H = h_prev.shape[1]
    gates = 0.5 + 0.5 * np.tanh(0.5 * a[:, : 3 * H])
    f, i, o = np.split(gates, 3, axis=1)
    c_t = f * c_prev + i * np.tanh(a[:, 3 * H :])
    return o * np.tanh(c_t), c_t


# %% id=halves-of-each-weight style=einsum mistakes="" origin="weights cut into a state and an input part"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    n = len(b_f)

    def linear(W, b):
        return np.einsum("bk,hk->bh", h_prev, W[:, :n]) + np.einsum("bd,hd->bh", x_t, W[:, n:]) + b

    def σ(a):
        e = np.exp(-np.abs(a))
        return np.where(a >= 0, 1, e) / (1 + e)

    keep, write, show = σ(linear(W_f, b_f)), σ(linear(W_i, b_i)), σ(linear(W_o, b_o))
    cell = keep * c_prev + write * np.tanh(linear(W_c, b_c))
    return show * np.tanh(cell), cell


# %% id=unit-loops-with-math style=loop mistakes="" origin="C programmer"
import math


def sig(a):
    return 1.0 / (1.0 + math.exp(-a)) if a > 0 else math.exp(a) / (math.exp(a) + 1.0)


def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    B, H = h_prev.shape
    h_t, c_t = np.zeros((B, H)), np.zeros((B, H))
    for s in range(B):
        v = list(h_prev[s]) + list(x_t[s])
        for j in range(H):
            af, ai, ac, ao = b_f[j], b_i[j], b_c[j], b_o[j]
            for k in range(len(v)):
                af += W_f[j, k] * v[k]
                ai += W_i[j, k] * v[k]
                ac += W_c[j, k] * v[k]
                ao += W_o[j, k] * v[k]
            c_t[s, j] = sig(af) * c_prev[s, j] + sig(ai) * math.tanh(ac)
            h_t[s, j] = sig(ao) * math.tanh(c_t[s, j])
    return h_t, c_t


# %% id=parameters-in-a-dict style=columns mistakes="" origin="ported from code with samples in columns"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    parameters = {"Wf": W_f, "Wi": W_i, "Wc": W_c, "Wo": W_o, "bf": b_f, "bi": b_i, "bc": b_c, "bo": b_o}
    xt, a_prev, c_before = x_t.T, h_prev.T, c_prev.T
    n_x, m = xt.shape
    n_a = a_prev.shape[0]
    concat = np.zeros((n_a + n_x, m))
    concat[:n_a, :] = a_prev
    concat[n_a:, :] = xt
    act = {g: np.dot(parameters["W" + g], concat) + parameters["b" + g][:, None] for g in "fico"}
    ft, it, ot = (np.exp(-np.logaddexp(0, -act[g])) for g in "fio")
    cct = np.tanh(act["c"])
    c_next = np.add(ft * c_before, it * cct)
    a_next = ot * np.tanh(c_next)
    return a_next.T, c_next.T


# %% id=gates-memoised style=class mistakes="" origin="lazy gates with cached_property"
from functools import cached_property


class Step:
    def __init__(self, v, c_prev, **p):
        self.v, self.c_prev, self.p = v, c_prev, p

    def _a(self, k):
        return self.v.dot(self.p["W_" + k].T) + self.p["b_" + k]

    f = cached_property(lambda self: (1 + np.tanh(self._a("f") / 2)) / 2)
    i = cached_property(lambda self: (1 + np.tanh(self._a("i") / 2)) / 2)
    o = cached_property(lambda self: (1 + np.tanh(self._a("o") / 2)) / 2)

    @cached_property
    def candidate(self):
        return np.tanh(self._a("c"))

    @cached_property
    def c(self):
        return self.f * self.c_prev + self.i * self.candidate

    @cached_property
    def h(self):
        return self.o * np.tanh(self.c)


def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    weights = dict(W_f=W_f, W_i=W_i, W_c=W_c, W_o=W_o, b_f=b_f, b_i=b_i, b_c=b_c, b_o=b_o)
    step = Step(np.append(h_prev, x_t, axis=1), c_prev, **weights)
    return step.h, step.c


# %% id=stacked-tensor-of-four style=in-place mistakes="" origin="a (4, B, H) array, activated in place"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    v = np.concatenate((h_prev, x_t), axis=-1)
    a = np.stack([v @ W.T for W in (W_f, W_i, W_o, W_c)])
    a += np.stack([b_f, b_i, b_o, b_c])[:, None, :]
    a[:3] *= 0.5  # sigmoid(a) = (1 + tanh(a / 2)) / 2
    np.tanh(a, out=a)
    a[:3] += 1
    a[:3] *= 0.5
    f, i, o, g = a
    c = f * c_prev
    c += i * g
    return np.tanh(c) * o, c
