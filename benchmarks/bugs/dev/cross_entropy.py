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

# %% id=logaddexp-and-where style=where mistakes="" origin="NumPy enthusiast"
def cross_entropy(z, y, mask):
    B, K = z.shape[1:]
    lse = np.logaddexp.reduce(z, axis=-1)[..., None]
    hit = np.arange(K) == y[..., None]
    delta = np.where(hit, np.exp(z - lse) - 1, np.exp(z - lse)) * mask[..., None] / B
    return np.sum(np.where(hit, lse - z, 0.0).sum(-1) * mask) / B, delta

# %% id=generator-of-guesses style=per-sample mistakes="" origin="beginner"
def cross_entropy(z, y, mask):
    grad = np.zeros(z.shape)
    n = z.shape[1]

    def terms():
        for place in np.ndindex(*y.shape):
            if mask[place] == 0:
                continue
            v = z[place] - max(z[place])
            e = np.exp(v)
            s = e.sum()
            grad[place] = e / (s * n)
            grad[place][y[place]] -= 1 / n
            yield np.log(s) - v[y[place]]

    return sum(terms()) / n, grad

# %% id=ignore-index-selection style=framework mistakes="" origin="ported from torch with ignore_index"
def cross_entropy(z, y, mask):
    keep = mask.astype(bool)
    logits, target = z[keep], y[keep]
    logits = logits - logits.max(axis=1, keepdims=True)
    log_probs = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    picked = log_probs[np.arange(target.size), target]
    delta = np.zeros_like(z)
    rows = np.exp(log_probs)
    rows[np.arange(target.size), target] -= 1.0
    delta[keep] = rows
    return -picked.sum() / z.shape[1], delta / z.shape[1]

# %% id=einsum-over-one-hot style=einsum mistakes="" origin="lecture notes"
def cross_entropy(z, y, mask):
    eye = np.identity(z.shape[2])
    w = mask / mask.shape[1]
    centred = z - np.max(z, axis=2)[:, :, None]
    logZ = np.log(np.einsum("tbk->tb", np.exp(centred)))
    loss = np.einsum("tb,tb->", w, logZ) - np.einsum("tb,tbk,tbk->", w, eye[y], centred)
    return loss, np.einsum("tb,tbk->tbk", w, np.exp(centred - logZ[..., None]) - eye[y])

# %% id=padding-counted-in-loss style=vectorised mistakes="the mask is missing in the loss" origin="beginner"
def cross_entropy(z, y, mask):
    T, B, K = z.shape
    u = z - z.max(axis=-1, keepdims=True)
    log_p = u - np.log(np.exp(u).sum(axis=-1, keepdims=True))
    hot = np.eye(K)[y]
    nll = -(hot * log_p).sum(axis=-1)
    L = (nll).sum() / B
    return L, (np.exp(log_p) - hot) * mask[..., None] / B

# %% id=safe-log-with-epsilon style=framework mistakes="a small number is added inside the logarithm" origin="ported from a Kaggle kernel"
def cross_entropy(z, y, mask):
    batch = z.shape[1]
    ex = np.exp(z - np.max(z, axis=-1, keepdims=True))
    y_hat = ex / ex.sum(axis=-1, keepdims=True)
    target = np.eye(z.shape[-1])[y]
    logs = np.log(y_hat + 1e-12)
    loss = -np.sum(target * logs * mask[:, :, None]) / batch
    return loss, mask[:, :, None] * (y_hat - target) / batch

# %% id=gradient-without-target style=loop mistakes="delta_y is the probability alone, the target is not subtracted" origin="beginner"
def cross_entropy(z, y, mask):
    T, B, K = z.shape
    J, dz = 0.0, np.zeros_like(z)
    for t in range(T):
        for i in range(B):
            s = z[t, i] - z[t, i].max()
            logp = s - np.log(np.exp(s).sum())
            J -= mask[t, i] * logp[y[t, i]] / B
            g = np.exp(logp)
            dz[t, i] = mask[t, i] * g / B
    return J, dz

# %% id=two-different-means style=vectorised mistakes="the loss is also averaged over time; mean over the batch is missing in delta_y" origin="beginner"
def cross_entropy(z, y, mask):
    T, N, C = z.shape
    zmax = z.max(axis=2, keepdims=True)
    logsum = zmax + np.log(np.sum(np.exp(z - zmax), axis=2, keepdims=True))
    logprob = z - logsum
    picked = np.take_along_axis(logprob, y[:, :, None], axis=2).squeeze(2)
    dz = np.exp(logprob) - np.eye(C)[y]
    return -(picked * mask).sum() / (T * N), dz * mask[:, :, None]

# %% id=class-chain-rule-negative-loss style=class mistakes="the loss has the wrong sign; delta_y has the derivative y_hat (1 - y_hat) once more" origin="ported from a squared-error layer"
class CE:
    def __init__(self, mask):
        self.w = (mask / mask.shape[1])[..., np.newaxis]

    def forward(self, z, t):
        s = z - z.max(-1, keepdims=True)
        self.lp, self.t = s - np.log(np.exp(s).sum(-1, keepdims=True)), t
        return (self.w * self.t * self.lp).sum()

    def backward(self):
        p = np.exp(self.lp)
        return self.w * (p - self.t) * p * (1 - p)

