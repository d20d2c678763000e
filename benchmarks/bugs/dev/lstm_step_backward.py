# %% id=notebook-dictionary style=layout mistakes="" origin="ported from lstm_cell_backward in (n_a, m)"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    sig = lambda z: 1 / (1 + np.exp(-z))
    Wf, Wi, Wc, Wo, bf, bi, bc, bo = (p if p.ndim == 2 else p[:, None] for p in params)
    concat = np.concatenate([h_prev.T, x_t.T])
    ft, it, ot = sig(Wf @ concat + bf), sig(Wi @ concat + bi), sig(Wo @ concat + bo)
    cct = np.tanh(Wc @ concat + bc)
    da_next, dc_next, c_next, n_a = dh_t.T, dc_t.T, c_t.T, h_prev.shape[1]
    dot = da_next * np.tanh(c_next) * ot * (1 - ot)
    dcct = (dc_next * it + ot * (1 - np.square(np.tanh(c_next))) * it * da_next) * (1 - np.square(cct))
    dit = (dc_next * cct + ot * (1 - np.square(np.tanh(c_next))) * cct * da_next) * it * (1 - it)
    dft = (dc_next * c_prev.T + ot * (1 - np.square(np.tanh(c_next))) * c_prev.T * da_next) * ft * (1 - ft)
    g = {"dc_prev": (dc_next * ft + ot * (1 - np.square(np.tanh(c_next))) * ft * da_next).T}
    for name, d in zip(("f", "i", "c", "o"), (dft, dit, dcct, dot)):
        g["dW" + name], g["db" + name] = np.dot(d, concat.T), np.sum(d, axis=1)
    da_prev = Wf[:, :n_a].T @ dft + Wi[:, :n_a].T @ dit + Wc[:, :n_a].T @ dcct + Wo[:, :n_a].T @ dot
    dxt = Wf[:, n_a:].T @ dft + Wi[:, n_a:].T @ dit + Wc[:, n_a:].T @ dcct + Wo[:, n_a:].T @ dot
    return dxt.T, da_prev.T, g["dc_prev"], *(g["dW" + k] for k in "fico"), *(g["db" + k] for k in "fico")

# %% id=outer-products-per-sample style=per-sample mistakes="" origin="beginner"
from functools import reduce

def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    Ws, bs = params[:4], params[4:]
    H = len(bs[0])

    def one(dh, dc, x, h, cp, c):
        v = np.append(h, x)
        f, i, g, o = (W @ v + b for W, b in zip(Ws, bs))
        f, i, o = 1 / (1 + np.exp(-f)), 1 / (1 + np.exp(-i)), 1 / (1 + np.exp(-o))
        g, y = np.tanh(g), np.tanh(c)
        dc = dc + dh * o * (1 + y) * (1 - y)
        deltas = dc * cp * f * (1 - f), dc * g * i * (1 - i), dc * i * (1 - g) * (1 + g), dh * y * o * (1 - o)
        dv = sum(W.T @ d for W, d in zip(Ws, deltas))
        return dv[H:], dv[:H], dc * f, [np.outer(d, v) for d in deltas] + list(deltas)

    done = [one(*row) for row in zip(dh_t, dc_t, x_t, h_prev, c_prev, c_t)]
    first = [np.array([d[k] for d in done]) for k in range(3)]
    totals = reduce(lambda a, b: [p + q for p, q in zip(a, b)], [d[3] for d in done])
    return (*first, *totals)

# %% id=slope-times-factor-tensor style=einsum mistakes="" origin="physicist"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    W, b = np.array(params[:4]), np.array(params[4:])
    v = np.concatenate((h_prev, x_t), axis=1)
    a = np.einsum("khv,bv->kbh", W, v) + b[:, None]
    s = 1 / (1 + np.exp(-a))
    value, slope = s.copy(), s * (1 - s)
    value[2], slope[2] = np.tanh(a[2]), 1 / np.cosh(a[2]) ** 2
    through = dc_t + dh_t * value[3] / np.cosh(c_t) ** 2
    upstream = np.stack([through * c_prev, through * value[2], through * value[1], dh_t * np.tanh(c_t)])
    delta = upstream * slope
    dh_prev, dx = np.split(np.einsum("kbh,khv->bv", delta, W), [h_prev.shape[1]], axis=1)
    return dx, dh_prev, through * value[0], *np.einsum("kbh,bv->khv", delta, v), *np.einsum("kbh->kh", delta)

