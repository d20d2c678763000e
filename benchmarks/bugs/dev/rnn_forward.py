# %% id=bias-forgotten-in-the-loop style=loop mistakes="b_h is left out" origin="beginner"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    hs = []
    h = h0
    for x_t in x:
        h = np.tanh(x_t @ W_xh.T + h @ W_hh.T)
        hs.append(h)
    return np.stack(hs)

# %% id=zeros-at-the-start style=vectorised mistakes="h0 is ignored" origin="ported from Keras, whose state begins at zero"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    T, B, D = x.shape
    H = W_hh.shape[0]
    a_x = (x.reshape(T * B, D) @ W_xh.T).reshape(T, B, H) + b_h
    h = np.zeros((T + 1, B, H))
    for t in range(1, T + 1):
        h[t] = np.tanh(a_x[t - 1] + h[t - 1] @ W_hh.T)
    return h[1:]

# %% id=transposed-and-from-zeros style=einsum mistakes="W_hh is transposed; h0 is ignored" origin="beginner"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    T, B, _ = x.shape
    h_t = np.zeros((B, len(b_h)))
    h = np.empty((T, B, len(b_h)))
    for t in range(T):
        h_t = np.tanh(np.einsum("bd,hd->bh", x[t], W_xh) + np.einsum("bi,ij->bj", h_t, W_hh) + b_h)
        h[t] = h_t
    return h

# %% id=no-bias-relu-last-input style=class mistakes="b_h is left out; the activation is a ReLU; the sequence is read backwards" origin="half of a bidirectional network"
class Layer:
    def __init__(self, U, W):
        self.U, self.W = U, W

    def step(self, x, h):
        return np.maximum(0.0, x @ self.U.T + h @ self.W.T)

def rnn_forward(x, h0, W_xh, W_hh, b_h):
    layer, h, out = Layer(W_xh, W_hh), h0, np.zeros((len(x), *h0.shape))
    for t in range(len(x) - 1, -1, -1):
        h = layer.step(x[t], h)
        out[t] = h
    return out

# %% id=list-of-states style=loop mistakes="" origin="beginner"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    states = [h0]
    for t in range(x.shape[0]):
        states.append(np.tanh(np.dot(x[t], W_xh.T) + np.dot(states[-1], W_hh.T) + b_h))
    return np.array(states[1:])

# %% id=batch-first style=layout mistakes="" origin="ported from batch-first code"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    X = np.transpose(x, (2, 1, 0))
    h = h0.T
    out = np.zeros((W_hh.shape[0], X.shape[1], X.shape[2]))
    for t in range(X.shape[2]):
        h = np.tanh(W_xh @ X[:, :, t] + W_hh @ h + b_h[:, None])
        out[:, :, t] = h
    return out.transpose(2, 1, 0)

# %% id=sample-after-sample style=per-sample mistakes="" origin="beginner"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    def run(sequence, h):
        for v in sequence:
            h = np.tanh(W_xh @ v + W_hh @ h + b_h)
            yield h

    samples = [list(run(x[:, b], h0[b])) for b in range(len(h0))]
    return np.array(samples).swapaxes(0, 1)

# %% id=accumulate-states style=functional mistakes="" origin="functional programmer"
from itertools import accumulate

def rnn_forward(x, h0, W_xh, W_hh, b_h):
    step = lambda h, u: np.tanh(u + h @ W_hh.T)
    drive = np.einsum("tbd,hd->tbh", x, W_xh) + b_h
    return np.stack(list(accumulate(drive, step, initial=h0))[1:])

# %% id=generator-of-states style=generator mistakes="" origin="streaming code"
def states(xs, h, W, U, b):
    for x_t in xs:
        h = np.tanh(W.dot(x_t.T) + U.dot(h.T) + b[:, None]).T
        yield h

def rnn_forward(x, h0, W_xh, W_hh, b_h):
    return np.array(list(states(x, h0, W_xh, W_hh, b_h)))

# %% id=coursera-axes style=layout mistakes="" origin="ported from (n_x, m, T_x) code"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    xt = np.transpose(x, (2, 1, 0))
    n_x, m, T_x = xt.shape
    n_a = W_hh.shape[0]
    a = np.zeros((n_a, m, T_x))
    a_next = h0.T
    ba = b_h.reshape(n_a, 1)
    for t in range(T_x):
        a_next = np.tanh(np.dot(W_xh, xt[:, :, t]) + np.dot(W_hh, a_next) + ba)
        a[:, :, t] = a_next
    return np.moveaxis(a, 2, 0).swapaxes(1, 2)

