# %% id=straight-path-missing style=loop mistakes="dh * u is missing in dh_prev" origin="beginner"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    sg = lambda a: 1 / (1 + np.exp(-a))
    T, B, H = h.shape
    dW_r, dW_u, dW_xn, dW_hn = np.zeros_like(W_r), np.zeros_like(W_u), np.zeros_like(W_xn), np.zeros_like(W_hn)
    db_r, db_u, db_xn, db_hn = (np.zeros(H) for _ in range(4))
    dx = np.zeros_like(x)
    dh_next = np.zeros_like(h0)
    for t in reversed(range(T)):
        hp = h0 if t == 0 else h[t - 1]
        v = np.concatenate([hp, x[t]], axis=1)
        r, u = sg(v @ W_r.T + b_r), sg(v @ W_u.T + b_u)
        m = hp @ W_hn.T + b_hn
        n = np.tanh(x[t] @ W_xn.T + b_xn + r * m)
        d = dh[t] + dh_next
        delta_u = d * (hp - n) * u * (1 - u)
        delta_n = d * (1 - u) * (1 - n**2)
        delta_m = delta_n * r
        delta_r = delta_n * m * r * (1 - r)
        dW_r += delta_r.T @ v
        dW_u += delta_u.T @ v
        dW_xn += delta_n.T @ x[t]
        dW_hn += delta_m.T @ hp
        db_r += delta_r.sum(0)
        db_u += delta_u.sum(0)
        db_xn += delta_n.sum(0)
        db_hn += delta_m.sum(0)
        dv = delta_r @ W_r + delta_u @ W_u
        dx[t] = dv[:, H:] + delta_n @ W_xn
        dh_next = dv[:, :H] + delta_m @ W_hn
    return dx, dh_next, dW_r, dW_u, dW_xn, dW_hn, db_r, db_u, db_xn, db_hn


# %% id=reset-forgotten-in-m style=vectorised mistakes="delta_m is not multiplied by r" origin="beginner"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    T, B, H = h.shape
    prev = np.concatenate([h0[None], h[:-1]])
    v = np.concatenate([prev, x], axis=2)
    R = 1 / (1 + np.exp(-(v @ W_r.T + b_r)))
    U = 1 / (1 + np.exp(-(v @ W_u.T + b_u)))
    M = prev @ W_hn.T + b_hn
    N = np.tanh(x @ W_xn.T + b_xn + R * M)
    dR, dU, dN, dM = (np.empty_like(h) for _ in range(4))
    carry = np.zeros((B, H))
    for t in range(T - 1, -1, -1):
        g = dh[t] + carry
        dU[t] = g * (prev[t] - N[t]) * U[t] * (1 - U[t])
        dN[t] = g * (1 - U[t]) * (1 - N[t] ** 2)
        dM[t] = dN[t]
        dR[t] = dN[t] * M[t] * R[t] * (1 - R[t])
        carry = dR[t] @ W_r[:, :H] + dU[t] @ W_u[:, :H] + dM[t] @ W_hn + g * U[t]
    dx = dR @ W_r[:, H:] + dU @ W_u[:, H:] + dN @ W_xn
    flat = lambda q: q.reshape(T * B, -1)
    return (
        dx,
        carry,
        flat(dR).T @ flat(v),
        flat(dU).T @ flat(v),
        flat(dN).T @ flat(x),
        flat(dM).T @ flat(prev),
        dR.sum((0, 1)),
        dU.sum((0, 1)),
        dN.sum((0, 1)),
        dM.sum((0, 1)),
    )


