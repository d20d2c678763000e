# %% id=forget-bias-gone style=vectorised mistakes="b_f is left out" origin="beginner"
def sig(z):
    return 1 / (1 + np.exp(-z))


def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    v = np.concatenate([h_prev, x_t], axis=1)
    f = sig(v @ W_f.T)
    i = sig(v @ W_i.T + b_i)
    g = np.tanh(v @ W_c.T + b_c)
    o = sig(v @ W_o.T + b_o)
    c = f * c_prev + i * g
    return o * np.tanh(c), c


# %% id=x-first style=einsum mistakes="x is put before h" origin="ported from Keras"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    logistic = lambda a: 0.5 + 0.5 * np.tanh(a / 2)
    z = np.concatenate((x_t, h_prev), axis=-1)
    pre = lambda W, b: np.einsum("bk,hk->bh", z, W) + b
    c_t = logistic(pre(W_f, b_f)) * c_prev + logistic(pre(W_i, b_i)) * np.tanh(pre(W_c, b_c))
    h_t = logistic(pre(W_o, b_o)) * np.tanh(c_t)
    return h_t, c_t


# %% id=gates-crossed style=loop mistakes="i and f are exchanged" origin="beginner"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    hx = np.hstack([h_prev, x_t])
    acts = []
    for W, b in ((W_f, b_f), (W_i, b_i), (W_o, b_o)):
        acts.append(1.0 / (1.0 + np.exp(-(np.dot(hx, W.T) + b))))
    forget, inp, out = acts
    cand = np.tanh(np.dot(hx, W_c.T) + b_c)
    c_t = inp * c_prev + forget * cand
    return out * np.tanh(c_t), c_t


# %% id=cell-shown-raw style=layout mistakes="the tanh of c_t is missing" origin="ported from code with arrays (n_x, m)"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    sigmoid = lambda a: 1 / (1 + np.exp(-a))
    concat = np.vstack((h_prev.T, x_t.T))  # (n_a + n_x, m)
    ft = sigmoid(np.dot(W_f, concat) + b_f.reshape(-1, 1))
    it = sigmoid(np.dot(W_i, concat) + b_i.reshape(-1, 1))
    cct = np.tanh(np.dot(W_c, concat) + b_c.reshape(-1, 1))
    ot = sigmoid(np.dot(W_o, concat) + b_o.reshape(-1, 1))
    c_next = ft * c_prev.T + it * cct
    a_next = ot * c_next
    return a_next.T, c_next.T


# %% id=candidate-sigmoid style=vectorised mistakes="the candidate uses sigmoid instead of tanh" origin="beginner"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    H = h_prev.shape[1]
    W = np.vstack([W_f, W_i, W_c, W_o])
    b = np.hstack([b_f, b_i, b_c, b_o])
    a = np.concatenate([h_prev, x_t], axis=1) @ W.T + b
    s = 1 / (1 + np.exp(-a))
    f, i, g, o = s[:, :H], s[:, H : 2 * H], s[:, 2 * H : 3 * H], s[:, 3 * H :]
    c = f * c_prev + i * g
    return o * np.tanh(c), c


# %% id=coupled-gates style=framework mistakes="the input gate is 1 - f" origin="mixed up with the coupled variant"
class LSTMCell:
    def __init__(self, *weights):
        self.W_f, self.W_i, self.W_c, self.W_o, self.b_f, self.b_i, self.b_c, self.b_o = weights

    def gate(self, name, v):
        return 1 / (1 + np.exp(-(v @ getattr(self, "W_" + name).T + getattr(self, "b_" + name))))

    def step(self, x, h, c):
        v = np.concatenate([h, x], axis=1)
        f = self.gate("f", v)
        i = 1 - f
        c = f * c + i * np.tanh(v @ self.W_c.T + self.b_c)
        return self.gate("o", v) * np.tanh(c), c


def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    return LSTMCell(W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o).step(x_t, h_prev, c_prev)


# %% id=pasted-output-gate style=per-sample mistakes="W_i is used for o" origin="copy and paste"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    h_t = np.zeros(h_prev.shape)
    c_t = np.zeros(c_prev.shape)
    for n in range(x_t.shape[0]):
        v = np.append(h_prev[n], x_t[n])
        f = 1 / (1 + np.exp(-(W_f.dot(v) + b_f)))
        i = 1 / (1 + np.exp(-(W_i.dot(v) + b_i)))
        o = 1 / (1 + np.exp(-(W_i.dot(v) + b_o)))
        g = np.tanh(W_c.dot(v) + b_c)
        c_t[n] = f * c_prev[n] + i * g
        h_t[n] = o * np.tanh(c_t[n])
    return h_t, c_t


# %% id=recurrent-block-untransposed style=vectorised mistakes="the recurrent part of W_c is transposed" origin="beginner"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    sigmoid = lambda a: 0.5 * (1 + np.tanh(0.5 * a))
    n = h_prev.shape[1]
    f_t = sigmoid(h_prev @ W_f[:, :n].T + x_t @ W_f[:, n:].T + b_f)
    i_t = sigmoid(h_prev @ W_i[:, :n].T + x_t @ W_i[:, n:].T + b_i)
    c_tilde = np.tanh(h_prev @ W_c[:, :n] + x_t @ W_c[:, n:].T + b_c)
    o_t = sigmoid(h_prev @ W_o[:, :n].T + x_t @ W_o[:, n:].T + b_o)
    c_t = c_prev * f_t + c_tilde * i_t
    return o_t * np.tanh(c_t), c_t


