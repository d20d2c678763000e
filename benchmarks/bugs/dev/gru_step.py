# %% id=update-the-other-way style=vectorised mistakes="u and 1 - u are exchanged" origin="ported from another convention"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    s = lambda a: 1 / (1 + np.exp(-a))
    hx = np.hstack([h_prev, x_t])
    r, z = s(hx @ W_r.T + b_r), s(hx @ W_u.T + b_u)
    n = np.tanh(x_t @ W_xn.T + b_xn + r * (h_prev @ W_hn.T + b_hn))
    return r, z, n, (1 - z) * h_prev + z * n

# %% id=reset-first style=einsum mistakes="the reset gate is applied before the product" origin="the first paper's form"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    v = np.concatenate([h_prev, x_t], axis=1)
    r = 1 / (1 + np.exp(-np.einsum("bv,hv->bh", v, W_r) - b_r))
    u = 1 / (1 + np.exp(-np.einsum("bv,hv->bh", v, W_u) - b_u))
    n = np.tanh(np.einsum("bd,hd->bh", x_t, W_xn) + b_xn + np.einsum("bk,hk->bh", r * h_prev, W_hn) + b_hn)
    return r, u, n, u * h_prev + (1 - u) * n

# %% id=no-hidden-bias-sigmoid style=class mistakes="b_hn is left out; the candidate is a sigmoid" origin="beginner"
class GRUCell:
    def __init__(self, h):
        self.h = h

    @staticmethod
    def sig(a):
        return 1 / (1 + np.exp(-a))

    def __call__(self, x, Wr, Wu, Wxn, Whn, br, bu, bxn):
        v = np.concatenate([self.h, x], axis=1)
        r, u = self.sig(v @ Wr.T + br), self.sig(v @ Wu.T + bu)
        n = self.sig(x @ Wxn.T + bxn + r * (self.h @ Whn.T))
        return r, u, n, u * self.h + (1 - u) * n

def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    return GRUCell(h_prev)(x_t, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn)

# %% id=transposed-no-input-bias-old-state-whole style=per-sample mistakes="W_hn is transposed; b_xn is left out; the old state is not multiplied by u" origin="invented"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    out = []
    for x, h in zip(x_t, h_prev):
        v = np.concatenate([h, x])
        r = 1 / (1 + np.exp(-(W_r @ v + b_r)))
        u = 1 / (1 + np.exp(-(W_u @ v + b_u)))
        n = np.tanh(W_xn @ x + r * (W_hn.T @ h + b_hn))
        out.append((r, u, n, h + (1 - u) * n))
    return tuple(np.array(part) for part in zip(*out))

# %% id=interpolation style=vectorised mistakes="" origin="beginner"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    v = np.c_[h_prev, x_t]
    r, u = (0.5 + 0.5 * np.tanh(0.5 * (v.dot(W.T) + b)) for W, b in ((W_r, b_r), (W_u, b_u)))
    n = np.tanh(x_t.dot(W_xn.T) + b_xn + r * (h_prev.dot(W_hn.T) + b_hn))
    return r, u, n, n + u * (h_prev - n)

# %% id=columns style=layout mistakes="" origin="ported from column vectors"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    x, h = x_t.T, h_prev.T
    col = lambda b: b[:, np.newaxis]
    s = lambda W, b: 1 / (1 + np.exp(-(W @ np.vstack([h, x]) + col(b))))
    r, u = s(W_r, b_r), s(W_u, b_u)
    n = np.tanh(W_xn @ x + col(b_xn) + r * (W_hn @ h + col(b_hn)))
    return r.T, u.T, n.T, ((1 - u) * n + u * h).T

# %% id=torch-chunks style=framework mistakes="" origin="ported from torch's GRUCell"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    H = h_prev.shape[1]
    gi = x_t @ np.vstack([W_r[:, H:], W_u[:, H:], W_xn]).T + np.concatenate([b_r, b_u, b_xn])
    gh = h_prev @ np.vstack([W_r[:, :H], W_u[:, :H], W_hn]).T + np.concatenate([0 * b_r, 0 * b_u, b_hn])
    (i_r, i_u, i_n), (h_r, h_u, h_n) = np.split(gi, 3, axis=1), np.split(gh, 3, axis=1)
    reset, update = 1 / (1 + np.exp(-i_r - h_r)), 1 / (1 + np.exp(-i_u - h_u))
    new = np.tanh(i_n + reset * h_n)
    return reset, update, new, new + update * (h_prev - new)
