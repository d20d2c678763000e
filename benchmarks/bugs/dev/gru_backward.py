# %% id=stored-forward-then-back style=class mistakes="" origin="ported from a layer class"
class GRULayer:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.dW, self.db = {k: 0 * w for k, w in W.items()}, {k: 0 * v for k, v in b.items()}

    def remember(self, x, h):
        v = np.hstack([h, x])
        r, u = (1 / (1 + np.exp(-(v @ self.W[k].T + self.b[k]))) for k in "ru")
        m = h @ self.W["hn"].T + self.b["hn"]
        return x, h, v, r, u, m, np.tanh(x @ self.W["xn"].T + self.b["xn"] + r * m)

    def back(self, cache, g):
        x, h, v, r, u, m, n = cache
        dn = g * (1 - u) * (1 - n**2)
        for k, delta, seen in (("r", dn * m * r * (1 - r), v), ("u", g * (h - n) * u * (1 - u), v), ("xn", dn, x), ("hn", dn * r, h)):
            self.dW[k] += delta.T @ seen
            self.db[k] += delta.sum(axis=0)
            if k == "r":
                dv = delta @ self.W[k]
            elif k == "u":
                dv = dv + delta @ self.W[k]
        H = h.shape[1]
        return dv[:, H:] + dn @ self.W["xn"], dv[:, :H] + (dn * r) @ self.W["hn"] + g * u

def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    layer = GRULayer({"r": W_r, "u": W_u, "xn": W_xn, "hn": W_hn}, {"r": b_r, "u": b_u, "xn": b_xn, "hn": b_hn})
    caches = [layer.remember(x_t, h_t) for x_t, h_t in zip(x, [h0, *h[:-1]])]
    g, dx = 0, []
    for cache, dh_t in zip(reversed(caches), dh[::-1]):
        dx_t, g = layer.back(cache, dh_t + g)
        dx.insert(0, dx_t)
    return np.array(dx), g, *layer.dW.values(), *layer.db.values()

# %% id=all-gates-in-one-sweep style=einsum mistakes="" origin="physicist"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    H = h0.shape[1]
    P = np.insert(h, 0, h0, axis=0)[:-1]
    V = np.concatenate([P, x], axis=2)
    gate = lambda W, b: 1 / (1 + np.exp(-np.einsum("tbv,hv->tbh", V, W) - b))
    r, u, m = gate(W_r, b_r), gate(W_u, b_u), np.einsum("tbj,hj->tbh", P, W_hn) + b_hn
    n = np.tanh(np.einsum("tbd,hd->tbh", x, W_xn) + b_xn + r * m)
    slope_n, slope_u = (1 - u) * (1 - n * n), (P - n) * u * (1 - u)
    slope_m, slope_r = slope_n * r, slope_n * m * r * (1 - r)
    G, g = np.zeros_like(h), np.zeros_like(h0)
    for t in reversed(range(len(h))):
        G[t] = g = dh[t] + g
        g = g * u[t] + (g * slope_m[t]) @ W_hn + (g * slope_r[t]) @ W_r[:, :H] + (g * slope_u[t]) @ W_u[:, :H]
    R, U, N, M = G * slope_r, G * slope_u, G * slope_n, G * slope_m
    dx = R @ W_r[:, H:] + U @ W_u[:, H:] + N @ W_xn
    pair = lambda a, b: np.einsum("tbh,tbk->hk", a, b)
    return dx, g, pair(R, V), pair(U, V), pair(N, x), pair(M, P), *(a.sum(axis=(0, 1)) for a in (R, U, N, M))

# %% id=time-last-columns style=layout mistakes="" origin="ported from (n_x, m, T) code"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    X, A, dA = (np.transpose(a, (2, 1, 0)) for a in (x, h, dh))
    n_a, m, T_x = A.shape
    sig = lambda W, v, b: 1 / (1 + np.exp(-(W @ v + b.reshape(-1, 1))))
    total = {k: 0.0 for k in ("Wr", "Wu", "Wxn", "Whn", "br", "bu", "bxn", "bhn")}
    dX, da = np.zeros(X.shape), np.zeros((n_a, m))
    for t in range(T_x - 1, -1, -1):
        xt, ap = X[:, :, t], h0.T if t == 0 else A[:, :, t - 1]
        v = np.concatenate([ap, xt])
        rt, ut, inner = sig(W_r, v, b_r), sig(W_u, v, b_u), W_hn @ ap + b_hn.reshape(-1, 1)
        nt = np.tanh(W_xn @ xt + b_xn.reshape(-1, 1) + rt * inner)
        da = da + dA[:, :, t]
        zn = da * (1 - ut) * (1 - np.square(nt))
        z = {"r": zn * inner * rt * (1 - rt), "u": da * (ap - nt) * ut * (1 - ut), "xn": zn, "hn": zn * rt}
        for k, seen in {"r": v, "u": v, "xn": xt, "hn": ap}.items():
            total["W" + k] = total["W" + k] + z[k] @ seen.T
            total["b" + k] = total["b" + k] + z[k].sum(axis=1)
        dv = W_r.T @ z["r"] + W_u.T @ z["u"]
        dX[:, :, t] = dv[n_a:] + W_xn.T @ z["xn"]
        da = dv[:n_a] + W_hn.T @ z["hn"] + da * ut
    return (dX.transpose(2, 1, 0), da.T, *total.values())