# %% id=tanh-slope-forgotten style=layout mistakes="the derivative of tanh is missing in delta_n" origin="ported from code with arrays (n_x, m, T)"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    da, xs, a = dh.transpose(2, 1, 0), x.transpose(2, 1, 0), h.transpose(2, 1, 0)
    n_a, m_, T_x = a.shape
    sig = lambda z: 1 / (1 + np.exp(-z))
    grads = {"r": 0, "u": 0, "xn": 0, "hn": 0}
    bias = {"r": 0, "u": 0, "xn": 0, "hn": 0}
    dxs = np.zeros_like(xs)
    da_prev = np.zeros((n_a, m_))
    for t in range(T_x - 1, -1, -1):
        ap = a[:, :, t - 1] if t else h0.T
        V = np.vstack([ap, xs[:, :, t]])
        R, U = sig(W_r @ V + b_r[:, None]), sig(W_u @ V + b_u[:, None])
        M = W_hn @ ap + b_hn[:, None]
        N = np.tanh(W_xn @ xs[:, :, t] + b_xn[:, None] + R * M)
        d = da[:, :, t] + da_prev
        D = {"u": d * (ap - N) * U * (1 - U)}
        D["xn"] = d * (1 - U)
        D["hn"] = D["xn"] * R
        D["r"] = D["xn"] * M * R * (1 - R)
        for k, inp in (("r", V), ("u", V), ("xn", xs[:, :, t]), ("hn", ap)):
            grads[k] = grads[k] + D[k] @ inp.T
            bias[k] = bias[k] + D[k].sum(axis=1)
        back = W_r.T @ D["r"] + W_u.T @ D["u"]
        dxs[:, :, t] = back[n_a:] + W_xn.T @ D["xn"]
        da_prev = back[:n_a] + W_hn.T @ D["hn"] + d * U
    order = ("r", "u", "xn", "hn")
    return (dxs.transpose(2, 1, 0), da_prev.T, *[grads[k] for k in order], *[bias[k] for k in order])


# %% id=candidate-bias-shared style=class mistakes="db_hn is made of delta_n instead of delta_m" origin="copy and paste"
class GRUTape:
    def __init__(self, H, W_r, W_u, W_xn, W_hn):
        self.W = W_r, W_u, W_xn, W_hn
        self.dW = [np.zeros_like(W) for W in self.W]
        self.db = [np.zeros(H) for _ in range(4)]

    def back(self, d, x, hp, r, u, n, m):
        v = np.concatenate([hp, x], axis=1)
        delta_n = d * (1 - u) * (1 - n**2)
        delta_u = d * (hp - n) * u * (1 - u)
        delta_r = delta_n * m * r * (1 - r)
        delta_m = delta_n * r
        for k, (left, right) in enumerate([(delta_r, v), (delta_u, v), (delta_n, x), (delta_m, hp)]):
            self.dW[k] += left.T @ right
        self.db[0] += delta_r.sum(axis=0)
        self.db[1] += delta_u.sum(axis=0)
        self.db[2] += delta_n.sum(axis=0)
        self.db[3] += delta_n.sum(axis=0)
        W_r, W_u, W_xn, W_hn = self.W
        dv = delta_r @ W_r + delta_u @ W_u
        H = hp.shape[1]
        return dv[:, H:] + delta_n @ W_xn, dv[:, :H] + delta_m @ W_hn + d * u


def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    tape = GRUTape(h0.shape[1], W_r, W_u, W_xn, W_hn)
    dx, back = np.zeros_like(x), 0
    for t in reversed(range(len(x))):
        hp = h[t - 1] if t else h0
        v = np.concatenate([hp, x[t]], axis=1)
        r = 0.5 * (1 + np.tanh(0.5 * (v @ W_r.T + b_r)))
        u = 0.5 * (1 + np.tanh(0.5 * (v @ W_u.T + b_u)))
        m = hp @ W_hn.T + b_hn
        n = np.tanh(x[t] @ W_xn.T + b_xn + r * m)
        dx[t], back = tape.back(dh[t] + back, x[t], hp, r, u, n, m)
    return (dx, back, *tape.dW, *tape.db)


