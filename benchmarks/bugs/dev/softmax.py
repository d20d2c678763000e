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

# %% id=smallest-logit-wins style=vectorised mistakes="the sign of the exponent is wrong, exp(max - z), so the smallest logit wins" origin="sign slip"
def softmax(z):
    top = np.max(z, axis=-1, keepdims=True)
    e = np.exp(top - z)
    return e / np.sum(e, axis=-1, keepdims=True)

# %% id=over-time style=helper mistakes="max and sum go over axis 0, the time steps, instead of the classes" origin="copied from code with a single vector"
def _normalise(e, axis):
    return e / e.sum(axis=axis, keepdims=True)

def softmax(z):
    axis = 0
    shifted = z - z.max(axis=axis, keepdims=True)
    return _normalise(np.exp(shifted), axis)

# %% id=one-sum-for-all style=one-liner mistakes="the sum goes over the whole array, so all probabilities together add up to 1" origin="Stack Overflow answer for one vector"
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum()

# %% id=paper-formula style=einsum mistakes="the largest logit is not subtracted, so exp overflows" origin="formula as it stands in the book"
def softmax(z):
    numerator = np.exp(z)
    denominator = np.einsum("tbk->tb", numerator)
    return numerator / denominator[:, :, None]

# %% id=shift-above-only style=per-sample mistakes="the shift stands in the numerator only, the sum is of exp(z) without it" origin="repair of the overflow in one place"
def softmax(z):
    y_hat = np.zeros(z.shape)
    for t in range(z.shape[0]):
        for b in range(z.shape[1]):
            row = z[t, b]
            top = np.exp(row - row.max())
            y_hat[t, b] = top / np.exp(row).sum()
    return y_hat

# %% id=divided-by-the-mean style=flattened mistakes="the exponentials are divided by their mean instead of their sum" origin="beginner"
def softmax(z):
    T, B, K = z.shape
    flat = z.reshape(-1, K)
    flat = np.exp(flat - np.amax(flat, axis=1)[:, np.newaxis])
    flat = flat / flat.mean(axis=1)[:, np.newaxis]
    return flat.reshape(T, B, K)

# %% id=one-maximum-for-all style=vectorised mistakes="one maximum of the whole array is subtracted, so a guess with much smaller logits becomes 0/0" origin="CS231n, for a single vector"
def softmax(z):
    z = z - np.max(z)
    p = np.exp(z)
    return p / np.sum(p, axis=-1, keepdims=True)

# %% id=batch-axis-unshifted style=comprehension mistakes="the sum goes over the batch instead of the classes; the largest logit is not subtracted" origin="ported from (B, K) code with axis swapped"
def softmax(z):
    def one_step(z_t):
        e = np.exp(z_t)
        return e / e.sum(axis=0)

    return np.array([one_step(z_t) for z_t in z])

# %% id=log-and-negative style=logspace mistakes="the logarithm of the probabilities is returned; the largest logit counts least because z has a minus" origin="ported from log_softmax"
def softmax(z):
    v = -z
    v = v - v.max(axis=-1, keepdims=True)
    lse = np.log(np.exp(v).sum(axis=-1, keepdims=True))
    return v - lse

# %% id=unit-length-over-time style=class mistakes="the exponentials are divided by their Euclidean norm instead of their sum; they are normalised over time instead of over the classes" origin="normalise taken for unit length"
class Softmax:
    axis = 0

    def __call__(self, z):
        e = np.exp(z - z.max(axis=2)[:, :, None])
        return e / np.linalg.norm(e, axis=self.axis, keepdims=True)

def softmax(z):
    return Softmax()(z)

# %% id=loops-with-three-slips style=loop mistakes="the exponent has the wrong sign; the largest logit is not subtracted; the sum is not reset and runs on over all samples of a step" origin="beginner"
def softmax(z):
    steps, batch, classes = z.shape
    out = np.zeros_like(z)
    for t in range(steps):
        total = 0.0
        for b in range(batch):
            v = z[t, b]
            e = np.exp(-v)
            total += sum(e)
            out[t, b] = e / total
    return out
