# %% id=one-block-matrix style=vectorised mistakes="" origin="folds input, state and a one into one vector"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    one = np.ones((x_t.shape[0], 1))
    v = np.hstack([x_t, h_prev, one])
    W = np.hstack([W_xh, W_hh, b_h.reshape(-1, 1)])
    return np.tanh(np.dot(v, W.transpose()))


# %% id=neuron-by-neuron style=loop mistakes="" origin="C programmer"
from math import tanh as _tanh


def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    B, D = x_t.shape
    H = h_prev.shape[1]
    out = np.empty((B, H))
    for b in range(B):
        for j in range(H):
            acc = float(b_h[j])
            for d in range(D):
                acc += W_xh[j, d] * x_t[b, d]
            for k in range(H):
                acc += W_hh[j, k] * h_prev[b, k]
            out[b, j] = _tanh(acc)
    return out


# %% id=tanh-by-expm1 style=vectorised mistakes="" origin="writes tanh out, without overflow"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    a = np.einsum("bd,hd->bh", x_t, W_xh)
    a += np.einsum("bk,hk->bh", h_prev, W_hh)
    a += b_h
    # tanh a = sign(a) (1 - e^{-2|a|}) / (1 + e^{-2|a|})
    e = np.expm1(-2.0 * np.abs(a))
    return np.copysign(-e / (2.0 + e), a)


# %% id=columns-inside style=columns mistakes="" origin="ported from code with samples in columns"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    """xt: (n_x, m), a_prev: (n_a, m), ba: (n_a, 1)"""
    xt, a_prev = x_t.T, h_prev.T
    Wax, Waa, ba = W_xh, W_hh, b_h[:, np.newaxis]
    a_next = np.tanh(np.dot(Waa, a_prev) + np.dot(Wax, xt) + ba)
    return a_next.T


# %% id=reduce-over-terms style=functional mistakes="" origin="functional programmer"
from functools import reduce
from operator import add

rnn_step = lambda x_t, h_prev, W_xh, W_hh, b_h: np.tanh(
    reduce(add, (np.inner(a, W) for a, W in ((x_t, W_xh), (h_prev, W_hh))), np.tile(b_h, (len(x_t), 1)))
)


# %% id=tanh-from-the-logistic style=class mistakes="" origin="tanh through the logistic function, stably"
class Zelle:
    """Eine Zelle mit ihren Gewichten."""

    def __init__(self, W_xh, W_hh, b_h):
        self.gewichte = {"ein": W_xh, "rück": W_hh}
        self.schwelle = b_h

    def __call__(self, eingang, zustand):
        summe = self.schwelle + eingang.dot(self.gewichte["ein"].T) + zustand.dot(self.gewichte["rück"].T)
        # log(1 + exp(-2a)) läuft nirgends über
        return 2 * np.exp(-np.logaddexp(0, -2 * summe)) - 1


def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    return Zelle(W_xh, W_hh, b_h)(x_t, h_prev)
