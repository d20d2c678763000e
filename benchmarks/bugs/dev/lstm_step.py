# %% id=input-first style=vectorised mistakes="x comes before h in the concatenation" origin="notes with [x; h]"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    sigma = lambda a: 1 / (1 + np.exp(-a))
    xh = np.hstack((x_t, h_prev))
    c_t = sigma(xh @ W_f.T + b_f) * c_prev + sigma(xh @ W_i.T + b_i) * np.tanh(xh @ W_c.T + b_c)
    return sigma(xh @ W_o.T + b_o) * np.tanh(c_t), c_t

# %% id=output-bias-forgotten style=einsum mistakes="b_o is left out" origin="beginner"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    def sig(a):
        return 0.5 * (1 + np.tanh(0.5 * a))

    v = np.concatenate([h_prev, x_t], axis=-1)
    f = sig(np.einsum("bv,hv->bh", v, W_f) + b_f)
    i = sig(np.einsum("bv,hv->bh", v, W_i) + b_i)
    g = np.tanh(np.einsum("bv,hv->bh", v, W_c) + b_c)
    o = sig(np.einsum("bv,hv->bh", v, W_o))
    c = f * c_prev + i * g
    return o * np.tanh(c), c

# %% id=exchanged-and-no-tanh style=loop mistakes="i and f are exchanged; h lacks the tanh of c" origin="beginner"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    B, H = c_prev.shape
    h_t, c_t = np.empty((B, H)), np.empty((B, H))
    for b in range(B):
        v = np.append(h_prev[b], x_t[b])
        f, i, o = (1 / (1 + np.exp(-(W @ v + bias))) for W, bias in ((W_f, b_f), (W_i, b_i), (W_o, b_o)))
        g = np.tanh(W_c @ v + b_c)
        for j in range(H):
            c_t[b, j] = i[j] * c_prev[b, j] + f[j] * g[j]
            h_t[b, j] = o[j] * c_t[b, j]
    return h_t, c_t

# %% id=no-input-gate-sigmoid-candidate-squashed style=class mistakes="the input gate is left out; the candidate is a sigmoid; the cell is squashed by tanh" origin="invented"
class Gate:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def __call__(self, v):
        return 1 / (1 + np.exp(-(v @ self.W.T + self.b)))

def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    v = np.concatenate([h_prev, x_t], 1)
    forget, candidate, out = Gate(W_f, b_f), Gate(W_c, b_c), Gate(W_o, b_o)
    c = np.tanh(forget(v) * c_prev + candidate(v))
    return out(v) * np.tanh(c), c

# %% id=one-product style=framework mistakes="" origin="ported from a fused kernel"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    W, b = np.vstack([W_i, W_f, W_c, W_o]), np.concatenate([b_i, b_f, b_c, b_o])
    z = np.hstack([h_prev, x_t]) @ W.T + b
    i, f, g, o = np.split(z, 4, axis=1)
    s = lambda a: 1.0 / (1.0 + np.exp(-a))
    c = s(f) * c_prev + s(i) * np.tanh(g)
    return s(o) * np.tanh(c), c

# %% id=columns style=layout mistakes="" origin="ported from column vectors"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    v = np.vstack([h_prev.T, x_t.T])
    gate = lambda W, b: 1 / (1 + np.exp(-(W @ v + b[:, None])))
    cell = gate(W_f, b_f) * c_prev.T + gate(W_i, b_i) * np.tanh(W_c @ v + b_c[:, None])
    return (gate(W_o, b_o) * np.tanh(cell)).T, cell.T

# %% id=weights-split style=vectorised mistakes="" origin="ported from torch.nn, with W_h and W_x apart"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    H = h_prev.shape[1]

    def pre(W, b):
        return h_prev @ W[:, :H].T + x_t @ W[:, H:].T + b

    def sigmoid(a):
        out = np.empty_like(a)
        up = a >= 0
        out[up] = 1 / (1 + np.exp(-a[up]))
        e = np.exp(a[~up])
        out[~up] = e / (1 + e)
        return out

    c_t = sigmoid(pre(W_f, b_f)) * c_prev + sigmoid(pre(W_i, b_i)) * np.tanh(pre(W_c, b_c))
    h_t = sigmoid(pre(W_o, b_o)) * np.tanh(c_t)
    return h_t, c_t

# %% id=pure-python-lists style=loop mistakes="" origin="beginner without NumPy"
import math

