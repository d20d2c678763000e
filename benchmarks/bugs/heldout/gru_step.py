# %% id=update-the-other-way style=vectorised mistakes="u and 1 - u are exchanged" origin="ported from the original paper's convention"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    sig = lambda a: 1 / (1 + np.exp(-a))
    v = np.concatenate([h_prev, x_t], axis=1)
    r = sig(v @ W_r.T + b_r)
    z = sig(v @ W_u.T + b_u)
    n = np.tanh(x_t @ W_xn.T + b_xn + r * (h_prev @ W_hn.T + b_hn))
    return r, z, n, (1 - z) * h_prev + z * n


# %% id=reset-before style=loop mistakes="r is applied before the product with W_hn" origin="ported from the original paper"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    def sigmoid(a):
        return 0.5 * (1 + np.tanh(0.5 * a))

    hx = np.hstack((h_prev, x_t))
    r_t, u_t = (sigmoid(hx @ W.T + b) for W, b in ((W_r, b_r), (W_u, b_u)))
    candidate = x_t @ W_xn.T + b_xn
    candidate += (r_t * h_prev) @ W_hn.T + r_t * b_hn
    n_t = np.tanh(candidate)
    h_t = n_t + u_t * (h_prev - n_t)
    return r_t, u_t, n_t, h_t


# %% id=bias-outside-the-bracket style=layout mistakes="b_hn is not multiplied by r" origin="beginner"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    X, H = x_t.T, h_prev.T
    col = lambda b: b[:, None]
    V = np.vstack([H, X])
    R = 1 / (1 + np.exp(-(W_r @ V + col(b_r))))
    U = 1 / (1 + np.exp(-(W_u @ V + col(b_u))))
    N = np.tanh(W_xn @ X + col(b_xn) + R * (W_hn @ H) + col(b_hn))
    out = U * H + (1 - U) * N
    return R.T, U.T, N.T, out.T


# %% id=recurrent-candidate-untransposed style=einsum mistakes="W_hn is transposed" origin="beginner"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    v = np.concatenate([h_prev, x_t], axis=-1)
    a = np.einsum("bk,ghk->gbh", v, np.stack([W_r, W_u])) + np.stack([b_r, b_u])[:, None]
    r, u = 1 / (1 + np.exp(-a))
    m = np.einsum("bj,ji->bi", h_prev, W_hn) + b_hn
    n = np.tanh(np.einsum("bd,hd->bh", x_t, W_xn) + b_xn + r * m)
    return r, u, n, (1 - u) * n + u * h_prev


# %% id=gates-without-bias style=per-sample mistakes="b_r is left out" origin="beginner"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    sg = lambda a: 1 / (1 + np.exp(-a))
    results = []
    for x, h in zip(x_t, h_prev):
        v = np.r_[h, x]
        r = sg(W_r @ v)
        u = sg(W_u @ v + b_u)
        n = np.tanh(W_xn @ x + b_xn + r * (W_hn @ h + b_hn))
        results.append((r, u, n, (1 - u) * n + u * h))
    return tuple(np.array(part) for part in zip(*results))


# %% id=linear-candidate style=class mistakes="the tanh of the candidate is missing" origin="beginner"
class GRUCell:
    def __init__(self, **w):
        self.__dict__.update(w)

    def gate(self, which, v):
        return 1 / (1 + np.exp(-(v @ getattr(self, "W_" + which).T + getattr(self, "b_" + which))))

    def forward(self, x, h):
        v = np.concatenate([h, x], axis=1)
        r, u = self.gate("r", v), self.gate("u", v)
        n = x @ self.W_xn.T + self.b_xn + r * (h @ self.W_hn.T + self.b_hn)
        return r, u, n, (1 - u) * n + u * h


def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    cell = GRUCell(W_r=W_r, W_u=W_u, W_xn=W_xn, W_hn=W_hn, b_r=b_r, b_u=b_u, b_xn=b_xn, b_hn=b_hn)
    return cell.forward(x_t, h_prev)


