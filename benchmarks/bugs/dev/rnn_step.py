# %% id=bias-forgotten style=loop mistakes="b_h is left out" origin="beginner"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    B, H = h_prev.shape
    h_t = np.zeros((B, H))
    for b in range(B):
        for j in range(H):
            s = 0.0
            for k in range(x_t.shape[1]):
                s += W_xh[j, k] * x_t[b, k]
            for k in range(H):
                s += W_hh[j, k] * h_prev[b, k]
            h_t[b, j] = np.tanh(s)
    return h_t

# %% id=einsum-indices-exchanged style=einsum mistakes="W_hh is transposed" origin="beginner"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    from_input = np.einsum("bd,hd->bh", x_t, W_xh)
    from_state = np.einsum("bk,kh->bh", h_prev, W_hh)
    return np.tanh(from_input + from_state + b_h)

# %% id=logistic-and-two-biases style=framework mistakes="the activation is a sigmoid; b_h is added twice" origin="ported from torch.nn, with b_ih and b_hh"
def linear(v, weight, bias):
    return v @ weight.T + bias

def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    b_ih = b_hh = b_h
    gate = linear(x_t, W_xh, b_ih) + linear(h_prev, W_hh, b_hh)
    return 1.0 / (1.0 + np.exp(-gate))

# %% id=residual-relu-no-bias style=per-sample mistakes="the activation is a ReLU; h_prev is added once more, outside the activation; b_h is left out" origin="half a residual network"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    rows = []
    for x_row, h_row in zip(x_t, h_prev):
        a = W_xh.dot(x_row) + W_hh.dot(h_row)
        a[a < 0] = 0
        rows.append(a + h_row)
    return np.array(rows)

# %% id=one-matrix style=vectorised mistakes="" origin="lecture notes with [h; x]"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    W = np.hstack([W_hh, W_xh])
    v = np.hstack([h_prev, x_t])
    return np.tanh(np.dot(v, W.T) + b_h)

# %% id=columns style=layout mistakes="" origin="ported from column vectors"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    x, h = x_t.T, h_prev.T
    a = W_xh @ x + W_hh @ h + b_h.reshape(-1, 1)
    e = np.exp(-2 * a)
    return ((1 - e) / (1 + e)).T

# %% id=cell-object style=class mistakes="" origin="ported from Keras"
class Cell:
    def __init__(self, kernel, recurrent_kernel, bias):
        self.kernel, self.recurrent_kernel, self.bias = kernel, recurrent_kernel, bias

    def __call__(self, inputs, states):
        z = np.matmul(inputs, self.kernel)
        z += np.matmul(states[0], self.recurrent_kernel)
        z += self.bias
        return np.tanh(z)

def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    return Cell(W_xh.T, W_hh.T, b_h)(x_t, [h_prev])

# %% id=reduce-over-terms style=functional mistakes="" origin="functional programmer"
from functools import reduce
import operator

def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    terms = (np.inner(v, W) for v, W in ((x_t, W_xh), (h_prev, W_hh)))
    return np.tanh(reduce(operator.add, terms, b_h[np.newaxis, :]))

# %% id=math-tanh-in-lists style=float-lists mistakes="" origin="pure Python from a blog post"
import math

def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    def dot(u, v):
        return sum(float(p) * float(q) for p, q in zip(u, v))
    return [[math.tanh(dot(w, x) + dot(u, h) + float(b)) for w, u, b in zip(W_xh, W_hh, b_h)] for x, h in zip(x_t, h_prev)]

# %% id=bias-as-extra-column style=augmented mistakes="" origin="lecture notes that absorb the bias"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    ones = np.ones((x_t.shape[0], 1))
    inputs = np.c_[x_t, h_prev, ones]
    theta = np.c_[W_xh, W_hh, b_h]
    return np.tanh(np.einsum("bi,ji->bj", inputs, theta))

# %% id=two-sigmoids style=identity mistakes="" origin="ported from code with a sigmoid only"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    pre = np.empty_like(h_prev)
    for j, (w, u, b) in enumerate(zip(W_xh, W_hh, b_h)):
        pre[:, j] = x_t.dot(w) + h_prev.dot(u) + b
    sig = lambda a: 1 / (1 + np.exp(-a))
    return 2 * sig(2 * pre) - 1

