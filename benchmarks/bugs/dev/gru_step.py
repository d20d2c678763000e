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

# %% id=lists-and-math style=loop mistakes="" origin="beginner without NumPy"
from math import exp, tanh

def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    dot = lambda row, v: sum(w * s for w, s in zip(row, v))
    rs, us, ns, hs = [], [], [], []
    for x, h in zip(x_t.tolist(), h_prev.tolist()):
        v, units = h + x, range(len(h))
        r = [1 / (1 + exp(-dot(W_r[j], v) - b_r[j])) for j in units]
        u = [1 / (1 + exp(-dot(W_u[j], v) - b_u[j])) for j in units]
        n = [tanh(dot(W_xn[j], x) + b_xn[j] + r[j] * (dot(W_hn[j], h) + b_hn[j])) for j in units]
        rs.append(r)
        us.append(u)
        ns.append(n)
        hs.append([u[j] * h[j] + (1 - u[j]) * n[j] for j in units])
    return rs, us, ns, hs

# %% id=module-with-buffers style=class mistakes="" origin="ported from a cell class"
class GRUCell:
    def __init__(self, **weights):
        self.__dict__.update(weights)

    def gate(self, name, v):
        a = v @ getattr(self, "W_" + name).T + getattr(self, "b_" + name)
        return np.where(a >= 0, 1, np.exp(-abs(a))) / (1 + np.exp(-abs(a)))

    def forward(self, x, h):
        self.reset, self.update = (self.gate(k, np.append(h, x, axis=1)) for k in "ru")
        inner = h @ self.W_hn.T + self.b_hn
        inner *= self.reset
        inner += x @ self.W_xn.T + self.b_xn
        self.new = np.tanh(inner)
        return self.update * h + self.new - self.update * self.new

def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    cell = GRUCell(W_r=W_r, W_u=W_u, W_xn=W_xn, W_hn=W_hn, b_r=b_r, b_u=b_u, b_xn=b_xn, b_hn=b_hn)
    h_t = cell.forward(x_t, h_prev)
    return cell.reset, cell.update, cell.new, h_t

# %% id=keras-other-gate style=framework mistakes="" origin="ported from a form with z = 1 - u"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    H = h_prev.shape[1]
    hard = lambda a: np.exp(-np.logaddexp(0, -a))
    r = hard(np.inner(h_prev, W_r[:, :H]) + np.inner(x_t, W_r[:, H:]) + b_r)
    z = hard(-(np.inner(h_prev, W_u[:, :H]) + np.inner(x_t, W_u[:, H:]) + b_u))
    n = np.tanh(np.inner(x_t, W_xn) + b_xn + r * np.inner(h_prev, W_hn) + r * b_hn)
    h = z * n + (1 - z) * h_prev
    return r, 1 - z, n, h

# %% id=averaged-by-einsum style=einsum mistakes="" origin="physicist"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    v = np.block([[h_prev, x_t]])
    gates = np.einsum("khv,bv->kbh", np.array([W_r, W_u]), v) + np.array([b_r, b_u])[:, None]
    r, u = (np.tanh(gates / 2) + 1) / 2
    m = np.einsum("bj,hj->bh", h_prev, W_hn) + b_hn
    n = np.tanh(np.einsum("bd,hd->bh", x_t, W_xn) + b_xn + np.einsum("bh,bh->bh", r, m))
    h = np.einsum("kbh,kbh->bh", np.array([1 - u, u]), np.array([n, h_prev]))
    return r, u, n, h

# %% id=reset-at-the-input style=vectorised mistakes="r multiplies the input term instead of the recurrent term" origin="beginner"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    σ = lambda a: 1 / (1 + np.exp(-a))
    hx = np.concatenate([h_prev, x_t], axis=-1)
    r = σ(hx @ W_r.T + b_r)
    u = σ(hx @ W_u.T + b_u)
    from_x, from_h = x_t @ W_xn.T + b_xn, h_prev @ W_hn.T + b_hn
    n = np.tanh(r * from_x + from_h)
    return r, u, n, (1 - u) * n + u * h_prev

# %% id=update-gate-with-tanh style=helper mistakes="u uses tanh instead of sigmoid" origin="copied line"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def affine(v, W, b):
    return np.dot(v, W.T) + b

def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    v_t = np.hstack((h_prev, x_t))
    r_t = sigmoid(affine(v_t, W_r, b_r))
    u_t = np.tanh(affine(v_t, W_u, b_u))
    n_t = np.tanh(affine(x_t, W_xn, b_xn) + r_t * affine(h_prev, W_hn, b_hn))
    h_t = n_t - u_t * n_t + u_t * h_prev
    return r_t, u_t, n_t, h_t

