# %% id=accumulated-pairs style=functional mistakes="" origin="functional programmer"
from itertools import accumulate

def lstm_forward(x, h0, c0, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params

    def step(state, x_t):
        v = np.hstack([state[0], x_t])
        s = lambda W, b: 0.5 + 0.5 * np.tanh((v @ W.T + b) / 2)
        cell = s(W_f, b_f) * state[1] + s(W_i, b_i) * np.tanh(v @ W_c.T + b_c)
        return s(W_o, b_o) * np.tanh(cell), cell

    h, c = zip(*list(accumulate(x, step, initial=(h0, c0)))[1:])
    return np.stack(h), np.stack(c)

# %% id=batch-last-time-last style=layout mistakes="" origin="ported from (n_x, m, T) notebook code"
def lstm_forward(x, h0, c0, params):
    sigmoid = lambda z: 1 / (1 + np.exp(-z))
    xs = x.transpose(2, 1, 0)
    n_a, m, T_x = params.W_f.shape[0], xs.shape[1], xs.shape[2]
    a, c = np.zeros((n_a, m, T_x)), np.zeros((n_a, m, T_x))
    a_next, c_next = h0.T, c0.T
    for t in range(T_x):
        concat = np.zeros((n_a + xs.shape[0], m))
        concat[:n_a, :], concat[n_a:, :] = a_next, xs[:, :, t]
        ft = sigmoid(params.W_f @ concat + params.b_f[:, None])
        it = sigmoid(params.W_i @ concat + params.b_i[:, None])
        cct = np.tanh(params.W_c @ concat + params.b_c[:, None])
        ot = sigmoid(params.W_o @ concat + params.b_o[:, None])
        c_next = ft * c_next + it * cct
        a_next = ot * np.tanh(c_next)
        a[:, :, t], c[:, :, t] = a_next, c_next
    return a.transpose(2, 1, 0), c.transpose(2, 1, 0)

# %% id=sample-by-sample style=per-sample mistakes="" origin="beginner"
def lstm_forward(x, h0, c0, params):
    T, B, D = x.shape
    H = h0.shape[1]
    h = np.empty((T, B, H))
    c = np.empty((T, B, H))
    for b in range(B):
        h_now, c_now = h0[b].copy(), c0[b].copy()
        for t in range(T):
            v = np.append(h_now, x[t, b])
            f = 1 / (1 + np.exp(-(params[0] @ v + params[4])))
            i = 1 / (1 + np.exp(-(params[1] @ v + params[5])))
            g = np.tanh(params[2] @ v + params[6])
            o = 1 / (1 + np.exp(-(params[3] @ v + params[7])))
            for j in range(H):
                c_now[j] = f[j] * c_now[j] + i[j] * g[j]
                h_now[j] = o[j] * np.tanh(c_now[j])
            h[t, b], c[t, b] = h_now, c_now
    return h, c

# %% id=input-part-in-one-product style=framework mistakes="" origin="ported from a cuDNN-like layout"
def lstm_forward(x, h0, c0, params):
    W, b = np.stack(params[:4]), np.stack(params[4:])
    T, (B, H) = len(x), h0.shape
    from_x = np.einsum("tbd,khd->tkbh", x, W[:, :, H:]) + b[:, None, :]
    U = W[:, :, :H]

    def run(h, c):
        for pre in from_x:
            f, i, g, o = pre + np.einsum("bj,khj->kbh", h, U)
            f, i, o = (np.where(a < 0, np.exp(a), 1) / (1 + np.exp(-abs(a))) for a in (f, i, o))
            c = f * c + i * np.tanh(g)
            h = o * np.tanh(c)
            yield h, c

    out = np.array(list(run(h0, c0)))
    return out[:, 0], out[:, 1]

# %% id=cell-from-the-start style=vectorised mistakes="the cell is not carried" origin="beginner"
def lstm_forward(x, h0, c0, params):
    Wf, Wi, Wc, Wo, bf, bi, bc, bo = params
    sig = lambda a: 1 / (1 + np.exp(-a))
    hs, cs = [], []
    h, c = h0, c0
    for x_t in x:
        v = np.concatenate((h, x_t), axis=1)
        c = sig(v @ Wf.T + bf) * c0 + sig(v @ Wi.T + bi) * np.tanh(v @ Wc.T + bc)
        h = sig(v @ Wo.T + bo) * np.tanh(c)
        hs.append(h)
        cs.append(c)
    return np.array(hs), np.array(cs)

# %% id=late-by-one style=class mistakes="the states are returned one step late" origin="states with h0 in front"
class LSTM:
    def __init__(self, params):
        self.p = params

    def cell(self, x, h, c):
        z = [np.column_stack([h, x]) @ W.T + b for W, b in zip(self.p[:4], self.p[4:])]
        f, i, o = [1 / (1 + np.exp(-z[k])) for k in (0, 1, 3)]
        c = f * c + i * np.tanh(z[2])
        return o * np.tanh(c), c

    def __call__(self, xs, h, c):
        hs, cs = [h], [c]
        for x in xs:
            h, c = self.cell(x, hs[-1], cs[-1])
            hs.append(h)
            cs.append(c)
        return np.stack(hs[:-1]), np.stack(cs[:-1])

def lstm_forward(x, h0, c0, params):
    return LSTM(params)(x, h0, c0)

# %% id=output-from-squashed-twice style=einsum mistakes="tanh is applied to c_t twice in h_t" origin="cell stored squashed by habit"
def lstm_forward(x, h0, c0, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    T, B, H = x.shape[0], *h0.shape
    h, c = np.zeros((T + 1, B, H)), np.zeros((T + 1, B, H))
    h[-1], c[-1] = h0, c0
    for t in range(T):
        v = np.dstack([h[t - 1][None], x[t][None]])[0]
        A = {k: np.einsum("hv,bv->bh", W, v) + b for k, W, b in zip("fico", params[:4], params[4:])}
        f, i, o = (1 / (1 + np.exp(-A[k])) for k in "fio")
        c[t] = f * c[t - 1] + i * np.tanh(A["c"])
        out = np.tanh(c[t])
        h[t] = o * np.tanh(out)
    return h[:T], c[:T]

# %% id=zeros-and-sigmoid-candidate style=helper mistakes="c0 is ignored; the candidate uses sigmoid instead of tanh" origin="beginner"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gate(act, W, b, h, x):
    H = h.shape[1]
    return act(h @ W[:, :H].T + x @ W[:, H:].T + b)

def lstm_forward(x, h0, c0, params):
    h = np.zeros((len(x),) + h0.shape)
    c = np.zeros_like(h)
    h_t, c_t = h0, np.zeros_like(c0)
    for t, x_t in enumerate(x):
        f = gate(sigmoid, params.W_f, params.b_f, h_t, x_t)
        i = gate(sigmoid, params.W_i, params.b_i, h_t, x_t)
        o = gate(sigmoid, params.W_o, params.b_o, h_t, x_t)
        c_t = f * c_t + i * gate(sigmoid, params.W_c, params.b_c, h_t, x_t)
        h_t = o * np.tanh(c_t)
        h[t], c[t] = h_t, c_t
    return h, c

# %% id=backwards-with-one-bias-twice style=recursive mistakes="the sequence is read backwards; b_o is added twice" origin="student who knows Lisp"
def lstm_forward(x, h0, c0, params):
    Wf, Wi, Wc, Wo, bf, bi, bc, bo = params

    def follow(rest, h, c):
        if len(rest) == 0:
            return []
        v = np.hstack([h, rest[-1]])
        f, i = (1 / (1 + np.exp(-v @ W.T - b)) for W, b in ((Wf, bf), (Wi, bi)))
        o = 1 / (1 + np.exp(-v @ Wo.T - 2 * bo))
        c = f * c + i * np.tanh(v @ Wc.T + bc)
        h = o * np.tanh(c)
        return [(h, c)] + follow(rest[:-1], h, c)

    both = follow(x, h0, c0)
    return np.array([s[0] for s in both]), np.array([s[1] for s in both])

# %% id=stale-hidden-swapped-start-bias-of-f style=vectorised mistakes="the state h is not carried; h0 and c0 are exchanged; b_f is used for i" origin="beginner"
def lstm_forward(x, h0, c0, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    σ = lambda a: 1 / (1 + np.exp(-a))
    h, c = [], []
    h_prev, c_prev = c0, h0
    for k in range(x.shape[0]):
        v = np.concatenate([h_prev, x[k]], 1)
        f, i, o = σ(v @ W_f.T + b_f), σ(v @ W_i.T + b_f), σ(v @ W_o.T + b_o)
        c_new = f * c_prev + i * np.tanh(v @ W_c.T + b_c)
        h_new = o * np.tanh(c_new)
        h.append(h_new)
        c.append(c_new)
        c_prev = c_new
    return np.stack(h), np.stack(c)

# %% id=swapped-gates-no-candidate-bias-bare-cell style=framework mistakes="i and f are exchanged; b_c is left out; the tanh of c_t is missing" origin="ported, gate order i f c o"
def lstm_forward(x, h0, c0, params):
    weights = np.vstack(params[:4])
    bias = np.concatenate([params.b_f, params.b_i, 0 * params.b_c, params.b_o])
    hx, cx, outputs = h0, c0, []
    for step in x:
        gates = np.hstack([hx, step]) @ weights.T + bias
        ingate, forgetgate, cellgate, outgate = np.split(gates, 4, axis=1)
        ingate, forgetgate, outgate = (1 / (1 + np.exp(-g)) for g in (ingate, forgetgate, outgate))
        cx = forgetgate * cx + ingate * np.tanh(cellgate)
        hx = outgate * cx
        outputs.append((hx, cx))
    return tuple(np.array(part) for part in zip(*outputs))

# %% id=fresh-hidden-start style=framework mistakes="h0 is ignored, h starts at zero" origin="hidden = zeros, as in init_hidden"
class LSTM:
    def __init__(self, params):
        self.p = params

    def init_hidden(self, batch):
        return np.zeros((batch, len(self.p.b_f)))

    def cell(self, x, h, c):
        v = np.concatenate([h, x], axis=1)
        f, i, o = [
            1 / (1 + np.exp(-(v @ W.T + b)))
            for W, b in ((self.p.W_f, self.p.b_f), (self.p.W_i, self.p.b_i), (self.p.W_o, self.p.b_o))
        ]
        c = f * c + i * np.tanh(v @ self.p.W_c.T + self.p.b_c)
        return o * np.tanh(c), c

def lstm_forward(x, h0, c0, params):
    net = LSTM(params)
    h_t, c_t = net.init_hidden(x.shape[1]), c0
    hs, cs = [], []
    for x_t in x:
        h_t, c_t = net.cell(x_t, h_t, c_t)
        hs.append(h_t)
        cs.append(c_t)
    return np.stack(hs), np.stack(cs)

# %% id=cell-noted-too-early style=vectorised mistakes="c[t] holds c^(t-1), it is stored before the update" origin="beginner"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_forward(x, h0, c0, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    T, B, D = x.shape
    h = np.zeros((T, B, h0.shape[1]))
    c = np.zeros((T, B, h0.shape[1]))
    h_t, c_t = h0, c0
    for t in range(T):
        v_t = np.concatenate([h_t, x[t]], axis=1)
        f_t = sigmoid(v_t @ W_f.T + b_f)
        i_t = sigmoid(v_t @ W_i.T + b_i)
        c_tilde_t = np.tanh(v_t @ W_c.T + b_c)
        o_t = sigmoid(v_t @ W_o.T + b_o)
        c[t] = c_t
        c_t = f_t * c_t + i_t * c_tilde_t
        h_t = o_t * np.tanh(c_t)
        h[t] = h_t
    return h, c

# %% id=last-step-left-empty style=helper mistakes="the loop stops one step early, the last states stay zero" origin="off by one"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    v = np.hstack((h_prev, x_t))
    s = lambda a: 1 / (1 + np.exp(-a))
    c_t = s(v @ W_f.T + b_f) * c_prev + s(v @ W_i.T + b_i) * np.tanh(v @ W_c.T + b_c)
    return s(v @ W_o.T + b_o) * np.tanh(c_t), c_t

def lstm_forward(x, h0, c0, params):
    T = x.shape[0]
    h = np.zeros((T,) + h0.shape)
    c = np.zeros((T,) + c0.shape)
    h[0], c[0] = lstm_step(x[0], h0, c0, *params)
    for t in range(1, T - 1):
        h[t], c[t] = lstm_step(x[t], h[t - 1], c[t - 1], *params)
    return h, c

# %% id=start-kept-as-first-state style=einsum mistakes="h[0] and c[0] are h0 and c0 and the step with x[0] is never made" origin="h[0] = h0 and a loop from 1"
def lstm_forward(x, h0, c0, params):
    T = len(x)
    W, b = np.stack(params[:4]), np.stack(params[4:])
    h, c = np.empty((T, *h0.shape)), np.empty((T, *c0.shape))
    h[0], c[0] = h0, c0
    for t in range(1, T):
        v = np.concatenate([h[t - 1], x[t]], axis=1)
        a = np.einsum("bv,khv->kbh", v, W) + b[:, None]
        f, i, o = 1 / (1 + np.exp(-a[[0, 1, 3]]))
        c[t] = f * c[t - 1] + i * np.tanh(a[2])
        h[t] = o * np.tanh(c[t])
    return h, c

# %% id=input-one-index-behind style=dictionary mistakes="step t reads x[t-1] instead of x[t]" origin="off by one"
def lstm_forward(x, h0, c0, params):
    sig = lambda z: 1 / (1 + np.exp(-z))
    hs, cs = {-1: h0}, {-1: c0}
    fs, ins, gs, os = {}, {}, {}, {}
    for t in range(len(x)):
        z = np.concatenate((hs[t - 1], x[t - 1]), axis=1)
        fs[t] = sig(z.dot(params.W_f.T) + params.b_f)
        ins[t] = sig(z.dot(params.W_i.T) + params.b_i)
        gs[t] = np.tanh(z.dot(params.W_c.T) + params.b_c)
        os[t] = sig(z.dot(params.W_o.T) + params.b_o)
        cs[t] = fs[t] * cs[t - 1] + ins[t] * gs[t]
        hs[t] = os[t] * np.tanh(cs[t])
    T = len(x)
    return np.array([hs[t] for t in range(T)]), np.array([cs[t] for t in range(T)])

# %% id=one-sample-starts-where-the-last-ended style=per-sample mistakes="the state is not reset to h0, c0 for each sample" origin="beginner"
def lstm_forward(x, h0, c0, params):
    T, B, D = x.shape
    H = h0.shape[1]
    h, c = np.zeros((T, B, H)), np.zeros((T, B, H))
    sig = lambda a: 1 / (1 + np.exp(-a))
    h_now, c_now = h0[0], c0[0]
    for b in range(B):
        for t in range(T):
            v = np.concatenate([h_now, x[t, b]])
            f = sig(params.W_f @ v + params.b_f)
            i = sig(params.W_i @ v + params.b_i)
            g = np.tanh(params.W_c @ v + params.b_c)
            o = sig(params.W_o @ v + params.b_o)
            c_now = f * c_now + i * g
            h_now = o * np.tanh(c_now)
            h[t, b] = h_now
            c[t, b] = c_now
    return h, c

# %% id=same-array-appended-each-time style=list mistakes="h_t is changed in place, so every entry of the list of h is the last one" origin="Stack Overflow, append without copy"
def lstm_forward(x, h0, c0, params):
    def sigm(y):
        return 1 / (1 + np.exp(-y))

    Wf, Wi, Wc, Wo, bf, bi, bc, bo = params
    all_h, all_c = [], []
    h_t = h0.copy()
    c_t = c0.copy()
    for t in range(x.shape[0]):
        v = np.c_[h_t, x[t]]
        c_t = sigm(v @ Wf.T + bf) * c_t + sigm(v @ Wi.T + bi) * np.tanh(v @ Wc.T + bc)
        h_t[:] = sigm(v @ Wo.T + bo) * np.tanh(c_t)
        all_h.append(h_t)
        all_c.append(c_t)
    return np.array(all_h), np.array(all_c)

# %% id=hidden-from-the-start-and-no-forgetting style=helper mistakes="h0 is fed to every step instead of the last h; the forget gate is left out" origin="beginner"
def step(x_t, h_prev, c_prev, p):
    v = np.concatenate([h_prev, x_t], axis=1)
    i = 1 / (1 + np.exp(-(v @ p.W_i.T + p.b_i)))
    o = 1 / (1 + np.exp(-(v @ p.W_o.T + p.b_o)))
    c = c_prev + i * np.tanh(v @ p.W_c.T + p.b_c)
    return o * np.tanh(c), c

def lstm_forward(x, h0, c0, params):
    h, c = np.zeros((len(x), *h0.shape)), np.zeros((len(x), *c0.shape))
    c_t = c0
    for t in range(len(x)):
        h[t], c_t = step(x[t], h0, c_t, params)
        c[t] = c_t
    return h, c

# %% id=early-end-and-borrowed-bias style=layout mistakes="b_i is used for the candidate; the loop leaves out the last step" origin="(n_a, m, T) notebook"
def lstm_forward(x, h0, c0, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    X = np.transpose(x, (2, 1, 0))
    n_x, m, T_x = X.shape
    n_a = h0.shape[1]
    sigmoid = lambda s: 1 / (1 + np.exp(-s))
    a, c = np.zeros((n_a, m, T_x)), np.zeros((n_a, m, T_x))
    a_next, c_next = h0.T, c0.T
    for t in range(T_x - 1):
        concat = np.concatenate((a_next, X[:, :, t]), axis=0)
        ft = sigmoid(W_f @ concat + b_f.reshape(-1, 1))
        it = sigmoid(W_i @ concat + b_i.reshape(-1, 1))
        cct = np.tanh(W_c @ concat + b_i.reshape(-1, 1))
        ot = sigmoid(W_o @ concat + b_o.reshape(-1, 1))
        c_next = ft * c_next + it * cct
        a_next = ot * np.tanh(c_next)
        a[:, :, t] = a_next
        c[:, :, t] = c_next
    return np.transpose(a, (2, 1, 0)), np.transpose(c, (2, 1, 0))

# %% id=forgets-twice-shows-all style=vectorised mistakes="the old cell is multiplied by f twice; the output gate is left out of h" origin="update in two lines"
def lstm_forward(x, h0, c0, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    sig = lambda a: 0.5 * (1 + np.tanh(a / 2))
    hs, cs = [h0], [c0]
    for x_t in x:
        v = np.concatenate([hs[-1], x_t], axis=-1)
        f, i, o = sig(v @ W_f.T + b_f), sig(v @ W_i.T + b_i), sig(v @ W_o.T + b_o)
        cell = f * cs[-1]
        cell = f * cell + i * np.tanh(v @ W_c.T + b_c)
        cs.append(cell)
        hs.append(np.tanh(cell))
    return np.stack(hs[1:]), np.stack(cs[1:])

# %% id=first-input-forever style=stacked mistakes="b_o is left out; every step reads x[0]; h and c start from each other's initial state" origin="beginner"
def lstm_forward(x, h0, c0, params):
    T, B, D = x.shape
    H = h0.shape[-1]
    W = np.concatenate(params[:4], axis=0)
    b = np.concatenate([params.b_f, params.b_i, params.b_c, np.zeros(H)])
    out_h, out_c = np.zeros((T, B, H)), np.zeros((T, B, H))
    h_t, c_t = c0, h0
    for t in range(T):
        a = np.concatenate([h_t, x[0]], axis=1) @ W.T + b
        f, i, g, o = a[:, :H], a[:, H:2 * H], a[:, 2 * H:3 * H], a[:, 3 * H:]
        c_t = c_t / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
        h_t = np.tanh(c_t) / (1 + np.exp(-o))
        out_h[t], out_c[t] = h_t, c_t
    return out_h, out_c

# %% id=forget-weights-linear-memory-skipped-start style=recursive mistakes="the input gate uses W_f; the candidate has no tanh; c0 is ignored, c starts at zero" origin="functional programmer"
def lstm_forward(x, h0, c0, params):
    s = lambda a: 1 / (1 + np.exp(-a))

    def unroll(seq, h, c):
        if len(seq) == 0:
            return [], []
        v = np.concatenate([h, seq[0]], axis=1)
        f = s(v @ params.W_f.T + params.b_f)
        i = s(v @ params.W_f.T + params.b_i)
        news = v @ params.W_c.T + params.b_c
        o = s(v @ params.W_o.T + params.b_o)
        c = f * c + i * news
        h = o * np.tanh(c)
        rest_h, rest_c = unroll(seq[1:], h, c)
        return [h] + rest_h, [c] + rest_c

    h, c = unroll(x, h0, np.zeros_like(h0))
    return np.stack(h), np.stack(c)