# %% id=recursion-over-time style=recursive mistakes="" origin="student who knows Lisp"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    if len(x) == 0:
        return np.zeros((0,) + h0.shape)
    first = np.tanh(x[0] @ W_xh.T + h0 @ W_hh.T + b_h)
    return np.concatenate((first[None], rnn_forward(x[1:], first, W_xh, W_hh, b_h)), axis=0)

# %% id=always-from-the-start style=loop mistakes="every step starts from h0" origin="state not carried in the loop"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    hidden = []
    h = h0
    for inp in x:
        new = np.tanh(inp.dot(W_xh.T) + h.dot(W_hh.T) + b_h)
        hidden.append(new)
    return np.asarray(hidden)

# %% id=shifted-list style=list mistakes="h holds h0 and lacks the last state" origin="append before the update"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    seq, h_t = [], np.array(h0)
    for t in range(x.shape[0]):
        seq.append(h_t)
        h_t = np.tanh(np.matmul(x[t], W_xh.T) + np.matmul(h_t, W_hh.T) + b_h)
    return np.stack(seq)

# %% id=logistic-module style=class mistakes="the activation is a sigmoid" origin="ported from an Elman network of the nineties"
class Elman:
    def __init__(self, w_in, w_ctx, bias):
        self.w_in, self.w_ctx, self.bias = w_in.T, w_ctx.T, bias

    def squash(self, net):
        return 1 / (1 + np.exp(-net))

    def run(self, pattern, context):
        out = np.zeros(pattern.shape[:2] + context.shape[-1:])
        for k, p in enumerate(pattern):
            context = self.squash(p @ self.w_in + context @ self.w_ctx + self.bias)
            out[k] = context
        return out

def rnn_forward(x, h0, W_xh, W_hh, b_h):
    return Elman(W_xh, W_hh, b_h).run(x, h0)

# %% id=bias-once-and-flipped style=vectorised mistakes="b_h is added at the first step only; W_hh is transposed" origin="beginner"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    T = x.shape[0]
    pre = x @ W_xh.T
    pre[0] += b_h
    H = np.empty((T,) + h0.shape)
    for i in range(T):
        last = H[i - 1] if i else h0
        H[i] = np.tanh(pre[i] + last @ W_hh)
    return H

# %% id=first-input-zero-start style=per-sample mistakes="h0 is ignored; the input of the first step is used at every step" origin="beginner"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    T, n, _ = x.shape
    res = [[None] * n for _ in range(T)]
    for i in range(n):
        s = np.zeros(len(b_h))
        for t in range(T):
            s = np.tanh(W_xh.dot(x[0][i]) + W_hh.dot(s) + b_h)
            res[t][i] = s
    return np.array(res)

# %% id=relu-backwards-doubled-bias style=framework mistakes="the activation is a ReLU; the sequence is read backwards; b_h is added twice" origin="ported from torch.nn.RNN with both biases"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    weight_ih, weight_hh, bias_ih = W_xh, W_hh, b_h
    bias_hh = b_h
    hx, output = h0, np.zeros((len(x), *h0.shape))
    for k, frame in enumerate(x[::-1]):
        gi = frame @ weight_ih.T + bias_ih
        gh = hx @ weight_hh.T + bias_hh
        hx = np.clip(gi + gh, 0, None)
        output[k] = hx
    return output

# %% id=einsum-flip-residual-no-bias style=einsum mistakes="W_hh is transposed; the state of the step before is added outside tanh; b_h is left out" origin="half a residual network"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    h_all, prev = np.zeros((len(x), len(h0), len(b_h))), h0
    for t, x_t in enumerate(x):
        net = np.einsum("hd,bd->bh", W_xh, x_t) + np.einsum("kh,bk->bh", W_hh, prev)
        prev = h_all[t] = np.tanh(net) + prev
    return h_all

# %% id=always-the-initial-state style=vectorised mistakes="every step reads h0, the state is not carried" origin="beginner"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    def step(x_t, h_prev):
        return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)

    h = np.zeros((x.shape[0], x.shape[1], W_hh.shape[0]))
    h_t = h0
    for t in range(len(x)):
        h[t] = step(x[t], h_t)
    return h

# %% id=kept-before-the-step style=list mistakes="the state is stored before the step, so h starts with h0 and h^(T) is missing" origin="wrong order in the loop"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    states = []
    state = h0
    for inp in x:
        states.append(state)
        state = np.tanh(np.dot(inp, W_xh.T) + np.dot(state, W_hh.T) + b_h)
    return np.stack(states)

# %% id=first-row-is-h0 style=loop mistakes="h[0] holds h0 and the loop starts at 1, so the first input is never read" origin="beginner"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    T, B, D = x.shape
    H = h0.shape[1]
    h = np.zeros((T, B, H))
    h[0] = h0
    for t in range(1, T):
        for b in range(B):
            h[t, b] = np.tanh(W_xh @ x[t, b] + W_hh @ h[t - 1, b] + b_h)
    return h

