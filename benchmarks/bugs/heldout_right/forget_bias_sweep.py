# %% id=all-biases-broadcast style=vectorised mistakes="" origin="one array (N, T, B, H), sum of logarithms"
def forget_bias_sweep(biases, a_f):
    log_f = -np.logaddexp(0, -(a_f[::-1] + np.reshape(biases, (-1, 1, 1, 1))))
    left = np.exp(np.cumsum(log_f, axis=1)).mean(axis=(2, 3))
    return np.hstack([np.ones((len(left), 1)), left])


# %% id=five-nested-loops style=loop mistakes="" origin="C programmer, every product from scratch"
import math


def gate(a):
    if a < 0:
        e = math.exp(a)
        return e / (1 + e)
    return 1 / (1 + math.exp(-a))


def forget_bias_sweep(biases, a_f):
    T, B, H = a_f.shape
    left = np.zeros((len(biases), T + 1))
    for n in range(len(biases)):
        for b in range(B):
            for j in range(H):
                product = 1.0
                left[n, 0] += product
                for k in range(1, T + 1):
                    product *= gate(a_f[T - k, b, j] + biases[n])
                    left[n, k] += product
    return left / (B * H)


# %% id=accumulate-the-gates style=functional mistakes="" origin="itertools.accumulate with multiplication"
from itertools import accumulate
from operator import mul


def forget_bias_sweep(biases, a_f):
    def row(b):
        gates = ((1 + np.tanh((a + b) / 2)) / 2 for a in reversed(a_f))
        return [np.mean(p) for p in accumulate(gates, mul, initial=np.ones(a_f[0].shape))]

    return np.array([row(b) for b in biases])


# %% id=backward-pass-of-the-cell style=class mistakes="" origin="sends ones back along c, as in training"
class CellPath:
    """Only c_prev -> c, gates held fixed."""

    def __init__(self, a_f, b_f):
        e = np.exp(-np.abs(a_f + b_f))
        self.f = np.where(a_f + b_f < 0, e, 1.0) / (1.0 + e)

    def gradients(self):
        dc = np.ones(self.f.shape[1:])
        yield dc
        for t in range(len(self.f) - 1, -1, -1):
            dc = dc * self.f[t]
            yield dc


def forget_bias_sweep(biases, a_f):
    rows = []
    for b_f in biases:
        rows.append([dc.sum() / dc.size for dc in CellPath(a_f, b_f).gradients()])
    return np.array(rows)


# %% id=multiply-accumulate-in-place style=in-place mistakes="" origin="units in rows, np.multiply.accumulate"
def forget_bias_sweep(biases, a_f):
    T = a_f.shape[0]
    units = a_f.reshape(T, -1).T[:, ::-1]  # (B * H, T), jüngster Schritt zuerst
    left = np.empty((len(biases), T + 1))
    for row, b in zip(left, biases):
        f = units + b
        f *= 0.5
        np.tanh(f, out=f)
        f += 1
        f *= 0.5
        row[0] = 1
        row[1:] = np.multiply.accumulate(f, axis=1).mean(axis=0)
    return left


# %% id=outer-sum-lag-by-lag style=vectorised mistakes="" origin="lag k from lag k - 1, all biases side by side"
def forget_bias_sweep(biases, a_f):
    biases = np.asarray(biases)
    sigmoid = lambda a: np.exp(np.minimum(a, 0)) / (1 + np.exp(-np.abs(a)))
    product = np.ones((biases.size,) + a_f.shape[1:])
    columns = [product.mean((1, 2))]
    for a_t in a_f[::-1]:
        product = product * sigmoid(np.add.outer(biases, a_t))
        columns.append(product.mean((1, 2)))
    return np.column_stack(columns)
