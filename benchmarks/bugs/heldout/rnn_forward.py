# %% id=appended-square-matrix style=loop mistakes="W_hh is transposed" origin="beginner: square matrices always fit"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    hs = []
    h_t = h0
    for x_t in x:
        h_t = np.tanh(x_t @ W_xh.T + h_t @ W_hh + b_h)
        hs.append(h_t)
    return np.stack(hs)


# %% id=always-from-h0 style=loop mistakes="the state is not carried" origin="beginner"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    T, B, _ = x.shape
    h = np.zeros((T, B, h0.shape[1]))
    h_prev = h0
    for t in range(T):
        h[t] = np.tanh(np.dot(x[t], W_xh.T) + np.dot(h_prev, W_hh.T) + b_h)
    return h


# %% id=zeros-at-the-start style=loop mistakes="h0 is ignored" origin="ported from a tutorial that starts at zero"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    n_steps, n_batch, n_in = x.shape
    n_hidden = W_hh.shape[0]
    h_prev = np.zeros((n_batch, n_hidden))
    all_h = np.zeros((n_steps, n_batch, n_hidden))
    for i in range(n_steps):
        pre = x[i].dot(W_xh.T) + h_prev.dot(W_hh.T) + b_h
        h_prev = np.tanh(pre)
        all_h[i] = h_prev
    return all_h


# %% id=stored-before-the-step style=loop mistakes="the states are returned one step late" origin="beginner"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    h_t = h0
    h = np.empty((len(x),) + h0.shape)
    for t, x_t in enumerate(x):
        h[t] = h_t
        h_t = np.tanh(x_t @ W_xh.T + h_t @ W_hh.T + b_h)
    return h


# %% id=one-buffer-many-names style=in-place mistakes="every row of h is the last state" origin="performance-minded beginner"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    state = h0.copy()
    states = []
    for x_t in x:
        state[:] = np.tanh(x_t @ W_xh.T + state @ W_hh.T + b_h)
        states.append(state)
    return np.array(states)


# %% id=nested-step-forgets-bias style=loop mistakes="b_h is left out" origin="beginner"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    def step(x_t, h):
        a = x_t @ W_xh.T + h @ W_hh.T
        return np.tanh(a)

    h = [h0]
    for t in range(x.shape[0]):
        h.append(step(x[t], h[-1]))
    return np.array(h[1:])


# %% id=input-of-step-zero style=loop mistakes="every step reads the first input" origin="left over from testing one step"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    h, out = h0, []
    for t in range(x.shape[0]):
        x_t = x[0]
        h = np.tanh(x_t @ W_xh.T + h @ W_hh.T + b_h)
        out += [h]
    return np.stack(out, axis=0)


# %% id=stateful-layer style=class mistakes="the state is kept between calls" origin="ported from a stateful Keras layer"
class Layer:
    state = None

    def run(self, x, h0, Wx, Wh, b):
        if self.state is None:
            self.state = h0
        ys = []
        for x_t in x:
            self.state = np.tanh(x_t @ Wx.T + self.state @ Wh.T + b)
            ys.append(self.state)
        return np.stack(ys)

layer = Layer()

def rnn_forward(x, h0, W_xh, W_hh, b_h):
    return layer.run(x, h0, W_xh, W_hh, b_h)


# %% id=bias-on-the-output style=class mistakes="b_h is added after tanh" origin="misplaced bracket"
class Cell:
    def __init__(self, W_xh, W_hh, b_h):
        self.W_xh, self.W_hh, self.b_h = W_xh, W_hh, b_h

    def step(self, x_t, h):
        return np.tanh(x_t @ self.W_xh.T + h @ self.W_hh.T) + self.b_h

def rnn_forward(x, h0, W_xh, W_hh, b_h):
    cell = Cell(W_xh, W_hh, b_h)
    h = np.zeros((x.shape[0], *h0.shape))
    for t in range(x.shape[0]):
        h[t] = cell.step(x[t], h0 if t == 0 else h[t - 1])
    return h


# %% id=reshape-back style=layout mistakes="time and batch are mixed by reshape" origin="batch-first code, ported"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    x = x.transpose(1, 0, 2)                     # (B, T, D)
    B, T, D = x.shape
    H = h0.shape[1]
    h = np.zeros((B, T, H))
    for b in range(B):
        hb = h0[b]
        for t in range(T):
            hb = np.tanh(W_xh @ x[b, t] + W_hh @ hb + b_h)
            h[b, t] = hb
    return h.reshape(T, B, H)


# %% id=overwrites-the-callers-state style=in-place mistakes="h0 is changed in place" origin="performance-minded beginner"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    h_t = h0
    h = np.zeros((x.shape[0], x.shape[1], W_hh.shape[0]))
    for t in range(x.shape[0]):
        h_t[...] = np.tanh(x[t] @ W_xh.T + h_t @ W_hh.T + b_h)
        h[t] = h_t
    return h


