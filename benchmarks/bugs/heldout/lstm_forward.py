# %% id=cell-not-carried style=loop mistakes="the cell is not carried" origin="beginner"
def sigmoid(a):
    return 0.5 * (1 + np.tanh(0.5 * a))


def step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    v = np.concatenate([h_prev, x_t], axis=1)
    c_t = sigmoid(v @ W_f.T + b_f) * c_prev + sigmoid(v @ W_i.T + b_i) * np.tanh(v @ W_c.T + b_c)
    return sigmoid(v @ W_o.T + b_o) * np.tanh(c_t), c_t


def lstm_forward(x, h0, c0, params):
    hs, cs = [], []
    h = h0
    for x_t in x:
        h, c = step(x_t, h, c0, *params)
        hs.append(h)
        cs.append(c)
    return np.stack(hs), np.stack(cs)


# %% id=starts-from-zero style=vectorised mistakes="h0 is ignored" origin="beginner"
def lstm_forward(x, h0, c0, params):
    sig = lambda a: 1 / (1 + np.exp(-a))
    T, B, D = x.shape
    H = c0.shape[1]
    h = np.zeros((T + 1, B, H))
    c = np.zeros((T + 1, B, H))
    c[-1] = c0
    for t in range(T):
        v = np.hstack((h[t - 1], x[t]))
        f = sig(v @ params.W_f.T + params.b_f)
        i = sig(v @ params.W_i.T + params.b_i)
        g = np.tanh(v @ params.W_c.T + params.b_c)
        o = sig(v @ params.W_o.T + params.b_o)
        c[t] = f * c[t - 1] + i * g
        h[t] = o * np.tanh(c[t])
    return h[:-1], c[:-1]


# %% id=crossed-inside-the-loop style=layout mistakes="i and f are exchanged" origin="ported from code with arrays (n_x, m, T)"
def lstm_forward(x, h0, c0, params):
    xs = x.transpose(2, 1, 0)
    n_x, m, T_x = xs.shape
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    n_a = h0.shape[1]
    a, c = np.zeros((n_a, m, T_x)), np.zeros((n_a, m, T_x))
    a_next, c_next = h0.T, c0.T
    for t in range(T_x):
        concat = np.concatenate([a_next, xs[:, :, t]], axis=0)
        ft = 1 / (1 + np.exp(-(W_i @ concat + b_i[:, None])))
        it = 1 / (1 + np.exp(-(W_f @ concat + b_f[:, None])))
        cct = np.tanh(W_c @ concat + b_c[:, None])
        ot = 1 / (1 + np.exp(-(W_o @ concat + b_o[:, None])))
        c_next = ft * c_next + it * cct
        a_next = ot * np.tanh(c_next)
        a[:, :, t], c[:, :, t] = a_next, c_next
    return a.transpose(2, 1, 0), c.transpose(2, 1, 0)


# %% id=bias-lost-in-the-loop style=vectorised mistakes="b_o is left out" origin="beginner"
def lstm_forward(x, h0, c0, params):
    s = lambda a: 0.5 * (1 + np.tanh(0.5 * a))
    H = h0.shape[1]
    W = np.concatenate(params[:4])
    b = np.concatenate(params[4:7] + (0 * params[7],))
    from_x = x @ W[:, H:].T + b  # all steps at once
    h, c = [], []
    h_t, c_t = h0, c0
    for a_x in from_x:
        f, i, g, o = np.split(a_x + h_t @ W[:, :H].T, 4, axis=1)
        c_t = s(f) * c_t + s(i) * np.tanh(g)
        h_t = s(o) * np.tanh(c_t)
        h.append(h_t)
        c.append(c_t)
    return np.array(h), np.array(c)


# %% id=cell-shown-raw style=class mistakes="the tanh of c_t is missing" origin="ported from a framework"
class LSTM:
    def __init__(self, params, h, c):
        self.p, self.h, self.c = params, h, c

    def feed(self, x_t):
        p = self.p
        v = np.concatenate([self.h, x_t], axis=1)
        f, i, o = (1 / (1 + np.exp(-(v @ W.T + b))) for W, b in [(p[0], p[4]), (p[1], p[5]), (p[3], p[7])])
        self.c = f * self.c + i * np.tanh(v @ p[2].T + p[6])
        self.h = o * self.c
        return self.h, self.c


