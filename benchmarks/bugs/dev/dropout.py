# %% id=three-nested-loops style=loop mistakes="" origin="beginner"
def dropout(x, u, rate, per, train):
    T, B, H = x.shape
    y = [[[0.0] * H for _ in range(B)] for _ in range(T)]
    mask = [[[0.0] * H for _ in range(B)] for _ in range(T)]
    for t in range(T):
        for b in range(B):
            for j in range(H):
                if not train:
                    m = 1.0
                else:
                    draw = u[0, b, j] if per == "sequence" else u[t, b, j]
                    m = 0.0 if draw < rate else 1.0 / (1.0 - rate)
                mask[t][b][j] = m
                y[t][b][j] = float(x[t, b, j]) * m
    return y, mask

# %% id=module-with-keep-prob style=class mistakes="" origin="ported from a keep_prob layer"
class Dropout:
    def __init__(self, keep_prob, shared):
        self.keep_prob, self.shared, self.training = keep_prob, shared, True

    def eval(self):
        self.training = False

    def __call__(self, x, u):
        self.mask = np.ones(x.shape)
        if self.training:
            noise = u[:1] if self.shared else u
            self.mask = np.heaviside(noise - (1 - self.keep_prob), 1.0) * np.reciprocal(self.keep_prob)
        return np.multiply(x, self.mask)

def dropout(x, u, rate, per, train):
    layer = Dropout(1 - rate, per == "sequence")
    if not train:
        layer.eval()
    return layer(x, u), layer.mask

# %% id=steps-from-a-generator style=generator mistakes="" origin="Python programmer"
from itertools import repeat

def dropout(x, u, rate, per, train):
    def masks():
        source = u if per != "sequence" else repeat(u[0])
        for x_t, u_t in zip(x, source):
            yield np.ones_like(x_t) if not train else np.where(u_t < rate, 0.0, 1.0) / (1 - rate)

    mask = np.array(list(masks()))
    return np.array([x_t * m_t for x_t, m_t in zip(x, mask)]), mask

# %% id=features-batch-time style=layout mistakes="" origin="ported from (n_x, m, T) code"
def dropout(x, u, rate, per, train):
    X, U = np.transpose(x), np.transpose(u)
    H, m, T = X.shape
    D = np.ones((H, m, T))
    if train:
        for t in range(T):
            draws = U[:, :, 0] if per == "sequence" else U[:, :, t]
            D[:, :, t] = ~(draws < rate)
        D /= 1 - rate
    A = np.einsum("hmt,hmt->tmh", X, D)
    return A, D.transpose(2, 1, 0)

# %% id=binary-mask-handed-back style=vectorised mistakes="the returned mask is not scaled by 1 / (1 - rate)" origin="beginner"
def dropout(x, u, rate, per, train):
    keep = np.ones(x.shape)
    if train is False:
        return x, keep
    keep[(u if per == "step" else np.stack([u[0]] * len(u))) < rate] = 0
    return x * keep / (1 - rate), keep

# %% id=one-mask-for-all-samples style=loop mistakes="the sequence mask is shared over the batch instead of over time" origin="batch and time mixed up"
def dropout(x, u, rate, per, train):
    out, masks = [], []
    for t, step in enumerate(x):
        if train:
            if per == "step":
                draw = u[t]
            else:
                draw = np.tile(u[t, 0], (len(step), 1))
            m = (draw >= rate).astype(float) / (1 - rate)
        else:
            m = np.ones_like(step)
        out.append(step * m)
        masks.append(m)
    return np.stack(out), np.stack(masks)

# %% id=weights-scaled-at-test-time style=functional mistakes="x is scaled by 1 - rate at evaluation" origin="classical and inverted dropout mixed"
def dropout(x, u, rate, per, train):
    p_keep = 1.0 - rate
    apply = {
        (True, "step"): lambda: (u >= rate) / p_keep,
        (True, "sequence"): lambda: (u[[0] * len(u)] >= rate) / p_keep,
    }
    if (bool(train), per) in apply:
        mask = apply[bool(train), per]()
        return np.prod([x, mask], axis=0), mask
    return x * p_keep, np.ones_like(x)

# %% id=wrong-share-and-one-kind style=helper mistakes="the scale is 1 / rate; per is ignored" origin="beginner"
def bernoulli(u, p_drop):
    return np.array(u >= p_drop, dtype=float)