def logistic(a):
    return 1 / (1 + math.exp(-a)) if a >= 0 else math.exp(a) / (1 + math.exp(a))

def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    h_t, c_t = [], []
    for x, h, c in zip(x_t.tolist(), h_prev.tolist(), c_prev.tolist()):
        v = h + x
        neuron = lambda W, b, j: sum(w * s for w, s in zip(W[j], v)) + b[j]
        cells = [
            logistic(neuron(W_f, b_f, j)) * c[j] + logistic(neuron(W_i, b_i, j)) * math.tanh(neuron(W_c, b_c, j))
            for j in range(len(c))
        ]
        c_t.append(cells)
        h_t.append([logistic(neuron(W_o, b_o, j)) * math.tanh(cells[j]) for j in range(len(c))])
    return h_t, c_t

# %% id=parameters-in-a-dictionary style=layout mistakes="" origin="ported from (n_a, m) notebook code"
def lstm_cell_forward(xt, a_prev, c_prev, parameters):
    concat = np.concatenate((a_prev, xt), axis=0)
    sig = lambda s: 1 / (1 + np.exp(-s))
    ft = sig(np.dot(parameters["Wf"], concat) + parameters["bf"])
    it = sig(np.dot(parameters["Wi"], concat) + parameters["bi"])
    cct = np.tanh(np.dot(parameters["Wc"], concat) + parameters["bc"])
    c_next = np.multiply(ft, c_prev) + np.multiply(it, cct)
    ot = sig(np.dot(parameters["Wo"], concat) + parameters["bo"])
    return ot * np.tanh(c_next), c_next

def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    parameters = {"Wf": W_f, "Wi": W_i, "Wc": W_c, "Wo": W_o}
    parameters.update(bf=b_f[:, None], bi=b_i[:, None], bc=b_c[:, None], bo=b_o[:, None])
    a, c = lstm_cell_forward(x_t.T, h_prev.T, c_prev.T, parameters)
    return a.T, c.T

# %% id=one-tensor-of-gates style=einsum mistakes="" origin="physicist"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    W = np.array([W_f, W_i, W_o, W_c])
    b = np.array([b_f, b_i, b_o, b_c])
    v = np.c_[h_prev, x_t]
    a = np.einsum("khv,bv->kbh", W, v) + b[:, np.newaxis, :]
    a[:3] = np.where(a[:3] > 0, 1 / (1 + np.exp(-np.abs(a[:3]))), 1 - 1 / (1 + np.exp(-np.abs(a[:3]))))
    a[3] = np.tanh(a[3])
    c = np.einsum("kbh,kbh->bh", a[:2], np.array([c_prev, a[3]]))
    return a[2] * np.tanh(c), c

# %% id=layers-with-bias-column style=class mistakes="" origin="lecture notes with [h; x; 1]"
class Dense:
    def __init__(self, W, b, act):
        self.theta, self.act = np.hstack([W, b[:, None]]), act

    def __call__(self, *parts):
        ones = np.ones((len(parts[0]), 1))
        return self.act(np.hstack([*parts, ones]) @ self.theta.T)

def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    sigma = lambda a: np.exp(-np.logaddexp(0, -a))
    forget, write, show = (Dense(W, b, sigma) for W, b in ((W_f, b_f), (W_i, b_i), (W_o, b_o)))
    news = Dense(W_c, b_c, np.tanh)
    cell = c_prev * forget(h_prev, x_t)
    cell = cell + write(h_prev, x_t) * news(h_prev, x_t)
    return np.tanh(cell) * show(h_prev, x_t), cell

# %% id=cell-shown-by-sigmoid style=vectorised mistakes="h_t uses the sigmoid of c_t instead of tanh" origin="beginner"
def sigma(z):
    return 1.0 / (1.0 + np.exp(-z))

def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    z = np.hstack((h_prev, x_t))
    keep = sigma(z @ W_f.T + b_f)
    write = sigma(z @ W_i.T + b_i)
    new = np.tanh(z @ W_c.T + b_c)
    read = sigma(z @ W_o.T + b_o)
    c = keep * c_prev + write * new
    return read * sigma(c), c

# %% id=input-bias-outside-sigmoid style=framework mistakes="b_i is added after the sigmoid" origin="misplaced bracket"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    hx = np.concatenate([h_prev, x_t], -1)
    F, I, G, O = (hx.dot(W.transpose()) for W in (W_f, W_i, W_c, W_o))
    F = 1 / (1 + np.exp(-(F + b_f)))
    I = 1 / (1 + np.exp(-I)) + b_i
    O = 1 / (1 + np.exp(-(O + b_o)))
    cy = F * c_prev + I * np.tanh(G + b_c)
    hy = O * np.tanh(cy)
    return hy, cy