# %% id=one-sample-at-a-time style=per-sample mistakes="" origin="beginner"
from functools import reduce

def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    T, B, H = h.shape
    s = lambda a: 0.5 * (1 + np.tanh(0.5 * a))

    def one(b):
        g, dx, parts = np.zeros(H), [], []
        for t in range(T - 1, -1, -1):
            p = h[t - 1, b] if t else h0[b]
            v = np.r_[p, x[t, b]]
            r, u, m = s(W_r @ v + b_r), s(W_u @ v + b_u), W_hn @ p + b_hn
            n = np.tanh(W_xn @ x[t, b] + b_xn + r * m)
            g = g + dh[t, b]
            dn, du = g * (1 - u) * (1 - n * n), g * (p - n) * u * (1 - u)
            dm, dr = dn * r, dn * m * r * (1 - r)
            dv = W_r.T @ dr + W_u.T @ du
            dx.append(dv[H:] + W_xn.T @ dn)
            parts.append([np.outer(dr, v), np.outer(du, v), np.outer(dn, x[t, b]), np.outer(dm, p), dr, du, dn, dm])
            g = dv[:H] + W_hn.T @ dm + g * u
        return dx[::-1], g, parts

    done = [one(b) for b in range(B)]
    sums = reduce(lambda a, c: [p + q for p, q in zip(a, c)], [p for d in done for p in d[2]])
    return np.stack([d[0] for d in done], axis=1), np.stack([d[1] for d in done]), *sums

# %% id=update-bias-averaged style=loop mistakes="db_u is a mean over the batch" origin="beginner"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    sigmoid = lambda a: 1 / (1 + np.exp(-a))
    T, B, H = h.shape
    dx, dh_next = np.zeros_like(x), np.zeros_like(h0)
    dW_r, dW_u, dW_xn, dW_hn = np.zeros_like(W_r), np.zeros_like(W_u), np.zeros_like(W_xn), np.zeros_like(W_hn)
    db_r, db_u, db_xn, db_hn = np.zeros(H), np.zeros(H), np.zeros(H), np.zeros(H)
    for t in reversed(range(T)):
        h_prev = h0 if t == 0 else h[t - 1]
        v = np.concatenate([h_prev, x[t]], axis=1)
        r, u = sigmoid(v @ W_r.T + b_r), sigmoid(v @ W_u.T + b_u)
        m = h_prev @ W_hn.T + b_hn
        n = np.tanh(x[t] @ W_xn.T + b_xn + r * m)
        g = dh[t] + dh_next
        delta_u = g * (h_prev - n) * u * (1 - u)
        delta_n = g * (1 - u) * (1 - n**2)
        delta_m = delta_n * r
        delta_r = delta_n * m * r * (1 - r)
        dW_r += delta_r.T @ v
        dW_u += delta_u.T @ v
        dW_xn += delta_n.T @ x[t]
        dW_hn += delta_m.T @ h_prev
        db_r += delta_r.sum(axis=0)
        db_u += delta_u.mean(axis=0)
        db_xn += delta_n.sum(axis=0)
        db_hn += delta_m.sum(axis=0)
        dv = delta_r @ W_r + delta_u @ W_u
        dx[t] = dv[:, H:] + delta_n @ W_xn
        dh_next = dv[:, :H] + delta_m @ W_hn + g * u
    return dx, dh_next, dW_r, dW_u, dW_xn, dW_hn, db_r, db_u, db_xn, db_hn

# %% id=reset-gate-path-cut style=functional mistakes="delta_r is left out of dh_prev and dx" origin="beginner"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    H = h0.shape[1]

    def step(g, x_t, p):
        v = np.hstack([p, x_t])
        r, u = (1 / (1 + np.exp(-(v @ W.T + b))) for W, b in ((W_r, b_r), (W_u, b_u)))
        m = p @ W_hn.T + b_hn
        n = np.tanh(x_t @ W_xn.T + b_xn + r * m)
        zn = g * (1 - u) * (1 - n**2)
        zr, zu, zm = zn * m * r * (1 - r), g * (p - n) * u * (1 - u), zn * r
        to_v = zu @ W_u
        grads = [zr.T @ v, zu.T @ v, zn.T @ x_t, zm.T @ p] + [z.sum(axis=0) for z in (zr, zu, zn, zm)]
        return to_v[:, H:] + zn @ W_xn, to_v[:, :H] + zm @ W_hn + g * u, grads

    prev, g, dx, shares = np.concatenate([h0[None], h[:-1]]), np.zeros_like(h0), [], []
    for dh_t, x_t, p in zip(dh[::-1], x[::-1], prev[::-1]):
        dx_t, g, grads = step(dh_t + g, x_t, p)
        dx.append(dx_t)
        shares.append(grads)
    return np.array(dx[::-1]), g, *map(sum, zip(*shares))