# %% id=nodes-with-backward style=autograd mistakes="" origin="a homemade autograd"
class Node:
    def __init__(self, value, *parents):
        self.value, self.parents, self.grad = value, parents, 0.0

    def push(self):
        for parent, vjp in self.parents:
            parent.grad = parent.grad + vjp(self.grad)

def linear(v, W, b):
    n = len(v.value)
    return Node(v.value @ W.value.T + b.value, (v, lambda g: g @ W.value), (W, lambda g: g.T @ v.value),
                (b, lambda g: np.ones(n) @ g))

def act(a, kind):
    y = np.tanh(a.value) if kind == "tanh" else 1 / (1 + np.exp(-a.value))
    return Node(y, (a, lambda g: g * (1 - y * y) if kind == "tanh" else g * (y - y * y)))

def mul(p, q):
    return Node(p.value * q.value, (p, lambda g: g * q.value), (q, lambda g: g * p.value))

def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    theta = [Node(p) for p in params]
    v, cp = Node(np.hstack([h_prev, x_t])), Node(c_prev)
    pre = [linear(v, W, b) for W, b in zip(theta[:4], theta[4:])]
    gates = [act(a, "tanh" if k == 2 else "sigmoid") for k, a in enumerate(pre)]
    kept, new = mul(gates[0], cp), mul(gates[1], gates[2])
    cell = Node(c_t, (kept, lambda g: g), (new, lambda g: g))
    shown = act(cell, "tanh")
    out = mul(gates[3], shown)
    out.grad, cell.grad = dh_t, dc_t
    for node in (out, shown, cell, kept, new, *gates, *pre):
        node.push()
    H = h_prev.shape[1]
    return v.grad[:, H:], v.grad[:, :H], cp.grad, *(p.grad for p in theta)

# %% id=candidate-and-cell-confused style=vectorised mistakes="delta_i uses c_prev instead of the candidate" origin="copied line"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    s = lambda a: 0.5 * (1 + np.tanh(0.5 * a))
    v = np.hstack([h_prev, x_t])
    f, i, o = (s(v @ params[k].T + params[k + 4]) for k in (0, 1, 3))
    g = np.tanh(v @ params.W_c.T + params.b_c)
    dc = dc_t + dh_t * o * (1 - np.tanh(c_t) ** 2)
    df = dc * c_prev * f * (1 - f)
    di = dc * c_prev * i * (1 - i)
    dg = dc * i * (1 - g**2)
    do = dh_t * np.tanh(c_t) * o * (1 - o)
    dv = df @ params.W_f + di @ params.W_i + dg @ params.W_c + do @ params.W_o
    n = h_prev.shape[1]
    return dv[:, n:], dv[:, :n], dc * f, df.T @ v, di.T @ v, dg.T @ v, do.T @ v, df.sum(0), di.sum(0), dg.sum(0), do.sum(0)

# %% id=sum-from-the-second-gate style=class mistakes="dh_prev and dx_t leave out delta_f" origin="ported from a cell class"
class LSTMCellBackward:
    def __init__(self, params):
        self.W, self.b = params[:4], params[4:]

    def gates(self, v):
        z = [v @ W.T + b for W, b in zip(self.W, self.b)]
        return [np.tanh(a) if k == 2 else 1 / (1 + np.exp(-a)) for k, a in enumerate(z)]

    def __call__(self, dh, dc, x, h, cp, c):
        v = np.concatenate([h, x], axis=1)
        f, i, g, o = self.gates(v)
        y = np.tanh(c)
        dc = dc + dh * o * (1 - y * y)
        d = [dc * cp * (f - f * f), dc * g * (i - i * i), dc * i * (1 - g * g), dh * y * (o - o * o)]
        dv = np.zeros_like(v)
        for k in range(1, 4):
            dv += d[k] @ self.W[k]
        H = h.shape[1]
        return dv[:, H:], dv[:, :H], dc * f, *[e.T @ v for e in d], *[e.sum(axis=0) for e in d]

