# %% id=sigmoid-slope-forgotten style=vectorised mistakes="the derivative of sigmoid is missing in delta_f" origin="beginner"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    sig = lambda a: 1 / (1 + np.exp(-a))
    H = h_prev.shape[1]
    v = np.concatenate([h_prev, x_t], axis=1)
    f = sig(v @ params.W_f.T + params.b_f)
    i = sig(v @ params.W_i.T + params.b_i)
    g = np.tanh(v @ params.W_c.T + params.b_c)
    o = sig(v @ params.W_o.T + params.b_o)
    tc = np.tanh(c_t)
    dc = dc_t + dh_t * o * (1 - tc**2)
    delta_f = dc * c_prev
    delta_i = dc * g * i * (1 - i)
    delta_c = dc * i * (1 - g**2)
    delta_o = dh_t * tc * o * (1 - o)
    dv = delta_f @ params.W_f + delta_i @ params.W_i + delta_c @ params.W_c + delta_o @ params.W_o
    return (
        dv[:, H:],
        dv[:, :H],
        dc * f,
        delta_f.T @ v,
        delta_i.T @ v,
        delta_c.T @ v,
        delta_o.T @ v,
        delta_f.sum(0),
        delta_i.sum(0),
        delta_c.sum(0),
        delta_o.sum(0),
    )


# %% id=cell-gradient-incomplete style=loop mistakes="the part of dc_t that comes through h_t is missing" origin="beginner"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    W = params[:4]
    b = params[4:]
    v = np.hstack([h_prev, x_t])
    s = [1 / (1 + np.exp(-(v @ Wk.T + bk))) for Wk, bk in zip(W, b)]
    g = np.tanh(v @ W[2].T + b[2])
    f, i, o = s[0], s[1], s[3]
    deltas = [
        dc_t * c_prev * f * (1 - f),
        dc_t * g * i * (1 - i),
        dc_t * i * (1 - g * g),
        dh_t * np.tanh(c_t) * o * (1 - o),
    ]
    dv = 0
    dW, db = [], []
    for d, Wk in zip(deltas, W):
        dv = dv + d @ Wk
        dW.append(d.T @ v)
        db.append(d.sum(axis=0))
    n = h_prev.shape[1]
    return (dv[:, n:], dv[:, :n], dc_t * f, *dW, *db)


# %% id=raw-cell-in-the-output-gate style=framework mistakes="delta_o uses c_t instead of tanh(c_t)" origin="ported from a framework"
class Tape:
    def __init__(self, x, h, c_in, p):
        self.v = np.concatenate([h, x], axis=1)
        self.pre = {k: self.v @ getattr(p, "W_" + k).T + getattr(p, "b_" + k) for k in "fico"}
        self.f, self.i, self.o = (0.5 * (1 + np.tanh(0.5 * self.pre[k])) for k in "fio")
        self.g = np.tanh(self.pre["c"])


def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    z = Tape(x_t, h_prev, c_prev, params)
    th = np.tanh(c_t)
    dcell = dh_t * z.o * (1 - th * th) + dc_t
    grad = {}
    grad["o"] = dh_t * c_t * z.o * (1 - z.o)
    grad["f"] = dcell * c_prev * z.f * (1 - z.f)
    grad["i"] = dcell * z.g * z.i * (1 - z.i)
    grad["c"] = dcell * z.i * (1 - z.g**2)
    dv = sum(grad[k] @ getattr(params, "W_" + k) for k in "fico")
    dh_prev, dx_t = np.split(dv, [h_prev.shape[1]], axis=1)
    return (dx_t, dh_prev, dcell * z.f, *[grad[k].T @ z.v for k in "fico"], *[grad[k].sum(0) for k in "fico"])