# %% id=inner-product-forgotten-in-reset style=vectorised mistakes="delta_r uses h_prev instead of W_hn h_prev + b_hn" origin="reset-before-product formula copied"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    B, H = h0.shape
    W, b = np.vstack([W_r, W_u]), np.append(b_r, b_u)
    dW, db = np.zeros_like(W), np.zeros_like(b)
    dWx, dWh, dbx, dbh = 0 * W_xn, 0 * W_hn, 0 * b_xn, 0 * b_hn
    dx, carry = np.empty(x.shape), np.zeros((B, H))
    for t in range(x.shape[0])[::-1]:
        prev = h[t - 1] if t else h0
        hx = np.c_[prev, x[t]]
        r, z = np.hsplit(1 / (1 + np.exp(-(hx @ W.T + b))), 2)
        inner = prev @ W_hn.T + b_hn
        new = np.tanh(x[t] @ W_xn.T + b_xn + r * inner)
        g = carry + dh[t]
        d_new = g * (1 - z) * (1 - new**2)
        d_gates = np.hstack([d_new * prev * r * (1 - r), g * (prev - new) * z * (1 - z)])
        dW += d_gates.T @ hx
        db += d_gates.sum(axis=0)
        dWx, dbx = dWx + d_new.T @ x[t], dbx + d_new.sum(axis=0)
        dWh, dbh = dWh + (d_new * r).T @ prev, dbh + (d_new * r).sum(axis=0)
        back = d_gates @ W
        dx[t] = back[:, H:] + d_new @ W_xn
        carry = back[:, :H] + (d_new * r) @ W_hn + g * z
    return dx, carry, *np.split(dW, 2), dWx, dWh, *np.split(db, 2), dbx, dbh

# %% id=old-share-of-the-candidate style=helper mistakes="u and 1 - u are exchanged in delta_n; dW_hn reads h_t instead of h_prev" origin="ported from another convention"
def sig(a):
    return 1.0 / (1.0 + np.exp(-a))