def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    return LSTMCellBackward(params)(dh_t, dc_t, x_t, h_prev, c_prev, c_t)

# %% id=one-bias-averaged style=helper mistakes="db_o is a mean over the batch" origin="beginner"
def sigma(a):
    return 1 / (1 + np.exp(-a))

def slope(s):
    return s * (1 - s)

def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    hx = np.c_[h_prev, x_t]
    F, I, O = sigma(hx @ W_f.T + b_f), sigma(hx @ W_i.T + b_i), sigma(hx @ W_o.T + b_o)
    C = np.tanh(hx @ W_c.T + b_c)
    through = dc_t + dh_t * O * (1 - np.tanh(c_t) ** 2)
    zf, zi, zc, zo = through * c_prev * slope(F), through * C * slope(I), through * I * (1 - C**2), 0
    zo = dh_t * np.tanh(c_t) * slope(O)
    back = zf @ W_f + zi @ W_i + zc @ W_c + zo @ W_o
    dh, dx = back[:, : h_prev.shape[1]], back[:, h_prev.shape[1] :]
    weights = tuple(np.dot(z.T, hx) for z in (zf, zi, zc, zo))
    biases = np.sum(zf, axis=0), np.sum(zi, axis=0), np.sum(zc, axis=0), np.mean(zo, axis=0)
    return (dx, dh, through * F) + weights + biases

# %% id=slope-at-c-prev-linear-candidate style=vectorised mistakes="the derivative of tanh in dc_t is taken at c_prev; the derivative of tanh in delta_c is 1 - c_tilde" origin="beginner"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    sigmoid = lambda a: 1 / (1 + np.exp(-a))
    v_t = np.concatenate([h_prev, x_t], axis=1)
    f_t, i_t = sigmoid(v_t @ W_f.T + b_f), sigmoid(v_t @ W_i.T + b_i)
    c_tilde, o_t = np.tanh(v_t @ W_c.T + b_c), sigmoid(v_t @ W_o.T + b_o)
    dc_total = dc_t + dh_t * o_t * (1 - np.tanh(c_prev) ** 2)
    delta_f = dc_total * c_prev * f_t * (1 - f_t)
    delta_i = dc_total * c_tilde * i_t * (1 - i_t)
    delta_c = dc_total * i_t * (1 - c_tilde)
    delta_o = dh_t * np.tanh(c_t) * o_t * (1 - o_t)
    dv = delta_f @ W_f + delta_i @ W_i + delta_c @ W_c + delta_o @ W_o
    H = b_f.shape[0]
    dx_t, dh_prev, dc_prev = dv[:, H:], dv[:, :H], dc_total * f_t
    dW_f, dW_i, dW_c, dW_o = delta_f.T @ v_t, delta_i.T @ v_t, delta_c.T @ v_t, delta_o.T @ v_t
    db_f, db_i, db_c, db_o = delta_f.sum(0), delta_i.sum(0), delta_c.sum(0), delta_o.sum(0)
    return dx_t, dh_prev, dc_prev, dW_f, dW_i, dW_c, dW_o, db_f, db_i, db_c, db_o

# %% id=gate-i-on-the-way-back-zero-bias style=comprehension mistakes="dc_prev is multiplied by i_t instead of f_t; b_f is left out when f is recomputed" origin="invented"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    v = np.block([h_prev, x_t])
    z = [v @ params[0].T, *(v @ params[k].T + params[k + 4] for k in range(1, 4))]
    f, i, o = [1 / (1 + np.exp(-z[k])) for k in (0, 1, 3)]
    g = np.tanh(z[2])
    y = np.tanh(c_t)
    D = dc_t + dh_t * o * (1 - y**2)
    chain = [D * c_prev * f * (1 - f), D * g * i * (1 - i), D * i * (1 - g**2), dh_t * y * o * (1 - o)]
    dv = sum(d @ W for d, W in zip(chain, params))
    H = h_prev.shape[-1]
    return [dv[:, H:], dv[:, :H], D * i, *[d.T @ v for d in chain], *[d.sum(axis=0) for d in chain]]