# %% id=means-for-sums style=vectorised mistakes="db is a mean over the batch" origin="beginner"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    sg = lambda a: 1 / (1 + np.exp(-a))
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    v_t = np.concatenate([h_prev, x_t], axis=1)
    f_t, i_t, o_t = sg(v_t @ W_f.T + b_f), sg(v_t @ W_i.T + b_i), sg(v_t @ W_o.T + b_o)
    c_tilde = np.tanh(v_t @ W_c.T + b_c)
    dc = dc_t + dh_t * o_t * (1 - np.tanh(c_t) ** 2)
    D = np.stack(
        [
            dc * c_prev * f_t * (1 - f_t),
            dc * c_tilde * i_t * (1 - i_t),
            dc * i_t * (1 - c_tilde**2),
            dh_t * np.tanh(c_t) * o_t * (1 - o_t),
        ]
    )
    dW = np.einsum("gbh,bk->ghk", D, v_t)
    db = D.mean(axis=1)
    dv = np.einsum("gbh,ghk->bk", D, np.stack([W_f, W_i, W_c, W_o]))
    H = h_prev.shape[1]
    return (dv[:, H:], dv[:, :H], dc * f_t, *dW, *db)


# %% id=cell-goes-back-unforgotten style=layout mistakes="dc_prev is not multiplied by f_t" origin="ported from code with arrays (n_x, m)"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    sigmoid = lambda a: 1 / (1 + np.exp(-a))
    n_a, m = h_prev.T.shape
    concat = np.concatenate((h_prev.T, x_t.T), axis=0)
    ft = sigmoid(params.W_f @ concat + params.b_f[:, None])
    it = sigmoid(params.W_i @ concat + params.b_i[:, None])
    cct = np.tanh(params.W_c @ concat + params.b_c[:, None])
    ot = sigmoid(params.W_o @ concat + params.b_o[:, None])
    da_next, dc_next, a_c = dh_t.T, dc_t.T, np.tanh(c_t.T)
    dc = dc_next + ot * (1 - np.square(a_c)) * da_next
    dot = da_next * a_c * ot * (1 - ot)
    dcct = dc * it * (1 - np.square(cct))
    dit = dc * cct * it * (1 - it)
    dft = dc * c_prev.T * ft * (1 - ft)
    dW = [np.dot(d, concat.T) for d in (dft, dit, dcct, dot)]
    db = [np.sum(d, axis=1) for d in (dft, dit, dcct, dot)]
    back = (
        np.dot(params.W_f.T, dft) + np.dot(params.W_i.T, dit) + np.dot(params.W_c.T, dcct) + np.dot(params.W_o.T, dot)
    )
    dc_prev = dc
    return (back[n_a:].T, back[:n_a].T, dc_prev.T, *dW, *db)


# %% id=new-cell-in-delta-f style=per-sample mistakes="delta_f uses c_t instead of c_prev" origin="beginner"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    sg = lambda a: 1 / (1 + np.exp(-a))
    dx, dhp, dcp = np.zeros_like(x_t), np.zeros_like(h_prev), np.zeros_like(c_prev)
    dW = [np.zeros_like(W) for W in params[:4]]
    db = [np.zeros_like(b) for b in params[4:]]
    for n in range(len(x_t)):
        v = np.concatenate([h_prev[n], x_t[n]])
        f, i, o = (sg(params[k] @ v + params[k + 4]) for k in (0, 1, 3))
        g = np.tanh(params[2] @ v + params[6])
        dc = dc_t[n] + dh_t[n] * o * (1 - np.tanh(c_t[n]) ** 2)
        ds = (
            dc * c_t[n] * f * (1 - f),
            dc * g * i * (1 - i),
            dc * i * (1 - g**2),
            dh_t[n] * np.tanh(c_t[n]) * o * (1 - o),
        )
        dv = np.zeros(len(v))
        for k in range(4):
            dW[k] += np.outer(ds[k], v)
            db[k] += ds[k]
            dv += params[k].T @ ds[k]
        dhp[n], dx[n] = dv[: len(dc)], dv[len(dc) :]
        dcp[n] = dc * f
    return (dx, dhp, dcp, *dW, *db)