def cross_entropy(z, y, mask):
    ce = CE(mask)
    return ce.forward(z, np.eye(z.shape[2])[y]), ce.backward()

# %% id=unmasked-flipped-averaged style=layout mistakes="the mask is missing in the gradient; delta_y has the wrong sign; mean over the batch is missing in the loss" origin="beginner"
def cross_entropy(z, y, mask):
    T, B, K = z.shape
    rows, labels, w = z.reshape(T * B, K), y.reshape(-1), mask.reshape(-1)
    rows = rows - rows.max(axis=1, keepdims=True)
    logp = rows - np.log(np.exp(rows).sum(axis=1, keepdims=True))
    loss = -np.dot(w, logp[range(T * B), labels])
    hot = np.zeros((T * B, K))
    hot[range(T * B), labels] = 1
    diff = hot - np.exp(logp)
    return loss, diff.reshape(T, B, K) / B

# %% id=ten-based-doubled-last-step style=stepwise mistakes="the logarithm of the loss is to base 10; delta_y is doubled; the last step is left out of the loss" origin="invented"
def cross_entropy(z, y, mask):
    T, m, _ = z.shape
    delta_y, total = [], 0
    for t in range(T):
        a = z[t] - z[t].max(axis=1, keepdims=True)
        norm = np.exp(a).sum(axis=1, keepdims=True)
        log_like = a - np.log(norm)
        onehot = (np.arange(a.shape[1])[None] == y[t][:, None]) * 1.0
        if t < T - 1:
            total += (mask[t] * (onehot * log_like).sum(axis=1)).sum() / np.log(10)
        delta_y.append(mask[t][:, None] * 2 * (np.exp(log_like) - onehot) / m)
    return -total / m, np.array(delta_y)

# %% id=mask-in-the-loss-only style=vectorised mistakes="the mask is missing in delta_y" origin="beginner"
def cross_entropy(z, y, mask):
    T, B, K = z.shape
    shifted = z - np.max(z, axis=2, keepdims=True)
    log_p = shifted - np.log(np.sum(np.exp(shifted), axis=2, keepdims=True))
    picked = np.take_along_axis(log_p, y[..., None], axis=2)[..., 0]
    loss = -np.sum(mask * picked) / B
    delta_y = np.exp(log_p)
    delta_y[np.arange(T)[:, None], np.arange(B), y] -= 1
    return loss, delta_y / B

# %% id=mean-over-counted-steps style=helper mistakes="loss and gradient are divided by the number of counted steps instead of B" origin="masked loss of a framework, reduction=mean"
def log_softmax(z):
    z = z - z.max(-1, keepdims=True)
    return z - np.log(np.exp(z).sum(-1, keepdims=True))

def cross_entropy(z, y, mask):
    logp = log_softmax(z)
    target = np.eye(z.shape[-1])[y]
    n = mask.sum()
    loss = -(mask * (target * logp).sum(-1)).sum() / n
    delta_y = (np.exp(logp) - target) * mask[:, :, None] / n
    return loss, delta_y

# %% id=minus-one-at-too-many-classes style=fancy-index mistakes="the 1 is subtracted at the classes of all samples and steps, not only at a guess's own class" origin="CS231n, dscores[range(N), y] carried over wrongly"
def cross_entropy(z, y, mask):
    T, B, K = z.shape
    scores = z - z.max(axis=-1)[:, :, None]
    log_probs = scores - np.log(np.exp(scores).sum(axis=-1))[:, :, None]
    loss = 0.0
    for t in range(T):
        loss -= (mask[t] * log_probs[t, np.arange(B), y[t]]).sum()
    dscores = np.exp(log_probs)
    dscores[..., y] -= 1
    dscores *= mask[:, :, None]
    return loss / B, dscores / B

# %% id=log-with-a-cushion style=two-steps mistakes="the logarithm is taken of the softmax plus an epsilon, so the loss is wrong when the probability is 0" origin="guard against log(0)"
def cross_entropy(z, y, mask):
    B, K = z.shape[1:]
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    y_hat = e / e.sum(axis=-1, keepdims=True)
    onehot = np.eye(K)[y]
    log_y_hat = np.log(y_hat + 1e-12)
    m = mask[..., None]
    loss = -np.sum(m * onehot * log_y_hat) / B
    return loss, m * (y_hat - onehot) / B

# %% id=gradient-of-the-sum style=per-sample mistakes="delta_y is not divided by B" origin="beginner"
def cross_entropy(z, y, mask):
    T, B, K = z.shape
    loss, delta_y = 0.0, np.zeros((T, B, K))
    for t in range(T):
        for b in range(B):
            row = z[t, b] - z[t, b].max()
            lse = np.log(np.exp(row).sum())
            loss += mask[t, b] * (lse - row[y[t, b]]) / B
            p = np.exp(row - lse)
            p[y[t, b]] -= 1.0
            delta_y[t, b] = mask[t, b] * p
    return loss, delta_y