# %% id=new-part-whole style=layout mistakes="the candidate is not multiplied by 1 - u" origin="ported from column vectors"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    X, A = x_t.T, h_prev.T
    b_r, b_u, b_xn, b_hn = (b.reshape(-1, 1) for b in (b_r, b_u, b_xn, b_hn))
    V = np.concatenate((A, X))
    G_r = 1 / (1 + np.exp(-(W_r @ V + b_r)))
    G_u = 1 / (1 + np.exp(-(W_u @ V + b_u)))
    N = np.tanh(W_xn @ X + b_xn + G_r * (W_hn @ A + b_hn))
    A_next = G_u * A + N
    return G_r.T, G_u.T, N.T, A_next.T

# %% id=bias-of-the-neighbour-no-bracket style=per-sample mistakes="b_r is used for u; b_hn is not multiplied by r" origin="beginner"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    B, H = h_prev.shape
    r_t, u_t, n_t, h_t = np.zeros((4, B, H))
    for s in range(B):
        v = np.append(h_prev[s], x_t[s])
        r_t[s] = 1 / (1 + np.exp(-(W_r @ v + b_r)))
        u_t[s] = 1 / (1 + np.exp(-(W_u @ v + b_r)))
        n_t[s] = np.tanh(W_xn @ x_t[s] + b_xn + r_t[s] * (W_hn @ h_prev[s]) + b_hn)
        h_t[s] = (1 - u_t[s]) * n_t[s] + u_t[s] * h_prev[s]
    return r_t, u_t, n_t, h_t

# %% id=reset-from-input-alone-minus-candidate style=functional mistakes="r is made of x_t alone; the recurrent term of the candidate has the wrong sign" origin="invented"
from functools import partial

def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    H = h_prev.shape[1]
    gate = lambda h, W, b: 1 / (1 + np.exp(-(h @ W[:, :H].T + x_t @ W[:, H:].T + b)))
    seen = partial(gate, h_prev)
    r, u = 1 / (1 + np.exp(-(x_t @ W_r[:, H:].T + b_r))), seen(W_u, b_u)
    n = np.tanh(x_t @ W_xn.T + b_xn - r * (h_prev @ W_hn.T + b_hn))
    return r, u, n, u * h_prev + (1 - u) * n

# %% id=swapped-weights-double-bias-bare style=stacked mistakes="r and u are exchanged; b_xn is added twice; the tanh of the candidate is missing" origin="ported from a fused kernel, z before r"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    W, b = np.vstack([W_u, W_r]), np.concatenate([b_u, b_r])
    zr = 1 / (1 + np.exp(-(np.c_[h_prev, x_t] @ W.T + b)))
    r, u = np.split(zr, 2, axis=1)
    pre = x_t @ W_xn.T + b_xn
    pre = pre + r * (h_prev @ W_hn.T + b_hn) + b_xn
    n = pre
    return r, u, n, u * h_prev + (1 - u) * n