def dropout(x, u, rate, per, train):
    if not train:
        return x.copy(), np.ones(x.shape)
    d = bernoulli(u, rate)
    d = d / rate
    return x * d, d

# %% id=survivors-exchanged-never-off style=comprehension mistakes="the entries with u below the rate are kept and the others dropped; train is ignored" origin="np.random.rand() < rate copied"
def dropout(x, u, rate, per, train):
    scale = 1 / (1 - rate)
    rows = u if per == "step" else [u[0] for _ in u]
    mask = np.array([[[scale if r < rate else 0.0 for r in row] for row in sheet] for sheet in rows])
    return x * mask, mask

# %% id=plain-swapped-and-scaled-later style=vectorised mistakes="the mask is not scaled by 1 / (1 - rate); step and sequence are exchanged; the mask at evaluation is 1 - rate instead of 1" origin="student notes"
def dropout(x, u, rate, per, train):
    q = 1 - rate
    if train:
        drawn = u[0:1] if per == "step" else u
        mask = np.less_equal(rate, drawn) * 1.0
        mask = mask + np.zeros_like(x)
        return mask * x, mask
    mask = q * np.ones_like(x)
    return x, mask

# %% id=shrinks-last-step-zero-mask style=class mistakes="the scale is multiplied by 1 - rate; the sequence mask is taken from the last step; the mask at evaluation is zero" origin="ported from a recurrent layer"
class VariationalDropout:
    def __init__(self, rate, variational):
        self.keep = 1 - rate
        self.rate, self.variational = rate, variational

    def forward(self, x, u):
        noise = u if not self.variational else u[-1] + 0 * u
        self.mask = (noise >= self.rate).astype(x.dtype)
        self.mask *= self.keep
        return x * self.mask

def dropout(x, u, rate, per, train):
    if not train:
        return x, np.zeros_like(x)
    layer = VariationalDropout(rate, per == "sequence")
    return layer.forward(x, u), layer.mask

# %% id=rate-taken-for-the-keep-probability style=vectorised mistakes="rate is used as the probability of keeping, u < rate is kept and divided by rate" origin="keep_prob notebook"
def dropout(x, u, rate, per, train):
    if not train:
        return x, np.ones(x.shape)
    keep_prob = rate
    D = u if per == "step" else np.repeat(u[:1], len(u), axis=0)
    D = (D < keep_prob) / keep_prob
    return x * D, D

# %% id=one-mask-for-every-call style=helper mistakes="per is ignored, every step has its own mask" origin="beginner"
def make_mask(u, p):
    mask = np.zeros(u.shape)
    mask[u >= p] = 1.0
    return mask / (1.0 - p)

def dropout(x, u, rate, per="step", train=True):
    if train:
        mask = make_mask(u, rate)
        out = x * mask
    else:
        mask = np.ones_like(x)
        out = x
    return out, mask

# %% id=still-dropping-at-test-time style=einsum mistakes="train is ignored, entries are dropped at evaluation too" origin="beginner"
def dropout(x, u, rate, per, train):
    T = x.shape[0]
    if per == "sequence":
        u = np.einsum("t,bh->tbh", np.ones(T), u[0])
    kept = (u >= rate).astype(float)
    mask = np.einsum("tbh,->tbh", kept, 1 / (1 - rate))
    return np.einsum("tbh,tbh->tbh", x, mask), mask

# %% id=drops-where-u-is-large style=loop mistakes="the entries with u below the rate are kept instead of dropped" origin="comparison the wrong way"
def dropout(x, u, rate, per, train):
    T, B, H = x.shape
    y, mask = x.copy(), np.ones((T, B, H))
    if train:
        for t in range(T):
            for b in range(B):
                for k in range(H):
                    r = u[0, b, k] if per == "sequence" else u[t, b, k]
                    if r < rate:
                        mask[t, b, k] = 1 / (1 - rate)
                    else:
                        mask[t, b, k] = 0.0
                    y[t, b, k] = x[t, b, k] * mask[t, b, k]
    return y, mask

# %% id=values-left-unscaled style=class mistakes="y is not divided by 1 - rate, the mask is" origin="beginner"
class Dropout:
    def __init__(self, p, shared):
        self.p, self.shared, self.training = p, shared, True

    def eval(self):
        self.training = False

    def forward(self, x, u):
        if not self.training:
            return x, np.ones_like(x)
        noise = np.broadcast_to(u[0], u.shape) if self.shared else u
        keep = noise >= self.p
        self.mask = keep / (1 - self.p)
        return np.where(keep, x, 0.0), self.mask

