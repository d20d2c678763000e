# %% id=typed-helpers style=functional mistakes="" origin="engineer with a typed sigmoid and asserts"
def sigmoid(a: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-a)), for a of any size."""
    out = np.empty_like(a)
    right = a >= 0
    out[right] = 1.0 / (1.0 + np.exp(-a[right]))
    e = np.exp(a[~right])
    out[~right] = e / (1.0 + e)
    return out


def forget_bias_sweep(biases: np.ndarray, a_f: np.ndarray) -> np.ndarray:
    T, B, H = a_f.shape
    result = np.ones((len(biases), T + 1))
    for row, bias in enumerate(biases):
        f = sigmoid(a_f + bias)
        assert f.shape == (T, B, H)
        product = np.ones((B, H))
        for lag in range(1, T + 1):
            product = product * f[T - lag]
            result[row, lag] = product.mean()
    return result


# %% id=cumprod-of-flipped style=vectorised mistakes="" origin="np.cumprod of the flipped gates, a leading one"
def forget_bias_sweep(biases, a_f):
    rows = []
    for b in biases:
        f = 0.5 + 0.5 * np.tanh((np.flip(a_f, axis=0) + b) / 2)
        f = np.concatenate([np.ones((1, *f.shape[1:])), f])
        rows.append(np.cumprod(f, axis=0).reshape(len(f), -1).mean(axis=1))
    return np.vstack(rows)


# %% id=recursion-over-lags style=recursion mistakes="" origin="what is left after the last step, then the rest"
def _left(f, product):
    share = [np.average(product)]
    return share if len(f) == 0 else share + _left(f[:-1], product * f[-1])


def forget_bias_sweep(biases, a_f):
    gates = [np.exp(-np.logaddexp(0.0, -(a_f + b))) for b in np.asarray(biases)]
    return np.array([_left(f, np.ones(f.shape[1:])) for f in gates])


# %% id=prod-of-each-suffix style=loop mistakes="" origin="np.prod of the last k gates, from scratch for each lag"
def forget_bias_sweep(biases, a_f):
    out = np.zeros((len(biases), len(a_f) + 1))
    for n, bias in enumerate(biases):
        z = a_f + bias
        f = np.where(z > 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))
        for k in range(len(a_f) + 1):
            out[n, k] = np.prod(f[len(f) - k :], axis=0).mean()
    return out


# %% id=generator-of-shares style=generator mistakes="" origin="a generator for each bias, np.fromiter"
def _shares(bias, a_f):
    kept = np.ones_like(a_f[0])
    yield kept.mean()
    for a in a_f[::-1]:
        kept *= (1 + np.tanh(0.5 * (a + bias))) / 2
        yield kept.sum() / kept.size


def forget_bias_sweep(biases, a_f):
    count = a_f.shape[0] + 1
    return np.stack([np.fromiter(_shares(b, a_f), dtype=np.float64, count=count) for b in biases])


# %% id=einsum-for-the-mean style=einsum mistakes="" origin="all biases on a leading axis, the mean by einsum"
def forget_bias_sweep(biases, a_f):
    T, B, H = a_f.shape
    a = np.reshape(biases, (-1, 1, 1, 1)) + a_f
    e = np.exp(-np.abs(a))
    f = np.where(a < 0, e, 1) / (1 + e)
    products = np.multiply.accumulate(f[:, ::-1], axis=1)
    left = np.einsum("ntbh->nt", products) / (B * H)
    return np.pad(left, ((0, 0), (1, 0)), constant_values=1.0)


# %% id=cached-by-lag style=recursion mistakes="" origin="functools.lru_cache on a recursion over lags"
from functools import lru_cache


def forget_bias_sweep(biases, a_f):
    T = len(a_f)

    @lru_cache(maxsize=None)
    def product(n, lag):
        if lag == 0:
            return np.ones(a_f.shape[1:])
        a = a_f[T - lag] + biases[n]
        return product(n, lag - 1) * np.exp(-np.logaddexp(0, -a))

    return np.array([[product(n, lag).mean() for lag in range(T + 1)] for n in range(len(biases))])