# %% id=logistic-units style=einsum mistakes="sigmoid instead of tanh" origin="old textbook, sigma everywhere"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    sig = lambda s: 1 / (1 + np.exp(-s))
    h = np.empty(x.shape[:2] + b_h.shape)
    prev = h0
    u = np.einsum("tbd,hd->tbh", x, W_xh)
    for t in range(len(u)):
        prev = sig(u[t] + np.einsum("bg,hg->bh", prev, W_hh) + b_h)
        h[t] = prev
    return h


# %% id=zero-start-and-square-matrix style=loop mistakes="W_hh is transposed; h0 is ignored" origin="ported from min-char-rnn with columns"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    hs = {}
    hs[-1] = np.zeros_like(h0)
    for t in range(len(x)):
        hs[t] = np.tanh(np.dot(x[t], W_xh.T) + np.dot(hs[t - 1], W_hh) + b_h)
    return np.array([hs[t] for t in range(len(x))])


# %% id=shifted-and-no-bias style=loop mistakes="b_h is left out; the states are returned one step late" origin="beginner"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    h = [h0]
    for x_t in x:
        h.append(np.tanh(x_t @ W_xh.T + h[-1] @ W_hh.T))
    return np.array(h)[:-1]


# %% id=two-biases-logistic style=framework mistakes="sigmoid instead of tanh; b_h is added twice" origin="ported from PyTorch with b_ih and b_hh"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    def linear(v, weight, bias):
        return v @ weight.T + bias

    output, hx = [], h0
    for inp in x:
        gates = linear(inp, W_xh, b_h) + linear(hx, W_hh, b_h)
        hx = 1 / (1 + np.exp(-gates))
        output.append(hx)
    return np.stack(output)


# %% id=backwards-and-transposed style=loop mistakes="x is read backwards; W_hh is transposed" origin="confuses forward and backward loop"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    T = x.shape[0]
    h = np.zeros((T,) + h0.shape)
    ht = h0
    for t in range(T):
        ht = x[T - 1 - t] @ W_xh.T + ht @ W_hh + b_h
        ht = np.tanh(ht)
        h[t] = ht
    return h


# %% id=no-carry-late-bias style=per-sample mistakes="the state is not carried; b_h is added after tanh" origin="beginner"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    T, B = x.shape[:2]
    h = np.zeros((T, B, len(b_h)))
    for b in range(B):
        for t in range(T):
            last = h0[b]
            h[t, b] = np.tanh(W_xh @ x[t, b] + W_hh @ last) + b_h
    return h


# %% id=own-memory-wrong-sign style=einsum mistakes="only the diagonal of W_hh is used; b_h has the wrong sign" origin="einsum beginner"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    states = np.zeros((x.shape[0] + 1,) + h0.shape)
    states[0] = h0
    for t in range(x.shape[0]):
        z = np.einsum("bd,hd->bh", x[t], W_xh)
        z += np.einsum("bh,hh->bh", states[t], W_hh)
        states[t + 1] = np.tanh(z - b_h)
    return states[1:]


# %% id=three-beginners style=loop mistakes="h0 is ignored; W_hh is transposed; b_h is left out" origin="beginner"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    h_prev = np.zeros(h0.shape)
    h = np.zeros((x.shape[0], h0.shape[0], h0.shape[1]))
    for t in range(0, x.shape[0]):
        h_t = np.tanh(x[t] @ W_xh.T + h_prev @ W_hh)
        h[t, :, :] = h_t
        h_prev = h_t
    return h


# %% id=rectified-threshold style=framework mistakes="ReLU instead of tanh; b_h has the wrong sign; W_hh is transposed" origin="ported from a feed-forward net"
def activation(a):
    return a * (a > 0)

def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    return activation(x_t @ W_xh.T + h_prev @ W_hh - b_h)

def rnn_forward(x, h0, W_xh, W_hh, b_h):
    h = h0
    result = []
    for i in range(len(x)):
        h = rnn_step(x[i], h, W_xh, W_hh, b_h)
        result.append(h)
    return np.asarray(result)


# %% id=matlab-columns style=layout mistakes="x is read backwards; h0 is ignored; b_h is left out" origin="ported from MATLAB, (n_x, m, T)"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    X = np.transpose(x, (2, 1, 0))            # (n_x, m, T_x)
    n_x, m, T_x = X.shape
    n_a = W_hh.shape[0]
    A = np.zeros((n_a, m, T_x))
    a_prev = np.zeros((n_a, m))
    for t in range(T_x):
        xt = X[:, :, -1 - t]
        a_prev = np.tanh(W_hh @ a_prev + W_xh @ xt)
        A[:, :, t] = a_prev
    return A.transpose(2, 1, 0)


# %% id=minus-sigmoid-late style=generator mistakes="the recurrent term has the wrong sign; sigmoid instead of tanh; the states are returned one step late" origin="functional style"
def states(x, h, Wx, Wh, b):
    for x_t in x:
        yield h
        a = x_t @ Wx.T - h @ Wh.T + b
        h = 1 / (1 + np.exp(-a))