def dropout(x, u, rate, per, train):
    layer = Dropout(rate, per == "sequence")
    if not train:
        layer.eval()
    return layer.forward(x, u)

# %% id=scaled-by-the-share-that-was-drawn style=dictionary mistakes="the scale is 1 / the fraction of entries kept in this mask instead of 1 / (1 - rate)" origin="Stack Overflow"
def dropout(x, u, rate, per, train):
    if not train:
        return x, np.ones_like(x)
    source = {"step": u, "sequence": np.stack([u[0]] * len(u))}
    keep = (source[per] >= rate).astype(x.dtype)
    mask = keep / keep.mean()
    return x * mask, mask

# %% id=mask-of-the-first-sample style=layout mistakes="the sequence mask is taken over the batch, all samples share that of the first" origin="axes confused"
def dropout(x, u, rate, per, train):
    X, U = np.swapaxes(x, 0, 1), np.swapaxes(u, 0, 1)
    if not train:
        return x, np.ones_like(x)
    if per == "sequence":
        U = np.repeat(U[:1], len(U), axis=0)
    M = np.where(U < rate, 0.0, 1.0) / (1 - rate)
    return np.swapaxes(X * M, 0, 1), np.swapaxes(M, 0, 1)

# %% id=multiplied-and-test-scaled style=vectorised mistakes="the mask is multiplied by 1 - rate instead of divided; at evaluation x is multiplied by 1 - rate" origin="plain and inverted dropout mixed"
def dropout(x, u, rate, per, train):
    keep = 1 - rate
    if not train:
        return x * keep, np.ones_like(x)
    if per == "sequence":
        u = np.ones_like(u) * u[:1]
    mask = (u >= rate) * keep
    return x * mask, mask

# %% id=last-mask-and-rate-scale style=per-step mistakes="the sequence mask is that of the last step instead of the first; the scale is 1 / rate" origin="beginner"
def dropout(x, u, rate, per, train):
    if train is False:
        return x, np.ones_like(x)
    ys, masks = [], []
    for x_t, u_t in zip(x, u):
        draw = u[-1] if per == "sequence" else u_t
        m = (draw >= rate).astype(float) / rate
        ys.append(x_t * m)
        masks.append(m)
    return np.stack(ys), np.stack(masks)

# %% id=averaged-noise-and-applied-twice style=framework mistakes="the sequence mask compares the mean of u over time with the rate instead of u[0]; x is multiplied by the mask twice" origin="beginner"
def functional_dropout(inp, noise, p, training):
    if not training:
        return inp, np.ones_like(inp)
    mask = (noise >= p) * (1 / (1 - p))
    out = inp * mask
    out *= mask
    return out, mask

def dropout(x, u, rate, per, train):
    noise = u
    if per == "sequence":
        noise = u.mean(axis=0, keepdims=True) + np.zeros_like(u)
    return functional_dropout(x, noise, rate, train)

# %% id=exchanged-kinds-zero-at-eval-unscaled style=comprehension mistakes="step and sequence are exchanged; the mask at evaluation is zeros; nothing is divided by 1 - rate" origin="beginner"
def dropout(x, u, rate, per, train):
    if not train:
        return x, np.zeros_like(x)
    rows = [u[t] if per == "sequence" else u[0] for t in range(len(u))]
    mask = np.array([[[0.0 if a < rate else 1.0 for a in line] for line in row] for row in rows])
    return x * mask, mask

# %% id=test-mask-scaled-square-root-kept-small style=helper mistakes="the scale is 1 / sqrt(1 - rate); the mask at evaluation is 1 / (1 - rate) instead of 1; the entries with u below the rate are kept" origin="He initialisation confused with dropout"
def bernoulli(u, p):
    return (u < p).astype(np.float64)

def dropout(x, u, rate, per, train):
    if per == "sequence":
        u = np.tile(u[0], (u.shape[0], 1, 1))
    if train:
        mask = bernoulli(u, rate) / np.sqrt(1 - rate)
        return x * mask, mask
    mask = np.full(x.shape, 1 / (1 - rate))
    return x, mask
