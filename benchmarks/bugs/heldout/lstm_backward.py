# %% id=weights-keep-one-step style=loop mistakes="dW_f, dW_i, dW_c and dW_o keep one step only" origin="beginner"
def lstm_backward(dh, x, h0, c0, h, c, params):
    sig = lambda a: 1 / (1 + np.exp(-a))
    T, B, H = h.shape
    dx = np.zeros_like(x)
    dW = [np.zeros_like(W) for W in params[:4]]
    db = [np.zeros_like(b) for b in params[4:]]
    dh_next, dc_next = np.zeros_like(h0), np.zeros_like(c0)
    for t in range(T - 1, -1, -1):
        h_prev = h[t - 1] if t > 0 else h0
        c_prev = c[t - 1] if t > 0 else c0
        v = np.concatenate([h_prev, x[t]], axis=1)
        f = sig(v @ params.W_f.T + params.b_f)
        i = sig(v @ params.W_i.T + params.b_i)
        g = np.tanh(v @ params.W_c.T + params.b_c)
        o = sig(v @ params.W_o.T + params.b_o)
        dht = dh[t] + dh_next
        dct = dc_next + dht * o * (1 - np.tanh(c[t]) ** 2)
        deltas = [
            dct * c_prev * f * (1 - f),
            dct * g * i * (1 - i),
            dct * i * (1 - g**2),
            dht * np.tanh(c[t]) * o * (1 - o),
        ]
        dv = 0
        for k, d in enumerate(deltas):
            dW[k] = d.T @ v
            db[k] += d.sum(axis=0)
            dv = dv + d @ params[k]
        dh_next, dx[t] = dv[:, :H], dv[:, H:]
        dc_next = dct * f
    return (dx, dh_next, dc_next, *dW, *db)