# %% id=no-input-slope-bare-cell-divided style=stacked mistakes="the derivative of sigmoid is missing in delta_i; delta_o uses c_t instead of tanh(c_t); dW_c is divided by B" origin="ported from a fused kernel"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    W, b = np.vstack(params[:4]), np.hstack(params[4:])
    B, H = h_prev.shape
    v = np.hstack([h_prev, x_t])
    f, i, g, o = np.hsplit(v @ W.T + b, 4)
    f, i, o, g = *(1 / (1 + np.exp(-q)) for q in (f, i, o)), np.tanh(g)
    D = dc_t + dh_t * o * (1 - np.tanh(c_t) ** 2)
    dgates = np.empty((B, 4 * H))
    dgates[:, :H] = D * c_prev * f * (1 - f)
    dgates[:, H : 2 * H] = D * g
    dgates[:, 2 * H : 3 * H] = D * i * (1 - g * g)
    dgates[:, 3 * H :] = dh_t * c_t * o * (1 - o)
    dW = dgates.T @ v
    dW[2 * H : 3 * H] /= B
    dv = dgates @ W
    return dv[:, H:], dv[:, :H], D * f, *np.split(dW, 4), *np.split(dgates.sum(axis=0), 4)

# %% id=forget-slope-doubled-c-times-candidate-and-own-cell style=loop mistakes="the derivative of sigmoid is applied twice in delta_f; delta_c uses c_t instead of i_t; dc_t is not multiplied by o_t in the part that comes through h_t" origin="beginner"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    B, H = h_prev.shape
    D = x_t.shape[1]
    dx, dhp, dcp = np.zeros((B, D)), np.zeros((B, H)), np.zeros((B, H))
    dW = [np.zeros((H, H + D)) for _ in range(4)]
    db = [np.zeros(H) for _ in range(4)]
    for n in range(B):
        v = np.concatenate([h_prev[n], x_t[n]])
        for j in range(H):
            af, ai, ac, ao = (float(params[k][j] @ v + params[4 + k][j]) for k in range(4))
            f, i, o = (1 / (1 + np.exp(-a)) for a in (af, ai, ao))
            g, y = np.tanh(ac), np.tanh(c_t[n, j])
            dc = dc_t[n, j] + dh_t[n, j] * (1 - y**2)
            ds = [
                dc * c_prev[n, j] * f * (1 - f) * f * (1 - f),
                dc * g * i * (1 - i),
                dc * c_t[n, j] * (1 - g**2),
                dh_t[n, j] * y * o * (1 - o),
            ]
            dcp[n, j] = dc * f
            for k in range(4):
                dW[k][j] += ds[k] * v
                db[k][j] += ds[k]
                dhp[n] += ds[k] * params[k][j, :H]
                dx[n] += ds[k] * params[k][j, H:]
    return dx, dhp, dcp, *dW, *db

# %% id=cell-gradient-before-completion style=vectorised mistakes="dc_prev uses the given dc_t, without the part that came through h_t" origin="beginner"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    H = h_prev.shape[1]
    hx = np.concatenate((h_prev, x_t), axis=1)
    f = sigmoid(hx @ W_f.T + b_f)
    i = sigmoid(hx @ W_i.T + b_i)
    g = np.tanh(hx @ W_c.T + b_c)
    o = sigmoid(hx @ W_o.T + b_o)
    tanh_c = np.tanh(c_t)
    dc = dc_t + dh_t * o * (1 - tanh_c ** 2)
    da_f = dc * c_prev * f * (1 - f)
    da_i = dc * g * i * (1 - i)
    da_g = dc * i * (1 - g ** 2)
    da_o = dh_t * tanh_c * o * (1 - o)
    dhx = da_f @ W_f + da_i @ W_i + da_g @ W_c + da_o @ W_o
    dc_prev = dc_t * f
    return (dhx[:, H:], dhx[:, :H], dc_prev,
            da_f.T @ hx, da_i.T @ hx, da_g.T @ hx, da_o.T @ hx,
            da_f.sum(0), da_i.sum(0), da_g.sum(0), da_o.sum(0))

