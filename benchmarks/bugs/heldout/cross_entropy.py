# %% id=log-after-softmax style=vectorised mistakes="the logarithm is taken after softmax" origin="beginner"
def cross_entropy(z, y, mask):
    T, B, K = z.shape
    s = z - z.max(axis=-1, keepdims=True)
    e = np.exp(s)
    y_hat = e / e.sum(axis=-1, keepdims=True)
    onehot = np.eye(K)[y]
    log_y_hat = np.log(y_hat)
    loss = -(mask * (log_y_hat[np.arange(T)[:, None], np.arange(B), y])).sum() / B
    return loss, mask[..., None] * (y_hat - onehot) / B


# %% id=unmasked-gradient style=vectorised mistakes="the mask is left out of delta_y" origin="beginner"
def cross_entropy(z, y, mask):
    K = z.shape[-1]
    shifted = z - z.max(-1, keepdims=True)
    log_y_hat = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    target = np.eye(K)[y]
    m = mask[:, :, None]
    loss = -np.sum(m * target * log_y_hat) / z.shape[1]
    delta_y = (np.exp(log_y_hat) - target) / z.shape[1]
    return loss, delta_y


# %% id=mean-over-valid-steps style=framework mistakes="the loss is divided by the sum of the mask instead of B" origin="ported from PyTorch with ignore_index"
def cross_entropy(z, y, mask):
    logp = z - np.logaddexp.reduce(z, axis=-1, keepdims=True)
    nll = -np.take_along_axis(logp, y[..., None], axis=-1)[..., 0]
    B = z.shape[1]
    loss = (nll * mask).sum() / mask.sum()
    grad = np.exp(logp)
    grad[np.arange(z.shape[0])[:, None], np.arange(B)[None, :], y] -= 1
    return loss, grad * mask[..., None] / B


# %% id=target-never-subtracted style=loop mistakes="y is not subtracted in delta_y" origin="beginner"
def cross_entropy(z, y, mask):
    T, B, K = z.shape
    loss = 0.0
    delta_y = np.zeros(z.shape)
    for t in range(T):
        for b in range(B):
            s = z[t, b] - np.max(z[t, b])
            logp = s - np.log(np.sum(np.exp(s)))
            loss -= mask[t, b] * logp[y[t, b]] / B
            p = np.exp(logp)
            delta_y[t, b] = mask[t, b] * p / B
    return loss, delta_y


# %% id=epsilon-in-the-log style=framework mistakes="a small number is added inside the logarithm" origin="forum remedy against log(0)"
def cross_entropy(z, y, mask):
    B, K = z.shape[1:]
    e = np.exp(z - z.max(axis=2, keepdims=True))
    p = e / e.sum(axis=2, keepdims=True)
    Y = np.eye(K)[y]
    logp = np.log(p + 1e-12)
    loss = -(Y * logp * mask[..., None]).sum() / B
    delta_y = (p - Y) * mask[..., None] / B
    return loss, delta_y


# %% id=gradient-for-one-sample style=vectorised mistakes="mean over the batch is missing in delta_y" origin="formula for one sample"
def cross_entropy(z, y, mask):
    batch = z.shape[1]
    zmax = np.max(z, axis=-1, keepdims=True)
    log_sum = np.log(np.sum(np.exp(z - zmax), axis=-1, keepdims=True)) + zmax
    log_y_hat = z - log_sum
    y1 = np.eye(z.shape[2])[y]
    loss = -np.sum(mask[..., None] * y1 * log_y_hat) / batch
    delta_y = (np.exp(log_y_hat) - y1) * mask[..., None]
    return loss, delta_y


# %% id=uphill style=einsum mistakes="delta_y has the wrong sign" origin="target minus prediction"
def cross_entropy(z, y, mask):
    B = y.shape[1]
    lp = z - np.logaddexp.reduce(z, axis=2)[:, :, None]
    hot = (y[..., None] == np.arange(z.shape[2])) * 1.0
    loss = -np.einsum("tb,tbk,tbk->", mask, hot, lp) / B
    delta_y = np.einsum("tb,tbk->tbk", mask, hot - np.exp(lp)) / B
    return loss, delta_y


# %% id=mean-of-everything style=vectorised mistakes="the loss is also averaged over time" origin="np.mean habit"
def cross_entropy(z, y, mask):
    T, B, K = z.shape
    lp = z - z.max(axis=-1, keepdims=True)
    lp = lp - np.log(np.exp(lp).sum(axis=-1, keepdims=True))
    picked = np.take_along_axis(lp, y[:, :, None], 2).squeeze(2)
    loss = -np.mean(mask * picked)
    delta = np.exp(lp)
    delta -= np.eye(K)[y]
    delta *= mask[:, :, None] / B
    return loss, delta