# %% id=no-update-bias-relu-exchanged-shares style=class mistakes="b_u is left out; the candidate uses ReLU instead of tanh; u and 1 - u are exchanged" origin="ported from another convention"
class Cell:
    relu = staticmethod(lambda a: a * (a > 0))
    tanh = staticmethod(np.tanh)

    def __init__(self, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
        self.Wr, self.Wz, self.Wx, self.Wh = W_r.T, W_u.T, W_xn.T, W_hn.T
        self.br, self.bz, self.bx, self.bh = b_r, b_u, b_xn, b_hn

    def __call__(self, x, h):
        both = np.column_stack((h, x))
        r = 1 / (1 + np.exp(-both @ self.Wr - self.br))
        z = 1 / (1 + np.exp(-both @ self.Wz))
        n = self.relu(x @ self.Wx + self.bx + r * (h @ self.Wh + self.bh))
        h = (1 - z) * h + z * n
        return r, z, n, h

def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    return Cell(W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn)(x_t, h_prev)

# %% id=reset-gate-computed-but-idle style=vectorised mistakes="the candidate does not use the reset gate" origin="beginner"
def sig(z):
    return 1 / (1 + np.exp(-z))

def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    hx = np.concatenate((h_prev, x_t), axis=1)
    r = sig(np.dot(hx, W_r.T) + b_r)
    u = sig(np.dot(hx, W_u.T) + b_u)
    n = np.tanh(np.dot(x_t, W_xn.T) + b_xn + np.dot(h_prev, W_hn.T) + b_hn)
    h = (1 - u) * n + u * h_prev
    return r, u, n, h

# %% id=reset-over-the-whole-sum style=einsum mistakes="r multiplies the input part of the candidate too" origin="misplaced bracket"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    logistic = lambda a: 0.5 + 0.5 * np.tanh(0.5 * a)
    v = np.concatenate([h_prev, x_t], axis=1)
    r = logistic(np.einsum("bv,hv->bh", v, W_r) + b_r)
    u = logistic(np.einsum("bv,hv->bh", v, W_u) + b_u)
    from_x = np.einsum("bd,hd->bh", x_t, W_xn) + b_xn
    from_h = np.einsum("bj,hj->bh", h_prev, W_hn) + b_hn
    n = np.tanh(r * (from_x + from_h))
    h_t = n - u * n + u * h_prev
    return r, u, n, h_t

# %% id=recurrent-weights-the-other-way style=loop mistakes="W_hn is transposed" origin="beginner"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    B, H = h_prev.shape
    D = x_t.shape[1]
    r_t, u_t, n_t, h_t = np.zeros((4, B, H))
    for b in range(B):
        for k in range(H):
            ar, au, an, m = b_r[k], b_u[k], b_xn[k], b_hn[k]
            for j in range(H):
                ar += W_r[k, j] * h_prev[b, j]
                au += W_u[k, j] * h_prev[b, j]
                m += W_hn[j, k] * h_prev[b, j]
            for d in range(D):
                ar += W_r[k, H + d] * x_t[b, d]
                au += W_u[k, H + d] * x_t[b, d]
                an += W_xn[k, d] * x_t[b, d]
            r_t[b, k] = 1 / (1 + np.exp(-ar))
            u_t[b, k] = 1 / (1 + np.exp(-au))
            n_t[b, k] = np.tanh(an + r_t[b, k] * m)
            h_t[b, k] = (1 - u_t[b, k]) * n_t[b, k] + u_t[b, k] * h_prev[b, k]
    return r_t, u_t, n_t, h_t

# %% id=update-gate-reads-input-first style=helper mistakes="x comes before h in what the update gate reads" origin="beginner"
def gate(parts, W, b):
    z = np.concatenate(parts, axis=1) @ W.T + b
    return 1.0 / (1.0 + np.exp(-z))

def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    r_t = gate((h_prev, x_t), W_r, b_r)
    u_t = gate((x_t, h_prev), W_u, b_u)
    recurrent = h_prev @ W_hn.T + b_hn
    n_t = np.tanh(x_t @ W_xn.T + b_xn + r_t * recurrent)
    h_t = u_t * h_prev + (1 - u_t) * n_t
    return r_t, u_t, n_t, h_t

# %% id=reset-state-is-what-stays style=framework mistakes="the old state is multiplied by r in the last line, u * (r * h_prev)" origin="GRU cell half remembered"
class GRUCell:
    def __init__(self, gates, to_n, biases):
        (self.W_r, self.W_u), (self.W_xn, self.W_hn) = gates, to_n
        self.b_r, self.b_u, self.b_xn, self.b_hn = biases

    def __call__(self, x, h):
        sigmoid = lambda a: 1 / (1 + np.exp(-a))
        v = np.concatenate((h, x), 1)
        resetgate = sigmoid(v @ self.W_r.T + self.b_r)
        inputgate = sigmoid(v @ self.W_u.T + self.b_u)
        i_n = x @ self.W_xn.T + self.b_xn
        h_n = h @ self.W_hn.T + self.b_hn
        newgate = np.tanh(i_n + resetgate * h_n)
        hy = newgate + inputgate * (resetgate * h - newgate)
        return resetgate, inputgate, newgate, hy

def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    return GRUCell((W_r, W_u), (W_xn, W_hn), (b_r, b_u, b_xn, b_hn))(x_t, h_prev)

# %% id=input-bias-of-n-missing style=layout mistakes="b_xn is left out" origin="column vectors"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    xt, a_prev = x_t.T, h_prev.T
    concat = np.vstack((a_prev, xt))
    col = lambda b: b.reshape(-1, 1)
    gamma_r = 1 / (1 + np.exp(-(W_r @ concat + col(b_r))))
    gamma_u = 1 / (1 + np.exp(-(W_u @ concat + col(b_u))))
    c_tilde = np.tanh(W_xn @ xt + gamma_r * (W_hn @ a_prev + col(b_hn)))
    a_next = gamma_u * a_prev + (1 - gamma_u) * c_tilde
    return gamma_r.T, gamma_u.T, c_tilde.T, a_next.T

# %% id=gates-swapped-in-the-stack style=stacked mistakes="r and u are swapped" origin="order of the stack"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    W = np.concatenate([W_u, W_r])
    b = np.concatenate([b_u, b_r])
    ru = 1 / (1 + np.exp(-(np.hstack([h_prev, x_t]) @ W.T + b)))
    r_t, u_t = np.split(ru, 2, axis=1)
    n_t = np.tanh(x_t @ W_xn.T + b_xn + r_t * (h_prev @ W_hn.T + b_hn))
    h_t = (1 - u_t) * n_t + u_t * h_prev
    return r_t, u_t, n_t, h_t

# %% id=reset-one-minus-and-raw-candidate style=per-sample mistakes="the candidate uses 1 - r instead of r; the candidate n has no tanh" origin="beginner"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    out = []
    for x, h in zip(x_t, h_prev):
        v = np.append(h, x)
        r = 1 / (1 + np.exp(-(W_r @ v + b_r)))
        u = 1 / (1 + np.exp(-(W_u @ v + b_u)))
        m = W_hn @ h + b_hn
        n = W_xn @ x + b_xn + (1 - r) * m
        out.append((r, u, n, (1 - u) * n + u * h))
    r_t, u_t, n_t, h_t = (np.stack(parts) for parts in zip(*out))
    return r_t, u_t, n_t, h_t

# %% id=borrowed-update-weights-and-blended-product style=vectorised mistakes="the update gate uses W_r; h_t mixes n with W_hn h_prev + b_hn instead of h_prev" origin="copy and paste"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    s = lambda a: 1 / (1 + np.exp(-a))
    v_t = np.concatenate([h_prev, x_t], axis=1)
    r_t = s(v_t @ W_r.T + b_r)
    u_t = s(v_t @ W_r.T + b_u)
    h_lin = h_prev @ W_hn.T + b_hn
    n_t = np.tanh(x_t @ W_xn.T + b_xn + r_t * h_lin)
    h_t = (1 - u_t) * n_t + u_t * h_lin
    return r_t, u_t, n_t, h_t

# %% id=reset-seen-by-u-and-no-b-r style=dictionary mistakes="the update gate sees r * h_prev instead of h_prev; b_r is left out" origin="order of the equations misread"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    cache = {}
    squash = lambda a: 1 / (1 + np.exp(-a))
    cache["r"] = squash(np.concatenate([h_prev, x_t], axis=1) @ W_r.T)
    cache["u"] = squash(np.concatenate([cache["r"] * h_prev, x_t], axis=1) @ W_u.T + b_u)
    cache["m"] = h_prev @ W_hn.T + b_hn
    cache["n"] = np.tanh(x_t @ W_xn.T + b_xn + cache["r"] * cache["m"])
    cache["h"] = (1 - cache["u"]) * cache["n"] + cache["u"] * h_prev
    return cache["r"], cache["u"], cache["n"], cache["h"]

# %% id=sign-in-exp-bias-outside-shares style=class mistakes="the sigmoid lacks the minus sign in exp; b_hn stands outside the bracket that r multiplies; n is multiplied by u and h_prev by 1 - u" origin="Cho et al. read quickly"
class GRU:
    def __init__(self, *weights):
        self.W_r, self.W_u, self.W_xn, self.W_hn, self.b_r, self.b_u, self.b_xn, self.b_hn = weights

    def sigmoid(self, a):
        return 1 / (1 + np.exp(a))

    def step(self, x, h):
        v = np.hstack([h, x])
        z = self.sigmoid(v @ self.W_u.T + self.b_u)
        r = self.sigmoid(v @ self.W_r.T + self.b_r)
        n = np.tanh(x @ self.W_xn.T + self.b_xn + r * (h @ self.W_hn.T) + self.b_hn)
        return r, z, n, (1 - z) * h + z * n

def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    return GRU(W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn).step(x_t, h_prev)

# %% id=state-only-update-logistic-candidate-minus style=split-weights mistakes="the update gate leaves out x_t; the candidate uses sigmoid instead of tanh; b_xn is subtracted" origin="beginner"
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    H = len(b_r)
    W_hr, W_xr = W_r[:, :H], W_r[:, H:]
    W_hu, W_xu = W_u[:, :H], W_u[:, H:]
    sigmoid = lambda a: 1 / (1 + np.exp(-a))
    r_t = sigmoid(h_prev @ W_hr.T + x_t @ W_xr.T + b_r)
    u_t = sigmoid(h_prev @ W_hu.T + b_u)
    a_n = x_t @ W_xn.T - b_xn
    n_t = sigmoid(a_n + r_t * (h_prev @ W_hn.T + b_hn))
    h_t = (1 - u_t) * n_t + u_t * h_prev
    return r_t, u_t, n_t, h_t