# %% id=given-cell-gradient-overwritten style=einsum mistakes="the given dc_t is left out of the cell's gradient" origin="overwritten variable"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    W, b = np.stack(params[:4]), np.stack(params[4:])
    H = h_prev.shape[1]
    v = np.concatenate([h_prev, x_t], axis=1)
    pre = np.einsum("bv,khv->kbh", v, W) + b[:, None, :]
    f, i, o = (1 / (1 + np.exp(-pre[k])) for k in (0, 1, 3))
    g = np.tanh(pre[2])
    th = np.tanh(c_t)
    dc_t = dh_t * o * (1 - th * th)
    delta = np.stack([
        dc_t * c_prev * f * (1 - f),
        dc_t * g * i * (1 - i),
        dc_t * i * (1 - g * g),
        dh_t * th * o * (1 - o),
    ])
    dW = np.einsum("kbh,bv->khv", delta, v)
    db = np.einsum("kbh->kh", delta)
    dv = np.einsum("kbh,khv->bv", delta, W)
    return dv[:, H:], dv[:, :H], dc_t * f, *dW, *db

# %% id=output-gate-fed-by-the-cell style=helper mistakes="delta_o uses dc_t instead of dh_t" origin="copy and paste"
def dsigmoid(y):
    return y * (1 - y)

def dtanh(y):
    return 1 - y ** 2

def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    p = params
    n = len(p.b_f)
    v = np.hstack([h_prev, x_t])
    s = lambda z: 1 / (1 + np.exp(-z))
    f, i, o = s(v @ p.W_f.T + p.b_f), s(v @ p.W_i.T + p.b_i), s(v @ p.W_o.T + p.b_o)
    cand = np.tanh(v @ p.W_c.T + p.b_c)
    tc = np.tanh(c_t)
    dc = dc_t + dh_t * o * dtanh(tc)
    delta_f = dc * c_prev * dsigmoid(f)
    delta_i = dc * cand * dsigmoid(i)
    delta_c = dc * i * dtanh(cand)
    delta_o = dc * tc * dsigmoid(o)
    deltas = [delta_f, delta_i, delta_c, delta_o]
    dv = sum(d @ W for d, W in zip(deltas, p[:4]))
    dWs = [d.T @ v for d in deltas]
    dbs = [np.sum(d, axis=0) for d in deltas]
    return (dv[:, n:], dv[:, :n], dc * f, *dWs, *dbs)

# %% id=columns-cut-at-the-input-size style=framework mistakes="the columns of dv are split as if x stood before h" origin="port of [x; h] code"
class LSTMCellBackward:
    def __init__(self, params):
        self.W, self.b = params[:4], params[4:]

    def gates(self, v):
        z = [v.dot(W.T) + b for W, b in zip(self.W, self.b)]
        s = lambda a: 1 / (1 + np.exp(-a))
        return s(z[0]), s(z[1]), np.tanh(z[2]), s(z[3])

    def __call__(self, grad_h, grad_c, x, h, c, c_new):
        v = np.concatenate([h, x], axis=1)
        f, i, g, o = self.gates(v)
        grad_c = grad_c + grad_h * o * (1 - np.tanh(c_new) ** 2)
        d = [grad_c * c * f * (1 - f), grad_c * g * i * (1 - i), grad_c * i * (1 - g ** 2)]
        d.append(grad_h * np.tanh(c_new) * o * (1 - o))
        grad_v = sum(di.dot(W) for di, W in zip(d, self.W))
        D = x.shape[1]
        grad_x = grad_v[:, :D]
        grad_h_prev = grad_v[:, D:]
        return grad_x, grad_h_prev, grad_c * f, [di.T.dot(v) for di in d], [di.sum(axis=0) for di in d]

def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    dx, dh, dc, dW, db = LSTMCellBackward(params)(dh_t, dc_t, x_t, h_prev, c_prev, c_t)
    return (dx, dh, dc, *dW, *db)

