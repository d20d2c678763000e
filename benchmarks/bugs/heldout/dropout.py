# %% id=not-inverted style=vectorised mistakes="the mask is not scaled by 1 / (1 - rate)" origin="beginner"
def dropout(x, u, rate, per, train):
    if not train:
        return x, np.ones_like(x)
    if per == "sequence":
        u = np.broadcast_to(u[0], u.shape)
    mask = np.where(u >= rate, 1.0, 0.0)
    return x * mask, mask


# %% id=rate-is-keep style=vectorised mistakes="the rate is taken for the probability of keeping" origin="ported from keep_prob code"
def dropout(x, u, rate, per, train):
    keep_prob = rate
    if train:
        D = u if per == "step" else u[:1]
        D = (D < keep_prob) / keep_prob
        D = D * np.ones(x.shape)
    else:
        D = np.ones(x.shape)
    return x * D, D


# %% id=train-never-asked style=loop mistakes="train is ignored" origin="beginner"
def dropout(x, u, rate, per, train):
    y = np.zeros_like(x)
    mask = np.zeros_like(x)
    for t in range(x.shape[0]):
        row = u[0] if per == "sequence" else u[t]
        mask[t] = (row >= rate) / (1 - rate)
        y[t] = x[t] * mask[t]
    return y, mask


# %% id=per-never-asked style=vectorised mistakes="per is ignored" origin="beginner"
def dropout(x, u, rate, per, train):
    p = rate * bool(train)
    mask = (u >= p).astype(x.dtype)
    mask /= 1 - p
    return x * mask, mask


# %% id=sequence-axis-is-batch style=vectorised mistakes="the sequence mask is shared over the batch instead of over time" origin="used to batch-first arrays"
def dropout(x, u, rate, per, train):
    if not train:
        return x.copy(), np.ones(x.shape)
    if per == "sequence":
        # one mask for every step
        u = u[:, :1, :]
    mask = np.greater_equal(u, rate) / (1.0 - rate)
    mask = mask + np.zeros(x.shape)
    return mask * x, mask


# %% id=mask-goes-back-unscaled style=framework mistakes="the returned mask is not scaled by 1 / (1 - rate)" origin="ported from a layer with a stored mask"
class Dropout:
    def __init__(self, rate):
        self.scale = 1 / (1 - rate)
        self.rate = rate

    def forward(self, x, u, training):
        if not training:
            self.mask = np.ones(x.shape)
            return x
        self.mask = (u >= self.rate) * np.ones(x.shape)
        y = x * self.mask * self.scale
        return y


def dropout(x, u, rate, per, train):
    layer = Dropout(rate)
    y = layer.forward(x, u[0][None] if per == "sequence" else u, train)
    return y, layer.mask


# %% id=zeroed-in-the-input style=loop mistakes="x is changed in place" origin="beginner"
def dropout(x, u, rate, per, train):
    if train == False:
        return x, np.ones_like(x)
    if per == "sequence":
        drop = np.stack([u[0] < rate for _ in range(len(x))])
    else:
        drop = u < rate
    y = x
    y[drop] = 0
    y = y / (1 - rate)
    return y, np.where(drop, 0, 1 / (1 - rate))


# %% id=kept-and-dropped-swapped style=vectorised mistakes="the entries with u below the rate are kept and the others dropped; per is ignored" origin="beginner"
def dropout(x, u, rate, per, train):
    mask = np.ones(x.shape)
    if train:
        mask = (u < rate) / (1 - rate)
    return x * mask, mask


# %% id=classic-dropout style=loop mistakes="the mask is not scaled by 1 / (1 - rate); x is scaled by 1 - rate at evaluation" origin="ported from the original dropout paper"
def dropout(x, u, rate, per, train):
    if not train:
        return x * (1 - rate), np.ones_like(x)
    mask = np.empty_like(x)
    for t in range(len(x)):
        mask[t] = u[0 if per == "sequence" else t] >= rate
    return x * mask, mask