# %% id=sign-of-the-update-gate style=per-sample mistakes="delta_u has the wrong sign" origin="beginner"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    s = lambda a: 1 / (1 + np.exp(-a))
    T, B, H = h.shape
    dx, dh0 = np.zeros_like(x), np.zeros_like(h0)
    gW = [np.zeros_like(W) for W in (W_r, W_u, W_xn, W_hn)]
    gb = [np.zeros(H) for _ in range(4)]
    for b in range(B):
        g = np.zeros(H)
        for t in range(T - 1, -1, -1):
            hp = h[t - 1, b] if t > 0 else h0[b]
            v = np.append(hp, x[t, b])
            r, u = s(W_r @ v + b_r), s(W_u @ v + b_u)
            m = W_hn @ hp + b_hn
            n = np.tanh(W_xn @ x[t, b] + b_xn + r * m)
            g = g + dh[t, b]
            du = g * (n - hp) * u * (1 - u)
            dn = g * (1 - u) * (1 - n * n)
            dm = dn * r
            dr = dn * m * r * (1 - r)
            for k, (d, inp) in enumerate(((dr, v), (du, v), (dn, x[t, b]), (dm, hp))):
                gW[k] += np.outer(d, inp)
                gb[k] += d
            dv = dr @ W_r + du @ W_u
            dx[t, b] = dv[H:] + dn @ W_xn
            g = dv[:H] + dm @ W_hn + g * u
        dh0[b] = g
    return (dx, dh0, *gW, *gb)


# %% id=no-bias-inside-m style=einsum mistakes="delta_r leaves out b_hn" origin="beginner"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    H = h0.shape[1]
    hp = np.concatenate([h0[None], h[:-1]])
    v = np.concatenate([hp, x], axis=2)
    W = np.stack([W_r, W_u])
    r, u = 1 / (1 + np.exp(-(np.einsum("tbk,ghk->gtbh", v, W) + np.stack([b_r, b_u])[:, None, None])))
    m = np.einsum("tbj,hj->tbh", hp, W_hn)
    n = np.tanh(np.einsum("tbd,hd->tbh", x, W_xn) + b_xn + r * (m + b_hn))
    delta = np.zeros((4,) + h.shape)
    back = np.zeros_like(h0)
    for t in reversed(range(len(x))):
        g = dh[t] + back
        dn = g * (1 - u[t]) * (1 - n[t] ** 2)
        delta[:, t] = dn * m[t] * r[t] * (1 - r[t]), g * (hp[t] - n[t]) * u[t] * (1 - u[t]), dn, dn * r[t]
        back = np.einsum("gbh,ghk->bk", delta[:2, t], W)[:, :H] + delta[3, t] @ W_hn + g * u[t]
    dW = np.einsum("gtbh,tbk->ghk", delta[:2], v)
    dx = np.einsum("gtbh,ghk->tbk", delta[:2], W)[:, :, H:] + np.einsum("tbh,hd->tbd", delta[2], W_xn)
    return (
        dx,
        back,
        *dW,
        np.einsum("tbh,tbd->hd", delta[2], x),
        np.einsum("tbh,tbj->hj", delta[3], hp),
        *delta.sum(axis=(1, 2)),
    )


# %% id=first-step-reads-the-end style=loop mistakes="h[-1] is read instead of h0 at the first step" origin="negative index"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    def sigmoid(a):
        return 1 / (1 + np.exp(-a))

    H = len(b_r)
    out = [np.zeros_like(q) for q in (W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn)]
    dx = np.zeros_like(x)
    later = np.zeros_like(h0)
    for t in range(len(x))[::-1]:
        old = h[t - 1]
        both = np.hstack([old, x[t]])
        r = sigmoid(both @ W_r.T + b_r)
        u = sigmoid(both @ W_u.T + b_u)
        m = old @ W_hn.T + b_hn
        n = np.tanh(x[t] @ W_xn.T + b_xn + r * m)
        total = dh[t] + later
        d_u = total * (old - n) * u * (1 - u)
        d_n = total * (1 - u) * (1 - n**2)
        d_m = d_n * r
        d_r = d_n * m * r * (1 - r)
        for k, part in enumerate(
            (d_r.T @ both, d_u.T @ both, d_n.T @ x[t], d_m.T @ old, d_r.sum(0), d_u.sum(0), d_n.sum(0), d_m.sum(0))
        ):
            out[k] += part
        dv = d_r @ W_r + d_u @ W_u
        dx[t] = dv[:, H:] + d_n @ W_xn
        later = dv[:, :H] + d_m @ W_hn + total * u
    return (dx, later, *out)