# %% id=square-forgotten-at-the-cell style=layout mistakes="the derivative of tanh at c_t is 1 - tanh(c_t), the square is missing" origin="(n_x, m) notebook"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    Wf, Wi, Wc, Wo, bf, bi, bc, bo = params
    sigmoid = lambda z: 1 / (1 + np.exp(-z))
    da_next, dc_next = dh_t.T, dc_t.T
    a_prev, c_old, c_next = h_prev.T, c_prev.T, c_t.T
    concat = np.vstack((a_prev, x_t.T))
    n_a = a_prev.shape[0]
    ft = sigmoid(Wf @ concat + bf[:, None])
    it = sigmoid(Wi @ concat + bi[:, None])
    cct = np.tanh(Wc @ concat + bc[:, None])
    ot = sigmoid(Wo @ concat + bo[:, None])
    dot = da_next * np.tanh(c_next) * ot * (1 - ot)
    dcell = dc_next + ot * (1 - np.tanh(c_next)) * da_next
    dcct = dcell * it * (1 - cct ** 2)
    dit = dcell * cct * it * (1 - it)
    dft = dcell * c_old * ft * (1 - ft)
    da_prev = Wf[:, :n_a].T @ dft + Wi[:, :n_a].T @ dit + Wc[:, :n_a].T @ dcct + Wo[:, :n_a].T @ dot
    dxt = Wf[:, n_a:].T @ dft + Wi[:, n_a:].T @ dit + Wc[:, n_a:].T @ dcct + Wo[:, n_a:].T @ dot
    dc_old = dcell * ft
    dWf, dWi, dWc, dWo = dft @ concat.T, dit @ concat.T, dcct @ concat.T, dot @ concat.T
    dbf, dbi, dbc, dbo = dft.sum(axis=1), dit.sum(axis=1), dcct.sum(axis=1), dot.sum(axis=1)
    return dxt.T, da_prev.T, dc_old.T, dWf, dWi, dWc, dWo, dbf, dbi, dbc, dbo

# %% id=tanh-of-a-tanh style=loop mistakes="delta_c applies tanh to the candidate once more in its derivative" origin="well-known course notebook, 1 - np.tanh(cct)**2"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    B, H = h_prev.shape
    sig = lambda z: 1 / (1 + np.exp(-z))
    dx, dh_prev, dc_prev = np.zeros_like(x_t), np.zeros_like(h_prev), np.zeros_like(c_prev)
    dW_f, dW_i, dW_c, dW_o = (np.zeros_like(W) for W in (W_f, W_i, W_c, W_o))
    db_f, db_i, db_c, db_o = (np.zeros_like(b) for b in (b_f, b_i, b_c, b_o))
    for k in range(B):
        v = np.concatenate([h_prev[k], x_t[k]])
        f, i, o = sig(W_f @ v + b_f), sig(W_i @ v + b_i), sig(W_o @ v + b_o)
        cct = np.tanh(W_c @ v + b_c)
        dc = dc_t[k] + dh_t[k] * o * (1 - np.tanh(c_t[k]) ** 2)
        delta_f = dc * c_prev[k] * f * (1 - f)
        delta_i = dc * cct * i * (1 - i)
        delta_c = dc * i * (1 - np.tanh(cct) ** 2)
        delta_o = dh_t[k] * np.tanh(c_t[k]) * o * (1 - o)
        dW_f += np.outer(delta_f, v)
        dW_i += np.outer(delta_i, v)
        dW_c += np.outer(delta_c, v)
        dW_o += np.outer(delta_o, v)
        db_f += delta_f
        db_i += delta_i
        db_c += delta_c
        db_o += delta_o
        dv = W_f.T @ delta_f + W_i.T @ delta_i + W_c.T @ delta_c + W_o.T @ delta_o
        dh_prev[k], dx[k] = dv[:H], dv[H:]
        dc_prev[k] = dc * f
    return dx, dh_prev, dc_prev, dW_f, dW_i, dW_c, dW_o, db_f, db_i, db_c, db_o

# %% id=input-gate-derived-as-tanh style=dictionary mistakes="delta_i uses the derivative of tanh, 1 - i^2, instead of that of sigmoid" origin="beginner"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    W = {k: getattr(params, "W_" + k) for k in "fico"}
    b = {k: getattr(params, "b_" + k) for k in "fico"}
    z = np.concatenate([h_prev, x_t], axis=1)
    a = {k: z @ W[k].T + b[k] for k in "fico"}
    y = {k: 1 / (1 + np.exp(-a[k])) for k in "fio"}
    y["c"] = np.tanh(a["c"])
    m = np.tanh(c_t)
    dc = dc_t + dh_t * y["o"] * (1 - m**2)
    d = {"f": dc * c_prev, "i": dc * y["c"], "c": dc * y["i"], "o": dh_t * m}
    d["f"] = d["f"] * y["f"] * (1 - y["f"])
    d["i"] = d["i"] * (1 - y["i"] ** 2)
    d["c"] = d["c"] * (1 - y["c"] ** 2)
    d["o"] = d["o"] * y["o"] * (1 - y["o"])
    dz = sum(d[k] @ W[k] for k in "fico")
    H = h_prev.shape[1]
    return dz[:, H:], dz[:, :H], dc * y["f"], *(d[k].T @ z for k in "fico"), *(d[k].sum(axis=0) for k in "fico")

