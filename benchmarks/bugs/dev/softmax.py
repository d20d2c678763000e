# %% id=plain-formula style=vectorised mistakes="the maximum is not subtracted" origin="textbook formula"
def softmax(z):
    return np.exp(z) / np.exp(z).sum(axis=2, keepdims=True)

# %% id=first-axis style=vectorised mistakes="the sum runs over time" origin="code for one vector"
def softmax(z):
    p = np.exp(z - np.max(z, axis=2)[..., None])
    return p / np.sum(p, axis=0)

# %% id=min-subtracted-not-divided style=loop mistakes="the minimum is subtracted instead of the maximum; the result is not divided by the sum" origin="beginner"
def softmax(z):
    out = np.zeros(z.shape)
    for t in range(z.shape[0]):
        for b in range(z.shape[1]):
            out[t, b] = np.exp(z[t, b] - min(z[t, b]))
    return out

# %% id=minus-z-no-shift-mean style=vectorised mistakes="the sign of the logits is turned round; the maximum is not subtracted; the exponentials are divided by their mean" origin="ported from an energy-based model"
def softmax(z):
    weights = np.exp(-z)
    return weights / weights.mean(-1, keepdims=True)

# %% id=logs style=vectorised mistakes="" origin="ported from scipy"
def softmax(z):
    top = np.amax(z, axis=-1, keepdims=True)
    lse = np.log(np.sum(np.exp(z - top), axis=-1, keepdims=True)) + top
    return np.exp(z - lse)

# %% id=row-by-row style=per-sample mistakes="" origin="beginner"
def softmax(z):
    def of_row(row):
        biggest = max(row)
        e = [np.exp(v - biggest) for v in row]
        return [v / sum(e) for v in e]

    return np.array([[of_row(row) for row in step] for step in z])

# %% id=classes-first style=layout mistakes="" origin="ported from (K, m) code"
def softmax(z):
    Z = np.moveaxis(z, -1, 0)
    E = np.exp(Z - Z.max(axis=0))
    return np.moveaxis(E / E.sum(axis=0), 0, -1)