# %% id=reset-slope-and-one-step style=loop mistakes="the derivative of sigmoid is missing in delta_r; dW_hn keeps one step only" origin="beginner"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    sg = lambda a: 0.5 * (1 + np.tanh(0.5 * a))
    T, B, H = h.shape
    dW_r = dW_u = dW_xn = dW_hn = 0
    db_r = db_u = db_xn = db_hn = 0
    dx = [0] * T
    dh_n = 0
    for t in reversed(range(T)):
        hp = h[t - 1] if t != 0 else h0
        v = np.concatenate((hp, x[t]), axis=1)
        r, u, m = sg(v @ W_r.T + b_r), sg(v @ W_u.T + b_u), hp @ W_hn.T + b_hn
        n = np.tanh(x[t] @ W_xn.T + b_xn + r * m)
        d = dh[t] + dh_n
        delta_u = d * (hp - n) * u * (1 - u)
        delta_n = d * (1 - u) * (1 - n**2)
        delta_m = delta_n * r
        delta_r = delta_n * m
        dW_r, dW_u = dW_r + delta_r.T @ v, dW_u + delta_u.T @ v
        dW_xn = dW_xn + delta_n.T @ x[t]
        dW_hn = delta_m.T @ hp
        db_r, db_u, db_xn, db_hn = (
            db_r + delta_r.sum(0),
            db_u + delta_u.sum(0),
            db_xn + delta_n.sum(0),
            db_hn + delta_m.sum(0),
        )
        dv = delta_r @ W_r + delta_u @ W_u
        dx[t] = dv[:, H:] + delta_n @ W_xn
        dh_n = dv[:, :H] + delta_m @ W_hn + d * u
    return np.array(dx), dh_n, dW_r, dW_u, dW_xn, dW_hn, db_r, db_u, db_xn, db_hn


# %% id=flip-and-leave-out-xn style=vectorised mistakes="u and 1 - u are exchanged in delta_n; dx leaves out delta_n" origin="other convention of u"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    T, B, H = h.shape
    hp = np.vstack([h0[np.newaxis], h[:-1]])
    v = np.dstack([hp, x])
    r = 1 / (1 + np.exp(-(v @ W_r.T + b_r)))
    u = 1 / (1 + np.exp(-(v @ W_u.T + b_u)))
    m = hp @ W_hn.T + b_hn
    n = np.tanh(x @ W_xn.T + b_xn + r * m)
    D = {k: np.zeros_like(h) for k in "runm"}
    g = np.zeros((B, H))
    for t in range(T - 1, -1, -1):
        g = g + dh[t]
        D["u"][t] = g * (hp[t] - n[t]) * u[t] * (1 - u[t])
        D["n"][t] = g * u[t] * (1 - n[t] ** 2)
        D["m"][t] = D["n"][t] * r[t]
        D["r"][t] = D["n"][t] * m[t] * r[t] * (1 - r[t])
        g = (D["r"][t] @ W_r + D["u"][t] @ W_u)[:, :H] + D["m"][t] @ W_hn + g * u[t]
    dx = (D["r"] @ W_r + D["u"] @ W_u)[:, :, H:]
    W = [np.tensordot(D[k], q, axes=([0, 1], [0, 1])) for k, q in (("r", v), ("u", v), ("n", x), ("m", hp))]
    return (dx, g, *W, *[D[k].sum(axis=0).sum(axis=0) for k in "runm"])


# %% id=not-carried-and-averaged style=class mistakes="the gradient from the next step is left out; db is a mean over the batch" origin="beginner"
class Sums:
    def __init__(self):
        self.total = {}

    def add(self, name, delta, read):
        self.total["dW_" + name] = self.total.get("dW_" + name, 0) + delta.T @ read
        self.total["db_" + name] = self.total.get("db_" + name, 0) + delta.mean(axis=0)


def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    sg = lambda a: 1 / (1 + np.exp(-a))
    sums, H = Sums(), h0.shape[1]
    dx = np.zeros_like(x)
    dh_prev = np.zeros_like(h0)
    for t in reversed(range(len(x))):
        hp = h0 if t == 0 else h[t - 1]
        v = np.concatenate([hp, x[t]], axis=1)
        r, u = sg(v @ W_r.T + b_r), sg(v @ W_u.T + b_u)
        m = hp @ W_hn.T + b_hn
        n = np.tanh(x[t] @ W_xn.T + b_xn + r * m)
        d = dh[t]
        du = d * (hp - n) * u * (1 - u)
        dn = d * (1 - u) * (1 - n**2)
        dm, dr = dn * r, dn * m * r * (1 - r)
        sums.add("r", dr, v)
        sums.add("u", du, v)
        sums.add("xn", dn, x[t])
        sums.add("hn", dm, hp)
        dx[t] = (dr @ W_r + du @ W_u)[:, H:] + dn @ W_xn
        dh_prev = (dr @ W_r + du @ W_u)[:, :H] + dm @ W_hn + d * u
    return (dx, dh_prev, *[sums.total[a + "_" + k] for a in ("dW", "db") for k in ("r", "u", "xn", "hn")])