# %% id=candidate-slope-of-sigmoid style=vectorised mistakes="delta_c uses the derivative of sigmoid instead of tanh" origin="copy and paste"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    H = len(params.b_f)
    W = np.vstack(params[:4])
    a = np.concatenate([h_prev, x_t], 1) @ W.T + np.hstack(params[4:])
    f, i, o = (1 / (1 + np.exp(-a[:, s * H : (s + 1) * H])) for s in (0, 1, 3))
    g = np.tanh(a[:, 2 * H : 3 * H])
    dc = dc_t + dh_t * o * (1 - np.tanh(c_t) ** 2)
    df = dc * c_prev * f * (1 - f)
    di = dc * g * i * (1 - i)
    dg = dc * i * g * (1 - g)
    do = dh_t * np.tanh(c_t) * o * (1 - o)
    da = np.hstack([df, di, dg, do])
    dW = np.split(da.T @ np.concatenate([h_prev, x_t], 1), 4)
    db = np.split(da.sum(axis=0), 4)
    dv = da @ W
    return dv[:, H:], dv[:, :H], dc * f, *dW, *db


# %% id=no-tanh-slope-and-no-delta-o style=vectorised mistakes="the derivative of tanh is missing in dc_t; dh_prev and dx_t leave out delta_o" origin="beginner"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    sigmoid = lambda a: 0.5 * (1 + np.tanh(0.5 * a))
    v_t = np.concatenate([h_prev, x_t], axis=1)
    f_t = sigmoid(v_t @ params.W_f.T + params.b_f)
    i_t = sigmoid(v_t @ params.W_i.T + params.b_i)
    c_hat = np.tanh(v_t @ params.W_c.T + params.b_c)
    o_t = sigmoid(v_t @ params.W_o.T + params.b_o)
    dc_t = dc_t + dh_t * o_t
    delta_f = dc_t * c_prev * f_t * (1 - f_t)
    delta_i = dc_t * c_hat * i_t * (1 - i_t)
    delta_c = dc_t * i_t * (1 - c_hat**2)
    delta_o = dh_t * np.tanh(c_t) * o_t * (1 - o_t)
    dv_t = delta_f @ params.W_f
    dv_t = dv_t + delta_i @ params.W_i
    dv_t = dv_t + delta_c @ params.W_c
    dh_prev = dv_t[:, : h_prev.shape[1]]
    dx_t = dv_t[:, h_prev.shape[1] :]
    return (
        dx_t,
        dh_prev,
        dc_t * f_t,
        delta_f.T @ v_t,
        delta_i.T @ v_t,
        delta_c.T @ v_t,
        delta_o.T @ v_t,
        delta_f.sum(axis=0),
        delta_i.sum(axis=0),
        delta_c.sum(axis=0),
        delta_o.sum(axis=0),
    )


# %% id=factors-crossed style=loop mistakes="delta_i uses i instead of the candidate; delta_c uses the candidate instead of i" origin="beginner"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    v = np.c_[h_prev, x_t]
    sg = lambda W, b: 1 / (1 + np.exp(-(v @ W.T + b)))
    f, i, o = sg(params.W_f, params.b_f), sg(params.W_i, params.b_i), sg(params.W_o, params.b_o)
    ct = np.tanh(v @ params.W_c.T + params.b_c)
    dc = dc_t + dh_t * o * (1 - np.tanh(c_t) ** 2)
    d = {}
    d["f"] = dc * c_prev * f * (1 - f)
    d["i"] = dc * i * i * (1 - i)
    d["c"] = dc * ct * (1 - ct**2)
    d["o"] = dh_t * np.tanh(c_t) * o * (1 - o)
    dv = d["f"] @ params.W_f + d["i"] @ params.W_i + d["c"] @ params.W_c + d["o"] @ params.W_o
    out = [dv[:, h_prev.shape[1] :], dv[:, : h_prev.shape[1]], dc * f]
    for k in "fico":
        out.append(d[k].T @ v)
    for k in "fico":
        out.append(d[k].sum(0))
    return tuple(out)


# %% id=mean-and-old-cell-gradient style=einsum mistakes="dW is divided by B; dc_prev is made of the given dc_t" origin="beginner"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    B, H = h_prev.shape
    W, b = np.stack(params[:4]), np.stack(params[4:])
    v = np.concatenate([h_prev, x_t], axis=1)
    a = np.einsum("bk,ghk->gbh", v, W) + b[:, None, :]
    f, i, _, o = 1 / (1 + np.exp(-a))
    g = np.tanh(a[2])
    dc = dc_t + dh_t * o * (1 - np.tanh(c_t) ** 2)
    delta = np.array(
        [dc * c_prev * f * (1 - f), dc * g * i * (1 - i), dc * i * (1 - g**2), dh_t * np.tanh(c_t) * o * (1 - o)]
    )
    dW = np.einsum("gbh,bk->ghk", delta, v) / B
    db = np.einsum("gbh->gh", delta)
    dv = np.einsum("gbh,ghk->bk", delta, W)
    dc_prev = dc_t * f
    return (dv[:, H:], dv[:, :H], dc_prev, dW[0], dW[1], dW[2], dW[3], db[0], db[1], db[2], db[3])


