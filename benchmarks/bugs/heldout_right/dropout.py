# %% id=mask-by-where style=vectorised mistakes="" origin="np.where, one expression for both kinds"
def dropout(x, u, rate, per, train):
    if train:
        drawn = {"step": u, "sequence": np.repeat(u[:1], len(u), axis=0)}[per]
        mask = np.where(drawn < rate, 0.0, 1 / (1 - rate))
    else:
        mask = np.ones(x.shape)
    return np.multiply(x, mask), mask


# %% id=keep-probability-of-one style=functional mistakes="" origin="evaluation as a rate of zero"
def dropout(x, u, rate, per, train):
    rate = rate * bool(train)  # u >= 0 always holds
    first = u[0] if per == "sequence" else u
    kept = np.greater_equal(first, rate).astype(x.dtype)
    mask = np.zeros_like(x) + kept / (1.0 - rate)
    return mask * x, mask


# %% id=entry-loops style=loop mistakes="" origin="beginner with three loops"
def dropout(x, u, rate, per, train):
    T, B, H = x.shape
    y, mask = np.zeros((T, B, H)), np.zeros((T, B, H))
    for t in range(T):
        for b in range(B):
            for j in range(H):
                if not train:
                    mask[t, b, j] = 1
                    y[t, b, j] = x[t, b, j]
                    continue
                zahl = u[t, b, j] if per == "step" else u[0, b, j]
                if zahl >= rate:
                    mask[t, b, j] = 1 / (1 - rate)
                    y[t, b, j] = x[t, b, j] / (1 - rate)
    return y, mask


# %% id=zeroed-in-place-on-copies style=in-place mistakes="" origin="sets dropped entries to zero in copies"
def dropout(x, u, rate, per, train):
    mask = np.ones_like(x)
    y = x.copy()
    if not train:
        return y, mask
    dropped = u < rate
    if per == "sequence":
        dropped[1:] = dropped[0]
    for array in (y, mask):
        array[dropped] = 0
        array /= 1 - rate
    return y, mask


# %% id=layer-with-a-small-mask style=class mistakes="" origin="layer object; the mask of a sequence is (1, B, H)"
class Dropout:
    def __init__(self, rate, shared):
        self.keep = 1 - rate
        self.rate = rate
        self.shared = shared
        self.training = True

    def __call__(self, x, u):
        if self.training:
            chosen = u[:1, ...] if self.shared else u
            self.mask = (chosen >= self.rate) * self.keep**-1
            return x * self.mask
        self.mask = np.ones_like(x)
        return x * 1.0


def dropout(x, u, rate, per, train):
    layer = Dropout(rate, shared=per != "step")
    layer.training = train
    y = layer(x, u)
    return y, layer.mask
