# %% id=logaddexp-reduce style=vectorised mistakes="" origin="log-sum-exp by a ufunc's reduce"
def softmax(z):
    return np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True))


# %% id=ratios-of-differences style=vectorised mistakes="" origin="one over the sum of exponentials of differences"
def softmax(z):
    # y_k = 1 / sum_j exp(z_j - z_k), and 1 / inf is the 0 that it should be
    diff = z[..., None, :] - z[..., :, None]
    with np.errstate(over="ignore"):
        return 1.0 / np.exp(diff).sum(axis=-1)


# %% id=python-list-of-each-guess style=loop mistakes="" origin="plain Python, one guess at a time"
import math


def softmax(z):
    T, B, K = z.shape
    y_hat = np.zeros((T, B, K))
    for t in range(T):
        for b in range(B):
            row = z[t, b].tolist()
            top = max(row)
            weights = [math.exp(v - top) for v in row]
            total = math.fsum(weights)
            y_hat[t, b] = [w / total for w in weights]
    return y_hat


# %% id=copy-worked-in-place style=in-place mistakes="" origin="saves memory on a copy"
def softmax(z):
    out = np.array(z, dtype=float)
    out -= out.max(axis=2)[:, :, np.newaxis]
    np.exp(out, out=out)
    out /= np.einsum("tbk->tb", out)[..., None]
    return out


# %% id=merged-pair-by-pair style=functional mistakes="" origin="online softmax, running maximum and sum"
def softmax(z):
    """Running maximum m and sum s, as in streaming attention."""
    m = np.full(z.shape[:-1], -np.inf)
    s = np.zeros(z.shape[:-1])
    for k in range(z.shape[-1]):
        z_k = z[..., k]
        m_new = np.maximum(m, z_k)
        s = s * np.exp(m - m_new) + np.exp(z_k - m_new)
        m = m_new
    return np.exp(z - m[..., None]) / s[..., None]


# %% id=classes-rolled-to-the-front style=columns mistakes="" origin="classes on the first axis inside"
def softmax(z):
    t = np.rollaxis(z, 2)  # (K, T, B)
    t = np.exp(t - np.amax(t, axis=0))
    t = t / np.add.reduce(t)
    return np.moveaxis(t, 0, 2)