# %% id=reset-before-in-the-gradient style=loop mistakes="dW_hn is made of delta_n instead of delta_m; the derivative of sigmoid is missing in delta_u" origin="mixed up with the reset-before form"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    s = lambda a: 1 / (1 + np.exp(-a))
    H = W_hn.shape[0]
    g = [np.zeros(p.shape) for p in (W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn)]
    states = [h0] + list(h)
    dx, back = [], np.zeros(h0.shape)
    for t in range(len(x), 0, -1):
        xt, hp = x[t - 1], states[t - 1]
        v = np.c_[hp, xt]
        r = s(v @ W_r.T + b_r)
        u = s(v @ W_u.T + b_u)
        m = hp @ W_hn.T + b_hn
        n = np.tanh(xt @ W_xn.T + b_xn + r * m)
        back = back + dh[t - 1]
        du = back * (hp - n)
        dn = back * (1 - u) * (1 - n**2)
        dm = r * dn
        dr = m * dn * r * (1 - r)
        g[0] += dr.T @ v
        g[1] += du.T @ v
        g[2] += dn.T @ xt
        g[3] += dn.T @ hp
        for k, d in zip((4, 5, 6, 7), (dr, du, dn, dm)):
            g[k] += d.sum(axis=0)
        dx.append((dr @ W_r + du @ W_u)[:, H:] + dn @ W_xn)
        back = (dr @ W_r + du @ W_u)[:, :H] + dm @ W_hn + back * u
    return (np.stack(dx[::-1]), back, *g)


# %% id=three-in-the-loop style=loop mistakes="the derivative of tanh is missing in delta_n; dh * u is missing in dh_prev; dx leaves out delta_u" origin="beginner"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    sigmoid = lambda a: 1 / (1 + np.exp(-a))
    T, B, H = h.shape
    D = x.shape[2]
    dx, carry = np.zeros((T, B, D)), np.zeros((B, H))
    dWr, dWu, dWx, dWh = (np.zeros_like(W) for W in (W_r, W_u, W_xn, W_hn))
    dbr, dbu, dbx, dbh = (np.zeros(H) for _ in range(4))
    for t in reversed(range(T)):
        hp = h[t - 1] if t else h0
        v = np.concatenate([hp, x[t]], axis=1)
        r, u = sigmoid(v @ W_r.T + b_r), sigmoid(v @ W_u.T + b_u)
        m = hp @ W_hn.T + b_hn
        n = np.tanh(x[t] @ W_xn.T + b_xn + r * m)
        g = dh[t] + carry
        gu = g * (hp - n) * u * (1 - u)
        gn = g * (1 - u)
        gm = gn * r
        gr = gn * m * r * (1 - r)
        dWr += gr.T @ v
        dWu += gu.T @ v
        dWx += gn.T @ x[t]
        dWh += gm.T @ hp
        dbr += gr.sum(0)
        dbu += gu.sum(0)
        dbx += gn.sum(0)
        dbh += gm.sum(0)
        dx[t] = gr @ W_r[:, H:] + gn @ W_xn
        carry = gr @ W_r[:, :H] + gu @ W_u[:, :H] + gm @ W_hn
    return dx, carry, dWr, dWu, dWx, dWh, dbr, dbu, dbx, dbh


