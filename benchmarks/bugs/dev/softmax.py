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

# %% id=pairwise-differences style=broadcast mistakes="" origin="mathematician: one over the sum of e^(z_j - z_k)"
def softmax(z):
    diff = z[..., None, :] - z[..., :, None]
    with np.errstate(over="ignore"):
        return 1.0 / np.exp(diff).sum(axis=-1)

# %% id=logaddexp-reduced style=functional mistakes="" origin="NumPy enthusiast"
from functools import reduce

def softmax(z):
    classes = np.moveaxis(z, -1, 0)
    total = reduce(np.logaddexp, classes)
    return np.moveaxis(np.exp(classes - total), 0, -1)

# %% id=module-with-state style=class mistakes="" origin="ported from a layer class"
class SoftmaxLayer:
    def __init__(self, axis=-1):
        self.axis = axis

    def forward(self, logits):
        shift = np.max(logits, axis=self.axis)
        num = np.exp(logits - np.expand_dims(shift, self.axis))
        self.out = np.divide(num, np.expand_dims(np.sum(num, axis=self.axis), self.axis))
        return self.out

def softmax(z):
    return SoftmaxLayer(axis=2).forward(z)

# %% id=plain-python-floats style=float-lists mistakes="" origin="pure Python from a blog post"
import math

def softmax(z):
    def one(guess):
        top = max(guess)
        e = [math.exp(v - top) for v in guess]
        s = math.fsum(e)
        return [v / s for v in e]
    return [[one(guess) for guess in step] for step in z.tolist()]

# %% id=one-maximum-for-everything style=vectorised mistakes="the maximum is taken over all entries" origin="code for one vector"
def softmax(z):
    ex = np.exp(z - np.max(z))
    return ex / np.sum(ex, axis=-1, keepdims=True)

# %% id=normalised-by-the-largest style=loop mistakes="the exponentials are divided by their maximum" origin="beginner"
def softmax(z):
    T, B, K = z.shape
    p = np.zeros((T, B, K))
    for t in range(T):
        for b in range(B):
            ex = np.exp(z[t, b] - np.max(z[t, b]))
            p[t, b] = ex / ex.max()
    return p

# %% id=whole-array-total style=einsum mistakes="the sum runs over steps, samples and classes" origin="sum() without an axis"
def softmax(z):
    u = np.exp(z - z.max(axis=2, keepdims=True))
    total = u.sum()
    return np.true_divide(u, total)

# %% id=batch-normalised-powers-of-two style=vectorised mistakes="the sum runs over the batch; powers of 2 instead of e" origin="beginner"
def softmax(z):
    m = np.amax(z, axis=-1)[..., np.newaxis]
    weights = np.exp2(z - m)
    return weights / weights.sum(axis=1, keepdims=True)

# %% id=mean-shift-warm style=framework mistakes="the mean is subtracted instead of the maximum; the logits are halved, a temperature of 2" origin="ported from sampling code"
def softmax(z, temperature=2.0):
    logits = z / temperature
    logits = logits - logits.mean(axis=-1, keepdims=True)
    probs = np.exp(logits)
    probs /= probs.sum(axis=-1, keepdims=True)
    return probs

# %% id=log-cold-no-shift style=stepwise mistakes="the maximum is not subtracted; the logarithm is returned; z has the wrong sign" origin="invented"
def softmax(z):
    a = -z
    top = np.exp(a)
    bottom = top.sum(-1)
    y_hat = top / bottom[:, :, None]
    return np.log(y_hat)

# %% id=squares-over-time-global-max style=per-step mistakes="the sum runs over time; the maximum is taken over all entries; the probabilities are squared" origin="invented"
def softmax(z):
    biggest = z.max()
    numer = np.exp(z - biggest)
    denom = np.sum(numer, axis=0, keepdims=True)
    return (numer / denom) ** 2
