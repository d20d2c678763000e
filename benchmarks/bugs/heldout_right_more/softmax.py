# %% id=axis-passed-down style=functional mistakes="" origin="numerically stable helper with an axis"
def _stable(z: np.ndarray, axis: int = -1) -> np.ndarray:
    """Shift so that the largest entry along an axis is 0."""
    return z - np.max(z, axis=axis, keepdims=True)


def softmax(z: np.ndarray) -> np.ndarray:
    """Class probabilities along the last axis."""
    assert z.ndim == 3, z.shape
    exps = np.exp(_stable(z))
    return exps / np.sum(exps, axis=-1, keepdims=True)


# %% id=row-vectorised style=functional mistakes="" origin="np.vectorize over rows"
@np.vectorize(signature="(k)->(k)")
def _row(v):
    e = np.exp(v - v.max())
    return e / e.sum()


def softmax(z):
    return _row(z)


# %% id=powers-of-two style=vectorised mistakes="" origin="exp2, as on a GPU"
LOG2_E = 1.4426950408889634


def softmax(z):
    shifted = np.subtract(z, np.maximum.reduce(z, axis=2, keepdims=True))
    powers = np.exp2(shifted * LOG2_E)
    return np.true_divide(powers, np.add.reduce(powers, axis=2, keepdims=True))


# %% id=masked-where-too-small style=masked mistakes="" origin="masked arrays: what would underflow counts as zero"
def softmax(z):
    shifted = z - z.max(axis=-1, keepdims=True)
    terms = np.ma.masked_less(shifted, -740.0)
    weights = np.ma.exp(terms).filled(0.0)
    return weights / weights.sum(axis=-1, keepdims=True)


# %% id=step-by-step-out style=in-place mistakes="" origin="a loop over steps, out= on slices"
def softmax(z):
    y_hat = np.zeros(z.shape)
    for z_t, p_t in zip(z, y_hat):
        np.subtract(z_t, z_t.max(axis=1)[:, None], out=p_t)
        np.exp(p_t, out=p_t)
        p_t /= p_t.sum(axis=1)[:, None]
    return y_hat


# %% id=module-with-dim style=framework mistakes="" origin="ported from a framework: a module with dim"
class Softmax:
    def __init__(self, dim):
        self.dim = dim

    def forward(self, input):
        max_, _ = self._max(input)
        out = np.exp(input - max_)
        return out / out.sum(self.dim, keepdims=True)

    def _max(self, input):
        index = np.expand_dims(input.argmax(self.dim), self.dim)
        return np.take_along_axis(input, index, self.dim), index

    __call__ = forward


def softmax(z):
    return Softmax(dim=2)(z)


# %% id=long-double style=vectorised mistakes="" origin="does it in long double, to be sure"
def softmax(z):
    precise = np.asarray(z, dtype=np.longdouble)
    precise = np.exp(precise - precise.max(axis=-1, keepdims=True))
    precise /= precise.sum(axis=-1, keepdims=True)
    return precise.astype(np.float64)