# %% id=three-of-a-port style=layout mistakes="delta_u has the wrong sign; W_hn is transposed in dh_prev; dW_r is divided by B" origin="ported from MATLAB"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    logsig = lambda N: 1 / (1 + np.exp(-N))
    nH, nB, nT = h.shape[2], h.shape[1], h.shape[0]
    gWr, gWu, gWx, gWh = 0 * W_r, 0 * W_u, 0 * W_xn, 0 * W_hn
    gbr, gbu, gbx, gbh = 0 * b_r, 0 * b_u, 0 * b_xn, 0 * b_hn
    dx = 0 * x
    E = np.zeros((nH, nB))
    for t in range(nT, 0, -1):
        X = x[t - 1].T
        P = h0.T if t == 1 else h[t - 2].T
        V = np.r_[P, X]
        R = logsig(W_r @ V + b_r[:, None])
        U = logsig(W_u @ V + b_u[:, None])
        M = W_hn @ P + b_hn[:, None]
        N = np.tanh(W_xn @ X + b_xn[:, None] + R * M)
        E = E + dh[t - 1].T
        dU = E * (N - P) * U * (1 - U)
        dN = E * (1 - U) * (1 - N**2)
        dM = dN * R
        dR = dN * M * R * (1 - R)
        gWr = gWr + dR @ V.T / nB
        gWu = gWu + dU @ V.T
        gWx = gWx + dN @ X.T
        gWh = gWh + dM @ P.T
        gbr, gbu, gbx, gbh = gbr + dR.sum(1), gbu + dU.sum(1), gbx + dN.sum(1), gbh + dM.sum(1)
        Q = W_r.T @ dR + W_u.T @ dU
        dx[t - 1] = (Q[nH:] + W_xn.T @ dN).T
        E = Q[:nH] + W_hn @ dM + E * U
    return dx, E.T, gWr, gWu, gWx, gWh, gbr, gbu, gbx, gbh


# %% id=three-with-a-helper style=class mistakes="b_u is left out; delta_m is not multiplied by r; db_r keeps one step only" origin="beginner"
class Gru:
    def __init__(self, *w):
        self.W_r, self.W_u, self.W_xn, self.W_hn, self.b_r, self.b_u, self.b_xn, self.b_hn = w
        self.g = dict.fromkeys(["W_r", "W_u", "W_xn", "W_hn", "b_r", "b_u", "b_xn", "b_hn"], 0)

    def gates(self, x, h):
        v = np.concatenate([h, x], axis=1)
        r = 1 / (1 + np.exp(-(v @ self.W_r.T + self.b_r)))
        u = 1 / (1 + np.exp(-(v @ self.W_u.T)))
        m = h @ self.W_hn.T + self.b_hn
        return v, r, u, m, np.tanh(x @ self.W_xn.T + self.b_xn + r * m)

    def back(self, d, x, h):
        v, r, u, m, n = self.gates(x, h)
        dn = d * (1 - u) * (1 - n**2)
        deltas = {"u": d * (h - n) * u * (1 - u), "xn": dn, "r": dn * m * r * (1 - r)}
        deltas["hn"] = dn
        reads = {"u": v, "r": v, "xn": x, "hn": h}
        for k in deltas:
            self.g["W_" + k] = self.g["W_" + k] + deltas[k].T @ reads[k]
            if k != "r":
                self.g["b_" + k] = self.g["b_" + k] + deltas[k].sum(axis=0)
        self.g["b_r"] = deltas["r"].sum(axis=0)
        dv = deltas["r"] @ self.W_r + deltas["u"] @ self.W_u
        H = h.shape[1]
        return dv[:, H:] + dn @ self.W_xn, dv[:, :H] + deltas["hn"] @ self.W_hn + d * u


def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    net = Gru(W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn)
    dx = np.zeros_like(x)
    d = np.zeros_like(h0)
    for t in reversed(range(len(x))):
        dx[t], d = net.back(dh[t] + d, x[t], h[t - 1] if t else h0)
    return (dx, d, *net.g.values())


