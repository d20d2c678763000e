# %% id=sum-over-the-batch style=vectorised mistakes="mean over the batch is missing" origin="beginner"
def cross_entropy(z, y, mask):
    s = z - z.max(-1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(-1, keepdims=True))
    T, B = y.shape
    picked = logp[np.arange(T)[:, None], np.arange(B)[None, :], y]
    loss = -(picked * mask).sum()
    d = np.exp(logp)
    d[np.arange(T)[:, None], np.arange(B)[None, :], y] -= 1
    return loss, d * mask[:, :, None]

# %% id=unmasked-gradient style=loop mistakes="the mask is missing in the gradient" origin="beginner"
def cross_entropy(z, y, mask):
    T, B, K = z.shape
    loss, delta = 0.0, np.zeros((T, B, K))
    for t in range(T):
        for b in range(B):
            row = z[t, b] - z[t, b].max()
            norm = np.log(np.exp(row).sum())
            if mask[t, b]:
                loss += (norm - row[y[t, b]]) / B
            delta[t, b] = np.exp(row - norm) / B
            delta[t, b, y[t, b]] -= 1 / B
    return loss, delta

# %% id=sign-and-counted-steps style=einsum mistakes="the sign of delta_y is turned round; the mean is over the counted steps" origin="ported from a masked loss"
def cross_entropy(z, y, mask):
    onehot = (np.arange(z.shape[-1]) == y[..., None]).astype(float)
    m = z.max(axis=2, keepdims=True)
    logp = z - m - np.log(np.exp(z - m).sum(axis=2, keepdims=True))
    n = mask.sum()
    loss = -np.einsum("tb,tbk,tbk->", mask, onehot, logp) / n
    return loss, np.einsum("tb,tbk->tbk", mask, onehot - np.exp(logp)) / n

# %% id=no-mask-log2-no-mean style=vectorised mistakes="the mask is ignored; the logarithm of the loss is to base 2; mean over the batch is missing" origin="invented"
def cross_entropy(z, y, mask):
    K = z.shape[-1]
    target = np.eye(K)[y]
    shifted = z - z.max(axis=-1, keepdims=True)
    nats = np.log(np.exp(shifted).sum(axis=-1, keepdims=True)) - shifted
    bits = nats / np.log(2)
    return (target * bits).sum(), np.exp(-nats) - target

# %% id=take-along-axis style=vectorised mistakes="" origin="ported from torch gather"
def cross_entropy(z, y, mask):
    top = z.max(axis=-1, keepdims=True)
    lse = top + np.log(np.exp(z - top).sum(axis=-1, keepdims=True))
    nll = (lse - np.take_along_axis(z, y[..., None], axis=-1))[..., 0]
    grad = np.exp(z - lse)
    np.put_along_axis(grad, y[..., None], np.take_along_axis(grad, y[..., None], -1) - 1, axis=-1)
    return np.sum(nll * mask) / z.shape[1], grad * (mask / z.shape[1])[..., None]

# %% id=flat-rows style=layout mistakes="" origin="beginner"
def cross_entropy(z, y, mask):
    T, B, K = z.shape
    rows, classes, weight = z.reshape(-1, K), y.ravel(), mask.ravel() / B
    rows = rows - rows.max(1)[:, None]
    p = np.exp(rows)
    total = p.sum(1)
    loss = (weight * (np.log(total) - rows[np.arange(T * B), classes])).sum()
    p /= total[:, None]
    p[np.arange(T * B), classes] -= 1
    return loss, (p * weight[:, None]).reshape(T, B, K)

# %% id=criterion style=class mistakes="" origin="ported from a class with forward and backward"
class Criterion:
    def forward(self, logits, onehot, weight):
        a = logits - logits.max(axis=-1, keepdims=True)
        self.logp = a - np.log(np.sum(np.exp(a), axis=-1, keepdims=True))
        self.onehot, self.weight = onehot, weight
        return -np.sum(weight[..., None] * onehot * self.logp)

    def backward(self):
        return self.weight[..., None] * (np.exp(self.logp) - self.onehot)

def cross_entropy(z, y, mask):
    c = Criterion()
    loss = c.forward(z, np.eye(z.shape[2])[y], mask / z.shape[1])
    return loss, c.backward()