def rnn_forward(x, h0, W_xh, W_hh, b_h):
    return np.stack(list(states(x, h0, W_xh, W_hh, b_h)))


# %% id=recursion-first-input style=recursion mistakes="every step reads the first input; b_h is added twice; W_hh is transposed" origin="functional style"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    Ux = x @ W_xh.T + b_h

    def go(t):
        if t < 0:
            return [h0]
        past = go(t - 1)
        a = Ux[0] + past[-1].dot(W_hh) + b_h
        return past + [np.tanh(a)]

    return np.array(go(len(x) - 1)[1:])


# %% id=recursive style=recursion mistakes="" origin="functional style"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    first = np.tanh(x[0] @ W_xh.T + h0 @ W_hh.T + b_h)
    if len(x) == 1:
        return first[None]
    return np.concatenate([first[None], rnn_forward(x[1:], first, W_xh, W_hh, b_h)])


# %% id=accumulate style=generator mistakes="" origin="itertools user"
from itertools import accumulate

def rnn_forward(x, h0, W_xh, W_hh, b_h):
    step = lambda h, u: np.tanh(u + h @ W_hh.T)
    drive = x @ W_xh.T + b_h
    return np.stack(list(accumulate(drive, step, initial=h0))[1:])


# %% id=columns-time-last style=layout mistakes="" origin="course with arrays (n_x, m, T_x)"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    X = x.transpose(2, 1, 0).copy()
    a_next = h0.T.copy()
    ba = b_h.reshape(-1, 1)
    n_a = W_hh.shape[0]
    _, m, T_x = X.shape
    a = np.zeros((n_a, m, T_x))
    for t in range(T_x):
        a_next = np.tanh(np.dot(W_hh, a_next) + np.dot(W_xh, X[:, :, t]) + ba)
        a[:, :, t] = a_next
    return np.ascontiguousarray(a.transpose(2, 1, 0))


# %% id=fresh-object-each-call style=class mistakes="" origin="ported from PyTorch"
class RNN:
    def __init__(self, W_xh, W_hh, b_h):
        self.params = {"xh": W_xh, "hh": W_hh, "b": b_h}
        self.h = None

    def reset(self, h0):
        self.h = np.array(h0)
        return self

    def __call__(self, x_t):
        p = self.params
        self.h = np.tanh(x_t @ p["xh"].T + self.h @ p["hh"].T + p["b"])
        return self.h

def rnn_forward(x, h0, W_xh, W_hh, b_h):
    net = RNN(W_xh, W_hh, b_h).reset(h0)
    return np.stack([net(x_t) for x_t in x])


# %% id=one-sample-at-a-time style=per-sample mistakes="" origin="beginner"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    out = np.zeros((x.shape[0], x.shape[1], W_hh.shape[0]))
    for n in range(x.shape[1]):
        h = h0[n, :]
        for t in range(x.shape[0]):
            h = np.tanh(W_xh @ x[t, n, :] + W_hh @ h + b_h)
            out[t, n, :] = h
    return out


# %% id=dict-of-states style=list mistakes="" origin="ported from min-char-rnn"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    xs, hs = {}, {-1: np.copy(h0)}
    for t in range(len(x)):
        xs[t] = x[t]
        hs[t] = np.tanh(np.dot(xs[t], W_xh.T) + np.dot(hs[t - 1], W_hh.T) + b_h)
    return np.array([hs[t] for t in sorted(hs) if t >= 0])


# %% id=inputs-first style=einsum mistakes="" origin="cuDNN-minded"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    h = np.einsum("tbd,hd->tbh", x, W_xh) + b_h
    h[0] += np.einsum("bg,hg->bh", h0, W_hh)
    np.tanh(h[0], out=h[0])
    for t in range(1, h.shape[0]):
        h[t] += np.einsum("bg,hg->bh", h[t - 1], W_hh)
        np.tanh(h[t], out=h[t])
    return h


# %% id=padded-with-h0 style=loop mistakes="" origin="keeps h(0) in row 0 and drops it at the end"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    T = x.shape[0]
    h = np.zeros((T + 1, *h0.shape))
    h[-1] = h0   # so that h[t - 1] is h0 at t = 0
    for t in range(T):
        h[t] = np.tanh(x[t] @ W_xh.T + h[t - 1] @ W_hh.T + b_h)
    return h[:T]


# %% id=block-matrix style=layout mistakes="" origin="augmented matrix with a constant 1"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    W = np.vstack([W_xh.T, W_hh.T, b_h])
    B = h0.shape[0]
    h, hs = h0, np.zeros((0, *h0.shape))
    for x_t in x:
        h = np.tanh(np.hstack((x_t, h, np.ones((B, 1)))) @ W)
        hs = np.append(hs, [h], axis=0)
    return hs