# %% id=last-mask-rules style=loop mistakes="the sequence mask is taken from the last step; the scale is 1 / rate" origin="beginner"
def dropout(x, u, rate, per, train):
    T = x.shape[0]
    masks = []
    for t in range(T):
        if not train:
            masks.append(np.ones_like(x[t]))
        elif per == "sequence":
            masks.append((u[T - 1] >= rate) * 1.0)
        else:
            masks.append((u[t] >= rate) * 1.0)
        if train:
            masks[-1] = masks[-1] / rate
    masks = np.array(masks)
    return x * masks, masks


# %% id=three-slips-of-a-layer style=class mistakes="train is ignored; step and sequence are exchanged; the mask is not scaled by 1 / (1 - rate)" origin="beginner"
class Mask:
    def __init__(self, rate, per):
        self.rate = rate
        self.shared = per == "step"

    def draw(self, u):
        source = u[:1] if self.shared else u
        return np.where(source < self.rate, 0.0, 1.0) + np.zeros(u.shape)


def dropout(x, u, rate, per, train):
    mask = Mask(rate, per).draw(u)
    return x * mask, mask


# %% id=three-with-in-place style=vectorised mistakes="the sequence mask is shared over the batch instead of over time; the scale is multiplied by 1 - rate; x is changed in place" origin="beginner"
def dropout(x, u, rate, per, train):
    if not train:
        return x, np.ones_like(x)
    m = np.where(u >= rate, 1.0, 0.0)
    if per == "sequence":
        m[:] = m[:, 0:1]
    m *= 1 - rate
    x *= m
    return x, m


# %% id=entry-by-entry style=loop mistakes="" origin="beginner from C"
def dropout(x, u, rate, per, train):
    T, B, H = x.shape
    y = np.zeros((T, B, H))
    mask = np.ones((T, B, H))
    for t in range(T):
        for b in range(B):
            for j in range(H):
                if train:
                    s = 0 if per == "sequence" else t
                    if u[s, b, j] < rate:
                        mask[t, b, j] = 0.0
                    else:
                        mask[t, b, j] = 1.0 / (1.0 - rate)
                y[t, b, j] = x[t, b, j] * mask[t, b, j]
    return y, mask


# %% id=features-first style=layout mistakes="" origin="ported from code with arrays (n_x, m, T)"
def dropout(x, u, rate, per, train):
    a = x.transpose(2, 1, 0)
    r = u.transpose(2, 1, 0)
    if per == "sequence":
        r = np.tile(r[:, :, :1], (1, 1, a.shape[2]))
    d = (r >= rate).astype(float)
    d = d / (1 - rate) if train else np.ones(d.shape)
    return (a * d).transpose(2, 1, 0), d.transpose(2, 1, 0)


# %% id=rate-zero-when-evaluating style=vectorised mistakes="" origin="forum"
def dropout(x, u, rate, per, train):
    p = {True: rate, False: 0.0}[bool(train)]
    mask = (u[: {"step": len(u), "sequence": 1}[per]] >= p) / (1 - p)
    return np.multiply(x, mask), mask


# %% id=mask-from-a-generator style=generator mistakes="" origin="beginner who likes yield"
def masks_for(u, rate, per):
    frozen = None
    for u_t in u:
        if frozen is None or per == "step":
            frozen = (~(u_t < rate)) / (1 - rate)
        yield frozen


def dropout(x, u, rate, per, train):
    if not train:
        return x + 0, np.ones(x.shape)
    mask = np.stack(list(masks_for(u, rate, per)))
    return np.einsum("tbh,tbh->tbh", x, mask), mask


# %% id=keep-array-by-index style=framework mistakes="" origin="ported from a layer with noise_shape"
def dropout(x, u, rate, per, train):
    noise_shape = (1, *x.shape[1:]) if per == "sequence" else x.shape
    if not train:
        return x, np.full(x.shape, 1.0)
    mask = np.zeros(x.shape)
    keep = np.broadcast_to(u[: noise_shape[0]] >= rate, x.shape)
    mask[np.nonzero(keep)] = 1 / (1 - rate)
    out = x.copy()
    out[~keep] = 0.0
    out[keep] *= 1 / (1 - rate)
    return out, mask
