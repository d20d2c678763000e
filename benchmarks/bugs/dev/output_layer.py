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

# %% id=reshape-for-transpose style=vectorised mistakes="W_hy is reshaped to (H, K) instead of transposed" origin="beginner who makes the shapes fit"
def output_layer(h, W_hy, b_y):
    K, H = W_hy.shape
    return np.matmul(h, W_hy.reshape(H, K)) + b_y

# %% id=many-to-one-habit style=preallocated mistakes="only the last step gets logits, the others stay zero" origin="sequence classification habit"
def output_layer(h, W_hy, b_y):
    z = np.zeros((h.shape[0], h.shape[1], len(b_y)))
    z[-1] = h[-1] @ W_hy.T + b_y
    return z

# %% id=probabilities-already style=class mistakes="softmax is applied to the logits" origin="ported from code that returns predictions"
class Readout:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def softmax(self, s):
        e = np.exp(s - s.max(axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)

    def __call__(self, a):
        return self.softmax(np.dot(a, self.W.T) + self.b)

def output_layer(h, W_hy, b_y):
    return Readout(W_hy, b_y)(h)

# %% id=reads-one-step-earlier style=loop mistakes="step t reads the state h[t-1]" origin="confusion of h^(t) and h^(t-1)"
def output_layer(h, W_hy, b_y):
    z = []
    for t in range(len(h)):
        z.append(h[t - 1].dot(W_hy.T) + b_y)
    return np.stack(z)

# %% id=sum-never-reset style=loop mistakes="the sum is not set to zero again between steps, so logits pile up over time" origin="initialisation outside of the loop"
def output_layer(h, W_hy, b_y):
    T, B, H = h.shape
    z = np.zeros((T, B, len(b_y)))
    for b in range(B):
        for k in range(len(b_y)):
            s = 0.0
            for t in range(T):
                for j in range(H):
                    s += W_hy[k, j] * h[t, b, j]
                z[t, b, k] = s + b_y[k]
    return z

# %% id=flattened-into-columns style=layout mistakes="h is reshaped to (H, T*B) instead of transposed, which mixes units, samples and steps" origin="ported from column vectors"
def output_layer(h, W_hy, b_y):
    T, B, H = h.shape
    columns = h.reshape(H, T * B)
    scores = W_hy @ columns + b_y[:, None]
    return scores.T.reshape(T, B, -1)

# %% id=tanh-on-top style=einsum mistakes="tanh is applied to the logits" origin="copied from the hidden layer"
def output_layer(h, W_hy, b_y):
    logits = np.einsum("tbh,kh->tbk", h, W_hy)
    logits += b_y
    return np.tanh(logits)

# %% id=reshaped-and-logistic style=vectorised mistakes="W_hy is reshaped instead of transposed; a sigmoid is applied to the logits" origin="yes-or-no task"
def output_layer(h, W_hy, b_y):
    W = np.reshape(W_hy, (h.shape[-1], -1))
    s = np.dot(h, W) + b_y
    return 1 / (1 + np.exp(-s))

# %% id=skips-the-first-and-subtracts style=per-sample mistakes="the first step is left out; b_y has the wrong sign" origin="beginner, one-based loop"
def output_layer(h, W_hy, b_y):
    T, B, _ = h.shape
    z = np.zeros((T, B, W_hy.shape[0]))
    for t in range(1, T):
        for n in range(B):
            z[t, n] = W_hy @ h[t, n] - b_y
    return z

# %% id=dict-of-steps-three style=dict mistakes="step t reads h[t-1]; b_y is added twice; a ReLU is applied to the logits" origin="half a multilayer perceptron"
def output_layer(h, W_hy, b_y):
    ys = {}
    for t in range(h.shape[0]):
        ys[t] = np.dot(h[t - 1], W_hy.T) + b_y
    z = np.array([ys[t] for t in sorted(ys)])
    z = z + b_y
    return np.maximum(z, 0)

# %% id=loops-with-three style=loop mistakes="b_y is added H times, inside the inner sum; the last step is left out; every sample reads the first sample's state" origin="beginner"
def output_layer(h, W_hy, b_y):
    steps, batch, units = h.shape
    z = np.zeros((steps, batch, b_y.shape[0]))
    for t in range(steps - 1):
        for b in range(batch):
            state = h[t, 0]
            for k in range(b_y.shape[0]):
                for j in range(units):
                    z[t, b, k] += W_hy[k, j] * state[j] + b_y[k]
    return z
