# %% id=old-state-plus-correction style=vectorised mistakes="" origin="n + u (h - n), gates in one product"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    H = h_prev.shape[1]
    both = np.hstack([h_prev, x_t]) @ np.vstack([W_r, W_u]).T + np.hstack([b_r, b_u])
    gates = 0.5 * (1 + np.tanh(0.5 * both))
    r, u = gates[:, :H], gates[:, H:]
    n = np.tanh(x_t @ W_xn.T + b_xn + r * (h_prev @ W_hn.T + b_hn))
    return r, u, n, n + u * (h_prev - n)


# %% id=packed-three-gates style=class mistakes="" origin="ported from a framework: weight_ih and weight_hh of three gates"
class GRUCell:
    def __init__(self, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
        H = len(b_r)
        self.weight_ih = np.concatenate([W_r[:, H:], W_u[:, H:], W_xn])
        self.weight_hh = np.concatenate([W_r[:, :H], W_u[:, :H], W_hn])
        self.bias_ih = np.concatenate([b_r, b_u, b_xn])
        self.bias_hh = np.concatenate([np.zeros(2 * H), b_hn])

    @staticmethod
    def sigmoid(a):
        return np.exp(-np.logaddexp(0, -a))

    def forward(self, x, h):
        gi = x @ self.weight_ih.T + self.bias_ih
        gh = h @ self.weight_hh.T + self.bias_hh
        i_r, i_z, i_n = np.array_split(gi, 3, axis=1)
        h_r, h_z, h_n = np.array_split(gh, 3, axis=1)
        resetgate = self.sigmoid(i_r + h_r)
        updategate = self.sigmoid(i_z + h_z)
        newgate = np.tanh(i_n + resetgate * h_n)
        return resetgate, updategate, newgate, newgate * (1 - updategate) + updategate * h


def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    return GRUCell(W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn).forward(x_t, h_prev)


# %% id=scalar-loops style=loop mistakes="" origin="C programmer"
from math import exp, tanh


def logistic(a):
    return 1 / (1 + exp(-a)) if a >= 0 else 1 - 1 / (1 + exp(a))


def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    B, H = h_prev.shape
    D = x_t.shape[1]
    r, u, n, h = (np.zeros((B, H)) for _ in range(4))
    for b in range(B):
        v = [*h_prev[b], *x_t[b]]
        for j in range(H):
            r[b, j] = logistic(b_r[j] + sum(w * s for w, s in zip(W_r[j], v)))
            u[b, j] = logistic(b_u[j] + sum(w * s for w, s in zip(W_u[j], v)))
            memory = b_hn[j] + sum(W_hn[j, k] * h_prev[b, k] for k in range(H))
            news = b_xn[j] + sum(W_xn[j, d] * x_t[b, d] for d in range(D))
            n[b, j] = tanh(news + r[b, j] * memory)
            h[b, j] = (1 - u[b, j]) * n[b, j] + u[b, j] * h_prev[b, j]
    return r, u, n, h


# %% id=complement-gate style=columns mistakes="" origin="samples in columns, 1 - u as the sigmoid of the opposite"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    x, h = x_t.T, h_prev.T
    v = np.r_[h, x]
    col = lambda b: b[:, None]
    S = lambda a: (np.tanh(a / 2) + 1) / 2
    a_u = W_u @ v + col(b_u)
    r, u, not_u = S(W_r @ v + col(b_r)), S(a_u), S(-a_u)
    n = np.tanh(W_xn @ x + col(b_xn) + r * (W_hn @ h + col(b_hn)))
    return r.T, u.T, n.T, (not_u * n + u * h).T


# %% id=einsum-mixture style=einsum mistakes="" origin="the update as a mixture of two stacked states"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    H = b_r.size
    lin = lambda W, a: np.einsum("hj,bj->bh", W, a)

    def gate(W, b):
        a = lin(W[:, :H], h_prev) + lin(W[:, H:], x_t) + b
        e = np.exp(-abs(a))
        return np.where(a > 0, 1 / (1 + e), e / (1 + e))

    r_t, u_t = gate(W_r, b_r), gate(W_u, b_u)
    n_t = np.tanh(lin(W_xn, x_t) + b_xn + r_t * lin(W_hn, h_prev) + r_t * b_hn)
    h_t = np.einsum("sbh,sbh->bh", np.stack([1 - u_t, u_t]), np.stack([n_t, h_prev]))
    return r_t, u_t, n_t, h_t
