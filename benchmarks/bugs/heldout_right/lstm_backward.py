# %% id=gates-of-all-steps-at-once style=vectorised mistakes="" origin="gates and weight gradients for all steps together"
def lstm_backward(dh, x, h0, c0, h, c, params):
    T, B, H = h.shape
    W, b = np.concatenate(params[:4]), np.concatenate(params[4:])
    h_before, c_before = np.concatenate((h0[None], h[:-1])), np.concatenate((c0[None], c[:-1]))
    v = np.concatenate((h_before, x), axis=2)
    a = v @ W.T + b
    f, i, g, o = (a[..., k * H : (k + 1) * H] for k in range(4))
    f, i, o = (0.5 + 0.5 * np.tanh(0.5 * s) for s in (f, i, o))
    g, tc = np.tanh(g), np.tanh(c)
    delta = np.empty((T, B, 4 * H))
    dh_next, dc_next = np.zeros((B, H)), np.zeros((B, H))
    for t in range(T - 1, -1, -1):
        dh_t = dh[t] + dh_next
        dc_t = dc_next + dh_t * o[t] * (1 - tc[t] ** 2)
        delta[t, :, :H] = dc_t * c_before[t] * f[t] * (1 - f[t])
        delta[t, :, H : 2 * H] = dc_t * g[t] * i[t] * (1 - i[t])
        delta[t, :, 2 * H : 3 * H] = dc_t * i[t] * (1 - g[t] ** 2)
        delta[t, :, 3 * H :] = dh_t * tc[t] * o[t] * (1 - o[t])
        dh_next = delta[t] @ W[:, :H]
        dc_next = dc_t * f[t]
    dW = np.einsum("tbg,tbv->gv", delta, v)
    return delta @ W[:, H:], dh_next, dc_next, *np.split(dW, 4), *np.split(delta.sum(axis=(0, 1)), 4)


# %% id=stack-of-pullbacks style=closure mistakes="" origin="a pullback for each step, called from the last"
def pullback_of_step(x_t, h_prev, c_prev, c_t, p):
    H = h_prev.shape[1]
    v = np.concatenate([h_prev, x_t], axis=1)
    f, i, o = [0.5 * (1 + np.tanh(0.5 * (v @ W.T + b))) for W, b in ((p[0], p[4]), (p[1], p[5]), (p[3], p[7]))]
    g, s = np.tanh(v @ p[2].T + p[6]), np.tanh(c_t)

    def pullback(dh_t, dc_t):
        dc_t = dc_t + dh_t * o * (1 - s**2)
        d = [dc_t * c_prev * f * (1 - f), dc_t * g * i * (1 - i), dc_t * i * (1 - g**2), dh_t * s * o * (1 - o)]
        dv = sum(dk @ W for dk, W in zip(d, p))
        return dv[:, H:], dv[:, :H], dc_t * f, [dk.T @ v for dk in d] + [dk.sum(0) for dk in d]

    return pullback


def lstm_backward(dh, x, h0, c0, h, c, params):
    befores = zip(x, [h0, *h[:-1]], [c0, *c[:-1]], c)
    pullbacks = [pullback_of_step(*step, params) for step in befores]
    back_h = back_c = 0.0
    total, dx = [0.0] * 8, []
    for pullback, dh_t in zip(pullbacks[::-1], dh[::-1]):
        dx_t, back_h, back_c, shares = pullback(dh_t + back_h, back_c)
        total = [a + b for a, b in zip(total, shares)]
        dx.append(dx_t)
    return np.stack(dx[::-1]), back_h, back_c, *total


# %% id=later-half-first style=recursion mistakes="" origin="divide and conquer over time"
def σ(a):
    return np.exp(-np.logaddexp(0, -a))


def one(dh_t, dc_t, x_t, hp, cp, c_t, P):
    H = hp.shape[1]
    v = np.hstack([hp, x_t])
    f, i, o = σ(v @ P.W_f.T + P.b_f), σ(v @ P.W_i.T + P.b_i), σ(v @ P.W_o.T + P.b_o)
    n = np.tanh(v @ P.W_c.T + P.b_c)
    dc = dc_t + dh_t * o * (1 - np.tanh(c_t)) * (1 + np.tanh(c_t))
    df, di, dn, do = dc * cp * f * (1 - f), dc * n * i * (1 - i), dc * i * (1 - n * n), dh_t * np.tanh(c_t) * o * (1 - o)
    dv = df @ P.W_f + di @ P.W_i + dn @ P.W_c + do @ P.W_o
    ds = df, di, dn, do
    return dv[None, :, H:], dv[:, :H], dc * f, *(d.T @ v for d in ds), *(d.sum(axis=0) for d in ds)