# %% id=no-mask-no-mean style=vectorised mistakes="the mask is left out of the loss; mean over the batch is missing in the loss" origin="formula for one sequence"
def cross_entropy(z, y, mask):
    B, K = z.shape[1], z.shape[2]
    sh = z - z.max(axis=-1, keepdims=True)
    logp = sh - np.log(np.exp(sh).sum(axis=-1, keepdims=True))
    oh = np.eye(K)[y]
    loss = -(oh * logp).sum()
    return loss, mask[..., None] * (np.exp(logp) - oh) / B


# %% id=bits-and-extra-derivative style=vectorised mistakes="base 2 instead of the natural logarithm in the loss; the derivative of softmax is applied once more" origin="information theory course"
def cross_entropy(z, y, mask):
    n = z.shape[1]
    s = z - np.max(z, -1, keepdims=True)
    log_p = s - np.log(np.sum(np.exp(s), -1, keepdims=True))
    p = np.exp(log_p)
    t = np.eye(z.shape[-1])[y]
    m = mask[..., np.newaxis]
    loss = -np.sum(m * t * log_p) / np.log(2) / n
    dz = (p - t) * p * (1 - p)
    return loss, m * dz / n


# %% id=sign-and-mask style=loop mistakes="the loss has the wrong sign; the mask is left out of delta_y" origin="beginner"
def cross_entropy(z, y, mask):
    T, B, K = z.shape
    L = 0
    delta_y = np.empty((T, B, K))
    for t in range(T):
        shift = z[t] - z[t].max(axis=1, keepdims=True)
        lp = shift - np.log(np.exp(shift).sum(axis=1, keepdims=True))
        for b in range(B):
            L += mask[t, b] * lp[b, y[t, b]]
        target = np.zeros((B, K))
        target[np.arange(B), y[t]] = 1
        delta_y[t] = (np.exp(lp) - target) / B
    return L / B, delta_y


# %% id=argmax-and-no-mean style=framework mistakes="the predicted class is used instead of y; mean over the batch is missing in delta_y" origin="confuses prediction and target"
def cross_entropy(z, y, mask):
    T, B, K = z.shape
    logp = z - np.logaddexp.reduce(z, axis=-1, keepdims=True)
    labels = logp.argmax(axis=-1)
    tt, bb = np.ogrid[:T, :B]
    loss = -(logp[tt, bb, labels] * mask).sum() / B
    dlogits = np.exp(logp)
    dlogits[tt, bb, labels] -= 1.0
    dlogits *= mask[..., None]
    return loss, dlogits


# %% id=three-places style=vectorised mistakes="the mask is left out of the loss; the mask is left out of delta_y; mean over the batch is missing in delta_y" origin="code for sequences of one length"
def cross_entropy(z, y, mask):
    c = z.max(axis=-1, keepdims=True)
    log_y_hat = z - c - np.log(np.exp(z - c).sum(axis=-1, keepdims=True))
    Y = np.eye(z.shape[-1])[y]
    per_guess = -(Y * log_y_hat).sum(axis=-1)
    loss = (per_guess).sum() / y.shape[1]
    delta_y = np.exp(log_y_hat) - Y
    delta_y = delta_y
    return loss, delta_y


# %% id=mean-sign-target style=per-sample mistakes="the loss is also averaged over time; delta_y has the wrong sign; the derivative of softmax is applied once more" origin="beginner"
def cross_entropy(z, y, mask):
    T, B, K = z.shape
    losses = np.zeros((T, B))
    grad = np.zeros((T, B, K))
    for b in range(B):
        for t in range(T):
            logits = z[t, b] - z[t, b].max()
            logp = logits - np.log(np.exp(logits).sum())
            losses[t, b] = -logp[y[t, b]] * mask[t, b]
            p = np.exp(logp)
            one_hot = np.zeros(K)
            one_hot[y[t, b]] = 1
            g = one_hot - p
            g = g * p * (1 - p)
            grad[t, b] = mask[t, b] * g / B
    return losses.sum() / (T * B), grad


# %% id=valid-steps-minus-log2 style=framework mistakes="the loss is divided by the sum of the mask instead of B; base 2 instead of the natural logarithm in the loss; y is not subtracted in delta_y" origin="bits per character"
def cross_entropy(z, y, mask):
    log_probs = z - np.logaddexp.reduce(z, axis=-1, keepdims=True)
    B = z.shape[1]
    nll = -np.take_along_axis(log_probs, y[..., None], -1).squeeze(-1)
    nll = nll / np.log(2.0)
    loss = np.sum(nll * mask) / np.sum(mask)
    probs = np.exp(log_probs)
    delta = (probs) * mask[:, :, None] / B
    return loss, delta


