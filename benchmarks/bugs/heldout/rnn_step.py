# %% id=only-one-transpose style=vectorised mistakes="W_hh is transposed" origin="beginner: square matrices always fit"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    a_t = np.dot(x_t, W_xh.T) + np.dot(h_prev, W_hh) + b_h
    return np.tanh(a_t)


# %% id=sample-by-sample-no-bias style=per-sample mistakes="b_h is left out" origin="beginner"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    h = np.zeros(h_prev.shape)
    for b in range(x_t.shape[0]):
        from_x = W_xh @ x_t[b]
        from_h = W_hh @ h_prev[b]
        h[b] = np.tanh(from_x + from_h)
    return h


# %% id=squash-with-sigma style=framework mistakes="sigmoid instead of tanh" origin="old textbook, sigma everywhere"
def sigma(v):
    return 1.0 / (1.0 + np.exp(-v))

def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    return sigma(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)


# %% id=bracket-too-early style=vectorised mistakes="b_h is added after tanh" origin="misplaced bracket"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    h_t = np.tanh(x_t.dot(W_xh.T) + h_prev.dot(W_hh.T)) + b_h
    return h_t


# %% id=per-unit-own-memory style=loop mistakes="only the diagonal of W_hh is used" origin="believes each unit remembers itself"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    B, D = x_t.shape
    H = len(b_h)
    out = np.empty((B, H))
    for i in range(B):
        for j in range(H):
            s = b_h[j]
            for d in range(D):
                s += W_xh[j, d] * x_t[i, d]
            s += W_hh[j, j] * h_prev[i, j]
            out[i, j] = np.tanh(s)
    return out


# %% id=does-not-fit style=vectorised mistakes="W_xh is transposed" origin="beginner: the first attempt"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(x_t @ W_xh + h_prev @ W_hh.T + b_h)


# %% id=memory-of-sample-zero style=per-sample mistakes="every sample reads the first row of h_prev" origin="forgotten index"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    rows = []
    for i, xi in enumerate(x_t):
        a = W_xh.dot(xi) + b_h
        a = a + W_hh.dot(h_prev[0])
        rows.append(np.tanh(a))
    return np.array(rows)


# %% id=tanh-of-each-part style=vectorised mistakes="tanh is applied to each term alone" origin="beginner"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    inp = x_t @ W_xh.T + b_h
    rec = h_prev @ W_hh.T
    return np.tanh(inp) + np.tanh(rec)


# %% id=skip-connection style=class mistakes="h_prev is added to the new state" origin="has read about residual networks"
class Cell:
    def __init__(self, Wx, Wh, b):
        self.Wx, self.Wh, self.b = Wx, Wh, b

    def __call__(self, x, h):
        new = np.tanh(x @ self.Wx.T + h @ self.Wh.T + self.b)
        return new + h

def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    return Cell(W_xh, W_hh, b_h)(x_t, h_prev)


# %% id=einsum-slip-and-no-bias style=einsum mistakes="W_hh is transposed; b_h is left out" origin="einsum beginner"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    a = np.einsum("bd,hd->bh", x_t, W_xh)
    a += np.einsum("bh,hg->bg", h_prev, W_hh)
    return np.tanh(a)


# %% id=relu-minus-bias style=framework mistakes="ReLU instead of tanh; b_h has the wrong sign" origin="threshold units, ported from a feed-forward net"
def relu(v): return np.maximum(v, 0)

def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    # the unit fires if the input exceeds the threshold
    return relu(np.matmul(x_t, W_xh.T) + np.matmul(h_prev, W_hh.T) - b_h)


# %% id=columns-and-late-bias style=layout mistakes="W_hh is transposed; b_h is added after tanh" origin="lecture notes with columns"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    x, h = x_t.T, h_prev.T            # (D, B), (H, B)
    bias = b_h.reshape(-1, 1)
    a = W_xh @ x + W_hh.T @ h
    h_new = np.tanh(a) + bias
    return h_new.T


# %% id=wrong-sign-and-no-squash style=loop mistakes="the recurrent term has the wrong sign; tanh is left out" origin="beginner"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    h_t = []
    for x_row, h_row in zip(x_t, h_prev):
        units = []
        for w_x, w_h, b in zip(W_xh, W_hh, b_h):
            a = np.sum(w_x * x_row) - np.sum(w_h * h_row) + b
            units.append(a)
        h_t.append(units)
    return np.array(h_t)


# %% id=all-the-classics style=vectorised mistakes="W_hh is transposed; b_h is left out; sigmoid instead of tanh" origin="beginner"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    net = x_t @ np.transpose(W_xh)
    net = net + h_prev @ W_hh
    return 1 / (1 + np.exp(-net))