def lstm_backward(dh, x, h0, c0, h, c, params):
    def span(lo, hi, g_h, g_c):
        if hi == lo + 1:
            hp, cp = (h[lo - 1], c[lo - 1]) if lo else (h0, c0)
            return one(dh[lo] + g_h, g_c, x[lo], hp, cp, c[lo], params)
        mid = (lo + hi + 1) // 2
        dx2, g_h, g_c, *w2 = span(mid, hi, g_h, g_c)
        dx1, g_h, g_c, *w1 = span(lo, mid, g_h, g_c)
        return np.concatenate([dx1, dx2]), g_h, g_c, *(a + b for a, b in zip(w1, w2))

    return span(0, len(x), np.zeros_like(h0), np.zeros_like(c0))


# %% id=ported-with-gradients-dict style=columns mistakes="" origin="ported from (n_x, m, T) code"
def lstm_backward(dh, x, h0, c0, h, c, params):
    da, X, a, C = (np.moveaxis(v, 0, 2).swapaxes(0, 1) for v in (dh, x, h, c))
    n_x, m, T_x = X.shape
    n_a = a.shape[0]
    grads = {"d" + name: np.zeros_like(value) for name, value in zip(params._fields, params)}
    dx = np.zeros((n_x, m, T_x))
    da_prevt, dc_prevt = np.zeros((n_a, m)), np.zeros((n_a, m))
    for t in reversed(range(T_x)):
        a_prev = a[:, :, t - 1] if t else h0.T
        c_prev = C[:, :, t - 1] if t else c0.T
        concat = np.concatenate((a_prev, X[:, :, t]), axis=0)
        gate = {}
        for k in "fico":
            z = getattr(params, "W_" + k).dot(concat) + getattr(params, "b_" + k)[:, None]
            gate[k] = np.tanh(z) if k == "c" else (np.tanh(z / 2) + 1) / 2
        da_next = da[:, :, t] + da_prevt
        tanh_c = np.tanh(C[:, :, t])
        dc = dc_prevt + da_next * gate["o"] * (1 - tanh_c**2)
        d = {
            "f": dc * c_prev * gate["f"] * (1 - gate["f"]),
            "i": dc * gate["c"] * gate["i"] * (1 - gate["i"]),
            "c": dc * gate["i"] * (1 - gate["c"] ** 2),
            "o": da_next * tanh_c * gate["o"] * (1 - gate["o"]),
        }
        dconcat = np.zeros_like(concat)
        for k in d:
            grads["dW_" + k] += d[k].dot(concat.T)
            grads["db_" + k] += d[k].sum(axis=1)
            dconcat += getattr(params, "W_" + k).T.dot(d[k])
        da_prevt, dx[:, :, t] = dconcat[:n_a], dconcat[n_a:]
        dc_prevt = dc * gate["f"]
    return (dx.transpose(2, 1, 0), da_prevt.T, dc_prevt.T, *grads.values())


# %% id=sample-by-sample-in-time style=loop mistakes="" origin="one sequence after the other, vectors only"
def sig(a):
    return 0.5 * (1 + np.tanh(0.5 * a))


def lstm_backward(dh, x, h0, c0, h, c, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    T, B, H = h.shape
    dx, dh0, dc0 = np.zeros(x.shape), np.zeros(h0.shape), np.zeros(c0.shape)
    dW_f, dW_i, dW_c, dW_o = np.zeros((4, *W_f.shape))
    db_f, db_i, db_c, db_o = np.zeros((4, H))
    for b in range(B):
        dh_next = np.zeros(H)
        dc_next = np.zeros(H)
        t = T
        while t > 0:
            t -= 1
            hp, cp = (h0[b], c0[b]) if t == 0 else (h[t - 1, b], c[t - 1, b])
            v = np.append(hp, x[t, b])
            f, i, o = sig(W_f @ v + b_f), sig(W_i @ v + b_i), sig(W_o @ v + b_o)
            g, s = np.tanh(W_c @ v + b_c), np.tanh(c[t, b])
            dh_t = dh[t, b] + dh_next
            dc_t = dc_next + dh_t * o * (1 - s * s)
            ef, ei, ec, eo = dc_t * cp * f * (1 - f), dc_t * g * i * (1 - i), dc_t * i * (1 - g * g), dh_t * s * o * (1 - o)
            dW_f += ef[:, None] * v
            dW_i += ei[:, None] * v
            dW_c += ec[:, None] * v
            dW_o += eo[:, None] * v
            db_f += ef
            db_i += ei
            db_c += ec
            db_o += eo
            dv = ef @ W_f + ei @ W_i + ec @ W_c + eo @ W_o
            dh_next, dx[t, b], dc_next = dv[:H], dv[H:], dc_t * f
        dh0[b], dc0[b] = dh_next, dc_next
    return dx, dh0, dc0, dW_f, dW_i, dW_c, dW_o, db_f, db_i, db_c, db_o