# %% id=copied-weight-row-and-ungated-cell style=vectorised mistakes="dW_o is made of delta_i; dc_prev is not multiplied by f_t" origin="copy and paste"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    sigma = lambda s: 1.0 / (1.0 + np.exp(-s))
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    B, H = dh_t.shape
    v_t = np.concatenate([h_prev, x_t], axis=1)
    f_t = sigma(v_t @ W_f.T + b_f)
    i_t = sigma(v_t @ W_i.T + b_i)
    c_bar = np.tanh(v_t @ W_c.T + b_c)
    o_t = sigma(v_t @ W_o.T + b_o)
    dct = dc_t + dh_t * o_t * (1 - np.tanh(c_t) ** 2)
    delta_f = dct * c_prev * f_t * (1 - f_t)
    delta_i = dct * c_bar * i_t * (1 - i_t)
    delta_c = dct * i_t * (1 - c_bar ** 2)
    delta_o = dh_t * np.tanh(c_t) * o_t * (1 - o_t)
    dW_f = np.dot(delta_f.T, v_t)
    dW_i = np.dot(delta_i.T, v_t)
    dW_c = np.dot(delta_c.T, v_t)
    dW_o = np.dot(delta_i.T, v_t)
    db_f = delta_f.sum(axis=0)
    db_i = delta_i.sum(axis=0)
    db_c = delta_c.sum(axis=0)
    db_o = delta_o.sum(axis=0)
    dv_t = delta_f @ W_f + delta_i @ W_i + delta_c @ W_c + delta_o @ W_o
    dh_prev = dv_t[:, :H]
    dx_t = dv_t[:, H:]
    dc_prev = dct
    return dx_t, dh_prev, dc_prev, dW_f, dW_i, dW_c, dW_o, db_f, db_i, db_c, db_o

# %% id=one-step-off-in-both-cells style=stacked mistakes="delta_f uses c_t instead of c_prev; delta_o uses tanh of c_prev instead of c_t" origin="indices confused"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    N, H = h_prev.shape
    W = np.vstack(params[:4])
    b = np.hstack(params[4:])
    v = np.hstack((h_prev, x_t))
    a = v.dot(W.T) + b
    f = 1 / (1 + np.exp(-a[:, :H]))
    i = 1 / (1 + np.exp(-a[:, H:2 * H]))
    g = np.tanh(a[:, 2 * H:3 * H])
    o = 1 / (1 + np.exp(-a[:, 3 * H:]))
    dc = dc_t + dh_t * o * (1 - np.tanh(c_t) ** 2)
    da = np.zeros((N, 4 * H))
    da[:, :H] = dc * c_t * f * (1 - f)
    da[:, H:2 * H] = dc * g * i * (1 - i)
    da[:, 2 * H:3 * H] = dc * i * (1 - g ** 2)
    da[:, 3 * H:] = dh_t * np.tanh(c_prev) * o * (1 - o)
    dW = da.T.dot(v)
    db = da.sum(axis=0)
    dv = da.dot(W)
    dW_f, dW_i, dW_c, dW_o = np.split(dW, 4)
    db_f, db_i, db_c, db_o = np.split(db, 4)
    return dv[:, H:], dv[:, :H], dc * f, dW_f, dW_i, dW_c, dW_o, db_f, db_i, db_c, db_o