# %% id=returned-the-wrong-way-round style=vectorised mistakes="h_t and c_t are exchanged in the return" origin="ported from code that returns c first"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    v_t = np.c_[h_prev, x_t]
    s = lambda a: 1 / (1 + np.exp(-a))
    c_t = s(v_t @ W_f.T + b_f) * c_prev + s(v_t @ W_i.T + b_i) * np.tanh(v_t @ W_c.T + b_c)
    h_t = s(v_t @ W_o.T + b_o) * np.tanh(c_t)
    return c_t, h_t


# %% id=raw-cell-and-wrong-bias style=vectorised mistakes="b_i is used for f; the tanh of c_t is missing" origin="copy and paste"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    def sigmoid(a):
        return 1 / (1 + np.exp(-a))

    v = np.concatenate([h_prev, x_t], 1)
    f_t = sigmoid(v @ W_f.T + b_i)
    i_t = sigmoid(v @ W_i.T + b_i)
    ct = np.tanh(v @ W_c.T + b_c)
    o_t = sigmoid(v @ W_o.T + b_o)
    c_t = f_t * c_prev + i_t * ct
    h_t = o_t * c_t
    return h_t, c_t


# %% id=drops-what-it-should-keep style=layout mistakes="the forget gate keeps 1 - f; b_o is left out" origin="read the notes' drop literally"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    sigma = lambda a: 1 / (1 + np.exp(-a))
    V = np.concatenate([h_prev, x_t], axis=1).T
    F = sigma(W_f @ V + b_f[:, None])
    I = sigma(W_i @ V + b_i[:, None])
    C = np.tanh(W_c @ V + b_c[:, None])
    O = sigma(W_o @ V)
    # f says how much is forgotten
    cell = (1 - F) * c_prev.T + I * C
    return (O * np.tanh(cell)).T, cell.T


# %% id=mixed-activations style=loop mistakes="o uses tanh instead of sigmoid; the candidate uses sigmoid instead of tanh" origin="beginner"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    sig = lambda a: 1.0 / (1.0 + np.exp(-a))
    v = np.concatenate([h_prev, x_t], axis=1)
    functions = [sig, sig, sig, np.tanh]
    out = []
    for phi, W, b in zip(functions, [W_f, W_i, W_c, W_o], [b_f, b_i, b_c, b_o]):
        out.append(phi(v @ W.T + b))
    f, i, g, o = out
    c = f * c_prev + i * g
    return o * np.tanh(c), c


# %% id=peeks-at-old-cell style=einsum mistakes="h_t is made of c_prev instead of c_t; x is put before h" origin="beginner"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    v = np.concatenate([x_t, h_prev], axis=1)
    W = np.array([W_f, W_i, W_c, W_o])
    b = np.array([b_f, b_i, b_c, b_o])
    a = np.einsum("ghk,bk->gbh", W, v) + b[:, None]
    f, i, o = (1 / (1 + np.exp(-a[k])) for k in (0, 1, 3))
    c_t = f * c_prev + i * np.tanh(a[2])
    h_t = o * np.tanh(c_prev)
    return h_t, c_t


# %% id=torch-order style=framework mistakes="o and f are exchanged; b_c is left out; the tanh of c_t is missing" origin="ported from nn.LSTMCell chunk"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    sigmoid = lambda a: 1 / (1 + np.exp(-a))
    W = np.concatenate([W_f, W_i, W_c, W_o])
    b = np.concatenate([b_f, b_i, 0 * b_c, b_o])
    gates = np.concatenate([h_prev, x_t], axis=1) @ W.T + b
    o, i, g, f = np.split(gates, 4, axis=1)
    c_t = sigmoid(f) * c_prev + sigmoid(i) * np.tanh(g)
    h_t = sigmoid(o) * c_t
    return h_t, c_t


# %% id=three-biases-and-gates style=per-sample mistakes="the forget gate keeps 1 - f; b_i is left out; b_f is used for o" origin="beginner"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    def sg(a):
        return 1 / (1 + np.exp(-a))

    hs, cs = [], []
    for x, h, c in zip(x_t, h_prev, c_prev):
        v = np.concatenate([h, x])
        f = sg(W_f @ v + b_f)
        i = sg(W_i @ v)
        o = sg(W_o @ v + b_f)
        c_new = c - f * c + i * np.tanh(W_c @ v + b_c)
        cs.append(c_new)
        hs.append(o * np.tanh(c_new))
    return np.array(hs), np.array(cs)