# %% id=in-place-and-unsummed style=vectorised mistakes="dc_t is changed in place; db_o keeps one sample only" origin="beginner"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    sig = lambda a: 1 / (1 + np.exp(-a))
    v = np.concatenate((h_prev, x_t), axis=1)
    ff = sig(v.dot(params.W_f.T) + params.b_f)
    ii = sig(v.dot(params.W_i.T) + params.b_i)
    cc = np.tanh(v.dot(params.W_c.T) + params.b_c)
    oo = sig(v.dot(params.W_o.T) + params.b_o)
    dc_t += dh_t * oo * (1 - np.tanh(c_t) ** 2)
    da_f = dc_t * c_prev * ff * (1 - ff)
    da_i = dc_t * cc * ii * (1 - ii)
    da_c = dc_t * ii * (1 - cc * cc)
    da_o = dh_t * np.tanh(c_t) * oo * (1 - oo)
    dv = da_f.dot(params.W_f) + da_i.dot(params.W_i) + da_c.dot(params.W_c) + da_o.dot(params.W_o)
    H = h_prev.shape[1]
    db_o = da_o[-1]
    return (
        dv[:, H:],
        dv[:, :H],
        dc_t * ff,
        da_f.T.dot(v),
        da_i.T.dot(v),
        da_c.T.dot(v),
        da_o.T.dot(v),
        da_f.sum(0),
        da_i.sum(0),
        da_c.sum(0),
        db_o,
    )


# %% id=three-in-the-deltas style=vectorised mistakes="the derivative of sigmoid is missing in delta_i; delta_o uses c_t instead of tanh(c_t); delta_f uses c_t instead of c_prev" origin="beginner"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    s = lambda a: 1 / (1 + np.exp(-a))
    z = np.concatenate([h_prev, x_t], axis=1)
    F, I, G, O = s(z @ W_f.T + b_f), s(z @ W_i.T + b_i), np.tanh(z @ W_c.T + b_c), s(z @ W_o.T + b_o)
    T = np.tanh(c_t)
    dC = dh_t * O * (1 - T * T) + dc_t
    dF = dC * c_t * F * (1 - F)
    dI = dC * G
    dG = dC * I * (1 - G * G)
    dO = dh_t * c_t * O * (1 - O)
    dz = dF @ W_f + dI @ W_i + dG @ W_c + dO @ W_o
    k = h_prev.shape[1]
    return (
        dz[:, k:],
        dz[:, :k],
        dC * F,
        dF.T @ z,
        dI.T @ z,
        dG.T @ z,
        dO.T @ z,
        dF.sum(0),
        dI.sum(0),
        dG.sum(0),
        dO.sum(0),
    )


# %% id=three-with-the-cell style=layout mistakes="the derivative of tanh is missing in delta_c; dc_prev is not multiplied by f_t; db is a mean over the batch" origin="ported from code with arrays (n_x, m)"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    V = np.vstack([h_prev.T, x_t.T])
    sig = lambda W, b: 1 / (1 + np.exp(-(W @ V + b[:, None])))
    f, i, o = sig(params.W_f, params.b_f), sig(params.W_i, params.b_i), sig(params.W_o, params.b_o)
    g = np.tanh(params.W_c @ V + params.b_c[:, None])
    dH, th = dh_t.T, np.tanh(c_t.T)
    dC = dc_t.T + dH * o * (1 - th**2)
    d = [dC * c_prev.T * f * (1 - f), dC * g * i * (1 - i), dC * i, dH * th * o * (1 - o)]
    dV = sum(W.T @ q for W, q in zip(params[:4], d))
    n = h_prev.shape[1]
    dW = [q @ V.T for q in d]
    db = [np.mean(q, axis=1) for q in d]
    return (dV[n:].T, dV[:n].T, dC.T, *dW, *db)