# %% id=squashed-too-early style=vectorised mistakes="tanh covers the recurrent term only" origin="bracket in the wrong place"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    wx = np.dot(x_t, np.transpose(W_xh))
    wh = np.dot(h_prev, np.transpose(W_hh))
    return wx + np.tanh(wh) + b_h

# %% id=bias-subtracted style=per-sample mistakes="b_h has the wrong sign" origin="threshold notation: w x minus theta"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    nxt = np.zeros(h_prev.shape)
    for n, (xi, hi) in enumerate(zip(x_t, h_prev)):
        nxt[n] = np.tanh(W_xh @ xi + W_hh @ hi - b_h)
    return nxt

# %% id=forgot-the-past style=matmul mistakes="the recurrent term is left out" origin="feed-forward habit"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    state = np.matmul(x_t, W_xh.T)
    recurrent = np.matmul(h_prev, W_hh.T)
    state += b_h
    return np.tanh(state, out=state)

# %% id=flipped-w-no-squash style=loop mistakes="W_hh is transposed; tanh is left out" origin="beginner"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    N, H = h_prev.shape
    a = np.tile(b_h, (N, 1))
    for i in range(H):
        a[:, i] += (x_t * W_xh[i]).sum(axis=1)
        for j in range(H):
            a[:, i] += h_prev[:, j] * W_hh[j, i]
    return a

# %% id=torch-functional-slips style=framework mistakes="the activation is a sigmoid; h_prev is added to the new state" origin="ported from torch.nn.functional"
def F_linear(inp, weight, bias=0):
    return inp @ weight.T + bias

def sigmoid(v):
    return 1.0 / (1.0 + np.exp(-v))

def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    i2h = F_linear(x_t, W_xh, b_h)
    h2h = F_linear(h_prev, W_hh)
    return sigmoid(i2h + h2h) + h_prev

# %% id=cell-with-three-slips style=class mistakes="W_hh is transposed; b_h is added after tanh; the input term has the wrong sign" origin="invented"
class VanillaCell:
    def __init__(self, wx, wh, b):
        self.wx, self.wh, self.b = wx, wh, b

    def pre(self, x, h):
        return -x.dot(self.wx.T) + h.dot(self.wh)

    def step(self, x, h):
        return np.tanh(self.pre(x, h)) + self.b

def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    return VanillaCell(W_xh, W_hh, b_h).step(x_t, h_prev)

# %% id=einsum-relu-no-bias-first-row style=einsum mistakes="the activation is a ReLU; b_h is left out; every sample reads the first row of h_prev" origin="beginner"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    memory = np.broadcast_to(h_prev[0], h_prev.shape)
    z = np.einsum("nd,hd->nh", x_t, W_xh) + np.einsum("nk,hk->nh", memory, W_hh)
    return np.maximum(z, 0)

# %% id=row-product-summed-down style=per-sample mistakes="the product of W_hh and h_prev is summed over the wrong axis" origin="beginner who avoids @"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    out = []
    for n in range(len(x_t)):
        wx = (W_xh * x_t[n]).sum(axis=1)
        wh = (W_hh * h_prev[n]).sum(axis=0)
        out.append(np.tanh(wx + wh + b_h))
    return np.array(out)

# %% id=activation-once-too-often style=class mistakes="tanh is applied twice" origin="layers that bring their own activation"
class Dense:
    def __init__(self, W, U, b, act):
        self.W, self.U, self.b, self.act = W, U, b, act

    def __call__(self, x, h):
        return self.act(np.dot(x, self.W.T) + np.dot(h, self.U.T) + self.b)

def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    layer = Dense(W_xh, W_hh, b_h, np.tanh)
    h_t = np.tanh(layer(x_t, h_prev))
    return h_t

# %% id=bias-in-the-inner-loop style=loop mistakes="b_h is added H times, once for each term of the inner sum" origin="beginner"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    n_samples, n_in = x_t.shape
    n_units = len(b_h)
    result = np.empty((n_samples, n_units))
    for i in range(n_samples):
        for j in range(n_units):
            total = 0
            for k in range(n_in):
                total += x_t[i][k] * W_xh[j][k]
            for k in range(n_units):
                total += h_prev[i][k] * W_hh[j][k] + b_h[j]
            result[i][j] = np.tanh(total)
    return result