# %% id=wrong-weights-for-output style=per-sample mistakes="W_i is used for o" origin="copied line"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    gate = lambda W, v, b: (1 + np.tanh((W @ v + b) / 2)) / 2
    hs, cs = np.zeros_like(h_prev), np.zeros_like(c_prev)
    for n in range(x_t.shape[0]):
        v = np.r_[h_prev[n], x_t[n]]
        cs[n] = gate(W_f, v, b_f) * c_prev[n]
        cs[n] += gate(W_i, v, b_i) * np.tanh(W_c @ v + b_c)
        hs[n] = gate(W_i, v, b_o) * np.tanh(cs[n])
    return hs, cs

# %% id=minus-bias-and-old-cell style=vectorised mistakes="b_f has the wrong sign; h_t is made of c_prev instead of c_t" origin="beginner"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    def sigmoid(a):
        return 1 / (1 + np.exp(-a))

    v_t = np.concatenate([h_prev, x_t], axis=1)
    f_t = sigmoid(v_t @ W_f.T - b_f)
    i_t = sigmoid(v_t @ W_i.T + b_i)
    c_tilde_t = np.tanh(v_t @ W_c.T + b_c)
    o_t = sigmoid(v_t @ W_o.T + b_o)
    c_t = f_t * c_prev + i_t * c_tilde_t
    h_t = o_t * np.tanh(c_prev)
    return h_t, c_t

# %% id=relu-candidate-whole-cell style=functional mistakes="the candidate uses ReLU instead of tanh; the old cell is not multiplied by f" origin="invented"
from functools import partial

def affine(v, W, b):
    return np.tensordot(v, W, axes=(1, 1)) + b

def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    of = partial(affine, np.append(h_prev, x_t, axis=1))
    squash = lambda a: 1 / (1 + np.exp(-a))
    candidate = np.maximum(of(W_c, b_c), 0)
    cell = c_prev + squash(of(W_i, b_i)) * candidate
    return squash(of(W_o, b_o)) * np.tanh(cell), cell

# %% id=coupled-no-candidate-bias-o-from-input style=class mistakes="the input gate is 1 - f; b_c is left out; o is made of x_t alone" origin="a variant half remembered"
class LSTMCell:
    def __init__(self, H, *params):
        self.H = H
        self.Wf, self.Wi, self.Wc, self.Wo, self.bf, self.bi, self.bc, self.bo = params

    @staticmethod
    def sigmoid(a):
        return 1 / (1 + np.exp(-a))

    def __call__(self, x, h, c):
        v = np.column_stack([h, x])
        f = self.sigmoid(v @ self.Wf.T + self.bf)
        i = 1 - f
        g = np.tanh(v @ self.Wc.T)
        o = self.sigmoid(x @ self.Wo[:, self.H :].T + self.bo)
        c = f * c + i * g
        return o * np.tanh(c), c

def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    return LSTMCell(h_prev.shape[1], W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o)(x_t, h_prev, c_prev)

# %% id=peephole-minus-candidate-tanh-gate style=layout mistakes="the candidate reads c_prev instead of h_prev; the new part is subtracted from the cell; o uses tanh instead of sigmoid" origin="ported from column vectors"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    X, A, C = x_t.T, h_prev.T, c_prev.T
    V = np.vstack([A, X])
    sigm = lambda Z: 1 / (1 + np.exp(-Z))
    ft = sigm(W_f @ V + b_f.reshape(-1, 1))
    ut = sigm(W_i @ V + b_i.reshape(-1, 1))
    ct = np.tanh(W_c @ np.vstack([C, X]) + b_c.reshape(-1, 1))
    ot = np.tanh(W_o @ V + b_o.reshape(-1, 1))
    C = ft * C - ut * ct
    return (ot * np.tanh(C)).T, C.T

# %% id=cell-comes-out-first style=helper mistakes="c_t and h_t are returned in the wrong order" origin="beginner"
def logistic(s):
    return 1.0 / (1.0 + np.exp(-s))

def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    hx = np.concatenate((h_prev, x_t), axis=1)
    forget = logistic(np.dot(hx, W_f.T) + b_f)
    update = logistic(np.dot(hx, W_i.T) + b_i)
    memory = np.tanh(np.dot(hx, W_c.T) + b_c)
    output = logistic(np.dot(hx, W_o.T) + b_o)
    c_next = forget * c_prev + update * memory
    h_next = output * np.tanh(c_next)
    return c_next, h_next

