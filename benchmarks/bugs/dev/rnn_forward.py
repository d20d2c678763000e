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
