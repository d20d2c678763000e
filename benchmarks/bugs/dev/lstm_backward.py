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
