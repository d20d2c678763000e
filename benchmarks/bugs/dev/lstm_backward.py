# %% id=cell-forgets-the-gate style=loop mistakes="dc_prev lacks the forget gate" origin="beginner"
def lstm_backward(dh, x, h0, c0, h, c, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    s = lambda a: 1 / (1 + np.exp(-a))
    H = h0.shape[1]
    dx = np.zeros_like(x)
    dW = [np.zeros_like(W_f) for _ in range(4)]
    db = [np.zeros_like(b_f) for _ in range(4)]
    dhn, dcn = np.zeros_like(h0), np.zeros_like(c0)
    for t in range(len(x) - 1, -1, -1):
        hp, cp = (h0, c0) if t == 0 else (h[t - 1], c[t - 1])
        v = np.hstack([hp, x[t]])
        f, i, g, o = s(v @ W_f.T + b_f), s(v @ W_i.T + b_i), np.tanh(v @ W_c.T + b_c), s(v @ W_o.T + b_o)
        tc = np.tanh(c[t])
        dht = dh[t] + dhn
        dct = dcn + dht * o * (1 - tc**2)
        deltas = [dct * cp * f * (1 - f), dct * g * i * (1 - i), dct * i * (1 - g**2), dht * tc * o * (1 - o)]
        dv = 0
        for k, (d, W) in enumerate(zip(deltas, (W_f, W_i, W_c, W_o))):
            dW[k] += d.T @ v
            db[k] += d.sum(0)
            dv = dv + d @ W
        dhn, dx[t] = dv[:, :H], dv[:, H:]
        dcn = dct
    return dx, dhn, dcn, *dW, *db

# %% id=only-one-step-of-all style=framework mistakes="all gradients of the parameters keep one step only" origin="beginner"
def cell_backward(dh, dc, x, h_prev, c_prev, c, P):
    v = np.concatenate([h_prev, x], axis=1)
    sig = lambda W, b: 1 / (1 + np.exp(-(v @ W.T + b)))
    f, i, o, g = sig(P[0], P[4]), sig(P[1], P[5]), sig(P[3], P[7]), np.tanh(v @ P[2].T + P[6])
    dc = dc + dh * o * (1 - np.tanh(c) ** 2)
    d = [dc * c_prev * f * (1 - f), dc * g * i * (1 - i), dc * i * (1 - g * g), dh * np.tanh(c) * o * (1 - o)]
    dv = d[0] @ P[0] + d[1] @ P[1] + d[2] @ P[2] + d[3] @ P[3]
    n = h_prev.shape[1]
    return dv[:, n:], dv[:, :n], dc * f, [e.T @ v for e in d] + [e.sum(axis=0) for e in d]

def lstm_backward(dh, x, h0, c0, h, c, params):
    dx, dh_next, dc_next = np.empty_like(x), 0, 0
    for t in reversed(range(len(x))):
        h_prev, c_prev = (h[t - 1], c[t - 1]) if t else (h0, c0)
        dx[t], dh_next, dc_next, grads = cell_backward(dh[t] + dh_next, dc_next, x[t], h_prev, c_prev, c[t], params)
    return dx, dh_next, dc_next, *grads

# %% id=no-tanh-derivative-mean-bias style=einsum mistakes="the derivative of tanh of c is missing in dc; the bias gradients are means over the batch" origin="beginner"
def lstm_backward(dh, x, h0, c0, h, c, params):
    W, b = params[:4], params[4:]
    T, B, H = h.shape
    V = np.concatenate([np.concatenate([h0[None], h[:-1]]), x], axis=2)
    C = np.concatenate([c0[None], c[:-1]])
    A = [np.einsum("tbv,hv->tbh", V, w) + bias for w, bias in zip(W, b)]
    f, i, o = (1 / (1 + np.exp(-a)) for a in (A[0], A[1], A[3]))
    g, y = np.tanh(A[2]), np.tanh(c)
    D = np.zeros((4, T, B, H))
    dV = np.zeros_like(V)
    dcn, dhn = np.zeros_like(c0), np.zeros_like(h0)
    for t in range(T)[::-1]:
        dht = dh[t] + dhn
        dct = dcn + dht * o[t]
        D[0, t], D[1, t] = dct * C[t] * f[t] * (1 - f[t]), dct * g[t] * i[t] * (1 - i[t])
        D[2, t], D[3, t] = dct * i[t] * (1 - g[t] ** 2), dht * y[t] * o[t] * (1 - o[t])
        dV[t] = sum(D[k, t] @ W[k] for k in range(4))
        dhn, dcn = dV[t, :, :H], dct * f[t]
    dW = np.einsum("ktbh,tbv->khv", D, V)
    return dV[:, :, H:], dhn, dcn, *dW, *D.sum(axis=1).mean(axis=1)

# %% id=ignored-h0-f-with-c-o-without-derivative style=loop mistakes="h0 is ignored; delta_f is built with c_t; the derivative of the sigmoid is missing in delta_o" origin="beginner"
def lstm_backward(dh, x, h0, c0, h, c, params):
    Wf, Wi, Wc, Wo, bf, bi, bc, bo = params
    sigma = lambda z: 1.0 / (1.0 + np.exp(-z))
    n = h.shape[2]
    gx = np.zeros(x.shape)
    gWf, gWi, gWc, gWo = (np.zeros(Wf.shape) for _ in range(4))
    gbf, gbi, gbc, gbo = (np.zeros(bf.shape) for _ in range(4))
    gh, gc = np.zeros(h0.shape), np.zeros(c0.shape)
    for t in reversed(range(x.shape[0])):
        before = h[t - 1] if t > 0 else np.zeros(h0.shape)
        cell = c[t - 1] if t > 0 else c0
        v = np.concatenate((before, x[t]), axis=1)
        f, i, o = sigma(v @ Wf.T + bf), sigma(v @ Wi.T + bi), sigma(v @ Wo.T + bo)
        q = np.tanh(v @ Wc.T + bc)
        gh = gh + dh[t]
        gc = gc + gh * o * (1 - np.tanh(c[t]) ** 2)
        zo = gh * np.tanh(c[t])
        zf = gc * c[t] * f * (1 - f)
        zi = gc * q * i * (1 - i)
        zc = gc * i * (1 - q**2)
        gWf += zf.T @ v
        gWi += zi.T @ v
        gWc += zc.T @ v
        gWo += zo.T @ v
        gbf += zf.sum(axis=0)
        gbi += zi.sum(axis=0)
        gbc += zc.sum(axis=0)
        gbo += zo.sum(axis=0)
        gv = zf @ Wf + zi @ Wi + zc @ Wc + zo @ Wo
        gx[t], gh = gv[:, n:], gv[:, :n]
        gc = gc * f
    return gx, gh, gc, gWf, gWi, gWc, gWo, gbf, gbi, gbc, gbo

# %% id=gates-stacked style=vectorised mistakes="" origin="ported from a fused kernel"
def lstm_backward(dh, x, h0, c0, h, c, params):
    W, b = np.vstack(params[:4]), np.hstack(params[4:])
    H = h0.shape[1]
    dW, db, dx = np.zeros_like(W), np.zeros_like(b), np.zeros_like(x)
    dh_next, dc_next = np.zeros_like(h0), np.zeros_like(c0)
    for t in reversed(range(len(x))):
        h_prev, c_prev = (h[t - 1], c[t - 1]) if t > 0 else (h0, c0)
        v = np.hstack([h_prev, x[t]])
        a = v @ W.T + b
        f, i, o = (1 / (1 + np.exp(-a[:, k * H : (k + 1) * H])) for k in (0, 1, 3))
        g, tc = np.tanh(a[:, 2 * H : 3 * H]), np.tanh(c[t])
        dh_t = dh[t] + dh_next
        dc_t = dc_next + dh_t * o * (1 - tc**2)
        d = np.hstack([dc_t * c_prev * f * (1 - f), dc_t * g * i * (1 - i), dc_t * i * (1 - g**2), dh_t * tc * o * (1 - o)])
        dW += d.T @ v
        db += d.sum(axis=0)
        dv = d @ W
        dh_next, dx[t], dc_next = dv[:, :H], dv[:, H:], dc_t * f
    return dx, dh_next, dc_next, *np.split(dW, 4), *np.split(db, 4)

# %% id=sample-after-sample style=per-sample mistakes="" origin="beginner"
def lstm_backward(dh, x, h0, c0, h, c, params):
    W, b = params[:4], params[4:]
    T, B, H = h.shape
    dx, dh0, dc0 = np.zeros_like(x), np.zeros_like(h0), np.zeros_like(c0)
    dW, db = [np.zeros_like(w) for w in W], [np.zeros_like(v) for v in b]
    for n in range(B):
        gh, gc = np.zeros(H), np.zeros(H)
        for t in range(T - 1, -1, -1):
            hp, cp = (h[t - 1, n], c[t - 1, n]) if t else (h0[n], c0[n])
            v = np.append(hp, x[t, n])
            a = [w @ v + v0 for w, v0 in zip(W, b)]
            f, i, o = (1 / (1 + np.exp(-a[k])) for k in (0, 1, 3))
            g, y = np.tanh(a[2]), np.tanh(c[t, n])
            gh = gh + dh[t, n]
            gc = gc + gh * o * (1 - y * y)
            d = (gc * cp * f * (1 - f), gc * g * i * (1 - i), gc * i * (1 - g * g), gh * y * o * (1 - o))
            dv = np.zeros(len(v))
            for k in range(4):
                dW[k] += np.outer(d[k], v)
                db[k] += d[k]
                dv += W[k].T @ d[k]
            gh, dx[t, n], gc = dv[:H], dv[H:], gc * f
        dh0[n], dc0[n] = gh, gc
    return (dx, dh0, dc0, *dW, *db)

# %% id=columns style=layout mistakes="" origin="ported from (n_a, m, T) code"
def lstm_backward(dh, x, h0, c0, h, c, params):
    Wf, Wi, Wc, Wo, bf, bi, bc, bo = params
    n_a, m, T = h.shape[2], h.shape[1], h.shape[0]
    s = lambda W, v, b: 1 / (1 + np.exp(-(W @ v + b.reshape(n_a, 1))))
    grads = {k: 0.0 for k in ("dWf", "dWi", "dWc", "dWo", "dbf", "dbi", "dbc", "dbo")}
    dx = np.zeros((x.shape[2], m, T))
    da_prev, dc_prev = np.zeros((n_a, m)), np.zeros((n_a, m))
    for t in reversed(range(T)):
        a_before, c_before = (h[t - 1].T, c[t - 1].T) if t > 0 else (h0.T, c0.T)
        v = np.concatenate([a_before, x[t].T], axis=0)
        ft, it, ot, cct = s(Wf, v, bf), s(Wi, v, bi), s(Wo, v, bo), np.tanh(Wc @ v + bc.reshape(n_a, 1))
        da, tc = dh[t].T + da_prev, np.tanh(c[t].T)
        dc = dc_prev + da * ot * (1 - tc**2)
        d = {"f": dc * c_before * ft * (1 - ft), "i": dc * cct * it * (1 - it)}
        d |= {"c": dc * it * (1 - cct**2), "o": da * tc * ot * (1 - ot)}
        for k in "fico":
            grads["dW" + k] = grads["dW" + k] + d[k] @ v.T
            grads["db" + k] = grads["db" + k] + d[k].sum(axis=1)
        dv = Wf.T @ d["f"] + Wi.T @ d["i"] + Wc.T @ d["c"] + Wo.T @ d["o"]
        da_prev, dx[:, :, t], dc_prev = dv[:n_a], dv[n_a:], dc * ft
    return (dx.transpose(2, 1, 0), da_prev.T, dc_prev.T, *grads.values())

# %% id=tape-of-steps style=functional mistakes="" origin="closures in place of a cache"
def lstm_backward(dh, x, h0, c0, h, c, params):
    W, b, H = params[:4], params[4:], h0.shape[1]
    before = list(zip([h0, *h[:-1]], [c0, *c[:-1]]))

    def make(t):
        h_prev, c_prev = before[t]
        v = np.hstack([h_prev, x[t]])
        f, i, g, o = (np.tanh(v @ w.T + q) if k == 2 else 1 / (1 + np.exp(-(v @ w.T + q))) for k, (w, q) in enumerate(zip(W, b)))
        y = np.tanh(c[t])

        def back(gh, gc):
            gh = gh + dh[t]
            gc = gc + gh * o * (1 - y**2)
            d = gc * c_prev * f * (1 - f), gc * g * i * (1 - i), gc * i * (1 - g**2), gh * y * o * (1 - o)
            dv = sum(e @ w for e, w in zip(d, W))
            return dv[:, H:], dv[:, :H], gc * f, [e.T @ v for e in d] + [e.sum(axis=0) for e in d]

        return back

    tape = [make(t) for t in range(len(x))]
    gh, gc, dx, shares = 0.0, 0.0, [], []
    while tape:
        dx_t, gh, gc, share = tape.pop()(gh, gc)
        dx.append(dx_t)
        shares.append(share)
    return np.array(dx[::-1]), gh, gc, *(sum(parts) for parts in zip(*shares))

# %% id=module-with-grads style=class mistakes="" origin="ported from a module with .grad"
class LSTM:
    def __init__(self, params):
        self.params = dict(zip(("Wf", "Wi", "Wg", "Wo", "bf", "bi", "bg", "bo"), params))
        self.grads = {k: np.zeros_like(p) for k, p in self.params.items()}

    def gate(self, v, k):
        return 1 / (1 + np.exp(-(v @ self.params["W" + k].T + self.params["b" + k])))

    def step(self, dh, dc, v, cp, c):
        f, i, o = (self.gate(v, k) for k in "fio")
        g = np.tanh(v @ self.params["Wg"].T + self.params["bg"])
        dc = dc + dh * o * (1 - np.tanh(c) ** 2)
        d = dict(f=dc * cp * f * (1 - f), i=dc * g * i * (1 - i), g=dc * i * (1 - g * g), o=dh * np.tanh(c) * o * (1 - o))
        dv = 0
        for k, delta in d.items():
            self.grads["W" + k] += delta.T @ v
            self.grads["b" + k] += delta.sum(axis=0)
            dv = dv + delta @ self.params["W" + k]
        return dv, dc * f

def lstm_backward(dh, x, h0, c0, h, c, params):
    net, T, H = LSTM(params), len(x), h0.shape[1]
    H_all, C_all = np.concatenate([h0[None], h]), np.concatenate([c0[None], c])
    dx, carry_h, carry_c = np.empty_like(x), np.zeros_like(h0), np.zeros_like(c0)
    for t in range(T, 0, -1):
        dv, carry_c = net.step(dh[t - 1] + carry_h, carry_c, np.hstack([H_all[t - 1], x[t - 1]]), C_all[t - 1], C_all[t])
        carry_h, dx[t - 1] = dv[:, :H], dv[:, H:]
    return dx, carry_h, carry_c, *net.grads.values()

# %% id=deltas-first-products-last style=einsum mistakes="" origin="physicist"
def lstm_backward(dh, x, h0, c0, h, c, params):
    W, b = np.array(params[:4]), np.array(params[4:])
    H = h0.shape[1]
    V = np.concatenate([np.insert(h, 0, h0, axis=0)[:-1], x], axis=-1)
    C = np.insert(c, 0, c0, axis=0)
    A = np.einsum("tbv,khv->ktbh", V, W) + b[:, None, None]
    S = np.where(np.arange(4)[:, None, None, None] == 2, np.tanh(A), 0.5 + 0.5 * np.tanh(A / 2))
    f, i, g, o = S
    y = np.tanh(C[1:])
    to_c = np.stack([C[:-1] * f * (1 - f), g * i * (1 - i), i * (1 - g**2)])
    to_h = y * o * (1 - o)
    delta = np.zeros_like(S)
    gh, gc = np.zeros_like(h0), np.zeros_like(c0)
    for t in range(len(x) - 1, -1, -1):
        gh = gh + dh[t]
        gc = gc + gh * o[t] * (1 - y[t] ** 2)
        delta[:3, t], delta[3, t] = gc * to_c[:, t], gh * to_h[t]
        gh, gc = np.einsum("kbh,khj->bj", delta[:, t], W[:, :, :H]), gc * f[t]
    dx = np.einsum("ktbh,khd->tbd", delta, W[:, :, H:])
    return dx, gh, gc, *np.einsum("ktbh,tbv->khv", delta, V), *delta.sum(axis=(1, 2))

# %% id=recursion-over-time style=recursive mistakes="" origin="student who knows Lisp"
def lstm_backward(dh, x, h0, c0, h, c, params):
    H = len(params.b_f)
    sigmoid = lambda a: 1 / (1 + np.exp(-a))

    def back(t, gh, gc):
        if t < 0:
            return [], gh, gc, [0 * p for p in params]
        hp, cp = (h[t - 1], c[t - 1]) if t else (h0, c0)
        v = np.concatenate([hp, x[t]], axis=1)
        f, i = sigmoid(v @ params.W_f.T + params.b_f), sigmoid(v @ params.W_i.T + params.b_i)
        g, o = np.tanh(v @ params.W_c.T + params.b_c), sigmoid(v @ params.W_o.T + params.b_o)
        gh = dh[t] + gh
        gc = gc + gh * o * (1 - np.tanh(c[t]) ** 2)
        deltas = (gc * cp * f * (1 - f), gc * g * i * (1 - i), gc * i * (1 - g**2), gh * np.tanh(c[t]) * o * (1 - o))
        dv = deltas[0] @ params.W_f + deltas[1] @ params.W_i + deltas[2] @ params.W_c + deltas[3] @ params.W_o
        earlier, dh0, dc0, sums = back(t - 1, dv[:, :H], gc * f)
        mine = [d.T @ v for d in deltas] + [d.sum(axis=0) for d in deltas]
        return earlier + [dv[:, H:]], dh0, dc0, [s + m for s, m in zip(sums, mine)]

    dx, dh0, dc0, sums = back(len(x) - 1, 0 * h0, 0 * c0)
    return np.stack(dx), dh0, dc0, *sums

# %% id=candidate-weights-assigned style=loop mistakes="dW_c keeps one step only" origin="= for +="
def lstm_backward(dh, x, h0, c0, h, c, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    sigm = lambda a: 1 / (1 + np.exp(-a))
    T, B, H = h.shape
    dx = np.zeros(x.shape)
    dW_f, dW_i, dW_c, dW_o = np.zeros((4,) + W_f.shape)
    db_f, db_i, db_c, db_o = np.zeros((4, H))
    dh_next = np.zeros((B, H))
    dc_next = np.zeros((B, H))
    for t in reversed(range(T)):
        h_old, c_old = (h0, c0) if t == 0 else (h[t - 1], c[t - 1])
        v = np.concatenate([h_old, x[t]], axis=1)
        f, i, o = sigm(v @ W_f.T + b_f), sigm(v @ W_i.T + b_i), sigm(v @ W_o.T + b_o)
        g = np.tanh(v @ W_c.T + b_c)
        dht = dh[t] + dh_next
        dct = dc_next + dht * o * (1 - np.tanh(c[t]) ** 2)
        df = dct * c_old * f * (1 - f)
        di = dct * g * i * (1 - i)
        dg = dct * i * (1 - g**2)
        do = dht * np.tanh(c[t]) * o * (1 - o)
        dW_f += df.T @ v
        dW_i += di.T @ v
        dW_c = dg.T @ v
        dW_o += do.T @ v
        db_f += df.sum(axis=0)
        db_i += di.sum(axis=0)
        db_c += dg.sum(axis=0)
        db_o += do.sum(axis=0)
        dv = df @ W_f + di @ W_i + dg @ W_c + do @ W_o
        dh_next, dx[t] = dv[:, :H], dv[:, H:]
        dc_next = dct * f
    return dx, dh_next, dc_next, dW_f, dW_i, dW_c, dW_o, db_f, db_i, db_c, db_o

# %% id=gate-of-the-wrong-end style=layout mistakes="dc_prev is multiplied by o_t instead of f_t" origin="ported from (n_a, m, T) code"
def lstm_backward(dh, x, h0, c0, h, c, params):
    da, a, cs, xs = dh.transpose(2, 1, 0), h.transpose(2, 1, 0), c.transpose(2, 1, 0), x.transpose(2, 1, 0)
    n_a, m, T = a.shape
    W = np.concatenate(params[:4])
    b = np.concatenate(params[4:])[:, None]
    dW, db, dx = np.zeros(W.shape), np.zeros(b.shape), np.zeros(xs.shape)
    da_next, dc_next = np.zeros((n_a, m)), np.zeros((n_a, m))
    for t in reversed(range(T)):
        a_prev = a[:, :, t - 1] if t else h0.T
        c_prev = cs[:, :, t - 1] if t else c0.T
        v = np.concatenate([a_prev, xs[:, :, t]])
        zf, zi, zc, zo = np.split(W @ v + b, 4)
        ft, it, cct, ot = 1 / (1 + np.exp(-zf)), 1 / (1 + np.exp(-zi)), np.tanh(zc), 1 / (1 + np.exp(-zo))
        dat, y = da[:, :, t] + da_next, np.tanh(cs[:, :, t])
        dct = dc_next + dat * ot * (1 - y * y)
        dz = np.concatenate([dct * c_prev * ft * (1 - ft), dct * cct * it * (1 - it), dct * it * (1 - cct**2), dat * y * ot * (1 - ot)])
        dW += dz @ v.T
        db += dz.sum(axis=1, keepdims=True)
        dv = W.T @ dz
        da_next, dx[:, :, t], dc_next = dv[:n_a], dv[n_a:], dct * ot
    return dx.transpose(2, 1, 0), da_next.T, dc_next.T, *np.split(dW, 4), *np.split(db[:, 0], 4)

# %% id=own-loss-only style=helper mistakes="the gradient of h from the next step is left out" origin="beginner"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    W, b = params[:4], params[4:]
    v = np.hstack([h_prev, x_t])
    f, i, o = (sigmoid(v @ W[k].T + b[k]) for k in (0, 1, 3))
    g = np.tanh(v @ W[2].T + b[2])
    dc = dc_t + dh_t * o * (1 - np.tanh(c_t) ** 2)
    ds = dc * c_prev * f * (1 - f), dc * g * i * (1 - i), dc * i * (1 - g**2), dh_t * np.tanh(c_t) * o * (1 - o)
    dv = sum(d @ w for d, w in zip(ds, W))
    H = h_prev.shape[1]
    return dv[:, H:], dv[:, :H], dc * f, *[d.T @ v for d in ds], *[d.sum(axis=0) for d in ds]

def lstm_backward(dh, x, h0, c0, h, c, params):
    totals = [np.zeros_like(p) for p in params]
    dx, back_h, back_c = np.zeros_like(x), np.zeros_like(h0), np.zeros_like(c0)
    for t in range(len(x))[::-1]:
        hp, cp = (h[t - 1], c[t - 1]) if t > 0 else (h0, c0)
        arrived = dh[t]
        dx[t], back_h, back_c, *new = lstm_step_backward(arrived, back_c, x[t], hp, cp, c[t], params)
        for total, part in zip(totals, new):
            total += part
    return dx, back_h, back_c, *totals

# %% id=output-slope-and-input-factor style=vectorised mistakes="the derivative of sigmoid in delta_o is o * (1 + o); delta_i uses i instead of the candidate" origin="beginner"
def lstm_backward(dh, x, h0, c0, h, c, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    σ = lambda z: 1 / (1 + np.exp(-z))
    hs, cs = np.vstack([h0[None], h]), np.vstack([c0[None], c])
    V = np.dstack([hs[:-1], x])
    f, i, o = σ(V @ W_f.T + b_f), σ(V @ W_i.T + b_i), σ(V @ W_o.T + b_o)
    u, q = np.tanh(V @ W_c.T + b_c), np.tanh(c)
    Df, Di, Dc, Do = (np.zeros_like(h) for _ in range(4))
    gh, gc = np.zeros_like(h0), np.zeros_like(c0)
    for t in range(len(h) - 1, -1, -1):
        gh = dh[t] + gh
        gc = gc + gh * o[t] * (1 - q[t] ** 2)
        Df[t] = gc * cs[t] * f[t] * (1 - f[t])
        Di[t] = gc * i[t] * i[t] * (1 - i[t])
        Dc[t] = gc * i[t] * (1 - u[t] ** 2)
        Do[t] = gh * q[t] * o[t] * (1 + o[t])
        gh = (Df[t] @ W_f + Di[t] @ W_i + Dc[t] @ W_c + Do[t] @ W_o)[:, : h0.shape[1]]
        gc = gc * f[t]
    dx = (Df @ W_f + Di @ W_i + Dc @ W_c + Do @ W_o)[:, :, h0.shape[1] :]
    pairs = [np.tensordot(D, V, ((0, 1), (0, 1))) for D in (Df, Di, Dc, Do)]
    return dx, gh, gc, *pairs, *(D.sum((0, 1)) for D in (Df, Di, Dc, Do))

# %% id=cell-at-start-and-mean-forget-bias style=per-sample mistakes="c0 is read as zeros at the first step; db_f is a mean over the batch" origin="beginner"
def lstm_backward(dh, x, h0, c0, h, c, params):
    W, b, (T, B, H) = params[:4], params[4:], h.shape
    dx, dh0, dc0 = np.zeros_like(x), np.zeros_like(h0), np.zeros_like(c0)
    dW = np.zeros((4,) + W[0].shape)
    db = np.zeros((4, H))
    for n in range(B):
        gh = gc = np.zeros(H)
        for t in range(T - 1, -1, -1):
            hp = h[t - 1, n] if t > 0 else h0[n]
            cp = c[t - 1, n] if t > 0 else np.zeros(H)
            v = np.r_[hp, x[t, n]]
            z = [w @ v + q for w, q in zip(W, b)]
            f, i, o = [1 / (1 + np.exp(-z[k])) for k in (0, 1, 3)]
            g, y = np.tanh(z[2]), np.tanh(c[t, n])
            gh = gh + dh[t, n]
            gc = gc + gh * o * (1 - y**2)
            d = np.array([gc * cp * f * (1 - f), gc * g * i * (1 - i), gc * i * (1 - g**2), gh * y * o * (1 - o)])
            dW += d[:, :, None] * v
            db += d
            dv = np.einsum("kh,khv->v", d, np.array(W))
            gh, dx[t, n], gc = dv[:H], dv[H:], gc * f
        dh0[n], dc0[n] = gh, gc
    db[0] /= B
    return dx, dh0, dc0, *dW, *db

# %% id=new-state-in-dW-no-candidate-bias-no-slope style=framework mistakes="h_t is read instead of h_prev in dW; b_c is left out when the candidate is recomputed; the derivative of tanh is missing in delta_c" origin="ported from a framework's cell"
def cell(gh, gc, xt, hp, cp, ht, ct, P):
    v = np.hstack((hp, xt))
    f, i, o = (1 / (1 + np.exp(-(v @ W.T + b))) for W, b in ((P.W_f, P.b_f), (P.W_i, P.b_i), (P.W_o, P.b_o)))
    g = np.tanh(v @ P.W_c.T)
    y = np.tanh(ct)
    gc = gc + gh * o * (1 - y * y)
    d = {"f": gc * cp * f * (1 - f), "i": gc * g * i * (1 - i), "c": gc * i, "o": gh * y * o * (1 - o)}
    dv = d["f"] @ P.W_f + d["i"] @ P.W_i + d["c"] @ P.W_c + d["o"] @ P.W_o
    seen = np.hstack((ht, xt))
    n = hp.shape[1]
    return dv[:, n:], dv[:, :n], gc * f, np.array([e.T @ seen for e in d.values()]), np.array([e.sum(0) for e in d.values()])

def lstm_backward(dh, x, h0, c0, h, c, params):
    dx, gh, gc, dW, db = [None] * len(x), 0, 0, 0, 0
    for t in reversed(range(len(x))):
        hp, cp = (h[t - 1], c[t - 1]) if t else (h0, c0)
        dx[t], gh, gc, W_part, b_part = cell(dh[t] + gh, gc, x[t], hp, cp, h[t], c[t], params)
        dW, db = dW + W_part, db + b_part
    return np.array(dx), gh, gc, *dW, *db

# %% id=no-derivative-cut-cell-one-bias-step style=class mistakes="the derivative of sigmoid is missing in delta_f; the gradient of c from the next step is left out; db_o keeps one step only" origin="ported from a layer class"
class LSTMLayer:
    def __init__(self, params):
        self.W, self.b = list(params[:4]), list(params[4:])
        self.dW, self.db = [np.zeros_like(w) for w in self.W], [np.zeros_like(q) for q in self.b]

    def back(self, gh, gc, xt, hp, cp, ct):
        v = np.concatenate((hp, xt), axis=1)
        a = [v @ w.T + q for w, q in zip(self.W, self.b)]
        f, i, g, o = [np.tanh(z) if k == 2 else 1 / (1 + np.exp(-z)) for k, z in enumerate(a)]
        y = np.tanh(ct)
        gc = gh * o * (1 - y**2)
        d = [gc * cp, gc * g * i * (1 - i), gc * i * (1 - g**2), gh * y * o * (1 - o)]
        for k in range(4):
            self.dW[k] += d[k].T @ v
        for k in range(3):
            self.db[k] += d[k].sum(axis=0)
        self.db[3] = d[3].sum(axis=0)
        dv = sum(d[k] @ self.W[k] for k in range(4))
        return dv, gc * f

def lstm_backward(dh, x, h0, c0, h, c, params):
    layer, H = LSTMLayer(params), h0.shape[1]
    gh, gc, dx = np.zeros_like(h0), np.zeros_like(c0), np.empty_like(x)
    for t in range(len(x) - 1, -1, -1):
        hp, cp = (h[t - 1], c[t - 1]) if t >= 1 else (h0, c0)
        dv, gc = layer.back(dh[t] + gh, gc, x[t], hp, cp, c[t])
        gh, dx[t] = dv[:, :H], dv[:, H:]
    return dx, gh, gc, *layer.dW, *layer.db

# %% id=first-step-never-visited style=vectorised mistakes="the loop stops before t = 0, so the first step is left out" origin="off by one in range"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_backward(dh, x, h0, c0, h, c, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    T, B, H = dh.shape
    dx = np.zeros_like(x)
    dW_f, dW_i, dW_c, dW_o = [np.zeros_like(W_f) for _ in range(4)]
    db_f, db_i, db_c, db_o = [np.zeros(H) for _ in range(4)]
    dh_next = np.zeros((B, H))
    dc_next = np.zeros((B, H))
    for t in range(T - 1, 0, -1):
        h_prev = h[t - 1] if t > 0 else h0
        c_prev = c[t - 1] if t > 0 else c0
        v = np.concatenate([h_prev, x[t]], axis=1)
        f = sigmoid(v @ W_f.T + b_f)
        i = sigmoid(v @ W_i.T + b_i)
        g = np.tanh(v @ W_c.T + b_c)
        o = sigmoid(v @ W_o.T + b_o)
        dh_t = dh[t] + dh_next
        dc_t = dc_next + dh_t * o * (1 - np.tanh(c[t]) ** 2)
        delta_f = dc_t * c_prev * f * (1 - f)
        delta_i = dc_t * g * i * (1 - i)
        delta_c = dc_t * i * (1 - g ** 2)
        delta_o = dh_t * np.tanh(c[t]) * o * (1 - o)
        dW_f += delta_f.T @ v
        dW_i += delta_i.T @ v
        dW_c += delta_c.T @ v
        dW_o += delta_o.T @ v
        db_f += delta_f.sum(axis=0)
        db_i += delta_i.sum(axis=0)
        db_c += delta_c.sum(axis=0)
        db_o += delta_o.sum(axis=0)
        dv = delta_f @ W_f + delta_i @ W_i + delta_c @ W_c + delta_o @ W_o
        dx[t] = dv[:, H:]
        dh_next = dv[:, :H]
        dc_next = dc_t * f
    return dx, dh_next, dc_next, dW_f, dW_i, dW_c, dW_o, db_f, db_i, db_c, db_o

# %% id=last-cell-before-the-first style=helper mistakes="at the first step c[-1] is read instead of c0" origin="negative index"
def back(dh_t, dc_t, x_t, h_prev, c_prev, c_t, p):
    v = np.hstack([h_prev, x_t])
    s = lambda W, b: 1 / (1 + np.exp(-(v @ W.T + b)))
    f, i, o, g = s(p.W_f, p.b_f), s(p.W_i, p.b_i), s(p.W_o, p.b_o), np.tanh(v @ p.W_c.T + p.b_c)
    th = np.tanh(c_t)
    dc = dc_t + dh_t * o * (1 - th**2)
    deltas = dc * c_prev * f * (1 - f), dc * g * i * (1 - i), dc * i * (1 - g**2), dh_t * th * o * (1 - o)
    dv = sum(d @ W for d, W in zip(deltas, p[:4]))
    H = h_prev.shape[1]
    return dv[:, H:], dv[:, :H], dc * f, [d.T @ v for d in deltas] + [d.sum(axis=0) for d in deltas]

def lstm_backward(dh, x, h0, c0, h, c, params):
    T = len(x)
    dx = np.zeros(x.shape)
    dh_n, dc_n = np.zeros(h0.shape), np.zeros(c0.shape)
    grads = [np.zeros(p.shape) for p in params]
    for t in reversed(range(T)):
        if t == 0:
            h_prev = h0
        else:
            h_prev = h[t - 1]
        dx[t], dh_n, dc_n, g = back(dh[t] + dh_n, dc_n, x[t], h_prev, c[t - 1], c[t], params)
        grads = [a + b for a, b in zip(grads, g)]
    return dx, dh_n, dc_n, *grads

# %% id=only-the-last-loss style=class mistakes="dh[t] is used at the last step only, the outputs of the other steps are left out" origin="many-to-one code"
class Step:
    def __init__(self, x, h, c, c_new, params):
        self.W, b = params[:4], params[4:]
        self.v, self.c, self.c_new, self.H = np.concatenate([h, x], axis=1), c, c_new, h.shape[1]
        a = [self.v @ W.T + bias for W, bias in zip(self.W, b)]
        self.f, self.i, self.o = [1 / (1 + np.exp(-a[k])) for k in (0, 1, 3)]
        self.g = np.tanh(a[2])

    def backward(self, dh, dc):
        f, i, g, o = self.f, self.i, self.g, self.o
        dc = dc + dh * o * (1 - np.tanh(self.c_new) ** 2)
        d = [dc * self.c * f * (1 - f), dc * g * i * (1 - i), dc * i * (1 - g**2)]
        d += [dh * np.tanh(self.c_new) * o * (1 - o)]
        dv = sum(one @ W for one, W in zip(d, self.W))
        grads = [one.T @ self.v for one in d] + [one.sum(axis=0) for one in d]
        return dv[:, self.H :], dv[:, : self.H], dc * f, grads

def lstm_backward(dh, x, h0, c0, h, c, params):
    T = len(x)
    hs, cs = [h0, *h], [c0, *c]
    steps = [Step(x[t], hs[t], cs[t], cs[t + 1], params) for t in range(T)]
    dx = [None] * T
    total = [0 * theta for theta in params]
    dh_t, dc_t = dh[-1], np.zeros_like(c0)
    for t in range(T - 1, -1, -1):
        dx[t], dh_t, dc_t, grads = steps[t].backward(dh_t, dc_t)
        total = [a + b for a, b in zip(total, grads)]
    return np.stack(dx), dh_t, dc_t, *total

# %% id=dx-collected-from-the-end style=list mistakes="dx is in reverse order of time, the list is not turned round" origin="append while walking back"
def lstm_backward(dh, x, h0, c0, h, c, params):
    Wf, Wi, Wc, Wo, bf, bi, bc, bo = params
    sig = lambda a: 1 / (1 + np.exp(-a))
    H = h0.shape[1]
    previous = list(zip([h0, *h[:-1]], [c0, *c[:-1]]))
    dxs = []
    sums = [np.zeros_like(p) for p in params]
    carry_h, carry_c = np.zeros_like(h0), np.zeros_like(c0)
    for t in range(len(x))[::-1]:
        hp, cp = previous[t]
        z = np.concatenate((hp, x[t]), axis=1)
        f, i, o, g = sig(z @ Wf.T + bf), sig(z @ Wi.T + bi), sig(z @ Wo.T + bo), np.tanh(z @ Wc.T + bc)
        dht = dh[t] + carry_h
        dct = carry_c + dht * o * (1 - np.tanh(c[t]) ** 2)
        d = [dct * cp * f * (1 - f), dct * g * i * (1 - i), dct * i * (1 - g * g), dht * np.tanh(c[t]) * o * (1 - o)]
        for k in range(4):
            sums[k] += d[k].T @ z
            sums[k + 4] += d[k].sum(axis=0)
        dz = d[0] @ Wf + d[1] @ Wi + d[2] @ Wc + d[3] @ Wo
        carry_h, carry_c = dz[:, :H], dct * f
        dxs.append(dz[:, H:])
    return (np.stack(dxs), carry_h, carry_c, *sums)

# %% id=averaged-over-the-steps style=einsum mistakes="the gradients of the parameters are divided by T" origin="mean instead of sum over time"
def lstm_backward(dh, x, h0, c0, h, c, params):
    W, b = np.stack(params[:4]), np.stack(params[4:])
    T, B, H = h.shape
    h_prev, c_prev = np.concatenate([h0[None], h[:-1]]), np.concatenate([c0[None], c[:-1]])
    v = np.concatenate([h_prev, x], axis=2)
    a = np.einsum("tbv,khv->ktbh", v, W) + b[:, None, None]
    f, i, o = 1 / (1 + np.exp(-a[[0, 1, 3]]))
    g, m = np.tanh(a[2]), np.tanh(c)
    delta = np.zeros((4, T, B, H))
    dv = np.zeros_like(v)
    dh_next, dc_next = np.zeros((2, B, H))
    for t in range(T - 1, -1, -1):
        dh_t = dh[t] + dh_next
        dc_t = dc_next + dh_t * o[t] * (1 - m[t] ** 2)
        delta[0, t] = dc_t * c_prev[t] * f[t] * (1 - f[t])
        delta[1, t] = dc_t * g[t] * i[t] * (1 - i[t])
        delta[2, t] = dc_t * i[t] * (1 - g[t] ** 2)
        delta[3, t] = dh_t * m[t] * o[t] * (1 - o[t])
        dv[t] = np.einsum("kbh,khv->bv", delta[:, t], W)
        dh_next, dc_next = dv[t, :, :H], dc_t * f[t]
    dW = np.einsum("ktbh,tbv->khv", delta, v) / T
    db = delta.sum(axis=2).mean(axis=1)
    return dv[:, :, H:], dh_next, dc_next, *dW, *db

# %% id=walks-the-wrong-way style=framework mistakes="the loop runs forwards in time instead of backwards" origin="loop of the forward pass copied"
def cell_backward(grad_h, grad_c, saved, params):
    v, f, i, g, o, c_prev, c_t = saved
    W = np.concatenate(params[:4])
    tanh_c = np.tanh(c_t)
    grad_c = grad_c + grad_h * o * (1 - tanh_c**2)
    a_f = grad_c * c_prev * f * (1 - f)
    a_i = grad_c * g * i * (1 - i)
    a_g = grad_c * i * (1 - g**2)
    a_o = grad_h * tanh_c * o * (1 - o)
    a = np.concatenate([a_f, a_i, a_g, a_o], axis=1)
    return a @ W, grad_c * f, a.T @ v, a.sum(axis=0)

def lstm_backward(dh, x, h0, c0, h, c, params):
    T, B, H = h.shape
    saved = []
    for t in range(T):
        h_p, c_p = (h0, c0) if t == 0 else (h[t - 1], c[t - 1])
        v = np.concatenate([h_p, x[t]], axis=1)
        f, i, g, o = np.split(v @ np.concatenate(params[:4]).T + np.concatenate(params[4:]), 4, axis=1)
        f, i, o = 1 / (1 + np.exp(-f)), 1 / (1 + np.exp(-i)), 1 / (1 + np.exp(-o))
        saved.append((v, f, i, np.tanh(g), o, c_p, c[t]))
    grad_h, grad_c = np.zeros((B, H)), np.zeros((B, H))
    dx, dW, db = np.zeros(x.shape), 0, 0
    for t in range(T):
        grad_v, grad_c, W_t, b_t = cell_backward(dh[t] + grad_h, grad_c, saved[t], params)
        grad_h, dx[t] = grad_v[:, :H], grad_v[:, H:]
        dW, db = dW + W_t, db + b_t
    return dx, grad_h, grad_c, *np.split(dW, 4), *np.split(db, 4)

# %% id=input-bias-from-the-forget-delta style=layout mistakes="db_i adds up delta_f instead of delta_i" origin="copy and paste, (n_a, m, T) notebook"
def lstm_backward(dh, x, h0, c0, h, c, params):
    Wf, Wi, Wc, Wo, bf, bi, bc, bo = params
    X, A, C, dA = (np.transpose(z, (2, 1, 0)) for z in (x, h, c, dh))
    n_a, m, T_x = A.shape
    dX = np.zeros(X.shape)
    dWf, dWi, dWc, dWo = np.zeros(Wf.shape), np.zeros(Wi.shape), np.zeros(Wc.shape), np.zeros(Wo.shape)
    dbf, dbi, dbc, dbo = np.zeros((n_a, 1)), np.zeros((n_a, 1)), np.zeros((n_a, 1)), np.zeros((n_a, 1))
    da_prevt, dc_prevt = np.zeros((n_a, m)), np.zeros((n_a, m))
    sigmoid = lambda s: 1 / (1 + np.exp(-s))
    for t in reversed(range(T_x)):
        a_prev = A[:, :, t - 1] if t else h0.T
        c_prev = C[:, :, t - 1] if t else c0.T
        concat = np.concatenate((a_prev, X[:, :, t]), axis=0)
        ft, it = sigmoid(Wf @ concat + bf[:, None]), sigmoid(Wi @ concat + bi[:, None])
        cct, ot = np.tanh(Wc @ concat + bc[:, None]), sigmoid(Wo @ concat + bo[:, None])
        da_next = dA[:, :, t] + da_prevt
        dc_next = dc_prevt + da_next * ot * (1 - np.tanh(C[:, :, t]) ** 2)
        dft = dc_next * c_prev * ft * (1 - ft)
        dit = dc_next * cct * it * (1 - it)
        dcct = dc_next * it * (1 - cct**2)
        dot = da_next * np.tanh(C[:, :, t]) * ot * (1 - ot)
        dWf += dft @ concat.T
        dWi += dit @ concat.T
        dWc += dcct @ concat.T
        dWo += dot @ concat.T
        dbf += np.sum(dft, axis=1, keepdims=True)
        dbi += np.sum(dft, axis=1, keepdims=True)
        dbc += np.sum(dcct, axis=1, keepdims=True)
        dbo += np.sum(dot, axis=1, keepdims=True)
        dconcat = Wf.T @ dft + Wi.T @ dit + Wc.T @ dcct + Wo.T @ dot
        da_prevt, dX[:, :, t] = dconcat[:n_a], dconcat[n_a:]
        dc_prevt = dc_next * ft
    return (np.transpose(dX, (2, 1, 0)), da_prevt.T, dc_prevt.T, dWf, dWi, dWc, dWo,
            dbf.ravel(), dbi.ravel(), dbc.ravel(), dbo.ravel())

# %% id=wraps-around-and-no-slope-of-i style=vectorised mistakes="at the first step h[-1] is read instead of h0; the derivative of sigmoid is missing in delta_i" origin="beginner"
def lstm_backward(dh, x, h0, c0, h, c, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    H = len(b_f)
    s = lambda a: 0.5 * (1 + np.tanh(a / 2))
    c_all = np.concatenate([c0[None], c])
    dx, dparams = np.zeros_like(x), [np.zeros_like(p) for p in params]
    dh_next, dc_next = np.zeros_like(h0), np.zeros_like(c0)
    for t in range(len(x) - 1, -1, -1):
        v_t = np.concatenate([h[t - 1], x[t]], axis=1)
        f_t, i_t = s(v_t @ W_f.T + b_f), s(v_t @ W_i.T + b_i)
        c_new, o_t = np.tanh(v_t @ W_c.T + b_c), s(v_t @ W_o.T + b_o)
        dh_t = dh[t] + dh_next
        dc_t = dc_next + dh_t * o_t * (1 - np.tanh(c_all[t + 1]) ** 2)
        d_f = dc_t * c_all[t] * f_t * (1 - f_t)
        d_i = dc_t * c_new
        d_c = dc_t * i_t * (1 - c_new**2)
        d_o = dh_t * np.tanh(c_all[t + 1]) * o_t * (1 - o_t)
        for k, d in enumerate((d_f, d_i, d_c, d_o)):
            dparams[k] += d.T @ v_t
            dparams[k + 4] += d.sum(axis=0)
        dv_t = d_f @ W_f + d_i @ W_i + d_c @ W_c + d_o @ W_o
        dh_next, dx[t] = dv_t[:, :H], dv_t[:, H:]
        dc_next = dc_t * f_t
    return dx, dh_next, dc_next, *dparams

# %% id=output-slope-squared-and-ungated-write style=per-sample mistakes="delta_o uses 1 - o^2 instead of o (1 - o); delta_c leaves out i" origin="beginner"
def lstm_backward(dh, x, h0, c0, h, c, params):
    T, B, H = h.shape
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    dx, dh0, dc0 = np.zeros_like(x), np.zeros_like(h0), np.zeros_like(c0)
    g_W = np.zeros((4,) + W_f.shape)
    g_b = np.zeros((4, H))
    for b in range(B):
        hn, cn = np.zeros(H), np.zeros(H)
        for t in reversed(range(T)):
            hp = h0[b] if t == 0 else h[t - 1, b]
            cp = c0[b] if t == 0 else c[t - 1, b]
            v = np.concatenate([hp, x[t, b]])
            f = 1 / (1 + np.exp(-(W_f @ v + b_f)))
            i = 1 / (1 + np.exp(-(W_i @ v + b_i)))
            g = np.tanh(W_c @ v + b_c)
            o = 1 / (1 + np.exp(-(W_o @ v + b_o)))
            dht = dh[t, b] + hn
            dct = cn + dht * o * (1 - np.tanh(c[t, b]) ** 2)
            d_f = dct * cp * f * (1 - f)
            d_i = dct * g * i * (1 - i)
            d_c = dct * (1 - g**2)
            d_o = dht * np.tanh(c[t, b]) * (1 - o**2)
            g_W += np.stack([np.outer(d, v) for d in (d_f, d_i, d_c, d_o)])
            g_b += np.stack([d_f, d_i, d_c, d_o])
            dv = W_f.T @ d_f + W_i.T @ d_i + W_c.T @ d_c + W_o.T @ d_o
            hn, dx[t, b] = dv[:H], dv[H:]
            cn = dct * f
        dh0[b], dc0[b] = hn, cn
    return dx, dh0, dc0, *g_W, *g_b

# %% id=carries-the-given-cell-and-mean-weights style=helper mistakes="the gradient carried along the cell leaves out the part that came through h; dW_i is divided by B" origin="wrong variable"
def gates(v, p):
    s = lambda a: 1 / (1 + np.exp(-a))
    return s(v @ p.W_f.T + p.b_f), s(v @ p.W_i.T + p.b_i), np.tanh(v @ p.W_c.T + p.b_c), s(v @ p.W_o.T + p.b_o)

def lstm_backward(dh, x, h0, c0, h, c, params):
    T, B, D = x.shape
    H = h0.shape[1]
    p = params
    dW_f = dW_i = dW_c = dW_o = 0.0
    db_f = db_i = db_c = db_o = 0.0
    dx = np.empty((T, B, D))
    dh_next = np.zeros((B, H))
    dc_next = np.zeros((B, H))
    for t in reversed(range(T)):
        h_prev, c_prev = (h[t - 1], c[t - 1]) if t else (h0, c0)
        v = np.concatenate([h_prev, x[t]], axis=1)
        f, i, g, o = gates(v, p)
        dht = dh[t] + dh_next
        through_h = dht * o * (1 - np.tanh(c[t]) ** 2)
        dc = through_h + dc_next
        del_f, del_i = dc * c_prev * f * (1 - f), dc * g * i * (1 - i)
        del_c, del_o = dc * i * (1 - g**2), dht * np.tanh(c[t]) * o * (1 - o)
        dW_f, dW_c, dW_o = dW_f + del_f.T @ v, dW_c + del_c.T @ v, dW_o + del_o.T @ v
        dW_i = dW_i + del_i.T @ v / B
        db_f, db_i, db_c, db_o = db_f + del_f.sum(0), db_i + del_i.sum(0), db_c + del_c.sum(0), db_o + del_o.sum(0)
        dv = del_f @ p.W_f + del_i @ p.W_i + del_c @ p.W_c + del_o @ p.W_o
        dx[t], dh_next = dv[:, H:], dv[:, :H]
        dc_next = dc_next * f
    return dx, dh_next, dc_next, dW_f, dW_i, dW_c, dW_o, db_f, db_i, db_c, db_o

# %% id=old-cell-no-square-stale-forget style=stacked mistakes="delta_o uses tanh of c^(t-1); the derivative of tanh in delta_c is 1 - tanh without the square; dW_f keeps one step only" origin="beginner"
def lstm_backward(dh, x, h0, c0, h, c, params):
    T, B, H = h.shape
    W, b = np.vstack(params[:4]), np.concatenate(params[4:])
    dx = np.zeros_like(x)
    dW_f, dW_i, dW_c, dW_o = np.zeros((4, *params.W_f.shape))
    db = np.zeros(4 * H)
    dh_next, dc_next = np.zeros((B, H)), np.zeros((B, H))
    for t in reversed(range(T)):
        h_prev, c_prev = (h0, c0) if t == 0 else (h[t - 1], c[t - 1])
        v = np.hstack((h_prev, x[t]))
        a = v @ W.T + b
        s = 1 / (1 + np.exp(-a))
        f, i, o = s[:, :H], s[:, H:2 * H], s[:, 3 * H:]
        g = np.tanh(a[:, 2 * H:3 * H])
        dh_t = dh_next + dh[t]
        dc_t = dc_next + dh_t * o * (1 - np.tanh(c[t]) ** 2)
        da_f = dc_t * c_prev * f * (1 - f)
        da_i = dc_t * g * i * (1 - i)
        da_g = dc_t * i * (1 - g)
        da_o = dh_t * np.tanh(c_prev) * o * (1 - o)
        da = np.hstack((da_f, da_i, da_g, da_o))
        dW_f = da_f.T @ v
        dW_i = dW_i + da_i.T @ v
        dW_c = dW_c + da_g.T @ v
        dW_o = dW_o + da_o.T @ v
        db += da.sum(axis=0)
        dv = da @ W
        dh_next, dx[t] = dv[:, :H], dv[:, H:]
        dc_next = dc_t * f
    return (dx, dh_next, dc_next, dW_f, dW_i, dW_c, dW_o, *np.split(db, 4))

# %% id=zero-cell-no-output-gate-no-input-term style=dictionary mistakes="c0 is ignored, the cell before the first step is read as zero; the part of dc that comes through h is not multiplied by o; dx and dh_prev leave out the input gate's term" origin="cache of dictionaries"
def lstm_backward(dh, x, h0, c0, h, c, params):
    W, b = dict(zip("fico", params[:4])), dict(zip("fico", params[4:]))
    H = h0.shape[1]
    caches = []
    h_prev, c_prev = h0, np.zeros_like(c0)
    for t in range(len(x)):
        cache = {"v": np.concatenate([h_prev, x[t]], axis=1), "c_prev": c_prev, "tanh_c": np.tanh(c[t])}
        for k in "fio":
            cache[k] = 1 / (1 + np.exp(-(cache["v"] @ W[k].T + b[k])))
        cache["g"] = np.tanh(cache["v"] @ W["c"].T + b["c"])
        caches.append(cache)
        h_prev, c_prev = h[t], c[t]
    dW, db = {k: 0 for k in "fico"}, {k: 0 for k in "fico"}
    dx, dh_next, dc_next = np.zeros_like(x), np.zeros_like(h0), np.zeros_like(c0)
    for t in range(len(x) - 1, -1, -1):
        q = caches[t]
        dh_t = dh[t] + dh_next
        dc_t = dc_next + dh_t * (1 - q["tanh_c"] ** 2)
        d = {
            "f": dc_t * q["c_prev"] * q["f"] * (1 - q["f"]),
            "i": dc_t * q["g"] * q["i"] * (1 - q["i"]),
            "c": dc_t * q["i"] * (1 - q["g"] ** 2),
            "o": dh_t * q["tanh_c"] * q["o"] * (1 - q["o"]),
        }
        for k in d:
            dW[k] = dW[k] + d[k].T @ q["v"]
            db[k] = db[k] + d[k].sum(axis=0)
        dv = d["f"] @ W["f"] + d["c"] @ W["c"] + d["o"] @ W["o"]
        dx[t], dh_next, dc_next = dv[:, H:], dv[:, :H], dc_t * q["f"]
    return dx, dh_next, dc_next, *dW.values(), *db.values()
