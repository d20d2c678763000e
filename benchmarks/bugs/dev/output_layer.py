# %% id=per-class-columns style=loop mistakes="" origin="beginner"
def output_layer(h, W_hy, b_y):
    z = []
    for k in range(W_hy.shape[0]):
        z.append((h * W_hy[k]).sum(axis=-1) + b_y[k])
    return np.stack(z, axis=-1)

# %% id=tensordot-last-axes style=tensordot mistakes="" origin="NumPy documentation"
def output_layer(h, W_hy, b_y):
    return np.add(np.tensordot(h, W_hy, axes=(2, 1)), b_y[None, None])

# %% id=flattened-time-distributed style=framework mistakes="" origin="ported from Keras TimeDistributed(Dense)"
class Dense:
    def __init__(self, kernel, bias):
        self.kernel, self.bias = kernel, bias

    def __call__(self, inputs):
        return inputs @ self.kernel + self.bias

class TimeDistributed:
    def __init__(self, layer):
        self.layer = layer

    def __call__(self, inputs):
        steps, batch, width = inputs.shape
        flat = self.layer(inputs.reshape(steps * batch, width))
        return flat.reshape(steps, batch, -1)

def output_layer(h, W_hy, b_y):
    return TimeDistributed(Dense(W_hy.T, b_y))(h)

# %% id=columns-and-map style=functional mistakes="" origin="ported from (n_a, m) code"
def output_layer(h, W_hy, b_y):
    column = b_y.reshape(-1, 1)
    return list(map(lambda a: (W_hy @ a.T + column).T, h))

# %% id=no-offset style=einsum mistakes="b_y is left out" origin="beginner"
def output_layer(h, W_hy, b_y):
    z = np.einsum("tbh,kh->tbk", h, W_hy)
    return z

# %% id=squashed-logits style=vectorised mistakes="tanh is applied to the logits" origin="copied from rnn_step"
def output_layer(h, W_hy, b_y):
    y = np.matmul(h, W_hy.T) + b_y
    return np.tanh(y)

# %% id=last-state-repeated style=loop mistakes="every step reads the last state" origin="many-to-one habit"
def output_layer(h, W_hy, b_y):
    T, B, _ = h.shape
    logits = np.zeros((T, B, len(b_y)))
    for t in range(T):
        logits[t] = h[-1].dot(W_hy.T) + b_y
    return logits

# %% id=probabilities-without-bias style=framework mistakes="softmax is applied to the logits; b_y is left out" origin="ported from an all-in-one network"
def output_layer(h, W_hy, b_y):
    scores = h.dot(W_hy.T)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% id=early-by-one-minus-bias style=list mistakes="step t reads the state of step t - 1; b_y has the wrong sign" origin="off by one"
def output_layer(h, W_hy, b_y):
    out = []
    for t in range(len(h)):
        state = h[max(t - 1, 0)]
        out.append([W_hy @ row - b_y for row in state])
    return np.array(out)

# %% id=three-habits-at-once style=class mistakes="the logits are averaged over H instead of summed; b_y is added twice; tanh is applied to h again" origin="invented"
class Readout:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def __call__(self, states):
        act = np.tanh(states)
        prod = act[..., None, :] * self.W
        return prod.mean(-1) + 2 * self.b

def output_layer(h, W_hy, b_y):
    return Readout(W_hy, b_y)(h)

# %% id=cumulated-relu-no-bias style=vectorised mistakes="the logits are summed over the steps so far; b_y is left out; a ReLU is applied to the logits" origin="invented"
def output_layer(h, W_hy, b_y):
    T = h.shape[0]
    rows = [h[i] @ W_hy.T for i in range(T)]
    rows = np.cumsum(rows, axis=0)
    return np.where(np.array(rows) > 0, rows, 0.0)
