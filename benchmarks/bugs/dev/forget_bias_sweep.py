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

# %% id=bias-piles-up style=loop mistakes="the bias is added to a_f in place, so the biases of the earlier rows stay in it" origin="+= on an argument"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def forget_bias_sweep(biases, a_f):
    T = len(a_f)
    left = np.ones((len(biases), T + 1))
    for n, b in enumerate(biases):
        a = a_f
        a += b
        product = np.ones_like(a_f[0])
        for k in range(1, T + 1):
            product = product * sigmoid(a[T - k])
            left[n, k] = product.mean()
    return left

# %% id=last-lag-untouched style=stepwise mistakes="the loop stops one lag too early, left[:, T] stays 1" origin="off by one"
def forget_bias_sweep(biases, a_f):
    T, B, H = a_f.shape
    left = np.ones((len(biases), T + 1))
    for n in range(len(biases)):
        remaining = np.ones((B, H))
        for k in range(1, T):
            f = 1.0 / (1.0 + np.exp(-(a_f[T - k] + biases[n])))
            remaining *= f
            left[n, k] = remaining.mean()
    return left

# %% id=last-gate-to-the-power style=vectorised mistakes="the last gate is raised to the power k instead of multiplying each step's own gate" origin="gradient ~ f^k from a lecture"
def forget_bias_sweep(biases, a_f):
    T = a_f.shape[0]
    sigma = lambda a: 1 / (1 + np.exp(-a))
    k = np.arange(T + 1)
    rows = []
    for b in biases:
        f = sigma(a_f[-1] + b)
        rows.append((f[None] ** k[:, None, None]).mean(axis=(1, 2)))
    return np.array(rows)

# %% id=running-mean style=helper mistakes="the gates are averaged along the lags instead of multiplied" origin="beginner"
def gate(a):
    return np.exp(-np.logaddexp(0, -a))

def forget_bias_sweep(biases, a_f):
    T = a_f.shape[0]
    left = np.ones((len(biases), T + 1))
    for n, b_f in enumerate(biases):
        f = gate(a_f + b_f)[::-1]
        for k in range(1, T + 1):
            left[n, k] = f[:k].mean(axis=0).mean()
    return left

# %% id=sum-inside-the-sigmoid style=layout mistakes="the pre-activations are summed inside one sigmoid instead of multiplying the gates" origin="product of exponentials"
def forget_bias_sweep(biases, a_f):
    a = np.moveaxis(a_f, 0, 2)[..., ::-1]
    T = a.shape[-1]
    out = []
    for b in biases:
        total = np.cumsum(a + b, axis=-1)
        path = 1 / (1 + np.exp(-total))
        out.append(np.r_[1.0, path.reshape(-1, T).mean(axis=0)])
    return np.stack(out)

# %% id=bias-once style=class mistakes="the bias is added at the last step only, the other gates have none" origin="beginner"
class CellPath:
    def __init__(self, a_f):
        self.a_f = a_f
        self.ones = np.ones(a_f.shape[1:])

    def f(self, a):
        return 0.5 * (1 + np.tanh(a / 2))

    def walk(self, b):
        T = len(self.a_f)
        p = self.ones * self.f(self.a_f[T - 1] + b)
        values = [1.0, p.mean()]
        for t in range(T - 2, -1, -1):
            p = p * self.f(self.a_f[t])
            values.append(p.mean())
        return values

def forget_bias_sweep(biases, a_f):
    path = CellPath(a_f)
    return np.array([path.walk(b) for b in biases])

# %% id=columns-in-order-of-time style=einsum mistakes="the columns are in the order of time, the last one is lag 0" origin="beginner"
def forget_bias_sweep(biases, a_f):
    N, (T, B, H) = len(biases), a_f.shape
    a = a_f[None] + biases.reshape(N, 1, 1, 1)
    f = 1 / (1 + np.exp(-a))
    left = np.zeros((N, T + 1))
    product = np.ones((N, B, H))
    left[:, T] = 1.0
    for t in reversed(range(T)):
        product = product * f[:, t]
        left[:, t] = np.einsum("nbh->n", product) / (B * H)
    return left

# %% id=hard-gate-batch-mean-of-max style=vectorised mistakes="a hard sigmoid, clip(0.2 a + 0.5), stands for the sigmoid; the largest unit is taken instead of the mean over the units" origin="old Keras LSTM"
def hard_sigmoid(a):
    return np.clip(0.2 * a + 0.5, 0.0, 1.0)

def forget_bias_sweep(biases, a_f):
    left = np.ones((len(biases), len(a_f) + 1))
    for n, b in enumerate(biases):
        shares = np.cumprod(hard_sigmoid(a_f[::-1] + b), axis=0)
        left[n, 1:] = shares.max(axis=2).mean(axis=1)
    return left

# %% id=no-bias-logs-stay style=dictionary mistakes="the bias is not used; the mean is taken of the logarithms and then exponentiated" origin="beginner"
def forget_bias_sweep(biases, a_f):
    T = len(a_f)
    table = {}
    for n, b in enumerate(biases):
        log_f = -np.log(1 + np.exp(-a_f))
        walk = np.cumsum(log_f[::-1], axis=0)
        table[n] = [1.0] + [np.exp(walk[k].mean()) for k in range(T)]
    return np.array([table[n] for n in sorted(table)])

# %% id=sigmoid-of-sigmoid-shifted style=functional mistakes="sigmoid is applied twice; lag 0 has already passed a gate, everything is one lag too early" origin="beginner"
from itertools import accumulate

def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def forget_bias_sweep(biases, a_f):
    def row(b):
        f = sigmoid(a_f + b)
        gates = [sigmoid(f_t) for f_t in f[::-1]]
        path = list(accumulate(gates, np.multiply))
        path.append(path[-1])
        return [p.mean() for p in path]

    return np.array([row(b) for b in biases])

# %% id=factor-bias-first-unit-fresh-product style=loop mistakes="the bias multiplies the pre-activation instead of being added; only the first unit is counted; the product is not carried from lag to lag" origin="invented"
def forget_bias_sweep(biases, a_f):
    T, B, H = a_f.shape
    left = np.ones((len(biases), T + 1))
    for n in range(len(biases)):
        p = np.ones((B, H))
        for k in range(1, T + 1):
            a = biases[n] * a_f[T - k]
            f = 1 / (1 + np.exp(-a))
            p = f
            left[n, k] = p[:, 0].mean()
    return left

# %% id=root-forward-one-plus style=comprehension mistakes="the gates are multiplied from the first step on; the k-th root of the product is taken; the bias is counted from zero, b - b[0]" origin="invented"
def forget_bias_sweep(biases, a_f):
    T = len(a_f)
    shift = biases - biases[0]
    gates = [1 / (1 + np.exp(-(a_f + b))) for b in shift]
    paths = [np.cumprod(g, axis=0) for g in gates]
    return np.array([[1.0] + [(p[k - 1] ** (1 / k)).mean() for k in range(1, T + 1)] for p in paths])