# %% id=both-sides-of-the-log style=vectorised mistakes="the term (1 - y) log(1 - y_hat) of the binary cross-entropy is added to the loss" origin="logistic regression cost from the specialisation"
def cross_entropy(z, y, mask):
    _, m, K = z.shape
    s = z - z.max(axis=-1, keepdims=True)
    logA = s - np.log(np.exp(s).sum(axis=-1, keepdims=True))
    Y = (np.arange(K) == y[..., None]).astype(float)
    A = np.exp(logA)
    logprobs = Y * logA
    logprobs = logprobs + (1 - Y) * np.log(np.maximum(1 - A, 1e-300))
    cost = -np.sum(mask[..., None] * logprobs) / m
    dZ = mask[..., None] * (A - Y) / m
    return cost, dZ

# %% id=mask-on-the-logits style=einsum mistakes="the mask multiplies the logits instead of the terms of the loss, so a masked step still costs log K" origin="padding handled too early"
def cross_entropy(z, y, mask):
    z = np.einsum("tbk,tb->tbk", z, mask)
    z = z - z.max(axis=-1, keepdims=True)
    logp = z - np.log(np.einsum("tbk->tb", np.exp(z)))[..., None]
    Y = np.eye(z.shape[2])[y]
    loss = -np.einsum("tbk,tbk->", Y, logp) / z.shape[1]
    delta_y = np.einsum("tb,tbk->tbk", mask, np.exp(logp) - Y) / z.shape[1]
    return loss, delta_y

# %% id=mean-over-time-mask-forgotten style=framework mistakes="the loss is a mean over time as well; the mask is missing in delta_y" origin="ported from torch, F.cross_entropy on flattened logits"
def cross_entropy(z, y, mask):
    T, B, K = z.shape
    logits, labels, weight = z.reshape(T * B, K), y.reshape(-1), mask.reshape(-1)
    logits = logits - logits.max(axis=1, keepdims=True)
    logp = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    rows = np.arange(T * B)
    nll = -logp[rows, labels] * weight
    loss = nll.sum() / (T * B)
    grad = np.exp(logp)
    grad[rows, labels] -= 1
    grad = grad / B
    return loss, grad.reshape(T, B, K)

# %% id=target-minus-prediction style=class mistakes="delta_y has the wrong sign; the loss is not divided by B" origin="beginner"
class SoftmaxLoss:
    def forward(self, z, y, mask):
        z = z - z.max(axis=-1, keepdims=True)
        self.logp = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
        self.Y, self.mask = np.eye(z.shape[-1])[y], mask[..., None]
        return -(self.mask * self.Y * self.logp).sum()

    def backward(self):
        error = self.Y - np.exp(self.logp)
        return self.mask * error / error.shape[1]

def cross_entropy(z, y, mask):
    layer = SoftmaxLoss()
    return layer.forward(z, y, mask), layer.backward()

# %% id=overflow-and-unmasked-loss style=vectorised mistakes="the largest logit is not subtracted, so exp overflows; the mask is missing in the loss" origin="formula from the lecture"
def cross_entropy(z, y, mask):
    T, B, K = z.shape
    e = np.exp(z)
    log_norm = np.log(e.sum(axis=-1))
    true_logit = np.take_along_axis(z, y[:, :, None], axis=-1).squeeze(-1)
    loss = (log_norm - true_logit).sum() / B
    y_hat = e / e.sum(axis=-1, keepdims=True)
    delta_y = (y_hat - np.eye(K)[y]) * np.expand_dims(mask, -1) / B
    return loss, delta_y

# %% id=three-in-the-gradient-and-sign style=per-step mistakes="the minus in front of the loss is missing; the mask is missing in delta_y; delta_y is not divided by B" origin="beginner"
def cross_entropy(z, y, mask):
    loss, delta = 0.0, []
    K = z.shape[-1]
    for z_t, y_t, m_t in zip(z, y, mask):
        v = z_t - z_t.max(axis=1, keepdims=True)
        logp = v - np.log(np.exp(v).sum(axis=1, keepdims=True))
        hot = np.eye(K)[y_t]
        loss += (m_t[:, None] * hot * logp).sum() / len(z_t)
        g = np.exp(logp) - hot
        delta.append(g)
    return loss, np.array(delta)

# %% id=own-class-only-and-more style=two-steps mistakes="the loss is divided by the number of counted steps; only the true class receives a gradient; the logarithm is taken of softmax plus an epsilon" origin="beginner"
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

def cross_entropy(z, y, mask):
    T, B, K = z.shape
    p = softmax(z)
    Y = np.zeros_like(z)
    np.put_along_axis(Y, y[..., None], 1.0, axis=-1)
    loglik = np.log((p * Y).sum(axis=-1) + 1e-9)
    loss = -(mask * loglik).sum() / mask.sum()
    delta_y = (p - 1) * Y
    return loss, mask[..., None] * delta_y / B