# %% id=inputs-first style=vectorised mistakes="x is put before h" origin="ported from Keras"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    W = np.vstack([W_r, W_u])
    gates = np.column_stack([x_t, h_prev]) @ W.T + np.append(b_r, b_u)
    gates = 1 / (1 + np.exp(-gates))
    r_t, u_t = gates[:, : b_r.size], gates[:, b_r.size :]
    n_t = np.tanh(np.dot(x_t, W_xn.T) + b_xn + r_t * (np.dot(h_prev, W_hn.T) + b_hn))
    return r_t, u_t, n_t, u_t * h_prev + (1 - u_t) * n_t


# %% id=names-crossed-and-no-bias style=vectorised mistakes="r and u are exchanged; b_xn is left out" origin="beginner"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    s = lambda a: 1 / (1 + np.exp(-a))
    v = np.concatenate([h_prev, x_t], axis=1)
    u_t = s(v @ W_r.T + b_r)
    r_t = s(v @ W_u.T + b_u)
    n_t = np.tanh(x_t @ W_xn.T + r_t * (h_prev @ W_hn.T + b_hn))
    h_t = (1 - u_t) * n_t + u_t * h_prev
    return r_t, u_t, n_t, h_t


# %% id=reset-lost-and-flipped style=layout mistakes="r is left out of the candidate; u and 1 - u are exchanged" origin="ported from code with arrays (n_x, m)"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    xt, a_prev = x_t.T, h_prev.T
    concat = np.concatenate((a_prev, xt), axis=0)
    gamma_r = 1 / (1 + np.exp(-(np.dot(W_r, concat) + b_r.reshape(-1, 1))))
    gamma_u = 1 / (1 + np.exp(-(np.dot(W_u, concat) + b_u.reshape(-1, 1))))
    rec = np.dot(W_hn, a_prev) + b_hn.reshape(-1, 1)
    c_tilde = np.tanh(np.dot(W_xn, xt) + b_xn.reshape(-1, 1) + rec)
    a_t = gamma_u * c_tilde + (1 - gamma_u) * a_prev
    return gamma_r.T, gamma_u.T, c_tilde.T, a_t.T


# %% id=sigmoid-and-transposed style=loop mistakes="the candidate uses sigmoid instead of tanh; the recurrent part of W_u is transposed" origin="beginner"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    H = h_prev.shape[1]

    def sigma(z):
        return 1.0 / (1.0 + np.exp(-z))

    r = sigma(h_prev @ W_r[:, :H].T + x_t @ W_r[:, H:].T + b_r)
    u = sigma(h_prev @ W_u[:, :H] + x_t @ W_u[:, H:].T + b_u)
    h_part = h_prev @ W_hn.T + b_hn
    x_part = x_t @ W_xn.T + b_xn
    n = sigma(x_part + r * h_part)
    return r, u, n, (1 - u) * n + u * h_prev


# %% id=three-in-the-candidate style=vectorised mistakes="W_hn is transposed; b_hn is not multiplied by r; b_u is left out" origin="beginner"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    sg = lambda a: 0.5 * (1 + np.tanh(0.5 * a))
    v = np.concatenate([h_prev, x_t], 1)
    r = sg(v @ W_r.T + b_r)
    u = sg(v @ W_u.T)
    memory = h_prev @ W_hn
    memory = r * memory + b_hn
    n = np.tanh(x_t @ W_xn.T + b_xn + memory)
    h = u * h_prev + (1 - u) * n
    return r, u, n, h


# %% id=three-of-a-port style=framework mistakes="r and u are exchanged; u and 1 - u are exchanged; b_hn is left out" origin="ported from Keras, whose order is z r h"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    kernel = np.concatenate([W_r, W_u]).T
    bias = np.concatenate([b_r, b_u])
    z, r = np.split(1 / (1 + np.exp(-(np.hstack([h_prev, x_t]) @ kernel + bias))), 2, axis=1)
    recurrent_h = r * (h_prev @ W_hn.T)
    hh = np.tanh(x_t @ W_xn.T + b_xn + recurrent_h)
    h = z * hh + (1 - z) * h_prev
    return r, z, hh, h