# %% id=cell-gradient-dropped style=vectorised mistakes="the gradient of c from the next step is left out" origin="beginner"
def lstm_backward(dh, x, h0, c0, h, c, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    sg = lambda a: 0.5 * (1 + np.tanh(0.5 * a))
    h_before = np.concatenate([h0[None], h[:-1]])
    c_before = np.concatenate([c0[None], c[:-1]])
    v = np.concatenate([h_before, x], axis=2)
    # all gates of all steps in one go
    F, I, G, O = sg(v @ W_f.T + b_f), sg(v @ W_i.T + b_i), np.tanh(v @ W_c.T + b_c), sg(v @ W_o.T + b_o)
    tc = np.tanh(c)
    D = np.zeros((4,) + h.shape)
    dx = np.zeros(x.shape)
    from_h, from_c = 0, 0
    H = h0.shape[1]
    for t in reversed(range(len(x))):
        dht = dh[t] + from_h
        dct = dht * O[t] * (1 - tc[t] ** 2)
        D[0, t] = dct * c_before[t] * F[t] * (1 - F[t])
        D[1, t] = dct * G[t] * I[t] * (1 - I[t])
        D[2, t] = dct * I[t] * (1 - G[t] ** 2)
        D[3, t] = dht * tc[t] * O[t] * (1 - O[t])
        back = D[0, t] @ W_f + D[1, t] @ W_i + D[2, t] @ W_c + D[3, t] @ W_o
        from_h, dx[t] = back[:, :H], back[:, H:]
        from_c = dct * F[t]
    dW = np.einsum("gtbh,tbk->ghk", D, v)
    db = D.sum(axis=(1, 2))
    return (dx, from_h, from_c, *dW, *db)


# %% id=wraps-round-at-the-first-step style=loop mistakes="h[-1] and c[-1] are read instead of h0 and c0 at the first step" origin="negative index"
def lstm_backward(dh, x, h0, c0, h, c, params):
    def gates(v):
        s = lambda k: 1 / (1 + np.exp(-(v @ params[k].T + params[k + 4])))
        return s(0), s(1), np.tanh(v @ params[2].T + params[6]), s(3)

    grads = [np.zeros(p.shape) for p in params]
    dx = np.empty(x.shape)
    dhn, dcn = np.zeros(h0.shape), np.zeros(c0.shape)
    n = h0.shape[1]
    for t in range(len(x))[::-1]:
        v = np.hstack([h[t - 1], x[t]])
        f, i, g, o = gates(v)
        dht = dhn + dh[t]
        th = np.tanh(c[t])
        dc = dcn + dht * o * (1 - th * th)
        ds = dc * c[t - 1] * f * (1 - f), dc * g * i * (1 - i), dc * i * (1 - g * g), dht * th * o * (1 - o)
        for k in range(4):
            grads[k] += ds[k].T @ v
            grads[k + 4] += ds[k].sum(axis=0)
        dv = sum(ds[k] @ params[k] for k in range(4))
        dx[t] = dv[:, n:]
        dhn = dv[:, :n]
        dcn = f * dc
    return (dx, dhn, dcn, *grads)


# %% id=forget-slope-forgotten style=class mistakes="the derivative of sigmoid is missing in delta_f" origin="ported from a framework"
class Step:
    def __init__(self, x, h, c, p):
        self.p, self.c_in = p, c
        self.v = np.concatenate([h, x], axis=1)
        sg = lambda W, b: 1 / (1 + np.exp(-(self.v @ W.T + b)))
        self.f, self.i, self.o = sg(p.W_f, p.b_f), sg(p.W_i, p.b_i), sg(p.W_o, p.b_o)
        self.g = np.tanh(self.v @ p.W_c.T + p.b_c)
        self.tc = np.tanh(self.f * c + self.i * self.g)

    def backward(self, dh, dc):
        dc = dc + dh * self.o * (1 - self.tc**2)
        df = dc * self.c_in
        di = dc * self.g * self.i * (1 - self.i)
        dg = dc * self.i * (1 - self.g**2)
        do = dh * self.tc * self.o * (1 - self.o)
        ds = [df, di, dg, do]
        dv = sum(d @ W for d, W in zip(ds, self.p[:4]))
        return dv, dc * self.f, [d.T @ self.v for d in ds] + [d.sum(0) for d in ds]


def lstm_backward(dh, x, h0, c0, h, c, params):
    T, H = len(x), h0.shape[1]
    steps = [Step(x[t], h[t - 1] if t else h0, c[t - 1] if t else c0, params) for t in range(T)]
    dx, dh_n, dc_n, total = [], 0 * h0, 0 * c0, None
    for t in reversed(range(T)):
        dv, dc_n, part = steps[t].backward(dh[t] + dh_n, dc_n)
        dh_n = dv[:, :H]
        dx.insert(0, dv[:, H:])
        total = part if total is None else [a + b for a, b in zip(total, part)]
    return (np.array(dx), dh_n, dc_n, *total)


# %% id=tanh-slope-of-the-cell-missing style=layout mistakes="the derivative of tanh is missing in dc_t" origin="ported from code with arrays (n_x, m, T)"
def lstm_backward(dh, x, h0, c0, h, c, params):
    da, xs, a, cs = (q.transpose(2, 1, 0) for q in (dh, x, h, c))
    n_a, m, T_x = da.shape
    W = np.concatenate(params[:4])
    b = np.concatenate(params[4:])[:, None]
    dW, db = np.zeros_like(W), np.zeros_like(b)
    dxs = np.zeros(xs.shape)
    da_prevt, dc_prevt = np.zeros((n_a, m)), np.zeros((n_a, m))
    for t in reversed(range(T_x)):
        a_prev, c_prev = (a[:, :, t - 1], cs[:, :, t - 1]) if t else (h0.T, c0.T)
        concat = np.concatenate([a_prev, xs[:, :, t]])
        z = W @ concat + b
        ft, it, _, ot = np.split(1 / (1 + np.exp(-z)), 4)
        cct = np.tanh(z[2 * n_a : 3 * n_a])
        da_next = da[:, :, t] + da_prevt
        dc = dc_prevt + da_next * ot
        dz = np.concatenate(
            [
                dc * c_prev * ft * (1 - ft),
                dc * cct * it * (1 - it),
                dc * it * (1 - cct**2),
                da_next * np.tanh(cs[:, :, t]) * ot * (1 - ot),
            ]
        )
        dW += dz @ concat.T
        db += dz.sum(axis=1, keepdims=True)
        back = W.T @ dz
        da_prevt, dxs[:, :, t] = back[:n_a], back[n_a:]
        dc_prevt = dc * ft
    return (dxs.transpose(2, 1, 0), da_prevt.T, dc_prevt.T, *np.split(dW, 4), *np.split(db.ravel(), 4))


# %% id=same-step-for-previous style=loop mistakes="h_t and c_t are read instead of h_prev and c_prev" origin="off by one"
def lstm_backward(dh, x, h0, c0, h, c, params):
    s = lambda a: 1 / (1 + np.exp(-a))
    H = h0.shape[1]
    hs, cs = [h0, *h], [c0, *c]
    acc = [np.zeros_like(p) for p in params]
    dx, dhn, dcn = [None] * len(x), np.zeros_like(h0), np.zeros_like(c0)
    t = len(x)
    while t > 0:
        hp, cp = hs[t], cs[t]
        v = np.concatenate([hp, x[t - 1]], axis=1)
        f, i, o = s(v @ params.W_f.T + params.b_f), s(v @ params.W_i.T + params.b_i), s(v @ params.W_o.T + params.b_o)
        g = np.tanh(v @ params.W_c.T + params.b_c)
        d = dh[t - 1] + dhn
        dc = dcn + d * o * (1 - np.tanh(cs[t]) ** 2)
        deltas = [dc * cp * f * (1 - f), dc * g * i * (1 - i), dc * i * (1 - g**2), d * np.tanh(cs[t]) * o * (1 - o)]
        dv = np.zeros_like(v)
        for k in range(4):
            acc[k] = acc[k] + deltas[k].T @ v
            acc[4 + k] = acc[4 + k] + deltas[k].sum(0)
            dv += deltas[k] @ params[k]
        dhn, dcn, dx[t - 1] = dv[:, :H], dc * f, dv[:, H:]
        t -= 1
    return (np.stack(dx), dhn, dcn, *acc)


# %% id=forwards-in-time style=vectorised mistakes="the loop runs forwards in time" origin="beginner"
def lstm_backward(dh, x, h0, c0, h, c, params):
    T, B, H = h.shape
    W = np.vstack(params[:4])
    b = np.concatenate(params[4:])
    dW, db, dx = np.zeros_like(W), np.zeros_like(b), np.zeros_like(x)
    dh_n, dc_n = np.zeros((B, H)), np.zeros((B, H))
    for t in range(T):
        hp, cp = (h0, c0) if t == 0 else (h[t - 1], c[t - 1])
        v = np.hstack([hp, x[t]])
        f, i, g, o = np.split(v @ W.T + b, 4, axis=1)
        f, i, o = [1 / (1 + np.exp(-q)) for q in (f, i, o)]
        g = np.tanh(g)
        th = np.tanh(c[t])
        dh_t = dh[t] + dh_n
        dc_t = dc_n + dh_t * o * (1 - th**2)
        da = np.hstack(
            [dc_t * cp * f * (1 - f), dc_t * g * i * (1 - i), dc_t * i * (1 - g**2), dh_t * th * o * (1 - o)]
        )
        dW += da.T @ v
        db += da.sum(axis=0)
        dv = da @ W
        dx[t], dh_n, dc_n = dv[:, H:], dv[:, :H], dc_t * f
    return (dx, dh_n, dc_n, *np.vsplit(dW, 4), *np.split(db, 4))


# %% id=no-recurrent-path style=per-sample mistakes="the gradient of h from the next step is left out" origin="beginner"
def lstm_backward(dh, x, h0, c0, h, c, params):
    sg = lambda a: 1 / (1 + np.exp(-a))
    T, B, H = h.shape
    dx, dh0, dc0 = np.zeros_like(x), np.zeros_like(h0), np.zeros_like(c0)
    grads = [np.zeros_like(p) for p in params]
    for n in range(B):
        dhn, dcn = np.zeros(H), np.zeros(H)
        for t in range(T - 1, -1, -1):
            hp = h[t - 1, n] if t else h0[n]
            cp = c[t - 1, n] if t else c0[n]
            v = np.append(hp, x[t, n])
            f, i, o = [sg(params[k] @ v + params[4 + k]) for k in (0, 1, 3)]
            g = np.tanh(params.W_c @ v + params.b_c)
            d = dh[t, n]
            dc = dcn + d * o * (1 - np.tanh(c[t, n]) ** 2)
            deltas = (
                dc * cp * f * (1 - f),
                dc * g * i * (1 - i),
                dc * i * (1 - g * g),
                d * np.tanh(c[t, n]) * o * (1 - o),
            )
            dv = 0
            for k, q in enumerate(deltas):
                grads[k] += np.outer(q, v)
                grads[4 + k] += q
                dv = dv + q @ params[k]
            dx[t, n] = dv[H:]
            dhn = dv[:H]
            dcn = dc * f
        dh0[n], dc0[n] = dhn, dcn
    return (dx, dh0, dc0, *grads)


# %% id=slope-and-one-step-bias style=loop mistakes="the derivative of sigmoid is missing in delta_o; db_f, db_i, db_c and db_o keep one step only" origin="beginner"
def lstm_backward(dh, x, h0, c0, h, c, params):
    sigmoid = lambda a: 0.5 * (1 + np.tanh(0.5 * a))
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    dW_f, dW_i, dW_c, dW_o = (np.zeros_like(W) for W in (W_f, W_i, W_c, W_o))
    db_f, db_i, db_c, db_o = (np.zeros_like(b) for b in (b_f, b_i, b_c, b_o))
    dx = np.zeros_like(x)
    dh_next = np.zeros_like(h0)
    dc_next = np.zeros_like(c0)
    H = h0.shape[1]
    for t in reversed(range(x.shape[0])):
        h_prev, c_prev = (h0, c0) if t == 0 else (h[t - 1], c[t - 1])
        v = np.concatenate([h_prev, x[t]], axis=1)
        f, i, o = sigmoid(v @ W_f.T + b_f), sigmoid(v @ W_i.T + b_i), sigmoid(v @ W_o.T + b_o)
        c_tilde = np.tanh(v @ W_c.T + b_c)
        dh_t = dh[t] + dh_next
        dc_t = dc_next + dh_t * o * (1 - np.tanh(c[t]) ** 2)
        delta_f = dc_t * c_prev * f * (1 - f)
        delta_i = dc_t * c_tilde * i * (1 - i)
        delta_c = dc_t * i * (1 - c_tilde**2)
        delta_o = dh_t * np.tanh(c[t])
        dW_f += delta_f.T @ v
        dW_i += delta_i.T @ v
        dW_c += delta_c.T @ v
        dW_o += delta_o.T @ v
        db_f, db_i, db_c, db_o = (d.sum(axis=0) for d in (delta_f, delta_i, delta_c, delta_o))
        dv = delta_f @ W_f + delta_i @ W_i + delta_c @ W_c + delta_o @ W_o
        dh_next, dx[t] = dv[:, :H], dv[:, H:]
        dc_next = dc_t * f
    return dx, dh_next, dc_next, dW_f, dW_i, dW_c, dW_o, db_f, db_i, db_c, db_o


# %% id=unforgotten-and-raw style=class mistakes="dc_prev is not multiplied by f_t; delta_o uses c_t instead of tanh(c_t)" origin="ported from a framework"
class Backward:
    def __init__(self, params, like_h):
        self.p = params
        self.dh, self.dc = np.zeros_like(like_h), np.zeros_like(like_h)
        self.sums = [np.zeros_like(p) for p in params]

    def step(self, dh_t, x_t, hp, cp, ct):
        v = np.concatenate([hp, x_t], axis=1)
        a = [v @ W.T + b for W, b in zip(self.p[:4], self.p[4:])]
        f, i, o = (1 / (1 + np.exp(-a[k])) for k in (0, 1, 3))
        g = np.tanh(a[2])
        self.dh = self.dh + dh_t
        self.dc = self.dc + self.dh * o * (1 - np.tanh(ct) ** 2)
        ds = [self.dc * cp * f * (1 - f), self.dc * g * i * (1 - i), self.dc * i * (1 - g**2)]
        ds.append(self.dh * ct * o * (1 - o))
        for k in range(4):
            self.sums[k] += ds[k].T @ v
            self.sums[k + 4] += ds[k].sum(0)
        dv = ds[0] @ self.p[0] + ds[1] @ self.p[1] + ds[2] @ self.p[2] + ds[3] @ self.p[3]
        self.dh = dv[:, : hp.shape[1]]
        return dv[:, hp.shape[1] :]


def lstm_backward(dh, x, h0, c0, h, c, params):
    net = Backward(params, h0)
    dx = np.zeros_like(x)
    for t in reversed(range(len(x))):
        dx[t] = net.step(dh[t], x[t], h[t - 1] if t else h0, c[t - 1] if t else c0, c[t])
    return (dx, net.dh, net.dc, *net.sums)


# %% id=averaged-and-no-c0 style=einsum mistakes="dW is divided by B; c[-1] is read instead of c0 at the first step" origin="beginner"
def lstm_backward(dh, x, h0, c0, h, c, params):
    T, B, H = h.shape
    W, b = np.stack(params[:4]), np.stack(params[4:])
    hp = np.concatenate([h0[None], h[:-1]])
    cp = np.roll(c, 1, axis=0)
    v = np.concatenate([hp, x], axis=-1)
    a = np.einsum("tbk,ghk->gtbh", v, W) + b[:, None, None]
    f, i, o = (1 / (1 + np.exp(-a[k])) for k in (0, 1, 3))
    g, th = np.tanh(a[2]), np.tanh(c)
    D = np.empty_like(a)
    dv = np.empty_like(v)
    dhn, dcn = np.zeros((B, H)), np.zeros((B, H))
    for t in range(T - 1, -1, -1):
        dht = dh[t] + dhn
        dct = dcn + dht * o[t] * (1 - th[t] ** 2)
        D[0, t] = dct * cp[t] * f[t] * (1 - f[t])
        D[1, t] = dct * g[t] * i[t] * (1 - i[t])
        D[2, t] = dct * i[t] * (1 - g[t] ** 2)
        D[3, t] = dht * th[t] * o[t] * (1 - o[t])
        dv[t] = np.einsum("gbh,ghk->bk", D[:, t], W)
        dhn = dv[t, :, :H]
        dcn = dct * f[t]
    dW = np.einsum("gtbh,tbk->ghk", D, v) / B
    db = np.einsum("gtbh->gh", D)
    return (dv[:, :, H:], dhn, dcn, *dW, *db)


# %% id=part-of-h-missing-dh-dirty style=loop mistakes="the part of dc_t that comes through h_t is missing; dh is changed in place" origin="beginner"
def lstm_backward(dh, x, h0, c0, h, c, params):
    s = lambda a: 1 / (1 + np.exp(-a))
    out = [np.zeros_like(p) for p in params]
    dx, dc, H = np.zeros_like(x), np.zeros_like(c0), h0.shape[1]
    for t in range(len(x) - 1, -1, -1):
        first = t == 0
        hp, cp = h0 if first else h[t - 1], c0 if first else c[t - 1]
        v = np.concatenate([hp, x[t]], axis=1)
        f, i, g, o = (
            s(v @ params[0].T + params[4]),
            s(v @ params[1].T + params[5]),
            np.tanh(v @ params[2].T + params[6]),
            s(v @ params[3].T + params[7]),
        )
        deltas = dc * cp * f * (1 - f), dc * g * i * (1 - i), dc * i * (1 - g**2), dh[t] * np.tanh(c[t]) * o * (1 - o)
        dv = sum(d @ W for d, W in zip(deltas, params))
        for k, d in enumerate(deltas):
            out[k] += d.T @ v
            out[k + 4] += d.sum(axis=0)
        dx[t] = dv[:, H:]
        if first:
            dh0 = dv[:, :H]
        else:
            dh[t - 1] += dv[:, :H]
        dc = dc * f
    return (dx, dh0, dc, *out)


# %% id=three-in-the-loop style=vectorised mistakes="the derivative of tanh is missing in delta_c; the gradient of h from the next step is left out; dW_f keeps one step only" origin="beginner"
def lstm_backward(dh, x, h0, c0, h, c, params):
    sig = lambda a: 1 / (1 + np.exp(-a))
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    T, B, H = h.shape
    gW_f, gW_i, gW_c, gW_o = 0, 0, 0, 0
    gb_f, gb_i, gb_c, gb_o = 0, 0, 0, 0
    dx = np.zeros(x.shape)
    dh_n, dc_n = np.zeros((B, H)), np.zeros((B, H))
    for t in reversed(range(T)):
        hp, cp = (h[t - 1], c[t - 1]) if t > 0 else (h0, c0)
        v = np.concatenate([hp, x[t]], axis=1)
        f, i, o, g = sig(v @ W_f.T + b_f), sig(v @ W_i.T + b_i), sig(v @ W_o.T + b_o), np.tanh(v @ W_c.T + b_c)
        dh_t = dh[t]
        dc_t = dc_n + dh_t * o * (1 - np.tanh(c[t]) ** 2)
        d_f = dc_t * cp * f * (1 - f)
        d_i = dc_t * g * i * (1 - i)
        d_c = dc_t * i
        d_o = dh_t * np.tanh(c[t]) * o * (1 - o)
        gW_f = d_f.T @ v
        gW_i = gW_i + d_i.T @ v
        gW_c = gW_c + d_c.T @ v
        gW_o = gW_o + d_o.T @ v
        gb_f, gb_i, gb_c, gb_o = gb_f + d_f.sum(0), gb_i + d_i.sum(0), gb_c + d_c.sum(0), gb_o + d_o.sum(0)
        dv = d_f @ W_f + d_i @ W_i + d_c @ W_c + d_o @ W_o
        dh_n, dx[t], dc_n = dv[:, :H], dv[:, H:], dc_t * f
    return dx, dh_n, dc_n, gW_f, gW_i, gW_c, gW_o, gb_f, gb_i, gb_c, gb_o


# %% id=three-of-a-port style=layout mistakes="delta_f uses c_t instead of c_prev; dc_prev is not multiplied by f_t; db is a mean over the batch" origin="ported from code with arrays (n_x, m, T)"
def lstm_backward(dh, x, h0, c0, h, c, params):
    sigmoid = lambda a: 1 / (1 + np.exp(-a))
    n_a, n_x = h0.shape[1], x.shape[2]
    gradients = {"dW" + k: np.zeros((n_a, n_a + n_x)) for k in "fico"}
    gradients.update({"db" + k: np.zeros(n_a) for k in "fico"})
    W = dict(zip("fico", params[:4]))
    b = dict(zip("fico", params[4:]))
    dx = np.zeros((n_x, x.shape[1], x.shape[0]))
    da_next, dc_next = np.zeros(h0.T.shape), np.zeros(c0.T.shape)
    for t in reversed(range(x.shape[0])):
        ap, cp = (h[t - 1].T, c[t - 1].T) if t else (h0.T, c0.T)
        cn = c[t].T
        concat = np.vstack((ap, x[t].T))
        act = {k: (np.tanh if k == "c" else sigmoid)(W[k] @ concat + b[k][:, None]) for k in "fico"}
        da = dh[t].T + da_next
        dc = dc_next + da * act["o"] * (1 - np.tanh(cn) ** 2)
        d = {
            "f": dc * cn * act["f"] * (1 - act["f"]),
            "i": dc * act["c"] * act["i"] * (1 - act["i"]),
            "c": dc * act["i"] * (1 - act["c"] ** 2),
            "o": da * np.tanh(cn) * act["o"] * (1 - act["o"]),
        }
        back = np.zeros(concat.shape)
        for k in "fico":
            gradients["dW" + k] += d[k] @ concat.T
            gradients["db" + k] += d[k].mean(axis=1)
            back += W[k].T @ d[k]
        da_next, dx[:, :, t] = back[:n_a], back[n_a:]
        dc_next = dc
    return (
        dx.transpose(2, 1, 0),
        da_next.T,
        dc_next.T,
        *[gradients["dW" + k] for k in "fico"],
        *[gradients["db" + k] for k in "fico"],
    )


# %% id=three-with-step-function style=loop mistakes="the derivative of tanh is missing in dc_t; delta_i uses i instead of the candidate; h_t is read instead of h_prev" origin="beginner"
def back_one(dh_t, dc_t, x_t, hp, cp, ct, p):
    sg = lambda W, b: 1 / (1 + np.exp(-(v @ W.T + b)))
    v = np.concatenate([hp, x_t], axis=1)
    f, i, o = sg(p.W_f, p.b_f), sg(p.W_i, p.b_i), sg(p.W_o, p.b_o)
    g = np.tanh(v @ p.W_c.T + p.b_c)
    dc_t = dc_t + dh_t * o
    df = dc_t * cp * f * (1 - f)
    di = dc_t * i * i * (1 - i)
    dg = dc_t * i * (1 - g**2)
    do = dh_t * np.tanh(ct) * o * (1 - o)
    dv = df @ p.W_f + di @ p.W_i + dg @ p.W_c + do @ p.W_o
    H = hp.shape[1]
    return dv[:, H:], dv[:, :H], dc_t * f, [d.T @ v for d in (df, di, dg, do)] + [d.sum(0) for d in (df, di, dg, do)]


def lstm_backward(dh, x, h0, c0, h, c, params):
    dx = np.zeros_like(x)
    dhn, dcn = np.zeros_like(h0), np.zeros_like(c0)
    sums = [0] * 8
    for t in reversed(range(len(x))):
        hp = h[t]
        cp = c[t - 1] if t > 0 else c0
        dx[t], dhn, dcn, parts = back_one(dh[t] + dhn, dcn, x[t], hp, cp, c[t], params)
        sums = [a + b for a, b in zip(sums, parts)]
    return (dx, dhn, dcn, *sums)


# %% id=features-first style=layout mistakes="" origin="ported from code with arrays (n_x, m, T)"
def lstm_backward(dh, x, h0, c0, h, c, params):
    to = lambda q: np.moveaxis(q, 0, 2).swapaxes(0, 1)  # (T, B, n) -> (n, B, T)
    da, X, A, C = to(dh), to(x), to(h), to(c)
    n_a, m, T = A.shape
    Wf, Wi, Wc, Wo, bf, bi, bc, bo = [p if p.ndim == 2 else p[:, None] for p in params]
    sg = lambda q: 1 / (1 + np.exp(-q))
    g = dict.fromkeys(["Wf", "Wi", "Wc", "Wo", "bf", "bi", "bc", "bo"], 0)
    dX = np.zeros_like(X)
    dan, dcn = np.zeros((n_a, m)), np.zeros((n_a, m))
    for t in range(T - 1, -1, -1):
        ap, cp = (A[..., t - 1], C[..., t - 1]) if t else (h0.T, c0.T)
        V = np.vstack([ap, X[..., t]])
        f, i, cc, o = sg(Wf @ V + bf), sg(Wi @ V + bi), np.tanh(Wc @ V + bc), sg(Wo @ V + bo)
        d = da[..., t] + dan
        th = np.tanh(C[..., t])
        dc = dcn + d * o * (1 - th**2)
        D = dict(f=dc * cp * f * (1 - f), i=dc * cc * i * (1 - i), c=dc * i * (1 - cc**2), o=d * th * o * (1 - o))
        for k in D:
            g["W" + k] = g["W" + k] + D[k] @ V.T
            g["b" + k] = g["b" + k] + D[k].sum(axis=1)
        back = Wf.T @ D["f"] + Wi.T @ D["i"] + Wc.T @ D["c"] + Wo.T @ D["o"]
        dan, dX[..., t], dcn = back[:n_a], back[n_a:], dc * f
    return (dX.transpose(2, 1, 0), dan.T, dcn.T, g["Wf"], g["Wi"], g["Wc"], g["Wo"], g["bf"], g["bi"], g["bc"], g["bo"])


# %% id=recursive-unrolling style=recursion mistakes="" origin="functional programmer"
def lstm_backward(dh, x, h0, c0, h, c, params):
    sg = lambda a: 0.5 + 0.5 * np.tanh(0.5 * a)
    H = h0.shape[1]

    def walk(t):
        # gradients that arrive at h and c of step t - 1, with the sums of all later steps
        if t == len(x):
            return np.zeros_like(h0), np.zeros_like(c0), [], [np.zeros_like(p) for p in params]
        dhn, dcn, dxs, sums = walk(t + 1)
        hp, cp = (h0, c0) if t == 0 else (h[t - 1], c[t - 1])
        v = np.concatenate([hp, x[t]], axis=1)
        f, i, g, o = (
            sg(v @ params.W_f.T + params.b_f),
            sg(v @ params.W_i.T + params.b_i),
            np.tanh(v @ params.W_c.T + params.b_c),
            sg(v @ params.W_o.T + params.b_o),
        )
        total = dh[t] + dhn
        dc = dcn + total * o * (1 - np.tanh(c[t]) ** 2)
        ds = [dc * cp * f * (1 - f), dc * g * i * (1 - i), dc * i * (1 - g * g), total * np.tanh(c[t]) * o * (1 - o)]
        dv = sum(d @ W for d, W in zip(ds, params[:4]))
        new = [s + d.T @ v for s, d in zip(sums[:4], ds)] + [s + d.sum(0) for s, d in zip(sums[4:], ds)]
        return dv[:, :H], dc * f, [dv[:, H:]] + dxs, new

    dh0, dc0, dxs, sums = walk(0)
    return (np.array(dxs), dh0, dc0, *sums)


# %% id=precompute-then-flatten style=vectorised mistakes="" origin="written for speed"
def lstm_backward(dh, x, h0, c0, h, c, params):
    T, B, H = h.shape
    W = np.concatenate([params.W_o, params.W_c, params.W_i, params.W_f])
    b = np.concatenate([params.b_o, params.b_c, params.b_i, params.b_f])
    v = np.concatenate([np.vstack([h0[None], h[:-1]]), x], axis=2).reshape(T * B, -1)
    a = (v @ W.T + b).reshape(T, B, 4, H)
    o, g, i, f = (np.tanh(a[:, :, 1]) if k == 1 else 1 / (1 + np.exp(-a[:, :, k])) for k in range(4))
    cp = np.vstack([c0[None], c[:-1]])
    th = np.tanh(c)
    k_c = o * (1 - th * th)
    k_o, k_g, k_i, k_f = th * o * (1 - o), i * (1 - g * g), g * i * (1 - i), cp * f * (1 - f)
    delta = np.empty((T, B, 4, H))
    dhn = dcn = np.zeros((B, H))
    for t in range(T)[::-1]:
        d = dh[t] + dhn
        dc = dcn + d * k_c[t]
        delta[t, :, 0], delta[t, :, 1], delta[t, :, 2], delta[t, :, 3] = (
            d * k_o[t],
            dc * k_g[t],
            dc * k_i[t],
            dc * k_f[t],
        )
        dhn = delta[t].reshape(B, -1) @ W[:, :H]
        dcn = dc * f[t]
    flat = delta.reshape(T * B, 4 * H)
    dW = (flat.T @ v).reshape(4, H, -1)
    db = flat.sum(axis=0).reshape(4, H)
    dx = (flat @ W[:, H:]).reshape(x.shape)
    return (dx, dhn, dcn, dW[3], dW[2], dW[1], dW[0], db[3], db[2], db[1], db[0])


# %% id=module-with-cache style=class mistakes="" origin="ported from a framework"
class LSTMModule:
    def __init__(self, p):
        self.p = p
        self.grad = {name: np.zeros_like(getattr(p, name)) for name in p._fields}

    def forward(self, x, h, c):
        self.cache = []
        for x_t in x:
            v = np.concatenate([h, x_t], axis=1)
            s = {k: 1 / (1 + np.exp(-(v @ getattr(self.p, "W_" + k).T + getattr(self.p, "b_" + k)))) for k in "fio"}
            g = np.tanh(v @ self.p.W_c.T + self.p.b_c)
            new = s["f"] * c + s["i"] * g
            self.cache.append((v, s["f"], s["i"], g, s["o"], c, new))
            h, c = s["o"] * np.tanh(new), new

    def backward(self, dh):
        dhn = dcn = 0.0
        dx = []
        while self.cache:
            v, f, i, g, o, c_in, c_out = self.cache.pop()
            d = dh[len(self.cache)] + dhn
            dc = dcn + d * o * (1 - np.tanh(c_out) ** 2)
            dv = 0
            for k, delta in (
                ("f", dc * c_in * f * (1 - f)),
                ("i", dc * g * i * (1 - i)),
                ("c", dc * i * (1 - g**2)),
                ("o", d * np.tanh(c_out) * o * (1 - o)),
            ):
                self.grad["W_" + k] += delta.T @ v
                self.grad["b_" + k] += delta.sum(axis=0)
                dv = dv + delta @ getattr(self.p, "W_" + k)
            dhn, dcn = dv[:, : f.shape[1]], dc * f
            dx.append(dv[:, f.shape[1] :])
        return np.array(dx[::-1]), dhn, dcn


def lstm_backward(dh, x, h0, c0, h, c, params):
    net = LSTMModule(params)
    net.forward(x, h0, c0)
    return (*net.backward(dh), *net.grad.values())


# %% id=sample-by-sample style=per-sample mistakes="" origin="beginner"
def lstm_backward(dh, x, h0, c0, h, c, params):
    sg = lambda a: 1 / (1 + np.exp(-a))
    T, B, H = dh.shape
    dx = np.zeros(x.shape)
    dh0 = np.zeros(h0.shape)
    dc0 = np.zeros(c0.shape)
    sums = [np.zeros(p.shape) for p in params]
    for b in range(B):
        carry_h = np.zeros(H)
        carry_c = np.zeros(H)
        for t in list(range(T))[::-1]:
            hp, cp = (h[t - 1][b], c[t - 1][b]) if t >= 1 else (h0[b], c0[b])
            v = np.array([*hp, *x[t][b]])
            f = sg(params.W_f.dot(v) + params.b_f)
            i = sg(params.W_i.dot(v) + params.b_i)
            g = np.tanh(params.W_c.dot(v) + params.b_c)
            o = sg(params.W_o.dot(v) + params.b_o)
            d = dh[t][b] + carry_h
            dc = carry_c + d * o * (1 - np.tanh(c[t][b]) ** 2)
            delta = np.array(
                [dc * cp * f * (1 - f), dc * g * i * (1 - i), dc * i * (1 - g**2), d * np.tanh(c[t][b]) * o * (1 - o)]
            )
            dv = np.zeros(v.shape)
            for k in range(4):
                sums[k] += delta[k][:, None] * v[None, :]
                sums[4 + k] += delta[k]
                dv += params[k].T.dot(delta[k])
            carry_h, dx[t][b] = dv[:H], dv[H:]
            carry_c = f * dc
        dh0[b], dc0[b] = carry_h, carry_c
    return (dx, dh0, dc0, *sums)
