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