# %% id=two-biases-in-torch style=framework mistakes="b_h is added twice; W_hh is transposed; the input term has the wrong sign" origin="ported from PyTorch with b_ih and b_hh"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    weight_ih, weight_hh = W_xh, W_hh
    bias_ih, bias_hh = b_h, b_h
    igates = -np.dot(x_t, weight_ih.T) + bias_ih
    hgates = np.dot(h_prev, weight_hh) + bias_hh
    return np.tanh(igates + hgates)


# %% id=diagonal-late-bias-first-row style=per-sample mistakes="only the diagonal of W_hh is used; b_h is added after tanh; every sample reads the first row of h_prev" origin="beginner"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    n = x_t.shape[0]
    result = np.zeros((n, b_h.size))
    for k in range(n):
        hk = h_prev[0]
        rec = np.diag(W_hh) * hk
        result[k, :] = np.tanh(W_xh @ x_t[k] + rec) + b_h
    return result


# %% id=concatenated style=layout mistakes="" origin="course that stacks h and x"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    W = np.concatenate([W_hh, W_xh, b_h[:, None]], axis=1)
    hx1 = np.concatenate([h_prev, x_t, np.ones((x_t.shape[0], 1))], axis=1)
    return np.tanh(hx1 @ W.T)


# %% id=exponentials style=vectorised mistakes="" origin="knows tanh by its definition"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    a = x_t @ W_xh.T + h_prev @ W_hh.T + b_h
    e = np.exp(-2 * np.abs(a))
    return np.sign(a) * (1 - e) / (1 + e)


# %% id=pure-python style=list mistakes="" origin="beginner without NumPy"
import math

def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    return np.array([
        [math.tanh(sum(w * v for w, v in zip(W_xh[j], xs)) + sum(w * v for w, v in zip(W_hh[j], hs)) + b_h[j])
         for j in range(len(b_h))]
        for xs, hs in zip(x_t, h_prev)
    ])


# %% id=broadcast-and-sum style=broadcasting mistakes="" origin="avoids matrix products"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    a = (x_t[:, None, :] * W_xh[None, :, :]).sum(axis=2)
    a = a + (h_prev[:, None, :] * W_hh[None]).sum(-1)
    a = a + np.tile(b_h, (x_t.shape[0], 1))
    return np.tanh(a)


# %% id=einsum-three style=einsum mistakes="" origin="einsum user"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(np.einsum("...d,hd->...h", x_t, W_xh) + np.einsum("hg,...g->...h", W_hh, h_prev) + b_h)


# %% id=vectorized-scalar style=vectorize mistakes="" origin="MATLAB arrayfun"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    unit = lambda n, j: np.tanh(np.dot(W_xh[j], x_t[n]) + np.dot(W_hh[j], h_prev[n]) + b_h[j])
    n, j = np.meshgrid(np.arange(x_t.shape[0]), np.arange(b_h.shape[0]), indexing="ij")
    return np.vectorize(unit)(n, j)


# %% id=own-buffer-in-place style=in-place mistakes="" origin="performance-minded"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    buf = np.empty((h_prev.shape[0], W_hh.shape[0]))
    np.matmul(h_prev, W_hh.T, out=buf)
    buf += x_t @ W_xh.T
    buf += b_h
    np.tanh(buf, out=buf)
    return buf


# %% id=sigmoid-in-disguise style=vectorised mistakes="" origin="tanh(a) = 2 sigmoid(2a) - 1"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    sigmoid = lambda v: 1 / (1 + np.exp(-v))
    pre = (W_xh @ x_t.T + W_hh @ h_prev.T).T + b_h
    return 2 * sigmoid(2 * pre) - 1


# %% id=module-like style=class mistakes="" origin="ported from PyTorch"
class RNNCell:
    def __init__(self, weight_ih, weight_hh, bias_ih=None, bias_hh=None):
        self.weight_ih = weight_ih.copy()
        self.weight_hh = weight_hh.copy()
        self.bias_ih = np.zeros(weight_hh.shape[0]) if bias_ih is None else bias_ih.copy()
        self.bias_hh = np.zeros(weight_hh.shape[0]) if bias_hh is None else bias_hh.copy()

    def forward(self, input, hx):
        linear = lambda v, W, b: v @ W.T + b
        return np.tanh(linear(input, self.weight_ih, self.bias_ih) + linear(hx, self.weight_hh, self.bias_hh))

def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    return RNNCell(W_xh, W_hh, bias_hh=b_h).forward(x_t, h_prev)