# %% id=guess-by-guess style=per-sample mistakes="" origin="beginner"
def cross_entropy(z, y, mask):
    T, B, K = z.shape
    loss, delta_y = 0.0, np.zeros((T, B, K))
    for b in range(B):
        for t in range(T):
            if mask[t, b] == 0:
                continue
            top = max(z[t, b])
            total = sum(np.exp(v - top) for v in z[t, b])
            for k in range(K):
                logp = z[t, b, k] - top - np.log(total)
                delta_y[t, b, k] = np.exp(logp) / B
                if k == y[t, b]:
                    delta_y[t, b, k] -= 1 / B
                    loss += -logp / B
    return loss, delta_y


# %% id=flat-rows style=framework mistakes="" origin="ported from PyTorch, view(-1, K)"
def cross_entropy(z, y, mask):
    T, B, K = z.shape
    logits, labels, w = z.reshape(-1, K), y.ravel(), mask.ravel() / B
    rows = np.arange(T * B)
    logp = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    loss = -np.dot(w, logp[rows, labels])
    grad = np.exp(logp)
    grad[rows, labels] -= 1
    return loss, (grad * w[:, None]).reshape(T, B, K)


# %% id=softplus-of-differences style=broadcasting mistakes="" origin="avoids softmax altogether"
def cross_entropy(z, y, mask):
    B = z.shape[1]
    true = np.take_along_axis(z, y[..., None], axis=-1)
    d = z - true
    m = d.max(axis=-1, keepdims=True)
    nll = m + np.log(np.exp(d - m).sum(axis=-1, keepdims=True))
    delta = np.exp(d - nll) - (np.arange(z.shape[-1]) == y[..., None])
    return (nll[..., 0] * mask).sum() / B, delta * (mask / B)[..., None]


# %% id=classes-first style=layout mistakes="" origin="course with arrays (n_y, m, T)"
def cross_entropy(z, y, mask):
    Z = z.transpose(2, 1, 0)
    Y = np.eye(Z.shape[0])[y].transpose(2, 1, 0)
    M = mask.T[None]
    m = Z.shape[1]
    S = Z - Z.max(axis=0)
    logA = S - np.log(np.sum(np.exp(S), axis=0))
    cost = -1 / m * np.sum(M * Y * logA)
    dZ = 1 / m * M * (np.exp(logA) - Y)
    return np.squeeze(cost), dZ.transpose(2, 1, 0)


# %% id=step-generator style=generator mistakes="" origin="functional style"
def losses(z, y, mask):
    for z_t, y_t, m_t in zip(z, y, mask):
        s = z_t - z_t.max(axis=1, keepdims=True)
        logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
        hot = np.eye(z_t.shape[1])[y_t]
        yield -(m_t * (logp * hot).sum(axis=1)).mean(), m_t[:, None] * (np.exp(logp) - hot) / len(z_t)

def cross_entropy(z, y, mask):
    values, deltas = zip(*losses(z, y, mask))
    return float(np.sum(values)), np.stack(deltas)


# %% id=loss-object style=class mistakes="" origin="object-oriented beginner"
class CrossEntropy:
    def forward(self, z, y, mask):
        self.w = mask / mask.shape[1]
        self.hot = np.zeros(z.shape)
        np.put_along_axis(self.hot, y[..., None], 1.0, axis=-1)
        big = np.max(z, axis=-1, keepdims=True)
        self.logp = z - big - np.log(np.sum(np.exp(z - big), axis=-1, keepdims=True))
        return -np.einsum("tb,tbk,tbk", self.w, self.hot, self.logp)

    def backward(self):
        return np.einsum("tb,tbk->tbk", self.w, np.exp(self.logp) - self.hot)

def cross_entropy(z, y, mask):
    ce = CrossEntropy()
    return ce.forward(z, y, mask), ce.backward()


# %% id=where-instead-of-product style=vectorised mistakes="" origin="avoids 0 times infinity"
def cross_entropy(z, y, mask):
    on = mask > 0.5
    B = z.shape[1]
    logp = z - np.logaddexp.reduce(z, axis=-1)[..., None]
    t, b = np.nonzero(on)
    delta = np.zeros_like(z)
    delta[t, b] = np.exp(logp[t, b])
    np.subtract.at(delta, (t, b, y[t, b]), 1.0)
    return -logp[t, b, y[t, b]].sum() / B, delta / B
