# %% id=everything-stacked-first style=vectorised mistakes="" origin="gates of all steps at once, weight gradients by tensordot"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    T, B, H = h.shape
    s = lambda a: 0.5 * (1 + np.tanh(0.5 * a))
    past = np.concatenate([h0[None], h[:-1]])
    v = np.concatenate([past, x], axis=2)
    r, u, m = s(v @ W_r.T + b_r), s(v @ W_u.T + b_u), past @ W_hn.T + b_hn
    n = np.tanh(x @ W_xn.T + b_xn + r * m)
    to_n = (1 - u) * (1 - n**2)
    to_r, to_u = to_n * m * r * (1 - r), (past - n) * u * (1 - u)
    total = dh.copy()
    for t in range(T - 1, 0, -1):
        g = total[t]
        total[t - 1] += (
            g * u[t] + (g * to_r[t]) @ W_r[:, :H] + (g * to_u[t]) @ W_u[:, :H] + (g * to_n[t] * r[t]) @ W_hn
        )
    d_r, d_u, d_n = total * to_r, total * to_u, total * to_n
    d_m = d_n * r
    dh0 = total[0] * u[0] + d_r[0] @ W_r[:, :H] + d_u[0] @ W_u[:, :H] + d_m[0] @ W_hn
    dx = d_r @ W_r[:, H:] + d_u @ W_u[:, H:] + d_n @ W_xn
    over = lambda d, into: np.tensordot(d, into, axes=[(0, 1), (0, 1)])
    weights = over(d_r, v), over(d_u, v), over(d_n, x), over(d_m, past)
    return dx, dh0, *weights, *(d.sum(axis=(0, 1)) for d in (d_r, d_u, d_n, d_m))


# %% id=topological-tape style=framework mistakes="" origin="ported from a small autograd engine"
class T_:
    def __init__(self, value, back=()):
        self.value, self.back, self.grad = value, back, 0.0

    def __add__(self, o):
        fit = lambda g, like: g if np.ndim(g) == np.ndim(like) else g.sum(0)
        return T_(self.value + o.value, ((self, lambda g: fit(g, self.value)), (o, lambda g: fit(g, o.value))))

    def __mul__(self, o):
        return T_(self.value * o.value, ((self, lambda g: g * o.value), (o, lambda g: g * self.value)))

    def linear(self, W):  # self @ W.T
        return T_(self.value @ W.value.T, ((self, lambda g: g @ W.value), (W, lambda g: g.T @ self.value)))

    def tanh(self):
        y = np.tanh(self.value)
        return T_(y, ((self, lambda g: g * (1 - y * y)),))

    def sigmoid(self):
        y = 0.5 * (1 + np.tanh(0.5 * self.value))
        return T_(y, ((self, lambda g: g * y * (1 - y)),))

    def complement(self):
        return T_(1 - self.value, ((self, lambda g: -g),))


def beside(a, b):
    n = a.value.shape[1]
    return T_(np.hstack([a.value, b.value]), ((a, lambda g: g[:, :n]), (b, lambda g: g[:, n:])))


def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    P = [T_(p) for p in (W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn)]
    Wr, Wu, Wxn, Whn, br, bu, bxn, bhn = P
    arriving = np.zeros_like(h0)
    dx = np.zeros_like(x)
    for t in range(len(x))[::-1]:
        xt, hp = T_(x[t]), T_(h[t - 1] if t else h0)
        v = beside(hp, xt)
        r = (v.linear(Wr) + br).sigmoid()
        u = (v.linear(Wu) + bu).sigmoid()
        n = (xt.linear(Wxn) + bxn + r * (hp.linear(Whn) + bhn)).tanh()
        out = u.complement() * n + u * hp
        nodes, done = [], set()

        def walk(node):
            if id(node) in done:
                return
            done.add(id(node))
            for parent, _ in node.back:
                walk(parent)
            nodes.append(node)

        walk(out)
        out.grad = dh[t] + arriving
        for node in nodes[::-1]:
            for parent, vjp in node.back:
                parent.grad = parent.grad + vjp(node.grad)
        dx[t], arriving = xt.grad, hp.grad
    return dx, arriving, *(p.grad for p in P)


# %% id=jacobian-of-each-step style=einsum mistakes="" origin="an explicit Jacobian dh_t / dh_prev for each sample"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    T, B, H = h.shape
    σ = lambda a: np.exp(-np.logaddexp(0.0, -a))
    out = dict(r=0.0, u=0.0, xn=0.0, hn=0.0, br=0.0, bu=0.0, bxn=0.0, bhn=0.0)
    dx = np.empty(x.shape)
    g = np.zeros((B, H))
    for t in reversed(range(T)):
        hp = h0 if t == 0 else h[t - 1]
        v = np.concatenate((hp, x[t]), axis=1)
        r, u = σ(v @ W_r.T + b_r), σ(v @ W_u.T + b_u)
        m = hp @ W_hn.T + b_hn
        n = np.tanh(x[t] @ W_xn.T + b_xn + r * m)
        p = (1 - u) * (1 - n * n)  # dh/d(pre-activation of n)
        q = p * m * r * (1 - r)
        w = (hp - n) * u * (1 - u)
        J_v = q[:, :, None] * W_r + w[:, :, None] * W_u  # (B, H, H + D)
        J_h = J_v[:, :, :H] + (p * r)[:, :, None] * W_hn + u[:, :, None] * np.eye(H)
        J_x = J_v[:, :, H:] + p[:, :, None] * W_xn
        g = g + dh[t]
        for name, d, into in (("r", q, v), ("u", w, v), ("xn", p, x[t]), ("hn", p * r, hp)):
            out[name] = out[name] + np.einsum("bh,bh,bj->hj", g, d, into)
            out["b" + name] = out["b" + name] + np.einsum("bh,bh->h", g, d)
        dx[t] = np.einsum("bh,bhd->bd", g, J_x)
        g = np.einsum("bh,bhk->bk", g, J_h)
    return (dx, g, *out.values())


