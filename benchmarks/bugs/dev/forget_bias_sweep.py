# %% id=whole-grid-at-once style=vectorised mistakes="" origin="NumPy user"
def forget_bias_sweep(biases, a_f):
    gates = 1 / (1 + np.exp(-(a_f[None, ::-1] + biases[:, None, None, None])))
    left = np.cumprod(gates, axis=1).mean(axis=(2, 3))
    return np.concatenate([np.ones((len(biases), 1)), left], axis=1)

# %% id=logarithms-of-gates style=layout mistakes="" origin="numerical analyst"
def forget_bias_sweep(biases, a_f):
    a = np.moveaxis(np.flip(a_f, 0), 0, -1).reshape(-1, len(a_f))
    table = []
    for bias in biases:
        logs = -np.logaddexp(0.0, -(a + bias))
        path = np.hstack([np.zeros((len(a), 1)), np.cumsum(logs, axis=1)])
        table.append(np.exp(path).mean(axis=0))
    return np.array(table)

# %% id=accumulate-with-mul style=functional mistakes="" origin="functional programmer"
from functools import reduce
from itertools import accumulate
from operator import mul

def forget_bias_sweep(biases, a_f):
    def row(b):
        gates = [0.5 + 0.5 * np.tanh((a + b) / 2) for a in reversed(a_f)]
        return [np.mean(p) for p in accumulate(gates, mul, initial=np.ones(a_f[0].shape))]

    return reduce(lambda done, b: done + [row(b)], biases, [])

# %% id=every-path-by-itself style=loop mistakes="" origin="beginner"
import math

def forget_bias_sweep(biases, a_f):
    T, B, H = a_f.shape
    left = [[0.0] * (T + 1) for _ in biases]
    for n, bias in enumerate(biases):
        for b in range(B):
            for j in range(H):
                share = 1.0
                left[n][0] += share / (B * H)
                for k in range(1, T + 1):
                    share *= 1 / (1 + math.exp(-a_f[T - k, b, j] - bias))
                    left[n][k] += share / (B * H)
    return left

# %% id=from-the-first-gate style=vectorised mistakes="the gates are multiplied from the first step on" origin="beginner"
def forget_bias_sweep(biases, a_f):
    T = a_f.shape[0]
    out = np.ones((len(biases), T + 1))
    for n in range(len(biases)):
        f = 1 / (1 + np.exp(-(a_f + biases[n])))
        for k in range(1, T + 1):
            out[n, k] = np.prod(f[:k], axis=0).mean()
    return out

# %% id=slope-for-gate style=helper mistakes="the derivative of sigmoid is multiplied instead of the gate" origin="chain rule applied once too often"
def sigma(a):
    return 1 / (1 + np.exp(-a))

def forget_bias_sweep(biases, a_f):
    rows = []
    for bias in biases:
        product, row = np.ones_like(a_f[0]), [1.0]
        for a in a_f[::-1]:
            gate = sigma(a + bias)
            product = product * gate * (1 - gate)
            row.append(product.mean())
        rows.append(row)
    return np.array(rows)

# %% id=index-one-too-small style=generator mistakes="each lag reads the gate one step too early, a_f[T - k - 1]" origin="off by one"
def forget_bias_sweep(biases, a_f):
    T = len(a_f)

    def walk(b):
        left = np.ones(a_f.shape[1:])
        yield left.mean()
        for k in range(1, T + 1):
            left = left / (1 + np.exp(-(a_f[T - k - 1] + b)))
            yield left.mean()

    return np.array([list(walk(b)) for b in biases])

# %% id=bias-minus-mean-per-step style=einsum mistakes="the bias has the wrong sign; the product of the means is taken instead of the mean of the products" origin="beginner"
def forget_bias_sweep(biases, a_f):
    T, B, H = a_f.shape
    z = a_f[np.newaxis] - np.einsum("n,tbh->ntbh", biases, np.ones_like(a_f))
    f = 1 / (1 + np.exp(-z[:, ::-1]))
    left = np.cumprod(f.mean(axis=(2, 3)), axis=1)
    return np.column_stack([np.ones(len(biases)), left])

# %% id=tanh-gate-running-on style=loop mistakes="the gate uses tanh instead of sigmoid; the product is not restarted for each bias" origin="beginner"
def forget_bias_sweep(biases, a_f):
    T, B, H = a_f.shape
    result = np.ones((biases.size, T + 1))
    carry = np.ones((B, H))
    for n, bf in enumerate(biases):
        for lag in range(1, T + 1):
            pre = a_f[-lag] + bf
            carry = carry * np.tanh(pre)
            result[n, lag] = carry.mean()
    return result

# %% id=outside-open-only-first-sample style=class mistakes="the bias is added after the sigmoid; only the first sample of the batch is counted; the gates are multiplied from the first step on" origin="invented"
class CellPath:
    def __init__(self, a_f):
        self.a = a_f[::1]

    def sigmoid(self, a):
        return 1 / (1 + np.exp(-a))

    def left(self, bias):
        f = self.sigmoid(self.a) + bias
        products = np.cumprod(f, axis=0)
        return np.append(1.0, products[:, 0].mean(axis=1))

def forget_bias_sweep(biases, a_f):
    path = CellPath(a_f)
    return np.array([path.left(b) for b in biases])

# %% id=what-is-forgotten-double-bias-summed-units style=comprehension mistakes="1 - f is multiplied instead of f; the bias counts twice; the sum over the units is taken instead of the mean" origin="invented"
def forget_bias_sweep(biases, a_f):
    T, B, H = a_f.shape
    sig = lambda a: 1 / (1 + np.exp(-a))
    gates = lambda b: [1 - sig(a_f[T - k] + 2 * b) for k in range(1, T + 1)]
    rows = [[1.0] + [float(np.multiply.reduce(gates(b)[:k]).sum(axis=1).mean()) for k in range(1, T + 1)] for b in biases]
    return np.array(rows)
