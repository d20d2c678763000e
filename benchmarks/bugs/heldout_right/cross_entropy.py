# %% id=take-along-axis style=vectorised mistakes="" origin="looks entries up, subtracts 1 in place"
def cross_entropy(z, y, mask):
    T, B, K = z.shape
    lse = np.logaddexp.reduce(z, axis=2)
    picked = np.take_along_axis(z, y[:, :, None], axis=2)[:, :, 0]
    loss = np.vdot(mask, lse - picked) / B
    delta = np.exp(z - lse[:, :, None])
    t, b = np.indices((T, B))
    delta[t, b, y] -= 1.0
    delta *= mask[:, :, None]
    delta /= B
    return float(loss), delta


# %% id=step-and-sample-loops style=loop mistakes="" origin="beginner with nested loops"
def cross_entropy(z, y, mask):
    T, B, K = z.shape
    loss = 0.0
    delta_y = np.zeros((T, B, K))
    for b in range(B):
        for t in range(T):
            if mask[t, b] == 0:
                continue  # padding
            s = max(z[t, b])
            denominator = sum(np.exp(z[t, b, k] - s) for k in range(K))
            c = int(y[t, b])
            loss = loss - (z[t, b, c] - s - np.log(denominator)) / B
            for k in range(K):
                p = np.exp(z[t, b, k] - s) / denominator
                delta_y[t, b, k] = (p - (1 if k == c else 0)) / B
    return loss, delta_y


# %% id=comparison-as-one-hot style=einsum mistakes="" origin="one-hot by comparison, losses by einsum"
def cross_entropy(z, y, mask):
    onehot = (y[..., None] == np.arange(z.shape[-1])).astype(float)
    top = np.max(z, axis=-1, keepdims=True)
    e = np.exp(z - top)
    total = e.sum(-1, keepdims=True)
    log_p = z - top - np.log(total)
    weight = mask / z.shape[1]
    return -np.einsum("tb,tbk,tbk->", weight, onehot, log_p), np.einsum("tb,tbk->tbk", weight, e / total - onehot)


# %% id=margins-of-the-true-class style=vectorised mistakes="" origin="loss as the log of a sum of margins"
def cross_entropy(z, y, mask):
    # -log p_c = log sum_k exp(z_k - z_c)
    B = z.shape[1]
    margins = z - np.take_along_axis(z, y[..., np.newaxis], -1)
    nll = np.logaddexp.reduce(margins, axis=-1)
    p = np.exp(margins - nll[..., np.newaxis])
    np.put_along_axis(p, y[..., np.newaxis], np.expm1(-nll)[..., np.newaxis], -1)
    m = mask / B
    return (m * nll).sum(), p * m[..., np.newaxis]


# %% id=flat-rows-and-a-closure style=closure mistakes="" origin="forward returns its own backward"
def log_softmax(rows):
    shifted = rows - rows.max(1, keepdims=True)
    out = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))

    def backward(d_out):
        return d_out - np.exp(out) * d_out.sum(1, keepdims=True)

    return out, backward


def nll(rows, targets, weights):
    n = np.arange(len(rows))

    def backward():
        d = np.zeros_like(rows)
        d[n, targets] = -weights
        return d

    return -(rows[n, targets] * weights).sum(), backward


def cross_entropy(z, y, mask):
    logp, back_through_softmax = log_softmax(z.reshape(-1, z.shape[-1]))
    loss, back_through_nll = nll(logp, y.reshape(-1), mask.reshape(-1) / z.shape[1])
    return loss, back_through_softmax(back_through_nll()).reshape(z.shape)


# %% id=only-the-steps-that-count style=vectorised mistakes="" origin="boolean indexing of the unmasked steps"
def cross_entropy(z, y, mask):
    keep = mask > 0
    delta = np.zeros(z.shape)
    zz, yy, batch = z[keep], y[keep], mask.shape[1]
    if len(zz) == 0:
        return 0.0, delta
    s = zz.max(axis=1)
    E = np.exp((zz.T - s).T)
    Z = E.sum(axis=1)
    rows = range(len(yy))
    loss = (np.log(Z) + s - zz[rows, yy]).sum() / batch
    P = (E.T / Z).T
    P[rows, yy] -= 1
    delta[keep] = P / batch
    return loss, delta