# %% id=three-through-the-bias style=class mistakes="b_i is left out; the derivative of sigmoid is missing in delta_o; dh_prev and dx_t leave out delta_c" origin="beginner"
class Gate:
    def __init__(self, W, b, v, tanh=False):
        self.W, self.v = W, v
        a = v @ W.T + b
        self.y = np.tanh(a) if tanh else 1 / (1 + np.exp(-a))
        self.slope = 1 - self.y**2 if tanh else self.y * (1 - self.y)

    def back(self, dy):
        self.d = dy * self.slope
        return self.d @ self.W


def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    v = np.concatenate([h_prev, x_t], axis=1)
    f = Gate(params.W_f, params.b_f, v)
    i = Gate(params.W_i, 0, v)
    g = Gate(params.W_c, params.b_c, v, tanh=True)
    o = Gate(params.W_o, params.b_o, v)
    dc = dc_t + dh_t * o.y * (1 - np.tanh(c_t) ** 2)
    o.slope = np.ones_like(o.y)
    dv = f.back(dc * c_prev) + i.back(dc * g.y) + o.back(dh_t * np.tanh(c_t))
    g.back(dc * i.y)
    H = h_prev.shape[1]
    gates = (f, i, g, o)
    return (dv[:, H:], dv[:, :H], dc * f.y, *[q.d.T @ v for q in gates], *[q.d.sum(axis=0) for q in gates])


# %% id=course-layout style=layout mistakes="" origin="ported from code with arrays (n_x, m)"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    sigmoid = lambda a: 1 / (1 + np.exp(-a))
    a_prev, xt, cp, cn, da, dcn = (q.T for q in (h_prev, x_t, c_prev, c_t, dh_t, dc_t))
    n_a = a_prev.shape[0]
    concat = np.concatenate([a_prev, xt])
    ft, it, cct, ot = [
        fn(W @ concat + b.reshape(-1, 1))
        for fn, W, b in zip((sigmoid, sigmoid, np.tanh, sigmoid), params[:4], params[4:])
    ]
    dot = da * np.tanh(cn) * ot * (1 - ot)
    dcct = (dcn * it + ot * (1 - np.square(np.tanh(cn))) * it * da) * (1 - np.square(cct))
    dit = (dcn * cct + ot * (1 - np.square(np.tanh(cn))) * cct * da) * it * (1 - it)
    dft = (dcn * cp + ot * (1 - np.square(np.tanh(cn))) * cp * da) * ft * (1 - ft)
    dWs = [d.dot(concat.T) for d in (dft, dit, dcct, dot)]
    dbs = [d.sum(axis=1, keepdims=True).ravel() for d in (dft, dit, dcct, dot)]
    da_prev = sum(W[:, :n_a].T.dot(d) for W, d in zip(params[:4], (dft, dit, dcct, dot)))
    dxt = sum(W[:, n_a:].T.dot(d) for W, d in zip(params[:4], (dft, dit, dcct, dot)))
    dc_prev = dcn * ft + ot * (1 - np.square(np.tanh(cn))) * ft * da
    return (dxt.T, da_prev.T, dc_prev.T, *dWs, *dbs)


# %% id=one-big-matrix style=vectorised mistakes="" origin="ported from cuDNN-like code"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    H = params.b_f.size
    W = np.concatenate([params.W_f, params.W_i, params.W_c, params.W_o])
    v = np.concatenate([h_prev, x_t], axis=1)
    a = v @ W.T + np.concatenate([params.b_f, params.b_i, params.b_c, params.b_o])
    y = 1 / (1 + np.exp(-a))
    y[:, 2 * H : 3 * H] = np.tanh(a[:, 2 * H : 3 * H])
    f, i, g, o = (y[:, k * H : (k + 1) * H] for k in range(4))
    slope = y * (1 - y)
    slope[:, 2 * H : 3 * H] = 1 - g * g
    th = np.tanh(c_t)
    dc = dc_t + dh_t * o * (1 - th * th)
    da = np.concatenate([dc * c_prev, dc * g, dc * i, dh_t * th], axis=1) * slope
    dv, dW, db = da @ W, da.T @ v, np.ones(len(da)) @ da
    return (dv[:, H:], dv[:, :H], dc * f, *dW.reshape(4, H, -1), *db.reshape(4, H))