def lstm_forward(x, h0, c0, params):
    net = LSTM(params, h0, c0)
    pairs = [net.feed(x_t) for x_t in x]
    return np.stack([p[0] for p in pairs]), np.stack([p[1] for p in pairs])


# %% id=only-the-last style=loop mistakes="only the last states are returned" origin="used to many-to-one"
def lstm_forward(x, h0, c0, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    sg = lambda a: 1 / (1 + np.exp(-a))
    for t in range(len(x)):
        z = np.concatenate([h0, x[t]], axis=1)
        c0 = sg(z @ W_f.T + b_f) * c0 + sg(z @ W_i.T + b_i) * np.tanh(z @ W_c.T + b_c)
        h0 = sg(z @ W_o.T + b_o) * np.tanh(c0)
    return h0, c0


# %% id=states-swapped-at-the-start style=einsum mistakes="h0 and c0 are exchanged" origin="beginner"
def lstm_forward(x, h0, c0, params):
    W = np.stack(params[:4])
    b = np.stack(params[4:])[:, None, :]
    state = (c0, h0)
    history = []
    for x_t in x:
        h, c = state
        a = np.einsum("ghk,bk->gbh", W, np.concatenate([h, x_t], axis=1)) + b
        f, i, o = 1 / (1 + np.exp(-a[[0, 1, 3]]))
        c = f * c + i * np.tanh(a[2])
        state = (o * np.tanh(c), c)
        history.append(state)
    h, c = zip(*history)
    return np.array(h), np.array(c)


# %% id=inputs-first style=loop mistakes="x is put before h" origin="ported from Keras"
def lstm_forward(x, h0, c0, params):
    sg = lambda a: 1 / (1 + np.exp(-a))
    T = x.shape[0]
    h = np.empty((T,) + h0.shape)
    c = np.empty((T,) + c0.shape)
    for t in range(T):
        if t == 0:
            hp, cp = h0, c0
        else:
            hp, cp = h[t - 1], c[t - 1]
        v = np.concatenate([x[t], hp], axis=1)
        c[t] = sg(v @ params.W_f.T + params.b_f) * cp
        c[t] += sg(v @ params.W_i.T + params.b_i) * np.tanh(v @ params.W_c.T + params.b_c)
        h[t] = np.tanh(c[t]) * sg(v @ params.W_o.T + params.b_o)
    return h, c


# %% id=sigmoid-candidate-and-frozen-h style=loop mistakes="the candidate uses sigmoid instead of tanh; the state h is not carried" origin="beginner"
def lstm_forward(x, h0, c0, params):
    sig = lambda a: 1 / (1 + np.exp(-a))
    h, c, h_t, c_t = [], [], h0, c0
    for t in range(len(x)):
        v = np.concatenate([h0, x[t]], axis=1)
        f = sig(v @ params.W_f.T + params.b_f)
        i = sig(v @ params.W_i.T + params.b_i)
        g = sig(v @ params.W_c.T + params.b_c)
        o = sig(v @ params.W_o.T + params.b_o)
        c_t = f * c_t + i * g
        h_t = o * np.tanh(c_t)
        h.append(h_t)
        c.append(c_t)
    return np.stack(h), np.stack(c)


# %% id=no-forget-bias-zero-cell style=vectorised mistakes="b_f is left out; c0 is ignored" origin="beginner"
def lstm_forward(x, h0, c0, params):
    def sigmoid(a):
        return np.where(a >= 0, 1 / (1 + np.exp(-np.abs(a))), np.exp(-np.abs(a)) / (1 + np.exp(-np.abs(a))))

    h_t, c_t = h0, np.zeros_like(h0)
    H, C = np.zeros((len(x), *h0.shape)), np.zeros((len(x), *h0.shape))
    for t, x_t in enumerate(x):
        v = np.append(h_t, x_t, axis=1)
        f = sigmoid(np.matmul(v, params.W_f.T))
        i = sigmoid(np.matmul(v, params.W_i.T) + params.b_i)
        o = sigmoid(np.matmul(v, params.W_o.T) + params.b_o)
        c_t = f * c_t + i * np.tanh(np.matmul(v, params.W_c.T) + params.b_c)
        h_t = o * np.tanh(c_t)
        H[t], C[t] = h_t, c_t
    return H, C


# %% id=keep-and-drop-in-one-array style=layout mistakes="the forget gate keeps 1 - f; the tanh of c_t is missing" origin="ported from MATLAB"
def lstm_forward(x, h0, c0, params):
    logsig = lambda n: 1 / (1 + np.exp(-n))
    H, C = h0.T, c0.T
    allH, allC = [], []
    for t in range(x.shape[0]):
        V = np.r_[H, x[t].T]
        N = [W @ V + b[:, None] for W, b in zip(params[:4], params[4:])]
        C = C * (1 - logsig(N[0])) + logsig(N[1]) * np.tanh(N[2])
        H = logsig(N[3]) * C
        allH.append(H.T)
        allC.append(C.T)
    return np.array(allH), np.array(allC)


# %% id=one-buffer-and-wrong-bias style=loop mistakes="every row of h is the last state; b_f is used for i" origin="copy and paste"
def lstm_forward(x, h0, c0, params):
    sg = lambda a: 0.5 * (1 + np.tanh(0.5 * a))
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    state = h0.copy()
    cell = c0
    h, c = [], []
    for x_t in x:
        v = np.concatenate([state, x_t], axis=1)
        i = sg(v @ W_i.T + b_f)
        cell = sg(v @ W_f.T + b_f) * cell + i * np.tanh(v @ W_c.T + b_c)
        state[:] = sg(v @ W_o.T + b_o) * np.tanh(cell)
        h.append(state)
        c.append(cell)
    return np.array(h), np.array(c)


# %% id=three-in-the-loop style=vectorised mistakes="o and i are exchanged; b_c is left out; h0 is ignored" origin="beginner"
def lstm_forward(x, h0, c0, params):
    sigmoid = lambda a: 1 / (1 + np.exp(-a))
    T, B, _ = x.shape
    hs, cs = [np.zeros_like(h0)], [c0]
    for t in range(T):
        v = np.concatenate([hs[-1], x[t]], axis=1)
        f = sigmoid(v @ params.W_f.T + params.b_f)
        i = sigmoid(v @ params.W_i.T + params.b_i)
        o = sigmoid(v @ params.W_o.T + params.b_o)
        g = np.tanh(v @ params.W_c.T)
        cs.append(f * cs[-1] + o * g)
        hs.append(i * np.tanh(cs[-1]))
    return np.array(hs[1:]), np.array(cs[1:])


# %% id=three-of-a-class style=class mistakes="x is put before h; the tanh of c_t is missing; b_i is used for f" origin="ported from a framework"
class Layer:
    def __init__(self, p):
        self.W = {"f": p.W_f, "i": p.W_i, "c": p.W_c, "o": p.W_o}
        self.b = {"f": p.b_i, "i": p.b_i, "c": p.b_c, "o": p.b_o}

    def a(self, k, v):
        return v @ self.W[k].T + self.b[k]

    def run(self, x, h, c):
        sg = lambda q: 1 / (1 + np.exp(-q))
        for x_t in x:
            v = np.concatenate([x_t, h], axis=1)
            c = sg(self.a("f", v)) * c + sg(self.a("i", v)) * np.tanh(self.a("c", v))
            h = sg(self.a("o", v)) * c
            yield h, c


def lstm_forward(x, h0, c0, params):
    h, c = map(np.stack, zip(*Layer(params).run(x, h0, c0)))
    return h, c


# %% id=three-per-sample style=per-sample mistakes="the cell is not carried; the candidate uses sigmoid instead of tanh; o is made of x_t alone" origin="beginner"
def lstm_forward(x, h0, c0, params):
    T, B, D = x.shape
    H = h0.shape[1]
    h, c = np.zeros((T, B, H)), np.zeros((T, B, H))
    sg = lambda a: 1 / (1 + np.exp(-a))
    for b in range(B):
        hp = h0[b]
        for t in range(T):
            cp = c0[b]
            v = np.concatenate([hp, x[t, b]])
            f = sg(params.W_f @ v + params.b_f)
            i = sg(params.W_i @ v + params.b_i)
            g = sg(params.W_c @ v + params.b_c)
            o = sg(params.W_o[:, H:] @ x[t, b] + params.b_o)
            c[t, b] = f * cp + i * g
            h[t, b] = hp = o * np.tanh(c[t, b])
    return h, c


# %% id=recursion-over-time style=recursion mistakes="" origin="functional programmer"
def lstm_forward(x, h0, c0, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    sg = lambda a: 1 / (1 + np.exp(-a))

    def go(rest, h, c):
        if len(rest) == 0:
            return [], []
        v = np.concatenate([h, rest[0]], axis=1)
        c = sg(v @ W_f.T + b_f) * c + sg(v @ W_i.T + b_i) * np.tanh(v @ W_c.T + b_c)
        h = sg(v @ W_o.T + b_o) * np.tanh(c)
        hs, cs = go(rest[1:], h, c)
        return [h] + hs, [c] + cs

    return tuple(np.array(part) for part in go(x, h0, c0))


# %% id=batch-first-inside style=layout mistakes="" origin="ported from Keras"
def lstm_forward(x, h0, c0, params):
    seq = np.swapaxes(x, 0, 1)  # (B, T, D)
    units = h0.shape[-1]
    kernel = np.concatenate([W[:, units:] for W in params[:4]]).T
    recurrent = np.concatenate([W[:, :units] for W in params[:4]]).T
    bias = np.concatenate(params[4:])
    h, c = h0, c0
    out_h = np.zeros(seq.shape[:2] + (units,))
    out_c = np.zeros_like(out_h)
    for step in range(seq.shape[1]):
        z = seq[:, step].dot(kernel) + h.dot(recurrent) + bias
        z0, z1, z2, z3 = (z[:, k * units : (k + 1) * units] for k in range(4))
        f, i, o = (1.0 / (1.0 + np.exp(-q)) for q in (z0, z1, z3))
        c = f * c + i * np.tanh(z2)
        h = o * np.tanh(c)
        out_h[:, step], out_c[:, step] = h, c
    return out_h.swapaxes(0, 1), out_c.swapaxes(0, 1)


# %% id=state-machine style=class mistakes="" origin="ported from a framework"
class State:
    def __init__(self, h, c):
        self.h, self.c = h, c
        self.past = []

    def advance(self, x_t, p):
        v = np.column_stack([self.h, x_t])
        a = [v @ W.T + b for W, b in zip(p[:4], p[4:])]
        gate = [0.5 * np.tanh(0.5 * q) + 0.5 for q in a]
        self.c = gate[0] * self.c + gate[1] * np.tanh(a[2])
        self.h = gate[3] * np.tanh(self.c)
        self.past.append((self.h, self.c))


def lstm_forward(x, h0, c0, params):
    s = State(h0, c0)
    for x_t in x:
        s.advance(x_t, params)
    both = np.array(s.past)  # (T, 2, B, H)
    return both[:, 0], both[:, 1]


# %% id=sample-by-sample-einsum style=einsum mistakes="" origin="forum"
def lstm_forward(x, h0, c0, params):
    W, b = np.array(params[:4]), np.array(params[4:])
    hs = np.full((len(x),) + h0.shape, np.nan)
    cs = np.full((len(x),) + c0.shape, np.nan)
    for n in range(x.shape[1]):
        h, c = h0[n], c0[n]
        for t in range(x.shape[0]):
            a = np.einsum("ghk,k->gh", W, np.r_[h, x[t, n]]) + b
            f, i, o = np.exp(a[[0, 1, 3]]) / (1 + np.exp(a[[0, 1, 3]]))
            c = f * c + i * np.tanh(a[2])
            h = o * np.tanh(c)
            hs[t, n], cs[t, n] = h, c
    return hs, cs


# %% id=padded-with-the-start style=vectorised mistakes="" origin="beginner"
def lstm_forward(x, h0, c0, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = [np.copy(p) for p in params]
    h = np.concatenate([h0[None], np.zeros((x.shape[0], *h0.shape))])
    c = np.concatenate([c0[None], np.zeros((x.shape[0], *c0.shape))])
    sg = lambda a: 1 / (1 + np.exp(-a))
    t = 0
    while t < x.shape[0]:
        v = np.concatenate((h[t], x[t]), axis=1)
        c[t + 1] = sg(v @ W_f.T + b_f) * c[t] + sg(v @ W_i.T + b_i) * np.tanh(v @ W_c.T + b_c)
        h[t + 1] = sg(v @ W_o.T + b_o) * np.tanh(c[t + 1])
        t += 1
    return h[1:], c[1:]