# %% id=minus-one-is-still-zero style=preallocated mistakes="h0 is not used, the first step reads h[-1], which is zero" origin="index -1 in NumPy"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    steps, batch = x.shape[:2]
    h = np.zeros((steps, batch, b_h.size))
    inputs = np.einsum("tbd,hd->tbh", x, W_xh) + b_h
    for t in range(steps):
        h[t] = np.tanh(inputs[t] + h[t - 1] @ W_hh.T)
    return h

# %% id=one-array-many-names style=in-place mistakes="the same array is appended at every step without a copy, so all states are the last one" origin="Stack Overflow, list of arrays all the same"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    hidden = h0.copy()
    outputs = []
    for t in range(x.shape[0]):
        hidden[:] = np.tanh(x[t] @ W_xh.T + hidden @ W_hh.T + b_h)
        outputs.append(hidden)
    return np.array(outputs)

# %% id=carries-the-pre-activation style=generator mistakes="the pre-activation is carried to the next step instead of the state" origin="beginner"
def unroll(x, a, U, drive):
    for t in range(len(x)):
        a = drive[t] + a @ U.T
        yield np.tanh(a)

def rnn_forward(x, h0, W_xh, W_hh, b_h):
    drive = x @ W_xh.T + b_h
    return np.array(list(unroll(x, h0, W_hh, drive)))

# %% id=specialisation-port-turned style=layout mistakes="W_hh is transposed" origin="ported from (n_x, m, T_x) code"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    X = x.transpose(2, 1, 0)
    n_x, m, T_x = X.shape
    n_a = h0.shape[1]
    a = np.zeros((n_a, m, T_x))
    a_next = h0.T
    Waa, Wax, ba = W_hh.T, W_xh, b_h.reshape(n_a, 1)
    for t in range(T_x):
        a_next = np.tanh(np.dot(Wax, X[:, :, t]) + np.dot(Waa, a_next) + ba)
        a[:, :, t] = a_next
    return a.transpose(2, 1, 0)

# %% id=last-step-and-bias-lost style=preallocated mistakes="the last step is left out; b_h is left out" origin="beginner"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    T, B = x.shape[0], x.shape[1]
    h = np.zeros((T, B, W_xh.shape[0]))
    prev = h0
    for t in range(T - 1):
        prev = np.tanh(x[t].dot(W_xh.T) + prev.dot(W_hh.T))
        h[t] = prev
    return h

# %% id=late-input-logistic style=dict mistakes="step t reads the input x[t-1]; the activation is a sigmoid" origin="half remembered min-char-rnn"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    hs = {-1: h0}
    for t in range(len(x)):
        a = np.dot(x[t - 1], W_xh.T) + np.dot(hs[t - 1], W_hh.T) + b_h
        hs[t] = 1 / (1 + np.exp(-a))
    return np.array([hs[t] for t in range(len(x))])

# %% id=residual-and-turned style=einsum mistakes="the old state is added to the new one; W_hh is transposed" origin="ResNet habit"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    h, seq = h0, []
    for x_t in x:
        a = np.einsum("bd,hd->bh", x_t, W_xh) + np.einsum("bh,hk->bk", h, W_hh) + b_h
        h = h + np.tanh(a)
        seq.append(h)
    return np.stack(seq, axis=0)

# %% id=stateless-layer style=class mistakes="the state starts from zeros instead of h0; b_h is added outside of tanh; the last step is left out" origin="ported from a Keras layer"
class SimpleRNN:
    def __init__(self, kernel, recurrent, bias):
        self.kernel, self.recurrent, self.bias = kernel, recurrent, bias

    def reset_states(self, like):
        self.state = np.zeros_like(like)

    def step(self, inp):
        self.state = np.tanh(inp @ self.kernel + self.state @ self.recurrent) + self.bias
        return self.state

def rnn_forward(x, h0, W_xh, W_hh, b_h):
    layer = SimpleRNN(W_xh.T, W_hh.T, b_h)
    layer.reset_states(h0)
    h = np.zeros((len(x),) + h0.shape)
    for t in range(0, len(x) - 1):
        h[t] = layer.step(x[t])
    return h

# %% id=per-sample-three style=per-sample mistakes="b_h has the wrong sign; every sample reads the first row of h0; W_hh is transposed" origin="beginner"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    T, B, _ = x.shape
    all_samples = []
    for n in range(B):
        s = h0[0]
        track = []
        for t in range(T):
            s = np.tanh(W_xh.dot(x[t, n]) + s.dot(W_hh) - b_h)
            track.append(s)
        all_samples.append(track)
    return np.swapaxes(np.array(all_samples), 0, 1)
