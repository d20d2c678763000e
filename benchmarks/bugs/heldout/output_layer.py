# %% id=no-offset style=vectorised mistakes="b_y is left out" origin="beginner"
def output_layer(h, W_hy, b_y):
    return h @ W_hy.T


# %% id=minus-offset style=einsum mistakes="b_y has the wrong sign" origin="threshold units"
def output_layer(h, W_hy, b_y):
    z = np.einsum("tbh,kh->tbk", h, W_hy)
    return z - b_y


# %% id=softmax-already style=vectorised mistakes="softmax is applied to the logits" origin="reads output as probability"
def output_layer(h, W_hy, b_y):
    z = np.matmul(h, W_hy.T) + b_y
    z = np.exp(z - z.max(axis=-1, keepdims=True))
    return z / z.sum(axis=-1, keepdims=True)


# %% id=last-step-everywhere style=loop mistakes="every step reads the last state" origin="many-to-one habit"
def output_layer(h, W_hy, b_y):
    T, B, H = h.shape
    z = np.zeros((T, B, W_hy.shape[0]))
    for t in range(T):
        z[t] = h[-1] @ W_hy.T + b_y
    return z


# %% id=only-the-last-step style=framework mistakes="only the last step is returned" origin="ported from Keras with return_sequences=False"
def output_layer(h, W_hy, b_y):
    last = h[-1]
    return last @ W_hy.T + b_y


# %% id=reshape-to-fit style=layout mistakes="W_hy is reshaped instead of transposed" origin="makes the shapes fit"
def output_layer(h, W_hy, b_y):
    K, H = W_hy.shape
    W = W_hy.reshape(H, K)
    return h.dot(W) + b_y


# %% id=squashed-output style=loop mistakes="tanh is applied to the logits" origin="copied from rnn_step"
def output_layer(h, W_hy, b_y):
    out = []
    for h_t in h:
        z_t = h_t @ W_hy.T + b_y
        out.append(np.tanh(z_t))
    return np.array(out)


# %% id=does-not-fit style=vectorised mistakes="W_hy is transposed" origin="beginner: the first attempt"
def output_layer(h, W_hy, b_y):
    return np.dot(h, W_hy) + b_y


# %% id=squashed-before-bias style=vectorised mistakes="tanh is applied to h again; b_y is left out" origin="thinks h is a pre-activation"
def output_layer(h, W_hy, b_y):
    hidden = np.tanh(h)
    logits = hidden @ W_hy.T
    return logits


# %% id=flat-and-mixed style=layout mistakes="time and batch are mixed by reshape; b_y is added twice" origin="ported from code that flattens"
def output_layer(h, W_hy, b_y):
    T, B, H = h.shape
    flat = h.transpose(1, 0, 2).reshape(T * B, H)
    z = flat @ W_hy.T + b_y
    return z.reshape(T, B, -1) + b_y


# %% id=first-sample-for-all style=per-sample mistakes="every sample reads the first row of h; b_y has the wrong sign" origin="forgotten index"
def output_layer(h, W_hy, b_y):
    T, B, _ = h.shape
    z = np.empty((T, B, len(b_y)))
    for t in range(T):
        for b in range(B):
            z[t, b] = W_hy @ h[t, 0] - b_y
    return z


# %% id=three-at-once style=loop mistakes="every step reads the last state; b_y is left out; softmax is applied to the logits" origin="many-to-one classifier"
def output_layer(h, W_hy, b_y):
    z = []
    for t in range(len(h)):
        s = h[len(h) - 1].dot(W_hy.T)
        s = np.exp(s)
        s = s / s.sum(axis=1, keepdims=True)
        z.append(s)
    return np.stack(z)


# %% id=reversed-reshaped-no-bias style=layout mistakes="h is read backwards; W_hy is reshaped instead of transposed; b_y is added twice" origin="makes the shapes fit"
def output_layer(h, W_hy, b_y):
    weight = W_hy.reshape(h.shape[-1], -1)
    z = [h_t @ weight + b_y for h_t in h[::-1]]
    return np.array(z) + b_y


# %% id=tensordot style=einsum mistakes="" origin="physics student"
def output_layer(h, W_hy, b_y):
    return np.tensordot(h, W_hy, axes=([2], [1])) + b_y[np.newaxis, np.newaxis, :]


# %% id=flatten-and-back style=layout mistakes="" origin="ported from PyTorch, view(-1, H)"
def output_layer(h, W_hy, b_y):
    T, B, H = h.shape
    flat = h.reshape(-1, H)
    return (flat.dot(W_hy.T) + b_y).reshape(T, B, -1)


# %% id=class-by-class style=loop mistakes="" origin="beginner"
def output_layer(h, W_hy, b_y):
    z = np.zeros(h.shape[:-1] + (W_hy.shape[0],))
    for k in range(W_hy.shape[0]):
        z[..., k] = (h * W_hy[k]).sum(axis=-1) + b_y[k]
    return z


# %% id=columns-time-last style=layout mistakes="" origin="course with arrays (n_a, m, T_x)"
def output_layer(h, W_hy, b_y):
    a = h.transpose(2, 1, 0)
    z = np.zeros((W_hy.shape[0], a.shape[1], a.shape[2]))
    for t in range(a.shape[2]):
        z[:, :, t] = np.dot(W_hy, a[:, :, t]) + b_y[:, None]
    return z.transpose(2, 1, 0)


# %% id=apply-along style=vectorize mistakes="" origin="MATLAB user"
def output_layer(h, W_hy, b_y):
    return np.apply_along_axis(lambda v: W_hy @ v + b_y, 2, h)


# %% id=list-of-lists style=list mistakes="" origin="beginner without NumPy"
def output_layer(h, W_hy, b_y):
    res = []
    for step in h.tolist():
        rows = []
        for sample in step:
            rows.append([sum(w * v for w, v in zip(w_row, sample)) + bias for w_row, bias in zip(W_hy, b_y)])
        res.append(rows)
    return np.array(res)


# %% id=dense-layer style=class mistakes="" origin="ported from Keras"
class Dense:
    def __init__(self, kernel, bias):
        self.kernel, self.bias = kernel, bias

    def call(self, inputs):
        return inputs @ self.kernel + self.bias

class TimeDistributed:
    def __init__(self, layer):
        self.layer = layer

    def call(self, inputs):
        return np.stack([self.layer.call(inputs[t]) for t in range(inputs.shape[0])])

def output_layer(h, W_hy, b_y):
    return TimeDistributed(Dense(np.transpose(W_hy), b_y)).call(h)
