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