# %% id=forget-gate-goes-negative style=loop mistakes="the forget gate uses tanh instead of sigmoid" origin="beginner"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    h_t = np.zeros_like(h_prev)
    c_t = np.zeros_like(c_prev)
    for k in range(len(x_t)):
        v = np.concatenate([h_prev[k], x_t[k]])
        f = np.tanh(W_f @ v + b_f)
        i = 1 / (1 + np.exp(-(W_i @ v + b_i)))
        c_new = np.tanh(W_c @ v + b_c)
        o = 1 / (1 + np.exp(-(W_o @ v + b_o)))
        c_t[k] = f * c_prev[k] + i * c_new
        h_t[k] = o * np.tanh(c_t[k])
    return h_t, c_t

# %% id=forget-gate-used-for-both style=einsum mistakes="the candidate is multiplied by f instead of i" origin="copy and paste"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    sig = lambda a: 1 / (1 + np.exp(-a))
    z = np.concatenate([h_prev, x_t], axis=1)
    f = sig(np.einsum("hz,bz->bh", W_f, z) + b_f)
    i = sig(np.einsum("hz,bz->bh", W_i, z) + b_i)
    c_hat = np.tanh(np.einsum("hz,bz->bh", W_c, z) + b_c)
    o = sig(np.einsum("hz,bz->bh", W_o, z) + b_o)
    c_t = np.einsum("bh,bh->bh", f, c_prev)
    c_t += np.einsum("bh,bh->bh", f, c_hat)
    h_t = np.einsum("bh,bh->bh", o, np.tanh(c_t))
    return h_t, c_t

# %% id=cs231n-order-on-other-stack style=stacked mistakes="the output gate is computed from W_c, b_c and the candidate from W_o, b_o" origin="CS231n slicing"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    H = h_prev.shape[1]
    W = np.vstack((W_i, W_f, W_c, W_o))
    b = np.hstack((b_i, b_f, b_c, b_o))
    a = np.hstack((h_prev, x_t)).dot(W.T) + b
    ai, af = a[:, :H], a[:, H:2 * H]
    ao, ag = a[:, 2 * H:3 * H], a[:, 3 * H:]
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (ai, af, ao))
    g = np.tanh(ag)
    next_c = f * c_prev + i * g
    next_h = o * np.tanh(next_c)
    return next_h, next_c

# %% id=sigmoid-upside-down style=class mistakes="the sigmoid lacks the minus sign in exp" origin="beginner"
class Cell:
    def __init__(self, weights, biases):
        self.weights, self.biases = weights, biases

    def sigmoid(self, z):
        return 1 / (1 + np.exp(z))

    def affine(self, k, v):
        return v @ self.weights[k].T + self.biases[k]

    def forward(self, x, h, c):
        v = np.concatenate([h, x], axis=1)
        f, i, o = [self.sigmoid(self.affine(k, v)) for k in (0, 1, 3)]
        c = f * c + i * np.tanh(self.affine(2, v))
        return o * np.tanh(c), c

def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    return Cell((W_f, W_i, W_c, W_o), (b_f, b_i, b_c, b_o)).forward(x_t, h_prev, c_prev)

# %% id=linear-candidate-per-row style=per-sample mistakes="the candidate has no tanh" origin="forgotten activation"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    sigma = lambda q: 1 / (1 + np.exp(-q))
    hidden, cells = [], []
    for x, h, c in zip(x_t, h_prev, c_prev):
        v = np.hstack([h, x])
        c_tilde = W_c @ v + b_c
        c_new = sigma(W_f @ v + b_f) * c + sigma(W_i @ v + b_i) * c_tilde
        cells.append(c_new)
        hidden.append(sigma(W_o @ v + b_o) * np.tanh(c_new))
    return np.stack(hidden), np.stack(cells)

# %% id=tanh-around-the-product style=layout mistakes="tanh is taken of o * c_t instead of c_t alone" origin="misplaced bracket, (n_x, m) notebook"
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    xt, a_prev, c_old = x_t.T, h_prev.T, c_prev.T
    n_x, m = xt.shape
    n_a = a_prev.shape[0]
    concat = np.zeros((n_a + n_x, m))
    concat[:n_a, :] = a_prev
    concat[n_a:, :] = xt
    ft = sigmoid(W_f @ concat + b_f.reshape(n_a, 1))
    it = sigmoid(W_i @ concat + b_i.reshape(n_a, 1))
    cct = np.tanh(W_c @ concat + b_c.reshape(n_a, 1))
    c_next = ft * c_old + it * cct
    ot = sigmoid(W_o @ concat + b_o.reshape(n_a, 1))
    a_next = np.tanh(ot * c_next)
    return a_next.T, c_next.T