# %% id=features-first style=layout mistakes="" origin="ported from code with arrays (n_x, m, T)"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    da, X, A = (np.transpose(q, (2, 1, 0)) for q in (dh, x, h))
    n_a, m, T = A.shape
    sg = lambda z: 1 / (1 + np.exp(-z))
    dX, da_next = np.zeros(X.shape), np.zeros((n_a, m))
    G = {k: 0.0 for k in ("Wr", "Wu", "Wx", "Wh", "br", "bu", "bx", "bh")}
    for t in reversed(range(T)):
        prev = A[:, :, t - 1] if t > 0 else h0.T
        cat = np.concatenate([prev, X[:, :, t]])
        r, u = sg(W_r.dot(cat) + b_r[:, None]), sg(W_u.dot(cat) + b_u[:, None])
        mm = W_hn.dot(prev) + b_hn[:, None]
        n = np.tanh(W_xn.dot(X[:, :, t]) + b_xn[:, None] + r * mm)
        g = da[:, :, t] + da_next
        gu, gn = g * (prev - n) * u * (1 - u), g * (1 - u) * (1 - n**2)
        gm, gr = gn * r, gn * mm * r * (1 - r)
        for k, d, inp in (("r", gr, cat), ("u", gu, cat), ("x", gn, X[:, :, t]), ("h", gm, prev)):
            G["W" + k] = G["W" + k] + d.dot(inp.T)
            G["b" + k] = G["b" + k] + d.sum(axis=1)
        dcat = W_r.T.dot(gr) + W_u.T.dot(gu)
        dX[:, :, t] = dcat[n_a:] + W_xn.T.dot(gn)
        da_next = dcat[:n_a] + W_hn.T.dot(gm) + g * u
    return (dX.transpose(2, 1, 0), da_next.T, *G.values())


# %% id=sample-by-sample style=per-sample mistakes="" origin="beginner"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    def one_sample(dh, x, h0, h):
        T, H = h.shape
        g = [np.zeros(p.shape) for p in (W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn)]
        dx, e = np.zeros(x.shape), np.zeros(H)
        for t in range(T - 1, -1, -1):
            p = h[t - 1] if t else h0
            v = np.concatenate([p, x[t]])
            r = 1 / (1 + np.exp(-W_r @ v - b_r))
            u = 1 / (1 + np.exp(-W_u @ v - b_u))
            m = W_hn @ p + b_hn
            n = np.tanh(W_xn @ x[t] + b_xn + r * m)
            e = e + dh[t]
            du, dn = e * (p - n) * u * (1 - u), e * (1 - u) * (1 - n**2)
            dm, dr = dn * r, dn * m * r * (1 - r)
            for k, part in enumerate(
                [np.outer(dr, v), np.outer(du, v), np.outer(dn, x[t]), np.outer(dm, p), dr, du, dn, dm]
            ):
                g[k] += part
            dv = W_r.T @ dr + W_u.T @ du
            dx[t] = dv[H:] + W_xn.T @ dn
            e = dv[:H] + W_hn.T @ dm + e * u
        return dx, e, g

    parts = [one_sample(dh[:, b], x[:, b], h0[b], h[:, b]) for b in range(x.shape[1])]
    dx = np.stack([p[0] for p in parts], axis=1)
    dh0 = np.stack([p[1] for p in parts])
    return (dx, dh0, *[sum(q) for q in zip(*[p[2] for p in parts])])


# %% id=torch-weights style=framework mistakes="" origin="ported from cuDNN-like code"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    H = h0.shape[1]
    w_ih = np.concatenate([W_r[:, H:], W_u[:, H:], W_xn])
    w_hh = np.concatenate([W_r[:, :H], W_u[:, :H], W_hn])
    prev = np.concatenate([h0[None], h[:-1]])
    gi = x @ w_ih.T + np.concatenate([b_r, b_u, b_xn])
    gh = prev @ w_hh.T + np.concatenate([0 * b_r, 0 * b_u, b_hn])
    ru = 1 / (1 + np.exp(-(gi + gh)[..., : 2 * H]))
    r, u, m = ru[..., :H], ru[..., H:], gh[..., 2 * H :]
    n = np.tanh(gi[..., 2 * H :] + r * m)
    dgi, dgh = np.zeros_like(gi), np.zeros_like(gh)
    grad = np.zeros_like(h0)
    for t in range(len(x) - 1, -1, -1):
        grad = grad + dh[t]
        dn = grad * (1 - u[t]) * (1 - n[t] ** 2)
        dr = dn * m[t] * r[t] * (1 - r[t])
        du = grad * (prev[t] - n[t]) * u[t] * (1 - u[t])
        dgi[t] = np.concatenate([dr, du, dn], axis=1)
        dgh[t] = np.concatenate([dr, du, dn * r[t]], axis=1)
        grad = dgh[t] @ w_hh + grad * u[t]
    dw_ih = np.einsum("tbg,tbd->gd", dgi, x)
    dw_hh = np.einsum("tbg,tbh->gh", dgh, prev)
    dW_r, dW_u = (np.hstack([dw_hh[s], dw_ih[s]]) for s in (slice(0, H), slice(H, 2 * H)))
    db_i, db_h = dgi.sum((0, 1)), dgh.sum((0, 1))
    return (
        dgi @ w_ih,
        grad,
        dW_r,
        dW_u,
        dw_ih[2 * H :],
        dw_hh[2 * H :],
        db_i[:H],
        db_i[H : 2 * H],
        db_i[2 * H :],
        db_h[2 * H :],
    )