# %% id=columns-and-cache style=columns mistakes="" origin="forward again with a cache, samples in columns"
def sigmoid(a):
    return 0.5 * (1 + np.tanh(0.5 * a))


def gru_cell_cache(xt, hp, Wr, Wu, Wx, Wh, br, bu, bx, bh):
    z = np.concatenate((hp, xt), axis=0)
    r, u = sigmoid(Wr @ z + br), sigmoid(Wu @ z + bu)
    m = Wh @ hp + bh
    return z, r, u, m, np.tanh(Wx @ xt + bx + r * m)


def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    H = h0.shape[1]
    biases = [b.reshape(H, 1) for b in (b_r, b_u, b_xn, b_hn)]
    columns = [x_t.T for x_t in x]
    pasts = [h0.T] + [h_t.T for h_t in h[:-1]]
    caches = [gru_cell_cache(xt, hp, W_r, W_u, W_xn, W_hn, *biases) for xt, hp in zip(columns, pasts)]
    dWr, dWu, dWx, dWh = np.zeros(W_r.shape), np.zeros(W_u.shape), np.zeros(W_xn.shape), np.zeros(W_hn.shape)
    dbr, dbu, dbx, dbh = (np.zeros((H, 1)) for _ in range(4))
    dX, carry = [None] * len(x), np.zeros((H, x.shape[1]))
    for t in range(len(x) - 1, -1, -1):
        (z, r, u, m, n), xt, hp = caches[t], columns[t], pasts[t]
        e = dh[t].T + carry
        en = e * (1 - u) * (1 - n) * (1 + n)
        em, er, eu = en * r, en * m * r * (1 - r), e * (hp - n) * u * (1 - u)
        dWr, dWu, dWx, dWh = dWr + er @ z.T, dWu + eu @ z.T, dWx + en @ xt.T, dWh + em @ hp.T
        dbr, dbu, dbx, dbh = (
            old + d.sum(axis=1, keepdims=True) for old, d in ((dbr, er), (dbu, eu), (dbx, en), (dbh, em))
        )
        dz = W_r.T @ er + W_u.T @ eu
        dX[t] = (dz[H:] + W_xn.T @ en).T
        carry = dz[:H] + W_hn.T @ em + u * e
    return np.array(dX), carry.T, dWr, dWu, dWx, dWh, dbr.ravel(), dbu.ravel(), dbx.ravel(), dbh.ravel()


# %% id=sample-loops-outer style=loop mistakes="" origin="vectors only, outer products summed"
def sg(a):
    e = np.exp(-np.abs(a))
    return np.where(a >= 0, 1.0, e) / (1.0 + e)


def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    T, B, H = h.shape
    dx, dh0 = np.zeros(x.shape), np.zeros((B, H))
    dW_r, dW_u, dW_xn, dW_hn = map(np.zeros, (W_r.shape, W_u.shape, W_xn.shape, W_hn.shape))
    db_r, db_u, db_xn, db_hn = (np.zeros(H) for _ in range(4))
    for b in range(B):
        voltar = np.zeros(H)  # o que volta do passo seguinte
        for t in range(T - 1, -1, -1):
            hp = h[t - 1, b] if t > 0 else h0[b]
            v = np.hstack((hp, x[t, b]))
            r, u = sg(W_r @ v + b_r), sg(W_u @ v + b_u)
            m = W_hn @ hp + b_hn
            n = np.tanh(W_xn @ x[t, b] + b_xn + r * m)
            g = dh[t, b] + voltar
            d_u = g * (hp - n) * u * (1 - u)
            d_n = g * (1 - u) * (1 - n**2)
            d_m = d_n * r
            d_r = d_n * m * r * (1 - r)
            dW_r += np.outer(d_r, v)
            dW_u += np.outer(d_u, v)
            dW_xn += np.outer(d_n, x[t, b])
            dW_hn += np.outer(d_m, hp)
            db_r += d_r
            db_u += d_u
            db_xn += d_n
            db_hn += d_m
            dv = W_r.T @ d_r + W_u.T @ d_u
            dx[t, b] = dv[H:] + W_xn.T @ d_n
            voltar = dv[:H] + W_hn.T @ d_m + g * u
        dh0[b] = voltar
    return dx, dh0, dW_r, dW_u, dW_xn, dW_hn, db_r, db_u, db_xn, db_hn