# %% id=forgets-the-hidden-and-shows-raw style=dictionary mistakes="the forget gate multiplies h_prev instead of c_prev; h_t lacks the tanh of c_t" origin="states confused"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    v = np.concatenate([h_prev, x_t], axis=1)
    W = dict(f=W_f, i=W_i, c=W_c, o=W_o)
    b = dict(f=b_f, i=b_i, c=b_c, o=b_o)
    pre = {name: v @ W[name].T + b[name] for name in "fico"}
    gate = {name: 1 / (1 + np.exp(-pre[name])) for name in "fio"}
    c_t = gate["f"] * h_prev + gate["i"] * np.tanh(pre["c"])
    h_t = gate["o"] * c_t
    return h_t, c_t

# %% id=wrong-bias-for-o-and-gate-like-candidate style=vectorised mistakes="b_i is used for the output gate; the candidate uses sigmoid instead of tanh" origin="copy and paste"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    def act(a):
        return 1 / (1 + np.exp(-a))

    v_t = np.concatenate([h_prev, x_t], axis=1)
    f_t = act(v_t @ W_f.T + b_f)
    i_t = act(v_t @ W_i.T + b_i)
    c_tilde = act(v_t @ W_c.T + b_c)
    o_t = act(v_t @ W_o.T + b_i)
    c_t = f_t * c_prev + i_t * c_tilde
    h_t = o_t * np.tanh(c_t)
    return h_t, c_t

# %% id=no-bias-and-gates-crossed style=framework mistakes="none of the gates adds its bias; f multiplies the candidate and i the old cell" origin="nn.Linear(bias=False) port"
class Linear:
    def __init__(self, weight, bias=None):
        self.weight, self.bias = weight, bias

    def __call__(self, inp):
        out = inp @ self.weight.T
        return out if self.bias is None else out + self.bias

def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    fc = [Linear(W) for W in (W_f, W_i, W_c, W_o)]
    combined = np.concatenate((h_prev, x_t), 1)
    f, i, g, o = (layer(combined) for layer in fc)
    f, i, o = 1 / (1 + np.exp(-f)), 1 / (1 + np.exp(-i)), 1 / (1 + np.exp(-o))
    c = i * c_prev + f * np.tanh(g)
    return o * np.tanh(c), c

# %% id=drops-what-it-should-keep style=split-weights mistakes="the candidate leaves out h_prev; the old cell is multiplied by 1 - f; h_t uses the sigmoid of c_t" origin="f read as the share to forget"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    H = b_f.size
    sig = lambda a: 1 / (1 + np.exp(-a))
    forget = sig(h_prev @ W_f[:, :H].T + x_t @ W_f[:, H:].T + b_f)
    write = sig(h_prev @ W_i[:, :H].T + x_t @ W_i[:, H:].T + b_i)
    new = np.tanh(x_t @ W_c[:, H:].T + b_c)
    show = sig(h_prev @ W_o[:, :H].T + x_t @ W_o[:, H:].T + b_o)
    c_t = (1 - forget) * c_prev + write * new
    h_t = show * sig(c_t)
    return h_t, c_t

# %% id=copied-lines-of-the-gates style=loop mistakes="b_f is left out; the output gate reads W_c instead of W_o; h_t is the sum of o and tanh c_t instead of the product" origin="beginner"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    B, H = h_prev.shape
    h_t, c_t = np.zeros((B, H)), np.zeros((B, H))
    for b in range(B):
        v = np.append(h_prev[b], x_t[b])
        for j in range(H):
            f = 1 / (1 + np.exp(-(W_f[j] @ v)))
            i = 1 / (1 + np.exp(-(W_i[j] @ v + b_i[j])))
            c_tilde = np.tanh(W_c[j] @ v + b_c[j])
            o = 1 / (1 + np.exp(-(W_c[j] @ v + b_o[j])))
            c_t[b, j] = f * c_prev[b, j] + i * c_tilde
            h_t[b, j] = o + np.tanh(c_t[b, j])
    return h_t, c_t