def forward_again(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    v = np.concatenate((h_prev, x_t), axis=1)
    r, u, m = sig(v.dot(W_r.T) + b_r), sig(v.dot(W_u.T) + b_u), h_prev.dot(W_hn.T) + b_hn
    return v, r, u, m, np.tanh(x_t.dot(W_xn.T) + b_xn + r * m)

def gru_backward(dh, x, h0, h, *weights):
    W_r, W_u, W_xn, W_hn = weights[:4]
    grads = [np.zeros_like(w) for w in weights]
    dx, back, H = np.zeros_like(x), np.zeros_like(h0), h0.shape[1]
    for t in range(len(x) - 1, -1, -1):
        h_prev = h[t - 1] if t > 0 else h0
        v, r, u, m, n = forward_again(x[t], h_prev, *weights)
        dh_t = dh[t] + back
        dn = dh_t * u * (1 - n**2)
        du = dh_t * (h_prev - n) * u * (1 - u)
        dr, dm = dn * m * r * (1 - r), dn * r
        for k, (d, seen) in enumerate(((dr, v), (du, v), (dn, x[t]), (dm, h[t]))):
            grads[k] += d.T.dot(seen)
            grads[k + 4] += d.sum(axis=0)
        dv = dr.dot(W_r) + du.dot(W_u)
        dx[t] = dv[:, H:] + dn.dot(W_xn)
        back = dv[:, :H] + dm.dot(W_hn) + dh_t * u
    return (dx, back, *grads)

# %% id=linear-slope-one-step-of-W_xn style=comprehension mistakes="the derivative of tanh in delta_n is 1 - n; dW_xn keeps one step only" origin="beginner"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    T, H = len(x), len(b_r)
    states = [h0] + [h[t] for t in range(T)]
    seen = [np.hstack([states[t], x[t]]) for t in range(T)]
    R = [1 / (1 + np.exp(-(v @ W_r.T + b_r))) for v in seen]
    U = [1 / (1 + np.exp(-(v @ W_u.T + b_u))) for v in seen]
    M = [p @ W_hn.T + b_hn for p in states[:-1]]
    N = [np.tanh(x[t] @ W_xn.T + b_xn + R[t] * M[t]) for t in range(T)]
    dR, dU, dN, dM, dx = [[None] * T for _ in range(5)]
    g = np.zeros_like(h0)
    for t in reversed(range(T)):
        g = g + dh[t]
        dN[t] = g * (1 - U[t]) * (1 - N[t])
        dM[t] = dN[t] * R[t]
        dR[t] = dM[t] * M[t] * (1 - R[t])
        dU[t] = g * (states[t] - N[t]) * U[t] * (1 - U[t])
        dx[t] = dR[t] @ W_r[:, H:] + dU[t] @ W_u[:, H:] + dN[t] @ W_xn
        g = dR[t] @ W_r[:, :H] + dU[t] @ W_u[:, :H] + dM[t] @ W_hn + g * U[t]
    add = lambda d, s, steps=range(T): sum(d[t].T @ s[t] for t in steps)
    dW = add(dR, seen), add(dU, seen), add(dN, x, [0]), add(dM, states)
    return np.stack(dx), g, *dW, *(np.sum(d, axis=(0, 1)) for d in (dR, dU, dN, dM))

# %% id=sign-of-u-no-r-transposed style=vectorised mistakes="delta_u has the wrong sign; delta_m is not multiplied by r; dW_hn is transposed" origin="beginner"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    s = lambda a: 1 / (1 + np.exp(-a))
    n_h = h.shape[-1]
    gWr, gWu, gWx, gWh = (np.zeros(W.shape) for W in (W_r, W_u, W_xn, W_hn))
    gbr, gbu, gbx, gbh = (np.zeros(n_h) for _ in range(4))
    gx, gh = [], np.zeros(h0.shape)
    for x_t, p, d in zip(reversed(x), reversed([h0, *h[:-1]]), reversed(dh)):
        v = np.concatenate([p, x_t], 1)
        r, u, m = s(v @ W_r.T + b_r), s(v @ W_u.T + b_u), p @ W_hn.T + b_hn
        n = np.tanh(x_t @ W_xn.T + b_xn + r * m)
        d = d + gh
        eu = d * (n - p) * u * (1 - u)
        en = d * (1 - u) * (1 - n * n)
        er = en * m * r * (1 - r)
        em = en
        gWr, gWu, gWx, gWh = gWr + er.T @ v, gWu + eu.T @ v, gWx + en.T @ x_t, gWh + p.T @ em
        gbr, gbu, gbx, gbh = gbr + er.sum(0), gbu + eu.sum(0), gbx + en.sum(0), gbh + em.sum(0)
        e = er @ W_r + eu @ W_u
        gx.append(e[:, n_h:] + en @ W_xn)
        gh = e[:, :n_h] + em @ W_hn + d * u
    return np.stack(gx[::-1]), gh, gWr, gWu, gWx, gWh, gbr, gbu, gbx, gbh

# %% id=lost-direct-path-flat-reset-shared-bias style=framework mistakes="dh * u is missing in dh_prev; the derivative of sigmoid is missing in delta_r; b_hn is left out when m is recomputed" origin="ported from a framework's cell"
def gru_cell_backward(grad, x, hx, W, b):
    hidden = hx.shape[1]
    v = np.hstack((hx, x))
    reset, update = (1 / (1 + np.exp(-(v @ W[k].T + b[k]))) for k in (0, 1))
    h_n = hx @ W[3].T
    new = np.tanh(x @ W[2].T + b[2] + reset * h_n)
    g_in = grad * (1 - update) * (1 - new**2)
    g_hn = g_in * reset
    g_reset = g_in * h_n
    g_update = grad * (hx - new) * update * (1 - update)
    g_v = g_reset @ W[0] + g_update @ W[1]
    g_h = g_v[:, :hidden] + g_hn @ W[3]
    outs = (g_reset, g_update, g_in, g_hn)
    return g_v[:, hidden:] + g_in @ W[2], g_h, [g.T @ s for g, s in zip(outs, (v, v, x, hx))], [g.sum(axis=0) for g in outs]

def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    W, b = (W_r, W_u, W_xn, W_hn), (b_r, b_u, b_xn, b_hn)
    dW, db, dx, g = [0] * 4, [0] * 4, np.zeros_like(x), np.zeros_like(h0)
    for t in reversed(range(len(x))):
        dx[t], g, gW, gb = gru_cell_backward(g + dh[t], x[t], h[t - 1] if t else h0, W, b)
        dW, db = [p + q for p, q in zip(dW, gW)], [p + q for p, q in zip(db, gb)]
    return dx, g, *dW, *db

# %% id=update-shares-not-direct style=vectorised mistakes="the direct path back to h_prev is multiplied by 1 - u instead of u" origin="beginner"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    T, B, D = x.shape
    H = h0.shape[1]
    dx = np.zeros((T, B, D))
    dW_r, dW_u, dW_xn, dW_hn = np.zeros_like(W_r), np.zeros_like(W_u), np.zeros_like(W_xn), np.zeros_like(W_hn)
    db_r, db_u, db_xn, db_hn = np.zeros(H), np.zeros(H), np.zeros(H), np.zeros(H)
    dh_next = np.zeros((B, H))
    for t in reversed(range(T)):
        h_prev = h0 if t == 0 else h[t - 1]
        v = np.concatenate([h_prev, x[t]], axis=1)
        r = sigmoid(v @ W_r.T + b_r)
        u = sigmoid(v @ W_u.T + b_u)
        m = h_prev @ W_hn.T + b_hn
        n = np.tanh(x[t] @ W_xn.T + b_xn + r * m)
        d = dh[t] + dh_next
        delta_u = d * (h_prev - n) * u * (1 - u)
        delta_n = d * (1 - u) * (1 - n ** 2)
        delta_m = delta_n * r
        delta_r = delta_n * m * r * (1 - r)
        dW_r += delta_r.T @ v
        dW_u += delta_u.T @ v
        dW_xn += delta_n.T @ x[t]
        dW_hn += delta_m.T @ h_prev
        db_r += delta_r.sum(axis=0)
        db_u += delta_u.sum(axis=0)
        db_xn += delta_n.sum(axis=0)
        db_hn += delta_m.sum(axis=0)
        dv = delta_r @ W_r + delta_u @ W_u
        dx[t] = dv[:, H:] + delta_n @ W_xn
        dh_next = dv[:, :H] + delta_m @ W_hn + d * (1 - u)
    return dx, dh_next, dW_r, dW_u, dW_xn, dW_hn, db_r, db_u, db_xn, db_hn

# %% id=candidate-alone-in-the-update style=helper mistakes="delta_u uses -n instead of h_prev - n, the old state is left out" origin="beginner"
def forward(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    v = np.hstack([h_prev, x_t])
    r = 1 / (1 + np.exp(-(v @ W_r.T + b_r)))
    u = 1 / (1 + np.exp(-(v @ W_u.T + b_u)))
    m = h_prev @ W_hn.T + b_hn
    return v, r, u, m, np.tanh(x_t @ W_xn.T + b_xn + r * m)

def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    params = (W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn)
    grads = [np.zeros_like(p) for p in params]
    H, dx, dnext = len(b_r), np.zeros_like(x), np.zeros_like(h0)
    for t in range(len(x) - 1, -1, -1):
        hp = h[t - 1] if t else h0
        v, r, u, m, n = forward(x[t], hp, *params)
        g = dh[t] + dnext
        d_u = -g * n * u * (1 - u)
        d_n = g * (1 - u) * (1 - n * n)
        d_m = d_n * r
        d_r = d_n * m * r * (1 - r)
        new = [d_r.T @ v, d_u.T @ v, d_n.T @ x[t], d_m.T @ hp, d_r.sum(0), d_u.sum(0), d_n.sum(0), d_m.sum(0)]
        grads = [old + add for old, add in zip(grads, new)]
        dv = d_r @ W_r + d_u @ W_u
        dx[t] = dv[:, H:] + d_n @ W_xn
        dnext = dv[:, :H] + d_m @ W_hn + g * u
    return (dx, dnext, *grads)

# %% id=first-state-taken-for-zero style=per-sample mistakes="h0 is ignored, the state before the first step is read as zeros" origin="beginner"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    T, B, H = h.shape
    sig = lambda a: 1 / (1 + np.exp(-a))
    dx, dh0 = np.zeros_like(x), np.zeros((B, H))
    dW_r, dW_u = np.zeros(W_r.shape), np.zeros(W_u.shape)
    dW_xn, dW_hn = np.zeros(W_xn.shape), np.zeros(W_hn.shape)
    db = np.zeros((4, H))
    for b in range(B):
        back = np.zeros(H)
        for t in range(T - 1, -1, -1):
            prev = h[t - 1, b] if t > 0 else np.zeros(H)
            v = np.concatenate([prev, x[t, b]])
            r, u = sig(W_r @ v + b_r), sig(W_u @ v + b_u)
            m = W_hn @ prev + b_hn
            n = np.tanh(W_xn @ x[t, b] + b_xn + r * m)
            back = back + dh[t, b]
            du = back * (prev - n) * u * (1 - u)
            dn = back * (1 - u) * (1 - n**2)
            dm = dn * r
            dr = dn * m * r * (1 - r)
            dW_r += np.outer(dr, v)
            dW_u += np.outer(du, v)
            dW_xn += np.outer(dn, x[t, b])
            dW_hn += np.outer(dm, prev)
            db += [dr, du, dn, dm]
            dv = W_r.T @ dr + W_u.T @ du
            dx[t, b] = dv[H:] + W_xn.T @ dn
            back = dv[:H] + W_hn.T @ dm + back * u
        dh0[b] = back
    return dx, dh0, dW_r, dW_u, dW_xn, dW_hn, *db

# %% id=input-of-the-candidate-forgotten style=einsum mistakes="dx leaves out the candidate's term through W_xn" origin="beginner"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    H = h0.shape[1]
    prev = np.concatenate([h0[None], h[:-1]])
    v = np.concatenate([prev, x], axis=2)
    r = 1 / (1 + np.exp(-np.einsum("tbv,hv->tbh", v, W_r) - b_r))
    u = 1 / (1 + np.exp(-np.einsum("tbv,hv->tbh", v, W_u) - b_u))
    m = np.einsum("tbj,hj->tbh", prev, W_hn) + b_hn
    n = np.tanh(np.einsum("tbd,hd->tbh", x, W_xn) + b_xn + r * m)
    d_r, d_u, d_n, d_m = (np.zeros_like(h) for _ in range(4))
    g = np.zeros_like(h0)
    for t in reversed(range(len(h))):
        g = g + dh[t]
        d_u[t] = g * (prev[t] - n[t]) * u[t] * (1 - u[t])
        d_n[t] = g * (1 - u[t]) * (1 - n[t] ** 2)
        d_m[t] = d_n[t] * r[t]
        d_r[t] = d_n[t] * m[t] * r[t] * (1 - r[t])
        g = g * u[t] + d_m[t] @ W_hn + d_r[t] @ W_r[:, :H] + d_u[t] @ W_u[:, :H]
    dx = np.einsum("tbh,hd->tbd", d_r, W_r[:, H:]) + np.einsum("tbh,hd->tbd", d_u, W_u[:, H:])
    dW = [np.einsum("tbh,tbk->hk", d, a) for d, a in ((d_r, v), (d_u, v), (d_n, x), (d_m, prev))]
    db = [np.einsum("tbh->h", d) for d in (d_r, d_u, d_n, d_m)]
    return dx, g, *dW, *db

# %% id=one-bias-for-both-sides-of-n style=framework mistakes="db_hn is made of delta_n instead of delta_m" origin="bias shared as in other GRUs"
class GRUBackward:
    def __init__(self, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
        self.p = W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn
        self.g = [np.zeros_like(p) for p in self.p]

    def cell(self, grad, x, h):
        W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn = self.p
        sigmoid = lambda a: 1 / (1 + np.exp(-a))
        v = np.concatenate((h, x), axis=1)
        r, u, m = sigmoid(v @ W_r.T + b_r), sigmoid(v @ W_u.T + b_u), h @ W_hn.T + b_hn
        n = np.tanh(x @ W_xn.T + b_xn + r * m)
        gu, gn = grad * (h - n) * u * (1 - u), grad * (1 - u) * (1 - n**2)
        gr, gm = gn * m * r * (1 - r), gn * r
        for k, (delta, seen) in enumerate([(gr, v), (gu, v), (gn, x), (gm, h)]):
            self.g[k] += delta.T @ seen
        for k, delta in enumerate([gr, gu, gn, gn]):
            self.g[4 + k] += delta.sum(axis=0)
        gv = gr @ W_r + gu @ W_u
        H = h.shape[1]
        return gv[:, H:] + gn @ W_xn, gv[:, :H] + gm @ W_hn + grad * u

def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    layer = GRUBackward(W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn)
    dx, grad = [], 0
    for t in range(len(x))[::-1]:
        dx_t, grad = layer.cell(dh[t] + grad, x[t], h[t - 1] if t else h0)
        dx.append(dx_t)
    return (np.stack(dx[::-1]), grad, *layer.g)

# %% id=only-what-the-last-output-says style=list mistakes="the gradient from the next step is left out, dh_t is dh[t] alone" origin="no carry"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    s = lambda a: 0.5 * (1 + np.tanh(a / 2))
    H = len(b_u)
    before = [h0] + [h[t] for t in range(len(h) - 1)]
    dxs, shares = [], []
    for dL_dout, x_t, hp in list(zip(dh, x, before))[::-1]:
        v = np.concatenate([hp, x_t], axis=1)
        r, u, m = s(v @ W_r.T + b_r), s(v @ W_u.T + b_u), hp @ W_hn.T + b_hn
        n = np.tanh(x_t @ W_xn.T + b_xn + r * m)
        dh_t = dL_dout
        d_u = dh_t * (hp - n) * u * (1 - u)
        d_n = dh_t * (1 - u) * (1 - n**2)
        d_m, d_r = d_n * r, d_n * m * r * (1 - r)
        dv = d_r @ W_r + d_u @ W_u
        dxs.insert(0, dv[:, H:] + d_n @ W_xn)
        d_prev = dv[:, :H] + d_m @ W_hn + dh_t * u
        shares.append([d_r.T @ v, d_u.T @ v, d_n.T @ x_t, d_m.T @ hp] + [d.sum(axis=0) for d in (d_r, d_u, d_n, d_m)])
    return np.array(dxs), d_prev, *[sum(parts) for parts in zip(*shares)]

# %% id=update-slope-forgotten style=layout mistakes="the derivative of sigmoid is missing in delta_u" origin="(n_a, m, T) notebook"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    X, A, dA = x.transpose(2, 1, 0), h.transpose(2, 1, 0), dh.transpose(2, 1, 0)
    n_x, m, T_x = X.shape
    n_a = A.shape[0]
    sigmoid = lambda z: 1 / (1 + np.exp(-z))
    dX, da_next = np.zeros((n_x, m, T_x)), np.zeros((n_a, m))
    dWr, dWu, dWxn, dWhn = (np.zeros(W.shape) for W in (W_r, W_u, W_xn, W_hn))
    dbr, dbu, dbxn, dbhn = (np.zeros((n_a, 1)) for _ in range(4))
    for t in reversed(range(T_x)):
        a_prev = A[:, :, t - 1] if t > 0 else h0.T
        xt = X[:, :, t]
        concat = np.vstack([a_prev, xt])
        rt = sigmoid(W_r @ concat + b_r[:, None])
        ut = sigmoid(W_u @ concat + b_u[:, None])
        inner = W_hn @ a_prev + b_hn[:, None]
        nt = np.tanh(W_xn @ xt + b_xn[:, None] + rt * inner)
        da = dA[:, :, t] + da_next
        dut = da * (a_prev - nt)
        dnt = da * (1 - ut) * (1 - nt**2)
        dinner = dnt * rt
        drt = dnt * inner * rt * (1 - rt)
        dWr += drt @ concat.T
        dWu += dut @ concat.T
        dWxn += dnt @ xt.T
        dWhn += dinner @ a_prev.T
        dbr += drt.sum(axis=1, keepdims=True)
        dbu += dut.sum(axis=1, keepdims=True)
        dbxn += dnt.sum(axis=1, keepdims=True)
        dbhn += dinner.sum(axis=1, keepdims=True)
        dconcat = W_r.T @ drt + W_u.T @ dut
        dX[:, :, t] = dconcat[n_a:] + W_xn.T @ dnt
        da_next = dconcat[:n_a] + W_hn.T @ dinner + da * ut
    return dX.transpose(2, 1, 0), da_next.T, dWr, dWu, dWxn, dWhn, dbr.ravel(), dbu.ravel(), dbxn.ravel(), dbhn.ravel()

# %% id=last-weights-only-and-lost-recurrence style=vectorised mistakes="dW_u is overwritten at each step; dh_prev leaves out the candidate's term through W_hn" origin="beginner"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    def sg(a):
        return 1 / (1 + np.exp(-a))

    H = W_hn.shape[0]
    dx = np.empty_like(x)
    dh_next = np.zeros_like(h0)
    dW_r, dW_u, dW_xn, dW_hn = map(np.zeros_like, (W_r, W_u, W_xn, W_hn))
    db_r, db_u, db_xn, db_hn = map(np.zeros_like, (b_r, b_u, b_xn, b_hn))
    for t in range(x.shape[0] - 1, -1, -1):
        h_prev = h0 if t == 0 else h[t - 1]
        v = np.concatenate((h_prev, x[t]), axis=1)
        r, u = sg(v.dot(W_r.T) + b_r), sg(v.dot(W_u.T) + b_u)
        m = h_prev.dot(W_hn.T) + b_hn
        n = np.tanh(x[t].dot(W_xn.T) + b_xn + r * m)
        dht = dh[t] + dh_next
        dzu = dht * (h_prev - n) * u * (1 - u)
        dzn = dht * (1 - u) * (1 - n**2)
        dm = dzn * r
        dzr = dzn * m * r * (1 - r)
        dW_r += dzr.T.dot(v)
        dW_u = dzu.T.dot(v)
        dW_xn += dzn.T.dot(x[t])
        dW_hn += dm.T.dot(h_prev)
        db_r += dzr.sum(axis=0)
        db_u += dzu.sum(axis=0)
        db_xn += dzn.sum(axis=0)
        db_hn += dm.sum(axis=0)
        dv = dzr.dot(W_r) + dzu.dot(W_u)
        dx[t] = dv[:, H:] + dzn.dot(W_xn)
        dh_next = dv[:, :H] + dht * u
    return dx, dh_next, dW_r, dW_u, dW_xn, dW_hn, db_r, db_u, db_xn, db_hn

# %% id=reset-delta-from-u-and-forward-order style=class mistakes="delta_r uses the slope u (1 - u) instead of r (1 - r); dx is in reverse order of time" origin="copy and paste"
class Node:
    def __init__(self, x, h, P):
        W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn = P
        self.x, self.h, self.P = x, h, P
        self.v = np.concatenate([h, x], axis=1)
        self.r = 1 / (1 + np.exp(-(self.v @ W_r.T + b_r)))
        self.u = 1 / (1 + np.exp(-(self.v @ W_u.T + b_u)))
        self.m = h @ W_hn.T + b_hn
        self.n = np.tanh(x @ W_xn.T + b_xn + self.r * self.m)

    def backward(self, g):
        W_r, W_u, W_xn, W_hn = self.P[:4]
        r, u, n, H = self.r, self.u, self.n, self.h.shape[1]
        du = g * (self.h - n) * u * (1 - u)
        dn = g * (1 - u) * (1 - n**2)
        dm = dn * r
        dr = dn * self.m * u * (1 - u)
        self.grads = [dr.T @ self.v, du.T @ self.v, dn.T @ self.x, dm.T @ self.h]
        self.grads += [d.sum(axis=0) for d in (dr, du, dn, dm)]
        dv = dr @ W_r + du @ W_u
        return dv[:, H:] + dn @ W_xn, dv[:, :H] + dm @ W_hn + g * u

def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    P = (W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn)
    nodes = [Node(x_t, h_t, P) for x_t, h_t in zip(x, [h0, *h[:-1]])]
    dx, g = [], np.zeros_like(h0)
    for node, dh_t in zip(nodes[::-1], dh[::-1]):
        dx_t, g = node.backward(dh_t + g)
        dx.append(dx_t)
    totals = [sum(node.grads[k] for node in nodes) for k in range(8)]
    return np.array(dx), g, *totals

# %% id=short-loop-and-no-reset-in-dW style=dictionary mistakes="the loop stops before t = 0; dW_hn is made of delta_n instead of delta_m" origin="off by one"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    H = h0.shape[1]
    grads = {k: np.zeros_like(a) for k, a in dict(
        dx=x, W_r=W_r, W_u=W_u, W_xn=W_xn, W_hn=W_hn, b_r=b_r, b_u=b_u, b_xn=b_xn, b_hn=b_hn).items()}
    dh_next = np.zeros_like(h0)
    for t in range(len(x) - 1, 0, -1):
        h_prev = h[t - 1] if t > 0 else h0
        v = np.concatenate([h_prev, x[t]], axis=1)
        r = 1 / (1 + np.exp(-(v @ W_r.T + b_r)))
        u = 1 / (1 + np.exp(-(v @ W_u.T + b_u)))
        m = h_prev @ W_hn.T + b_hn
        n = np.tanh(x[t] @ W_xn.T + b_xn + r * m)
        dh_t = dh[t] + dh_next
        d = {"u": dh_t * (h_prev - n) * u * (1 - u), "xn": dh_t * (1 - u) * (1 - n**2)}
        d["hn"] = d["xn"] * r
        d["r"] = d["xn"] * m * r * (1 - r)
        grads["W_r"] += d["r"].T @ v
        grads["W_u"] += d["u"].T @ v
        grads["W_xn"] += d["xn"].T @ x[t]
        grads["W_hn"] += d["xn"].T @ h_prev
        for k in d:
            grads["b_" + k] += d[k].sum(axis=0)
        dv = d["r"] @ W_r + d["u"] @ W_u
        grads["dx"][t] = dv[:, H:] + d["xn"] @ W_xn
        dh_next = dv[:, :H] + d["hn"] @ W_hn + dh_t * u
    g = grads
    return g["dx"], dh_next, g["W_r"], g["W_u"], g["W_xn"], g["W_hn"], g["b_r"], g["b_u"], g["b_xn"], g["b_hn"]

# %% id=plus-for-minus-no-u-share-averaged style=stacked mistakes="delta_u uses h_prev + n instead of h_prev - n; delta_n leaves out 1 - u; db_r is averaged over the batch" origin="beginner"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    T, B, H = h.shape
    W, b = np.vstack([W_r, W_u]), np.hstack([b_r, b_u])
    dW, dW_xn, dW_hn = np.zeros_like(W), np.zeros_like(W_xn), np.zeros_like(W_hn)
    db_r, db_u, db_xn, db_hn = np.zeros((4, H))
    dx, dnext = np.zeros_like(x), np.zeros((B, H))
    for t in reversed(range(T)):
        prev = h[t - 1] if t else h0
        v = np.hstack([prev, x[t]])
        ru = 1 / (1 + np.exp(-(v @ W.T + b)))
        r, u = ru[:, :H], ru[:, H:]
        m = prev @ W_hn.T + b_hn
        n = np.tanh(x[t] @ W_xn.T + b_xn + r * m)
        d = dh[t] + dnext
        d_n = d * (1 - n**2)
        d_m = d_n * r
        d_r = d_n * m * r * (1 - r)
        d_u = d * (prev + n) * u * (1 - u)
        d_ru = np.hstack([d_r, d_u])
        dW += d_ru.T @ v
        dW_xn += d_n.T @ x[t]
        dW_hn += d_m.T @ prev
        db_r += d_r.mean(axis=0)
        db_u += d_u.sum(axis=0)
        db_xn += d_n.sum(axis=0)
        db_hn += d_m.sum(axis=0)
        dv = d_ru @ W
        dx[t] = dv[:, H:] + d_n @ W_xn
        dnext = dv[:, :H] + d_m @ W_hn + d * u
    return dx, dnext, dW[:H], dW[H:], dW_xn, dW_hn, db_r, db_u, db_xn, db_hn

# %% id=no-reset-in-recompute-wrap-and-lost-u style=helper mistakes="r is left out when the candidate is recomputed; at the first step h[-1] is read instead of h0; dx and dh_prev leave out the update gate's term" origin="beginner"
def squash(a):
    return 1 / (1 + np.exp(-a))

def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    n_hidden = len(b_r)
    out_dx = np.zeros_like(x)
    Wr_g, Wu_g, Wxn_g, Whn_g, br_g, bu_g, bxn_g, bhn_g = (
        np.zeros_like(p) for p in (W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn)
    )
    carry = np.zeros_like(h0)
    t = len(x) - 1
    while t >= 0:
        prev = h[t - 1]
        joint = np.concatenate([prev, x[t]], axis=1)
        r = squash(joint @ W_r.T + b_r)
        u = squash(joint @ W_u.T + b_u)
        m = prev @ W_hn.T + b_hn
        n = np.tanh(x[t] @ W_xn.T + b_xn + m)
        total = dh[t] + carry
        e_u = total * (prev - n) * u * (1 - u)
        e_n = total * (1 - u) * (1 - n**2)
        e_m = e_n * r
        e_r = e_n * m * r * (1 - r)
        Wr_g, br_g = Wr_g + e_r.T @ joint, br_g + e_r.sum(axis=0)
        Wu_g, bu_g = Wu_g + e_u.T @ joint, bu_g + e_u.sum(axis=0)
        Wxn_g, bxn_g = Wxn_g + e_n.T @ x[t], bxn_g + e_n.sum(axis=0)
        Whn_g, bhn_g = Whn_g + e_m.T @ prev, bhn_g + e_m.sum(axis=0)
        e_joint = e_r @ W_r
        out_dx[t] = e_joint[:, n_hidden:] + e_n @ W_xn
        carry = e_joint[:, :n_hidden] + e_m @ W_hn + total * u
        t -= 1
    return out_dx, carry, Wr_g, Wu_g, Wxn_g, Whn_g, br_g, bu_g, bxn_g, bhn_g