# %% id=sample-by-sample style=per-sample mistakes="" origin="beginner"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    rows = []
    for dh, dc, x, h, cp, c in zip(dh_t, dc_t, x_t, h_prev, c_prev, c_t):
        v = np.concatenate([h, x])
        f, i, o = (
            1 / (1 + np.exp(-(W.dot(v) + b)))
            for W, b in ((params.W_f, params.b_f), (params.W_i, params.b_i), (params.W_o, params.b_o))
        )
        g = np.tanh(params.W_c.dot(v) + params.b_c)
        total = dc + dh * o / np.cosh(c) ** 2
        deltas = [
            total * cp * (f - f * f),
            total * g * (i - i * i),
            total * i * (1 - g) * (1 + g),
            dh * np.tanh(c) * (o - o * o),
        ]
        back = sum(d.dot(W) for d, W in zip(deltas, params[:4]))
        rows.append([back[len(h) :], back[: len(h)], total * f, *[np.outer(d, v) for d in deltas], *deltas])
    columns = list(zip(*rows))
    return (*[np.stack(col) for col in columns[:3]], *[sum(col) for col in columns[3:]])


# %% id=numbers-by-einsum style=einsum mistakes="" origin="forum"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    U = np.array([W[:, : h_prev.shape[1]] for W in params[:4]])
    V = np.array([W[:, h_prev.shape[1] :] for W in params[:4]])
    b = np.array(params[4:])
    a = np.einsum("ghj,bj->gbh", U, h_prev) + np.einsum("ghd,bd->gbh", V, x_t) + b[:, None]
    s = np.exp(-np.logaddexp(0, -a))
    g = np.tanh(a[2])
    dc = dc_t + dh_t * s[3] * (1 - np.tanh(c_t) ** 2)
    delta = np.stack([dc * c_prev, dc * g, dc * s[1], dh_t * np.tanh(c_t)]) * np.stack(
        [s[0] * (1 - s[0]), s[1] * (1 - s[1]), 1 - g**2, s[3] * (1 - s[3])]
    )
    dU = np.einsum("gbh,bj->ghj", delta, h_prev)
    dV = np.einsum("gbh,bd->ghd", delta, x_t)
    dW = np.concatenate([dU, dV], axis=2)
    return (np.einsum("gbh,ghd->bd", delta, V), np.einsum("gbh,ghj->bj", delta, U), s[0] * dc, *dW, *delta.sum(1))


# %% id=little-autograd style=class mistakes="" origin="ported from a toy autograd"
class Node:
    def __init__(self, value):
        self.value, self.grad = value, 0.0


def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    sg = lambda a: 1 / (1 + np.exp(-a))
    v = Node(np.concatenate([h_prev, x_t], axis=1))
    pre = [Node(v.value @ W.T + b) for W, b in zip(params[:4], params[4:])]
    act = [Node(np.tanh(p.value) if k == 2 else sg(p.value)) for k, p in enumerate(pre)]
    f, i, g, o = act
    cell = Node(c_t)
    cell.grad = dc_t
    o.grad = o.grad + dh_t * np.tanh(cell.value)
    cell.grad = cell.grad + dh_t * o.value * (1 - np.tanh(cell.value) ** 2)
    f.grad = f.grad + cell.grad * c_prev
    i.grad = i.grad + cell.grad * g.value
    g.grad = g.grad + cell.grad * i.value
    before = cell.grad * f.value
    for k in range(4):
        y = act[k].value
        pre[k].grad = act[k].grad * ((1 - y**2) if k == 2 else y * (1 - y))
        v.grad = v.grad + pre[k].grad @ params[k]
    H = h_prev.shape[1]
    return (
        v.grad[:, H:],
        v.grad[:, :H],
        before,
        *[p.grad.T @ v.value for p in pre],
        *[p.grad.sum(axis=0) for p in pre],
    )