# %% id=shortcut-to-h-and-x-without-o style=comprehension mistakes="dh_t is added to dh_prev; dx_t leaves out the output gate's term" origin="invented"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    weights, biases = params[:4], params[4:]
    H = len(biases[0])
    v = np.concatenate([h_prev, x_t], axis=1)
    acts = [fn(v @ W.T + b) for fn, W, b in zip(
        [lambda a: 1 / (1 + np.exp(-a))] * 2 + [np.tanh] + [lambda a: 1 / (1 + np.exp(-a))], weights, biases)]
    f, i, g, o = acts
    total = dc_t + dh_t * o * (1 - np.tanh(c_t) ** 2)
    deltas = [
        total * c_prev * f * (1 - f),
        total * g * i * (1 - i),
        total * i * (1 - g ** 2),
        dh_t * np.tanh(c_t) * o * (1 - o),
    ]
    dh_prev = sum([delta @ W[:, :H] for delta, W in zip(deltas, weights)]) + dh_t
    dx_t = sum([delta @ W[:, H:] for delta, W in zip(deltas[:3], weights[:3])])
    return dx_t, dh_prev, total * f, *[d.T @ v for d in deltas], *[d.sum(axis=0) for d in deltas]

# %% id=sigmoid-slope-for-candidate-mean-and-lost-term style=vectorised mistakes="delta_c uses the derivative of sigmoid; db_f is averaged over the batch; dh_prev leaves out the candidate's term" origin="beginner"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    def sig(a):
        return 1 / (1 + np.exp(-a))

    Wf, Wi, Wc, Wo, bf, bi, bc, bo = params
    H = bf.shape[0]
    inp = np.concatenate([h_prev, x_t], axis=1)
    forget, write, show = sig(inp @ Wf.T + bf), sig(inp @ Wi.T + bi), sig(inp @ Wo.T + bo)
    new = np.tanh(inp @ Wc.T + bc)
    d_cell = dh_t * show * (1 - np.tanh(c_t) ** 2)
    d_cell = d_cell + dc_t
    d_f = d_cell * c_prev * (forget * (1 - forget))
    d_i = d_cell * new * (write * (1 - write))
    d_c = d_cell * write * (new * (1 - new))
    d_o = dh_t * np.tanh(c_t) * (show * (1 - show))
    dx = d_f @ Wf[:, H:] + d_i @ Wi[:, H:] + d_c @ Wc[:, H:] + d_o @ Wo[:, H:]
    dh = d_f @ Wf[:, :H] + d_i @ Wi[:, :H] + d_o @ Wo[:, :H]
    dW_f, dW_i, dW_c, dW_o = d_f.T @ inp, d_i.T @ inp, d_c.T @ inp, d_o.T @ inp
    db_f = d_f.mean(axis=0)
    db_i = d_i.sum(axis=0)
    db_c = d_c.sum(axis=0)
    db_o = d_o.sum(axis=0)
    return dx, dh, d_cell * forget, dW_f, dW_i, dW_c, dW_o, db_f, db_i, db_c, db_o

# %% id=biasless-o-no-i-slope-on-the-way-out style=einsum mistakes="b_o is left out when o is recomputed; delta_c is not multiplied by i_t; dc_prev is multiplied by f (1 - f) instead of f" origin="beginner"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    H = dh_t.shape[1]
    v = np.concatenate([h_prev, x_t], axis=1)
    lin = lambda W: np.einsum("bv,hv->bh", v, W)
    sg = lambda a: 1 / (1 + np.exp(-a))
    f, i, g = sg(lin(W_f) + b_f), sg(lin(W_i) + b_i), np.tanh(lin(W_c) + b_c)
    o = sg(lin(W_o))
    tc = np.tanh(c_t)
    ds = dc_t + dh_t * o * (1 - tc ** 2)
    df, di = ds * c_prev * f * (1 - f), ds * g * i * (1 - i)
    dg = ds * (1 - g ** 2)
    do = dh_t * tc * o * (1 - o)
    grads_W = [np.einsum("bh,bv->hv", d, v) for d in (df, di, dg, do)]
    grads_b = [np.einsum("bh->h", d) for d in (df, di, dg, do)]
    dv = sum(np.einsum("bh,hv->bv", d, W) for d, W in zip((df, di, dg, do), (W_f, W_i, W_c, W_o)))
    dc_prev = ds * f * (1 - f)
    return dv[:, H:], dv[:, :H], dc_prev, *grads_W, *grads_b