# %% id=glued-in-two-orders style=stacked mistakes="h_prev and x_t are stacked in the other order than W_xh and W_hh" origin="deep learning specialisation, LSTM cell"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    concat = np.concatenate([h_prev, x_t], axis=1)
    W = np.concatenate([W_xh, W_hh], axis=1)
    return np.tanh(concat @ W.T + b_h)

# %% id=handmade-tanh-half style=functional mistakes="tanh is computed with exp(-a) where exp(-2a) belongs, so it is tanh(a/2)" origin="formula from memory"
def my_tanh(a):
    e = np.exp(-a)
    return (1 - e) / (1 + e)

def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    a_t = x_t.dot(W_xh.T) + h_prev.dot(W_hh.T) + b_h
    return my_tanh(a_t)

# %% id=updated-in-place style=loop-over-units mistakes="later units read the units that were already updated in this step" origin="Stack Overflow, network state as one array"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    state = h_prev.copy()
    for j in range(state.shape[1]):
        drive = x_t @ W_xh[j] + b_h[j]
        state[:, j] = np.tanh(drive + state @ W_hh[j])
    return state

# %% id=columns-and-the-wrong-turn style=layout mistakes="W_hh is transposed" origin="ported from (n_x, m) code"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    xt = x_t.T
    a_prev = h_prev.T
    ba = b_h[:, None]
    a_next = np.tanh(np.dot(W_hh.T, a_prev) + np.dot(W_xh, xt) + ba)
    return a_next.T

# %% id=einsum-letters-and-late-bias style=einsum mistakes="W_hh is transposed; b_h is added after tanh" origin="beginner with einsum"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    wx = np.einsum("ni,ji->nj", x_t, W_xh)
    wh = np.einsum("nj,jk->nk", h_prev, W_hh)
    return np.tanh(wx + wh) + b_h

# %% id=samples-as-steps style=per-sample mistakes="the state is carried from sample to sample; the activation is a sigmoid" origin="batch confused with time"
def sigmoid(v):
    return 1 / (1 + np.exp(-v))

def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    h = h_prev[0]
    new = []
    for n, row in enumerate(x_t):
        h = sigmoid(W_xh @ row + W_hh @ h + b_h)
        new.append(h)
    return np.stack(new)

# %% id=hard-squash-flipped style=framework mistakes="the activation is a hard tanh (clip to -1 and 1); W_hh is transposed" origin="ported from Keras with recurrent_kernel"
def call(inputs, states, kernel, recurrent_kernel, bias):
    prev_output = states[0]
    h = np.matmul(inputs, kernel) + bias
    output = h + np.matmul(prev_output, recurrent_kernel)
    output = np.clip(output, -1.0, 1.0)
    return output, [output]

def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    output, _ = call(x_t, [h_prev], W_xh.T, W_hh, b_h)
    return output

# %% id=two-branches-three-slips style=class mistakes="the input term has its own tanh; W_hh is transposed; b_h is counted twice" origin="invented from forum questions"
class RNNCell:
    def __init__(self, params):
        self.p = params

    def i2h(self, x):
        return np.tanh(x @ self.p["Wx"].T + self.p["b"])

    def h2h(self, h):
        return h @ self.p["Wh"] + self.p["b"]

    def step(self, x, h):
        return np.tanh(self.i2h(x) + self.h2h(h))

def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    return RNNCell({"Wx": W_xh, "Wh": W_hh, "b": b_h}).step(x_t, h_prev)

# %% id=threshold-network style=loop mistakes="b_h has the wrong sign; the activation is a ReLU; the input term is left out of the last unit" origin="beginner"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    a = np.zeros(h_prev.shape)
    for j in range(len(b_h)):
        a[:, j] = h_prev @ W_hh[j] - b_h[j]
    for j in range(len(b_h) - 1):
        a[:, j] += x_t @ W_xh[j]
    return np.where(a > 0, a, 0.0)
