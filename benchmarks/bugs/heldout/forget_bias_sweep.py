# %% id=from-the-first-step style=loop mistakes="the gates are multiplied from the first step on" origin="beginner"
def forget_bias_sweep(biases, a_f):
    T = len(a_f)
    left = np.ones((len(biases), T + 1))
    for n, b in enumerate(biases):
        product = np.ones(a_f.shape[1:])
        for k in range(1, T + 1):
            gate = 1 / (1 + np.exp(-(a_f[k - 1] + b)))
            product = product * gate
            left[n, k] = product.mean()
    return left


# %% id=product-of-the-means style=vectorised mistakes="the product of the means is taken instead of the mean of the products" origin="beginner"
def forget_bias_sweep(biases, a_f):
    f = 0.5 * (1 + np.tanh(0.5 * (a_f[None] + biases[:, None, None, None])))
    f = f[:, ::-1]
    left = np.cumprod(f.mean(axis=(2, 3)), axis=1)
    return np.concatenate([np.ones((len(biases), 1)), left], axis=1)


# %% id=goes-on-with-the-next-bias style=loop mistakes="the product is not restarted for each bias" origin="beginner"
def forget_bias_sweep(biases, a_f):
    T, B, H = a_f.shape
    rows = []
    product = np.ones((B, H))
    for b in biases:
        row = [1.0]
        for a in reversed(a_f):
            product = product / (1 + np.exp(-a - b))
            row.append(np.mean(product))
        rows.append(row)
    return np.array(rows)


# %% id=no-lag-zero-and-no-sigmoid style=loop mistakes="the bias is added after the sigmoid; the gates are multiplied from the first step on" origin="beginner"
def forget_bias_sweep(biases, a_f):
    T = a_f.shape[0]
    left = np.zeros((biases.size, T + 1))
    sig = lambda a: 1 / (1 + np.exp(-a))
    for n in range(biases.size):
        p = np.ones_like(a_f[0])
        left[n, 0] = 1
        for k in range(T):
            p = p * (sig(a_f[k]) + biases[n])
            left[n, k + 1] = p.mean()
    return left


# %% id=sum-of-logarithms style=vectorised mistakes="" origin="forum"
def forget_bias_sweep(biases, a_f):
    log_f = -np.logaddexp(0, -(a_f[np.newaxis, ::-1] + biases.reshape(-1, 1, 1, 1)))
    log_f = np.pad(log_f, ((0, 0), (1, 0), (0, 0), (0, 0)))
    return np.exp(np.cumsum(log_f, axis=1)).mean(axis=(2, 3))


# %% id=unit-by-unit style=generator mistakes="" origin="beginner who likes yield"
def shrink(gates):
    p = 1.0
    yield p
    for f in gates:
        p *= f
        yield p


def forget_bias_sweep(biases, a_f):
    T, B, H = a_f.shape
    left = np.zeros((len(biases), T + 1))
    for n in range(len(biases)):
        for b in range(B):
            for j in range(H):
                gates = 1 / (1 + np.exp(-(a_f[::-1, b, j] + biases[n])))
                left[n] += np.array(list(shrink(gates))) / (B * H)
    return left