# %% id=stack-of-closures style=class mistakes="" origin="ported from a toy autograd"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    H = h0.shape[1]
    total = {}

    def add(name, value):
        total[name] = total[name] + value if name in total else value

    def make(x_t, hp):
        v = np.concatenate([hp, x_t], axis=1)
        r = 1 / (1 + np.exp(-(v @ W_r.T + b_r)))
        u = 1 / (1 + np.exp(-(v @ W_u.T + b_u)))
        m = hp @ W_hn.T + b_hn
        n = np.tanh(x_t @ W_xn.T + b_xn + r * m)

        def back(g):
            dn = g * (1 - u) * (1 - n * n)
            du, dr, dm = g * (hp - n) * u * (1 - u), dn * m * r * (1 - r), dn * r
            for name, d, read in (("r", dr, v), ("u", du, v), ("xn", dn, x_t), ("hn", dm, hp)):
                add("W_" + name, d.T @ read)
                add("b_" + name, d.sum(axis=0))
            dv = dr @ W_r + du @ W_u
            return dv[:, H:] + dn @ W_xn, dv[:, :H] + dm @ W_hn + g * u

        return back

    backs = [make(x_t, hp) for x_t, hp in zip(x, [h0, *h[:-1]])]
    g, dx = np.zeros_like(h0), []
    for back, d in zip(backs[::-1], dh[::-1]):
        dx_t, g = back(g + d)
        dx.append(dx_t)
    return (np.array(dx)[::-1], g, *[total[a + b] for a in ("W_", "b_") for b in ("r", "u", "xn", "hn")])


# %% id=einsum-afterwards style=einsum mistakes="" origin="forum"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    T, B, H = h.shape
    p = np.roll(h, 1, axis=0)
    p[0] = h0  # roll returned a copy
    v = np.concatenate([p, x], axis=2)
    r = np.exp(-np.logaddexp(0, -(np.einsum("tbk,hk->tbh", v, W_r) + b_r)))
    u = np.exp(-np.logaddexp(0, -(np.einsum("tbk,hk->tbh", v, W_u) + b_u)))
    m = np.einsum("tbk,hk->tbh", p, W_hn) + b_hn
    n = np.tanh(np.einsum("tbd,hd->tbh", x, W_xn) + b_xn + r * m)
    # everything but the incoming gradient
    ku, kn = (p - n) * u * (1 - u), (1 - u) * (1 - n**2)
    km, kr = kn * r, kn * m * r * (1 - r)
    e = np.zeros((T, B, H))
    back = np.zeros((B, H))
    for t in range(T)[::-1]:
        e[t] = dh[t] + back
        back = e[t] * u[t] + (e[t] * kr[t]) @ W_r[:, :H] + (e[t] * ku[t]) @ W_u[:, :H] + (e[t] * km[t]) @ W_hn
    dx = (
        np.einsum("tbh,tbh,hd->tbd", e, kr, W_r[:, H:])
        + np.einsum("tbh,tbh,hd->tbd", e, ku, W_u[:, H:])
        + np.einsum("tbh,tbh,hd->tbd", e, kn, W_xn)
    )
    W = [np.einsum("tbh,tbh,tbk->hk", e, k, q) for k, q in ((kr, v), (ku, v), (kn, x), (km, p))]
    b = [np.einsum("tbh,tbh->h", e, k) for k in (kr, ku, kn, km)]
    return (dx, back, *W, *b)
