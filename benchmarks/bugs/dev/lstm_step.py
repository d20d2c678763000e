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