# %% id=torch-chunks style=framework mistakes="" origin="ported from PyTorch"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    H = h_prev.shape[1]
    weight_ih = np.concatenate([W_r[:, H:], W_u[:, H:], W_xn])
    weight_hh = np.concatenate([W_r[:, :H], W_u[:, :H], W_hn])
    bias_ih = np.concatenate([b_r, b_u, b_xn])
    bias_hh = np.concatenate([0 * b_r, 0 * b_u, b_hn])
    i_r, i_z, i_n = np.split(x_t @ weight_ih.T + bias_ih, 3, axis=1)
    h_r, h_z, h_n = np.split(h_prev @ weight_hh.T + bias_hh, 3, axis=1)
    resetgate = 1 / (1 + np.exp(-(i_r + h_r)))
    updategate = 1 / (1 + np.exp(-(i_z + h_z)))
    newgate = np.tanh(i_n + resetgate * h_n)
    hy = newgate + updategate * (h_prev - newgate)
    return resetgate, updategate, newgate, hy


# %% id=columns-are-samples style=layout mistakes="" origin="ported from MATLAB"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    X = x_t.T
    H = h_prev.T
    V = np.r_[H, X, np.ones((1, X.shape[1]))]
    R = 1 / (1 + np.exp(-np.c_[W_r, b_r] @ V))
    U = 1 / (1 + np.exp(-np.c_[W_u, b_u] @ V))
    N = np.tanh(
        np.c_[W_xn, b_xn] @ V[H.shape[0] :] + R * (np.c_[W_hn, b_hn] @ np.delete(V, slice(len(H), len(V) - 1), axis=0))
    )
    return R.T, U.T, N.T, ((1 - U) * N + U * H).T


# %% id=unit-by-unit style=loop mistakes="" origin="beginner from C"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    B, D = x_t.shape
    H = h_prev.shape[1]
    r, u, n, h = (np.zeros((B, H)) for _ in range(4))
    for b in range(B):
        for j in range(H):
            ar, au, ax, ah = b_r[j], b_u[j], b_xn[j], b_hn[j]
            for k in range(H):
                ar += W_r[j, k] * h_prev[b, k]
                au += W_u[j, k] * h_prev[b, k]
                ah += W_hn[j, k] * h_prev[b, k]
            for k in range(D):
                ar += W_r[j, H + k] * x_t[b, k]
                au += W_u[j, H + k] * x_t[b, k]
                ax += W_xn[j, k] * x_t[b, k]
            r[b, j] = 1 / (1 + np.exp(-ar))
            u[b, j] = 1 / (1 + np.exp(-au))
            n[b, j] = np.tanh(ax + r[b, j] * ah)
            h[b, j] = (1 - u[b, j]) * n[b, j] + u[b, j] * h_prev[b, j]
    return r, u, n, h


# %% id=einsum-per-gate style=einsum mistakes="" origin="forum"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    lin = lambda a, W, b: np.einsum("bi,oi->bo", a, W) + np.broadcast_to(b, (len(a), len(b)))
    v = np.concatenate([h_prev, x_t], axis=1)
    r, u = (np.exp(-np.log1p(np.exp(-lin(v, W, b)))) for W, b in [(W_r, b_r), (W_u, b_u)])
    n = np.tanh(lin(x_t, W_xn, b_xn) + np.einsum("bh,bh->bh", r, lin(h_prev, W_hn, b_hn)))
    h = np.einsum("kbh,kbh->bh", np.stack([1 - u, u]), np.stack([n, h_prev]))
    return r, u, n, h


# %% id=own-buffers style=vectorised mistakes="" origin="written for speed"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    r = np.concatenate([h_prev, x_t], axis=1) @ W_r.T
    u = np.concatenate([h_prev, x_t], axis=1) @ W_u.T
    for gate, bias in ((r, b_r), (u, b_u)):
        gate += bias
        gate *= 0.5
        np.tanh(gate, out=gate)
        gate += 1
        gate *= 0.5
    n = h_prev @ W_hn.T
    n += b_hn
    n *= r
    n += x_t @ W_xn.T
    n += b_xn
    np.tanh(n, out=n)
    h = h_prev - n
    h *= u
    h += n
    return r, u, n, h