# %% id=three-in-blocks style=vectorised mistakes="the recurrent part of W_i is transposed; b_c is left out; o is made of x_t alone" origin="beginner"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    s = lambda q: 0.5 * (1 + np.tanh(0.5 * q))
    H = len(b_f)
    Uf, Ui, Uc, Uo = W_f[:, :H], W_i[:, :H].T, W_c[:, :H], W_o[:, :H]
    Wf, Wi, Wc, Wo = W_f[:, H:], W_i[:, H:], W_c[:, H:], W_o[:, H:]
    f = s(x_t @ Wf.T + h_prev @ Uf.T + b_f)
    i = s(x_t @ Wi.T + h_prev @ Ui.T + b_i)
    g = np.tanh(x_t @ Wc.T + h_prev @ Uc.T)
    o = s(x_t @ Wo.T + b_o)
    c = f * c_prev + i * g
    return o * np.tanh(c), c


# %% id=columns-are-samples style=layout mistakes="" origin="ported from MATLAB"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    X, H, C = x_t.T, h_prev.T, c_prev.T
    V = np.r_[H, X]
    col = lambda b: b.reshape((-1, 1))
    logsig = lambda N: 1 / (1 + np.exp(-N))
    F = logsig(W_f @ V + col(b_f))
    I = logsig(W_i @ V + col(b_i))
    G = np.tanh(W_c @ V + col(b_c))
    O = logsig(W_o @ V + col(b_o))
    C = F * C + I * G
    H = O * np.tanh(C)
    return H.T, C.T


# %% id=one-stacked-matrix style=vectorised mistakes="" origin="ported from PyTorch"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    W = np.concatenate([W_i, W_f, W_c, W_o], axis=0)  # torch's order i f g o
    b = np.concatenate([b_i, b_f, b_c, b_o])
    gates = np.hstack([h_prev, x_t]) @ W.T + b
    ingate, forgetgate, cellgate, outgate = np.split(gates, 4, axis=1)
    ingate, forgetgate, outgate = [np.tanh(q / 2) / 2 + 0.5 for q in (ingate, forgetgate, outgate)]
    cy = forgetgate * c_prev + ingate * np.tanh(cellgate)
    return outgate * np.tanh(cy), cy


# %% id=bias-as-a-column-of-ones style=einsum mistakes="" origin="linear algebra course"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    one_col = np.ones((len(x_t), 1))
    v = np.concatenate([h_prev, x_t, one_col], axis=1)
    big = np.stack([np.column_stack([W, b]) for W, b in ((W_f, b_f), (W_i, b_i), (W_c, b_c), (W_o, b_o))])
    a = np.einsum("bk,ghk->gbh", v, big)
    a[[0, 1, 3]] = 1 / (1 + np.exp(-a[[0, 1, 3]]))
    a[2] = np.tanh(a[2])
    c = np.einsum("bh,bh->bh", a[0], c_prev) + a[1] * a[2]
    return a[3] * np.tanh(c), c


# %% id=unit-by-unit style=loop mistakes="" origin="beginner from C"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    B, H = h_prev.shape
    h_t, c_t = np.zeros((B, H)), np.zeros((B, H))
    for b in range(B):
        v = list(h_prev[b]) + list(x_t[b])
        for j in range(H):
            af, ai, ac, ao = b_f[j], b_i[j], b_c[j], b_o[j]
            for k in range(len(v)):
                af += W_f[j, k] * v[k]
                ai += W_i[j, k] * v[k]
                ac += W_c[j, k] * v[k]
                ao += W_o[j, k] * v[k]
            f = 1 / (1 + np.exp(-af))
            i = 1 / (1 + np.exp(-ai))
            o = 1 / (1 + np.exp(-ao))
            c_t[b, j] = f * c_prev[b, j] + i * np.tanh(ac)
            h_t[b, j] = o * np.tanh(c_t[b, j])
    return h_t, c_t


# %% id=cell-object style=class mistakes="" origin="ported from a framework"
class Cell:
    def __init__(self, H, weights):
        self.h_part = [W[:, :H] for W in weights[:4]]
        self.x_part = [W[:, H:] for W in weights[:4]]
        self.bias = weights[4:]

    def pre(self, k, x, h):
        return np.matmul(h, self.h_part[k].T) + np.matmul(x, self.x_part[k].T) + self.bias[k]

    def __call__(self, x, state):
        h, c = state
        f, i, o = (np.reciprocal(1 + np.exp(-self.pre(k, x, h))) for k in (0, 1, 3))
        c = np.add(f * c, i * np.tanh(self.pre(2, x, h)))
        return o * np.tanh(c), c


def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    cell = Cell(h_prev.shape[1], (W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o))
    return cell(x_t, (h_prev, c_prev))


# %% id=dictionary-of-gates style=loop mistakes="" origin="beginner"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    v_t = np.concatenate([h_prev, x_t], axis=1)
    W = dict(f=W_f, i=W_i, c=W_c, o=W_o)
    b = dict(f=b_f, i=b_i, c=b_c, o=b_o)
    gate = {}
    for k in "fico":
        a = np.dot(W[k], v_t.T).T + b[k]
        gate[k] = np.tanh(a) if k == "c" else np.exp(-np.logaddexp(0, -a))
    c_t = gate["f"] * c_prev
    c_t += gate["i"] * gate["c"]
    h_t = np.tanh(c_t)
    h_t *= gate["o"]
    return h_t, c_t
