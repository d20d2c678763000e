# %% id=plain-difference style=vectorised mistakes="kappa is 1 in the identity head" origin="beginner: three heads, one line"
def delta_y_heads(z, y, head):
    B, K = z.shape[1:]
    kappa = 1.0
    if head == "softmax":
        e = np.exp(z - z.max(axis=-1, keepdims=True))
        y_hat = e / e.sum(axis=-1, keepdims=True)
    elif head == "sigmoid":
        y_hat = 0.5 * (1 + np.tanh(z / 2))
    else:
        y_hat = z
    return kappa * (y_hat - y) / B


# %% id=half-of-the-square style=vectorised mistakes="2 is missing in the identity head" origin="loss with 1/2 in front"
def delta_y_heads(z, y, head):
    B = z.shape[1]
    if head == "identity":
        return (z - y) / (B * z.shape[2])
    if head == "sigmoid":
        return (1 / (1 + np.exp(-np.clip(z, -700, 700))) - y) / B
    p = np.exp(z - z.max(axis=2, keepdims=True))
    p /= p.sum(axis=2, keepdims=True)
    return (p - y) / B


# %% id=sum-of-squares style=framework mistakes="1/K is missing in the identity head" origin="sum of squared errors"
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))

def delta_y_heads(z, y, head):
    n = z.shape[1]
    if head == "softmax":
        return (softmax(z) - y) / n
    if head == "sigmoid":
        return (sigmoid(z) - y) / n
    return 2 * (z - y) / n


# %% id=sigmoid-by-positive-exponent style=vectorised mistakes="sigmoid overflows" origin="textbook formula"
def delta_y_heads(z, y, head):
    T, B, K = z.shape
    if head == "sigmoid":
        y_hat, kappa = np.exp(z) / (1 + np.exp(z)), 1
    elif head == "softmax":
        y_hat = np.exp(z - np.max(z, axis=-1, keepdims=True))
        y_hat, kappa = y_hat / np.sum(y_hat, axis=-1, keepdims=True), 1
    elif head == "identity":
        y_hat, kappa = z, 2 / K
    return kappa * (y_hat - y) / B


# %% id=chain-rule-once-too-often style=vectorised mistakes="the derivative of sigmoid is applied once more" origin="knows sigmoid' = s (1 - s)"
def delta_y_heads(z, y, head):
    B, K = z.shape[1], z.shape[2]
    if head == "identity":
        return (2.0 / K) * (z - y) / B
    elif head == "sigmoid":
        s = np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))
        return (s - y) * s * (1 - s) / B
    else:
        s = np.exp(z - z.max(-1, keepdims=True))
        s = s / s.sum(-1, keepdims=True)
        return (s - y) / B


# %% id=all-guesses-count-alike style=class mistakes="the mean is also taken over time" origin="np.mean habit"
class Head:
    def softmax(self, z):
        e = np.exp(z - z.max(axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)

    def sigmoid(self, z):
        return np.tanh(z / 2) / 2 + 0.5

    def identity(self, z):
        return z

def delta_y_heads(z, y, head):
    y_hat = getattr(Head(), head)(z)
    n = z.shape[1] * z.shape[0]
    kappa = 2 / z.shape[2] if head == "identity" else 1
    return kappa * (y_hat - y) / n


# %% id=one-sequence style=per-sample mistakes="mean over the batch is missing" origin="formula for one sample"
def delta_y_heads(z, y, head):
    out = np.zeros_like(z)
    T, B, K = z.shape
    for t in range(T):
        for b in range(B):
            v = z[t, b]
            if head == "softmax":
                p = np.exp(v - v.max())
                d = p / p.sum() - y[t, b]
            elif head == "sigmoid":
                d = np.array([1 / (1 + np.exp(-a)) for a in np.clip(v, -700, 700)]) - y[t, b]
            else:
                d = 2 * (v - y[t, b]) / K
            out[t, b] = d
    return out


# %% id=target-minus-guess style=vectorised mistakes="delta_y has the wrong sign; 2 is missing in the identity head" origin="target minus prediction"
def delta_y_heads(z, y, head):
    B, K = z.shape[1:]
    act = {
        "softmax": lambda v: np.exp(v - np.logaddexp.reduce(v, axis=-1, keepdims=True)),
        "sigmoid": lambda v: np.exp(-np.logaddexp(0.0, -v)),
        "identity": lambda v: v,
    }
    const = {"softmax": 1, "sigmoid": 1, "identity": 1 / K}
    error = y - act[head](z)
    return const[head] * error / B


# %% id=softmax-over-batch-and-squares style=framework mistakes="softmax runs over the batch axis; 1/K is missing in the identity head" origin="ported from code for (batch, classes)"
def delta_y_heads(z, y, head):
    m = z.shape[1]
    if head == "softmax":
        e = np.exp(z - z.max(axis=1, keepdims=True))
        A = e / np.sum(e, axis=1, keepdims=True)
        dZ = A - y
    elif head == "sigmoid":
        A = (1 + np.tanh(z * 0.5)) * 0.5
        dZ = A - y
    elif head == "identity":
        dZ = 2 * (z - y)
    return dZ / m


# %% id=sigmoid-mean-over-classes style=vectorised mistakes="1/K is too much in the sigmoid head; mean over the batch is missing" origin="ported from binary_crossentropy"
def delta_y_heads(z, y, head):
    B, K = z.shape[1:]
    kappa = 1.0
    if head == "softmax":
        z = z - z.max(axis=-1, keepdims=True)
        y_hat = np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)
    elif head == "sigmoid":
        y_hat = np.exp(-np.logaddexp(0, -z))
        kappa = 1 / K
    else:
        y_hat = z
        kappa = 2 / K
    return kappa * (y_hat - y)


# %% id=derivative-of-all style=vectorised mistakes="the derivative of sigmoid is applied once more; the derivative of softmax is applied once more; kappa is 1 in the identity head" origin="applies the chain rule mechanically"
def delta_y_heads(z, y, head):
    B, K = z.shape[1:]
    if head == "sigmoid":
        p = 0.5 + 0.5 * np.tanh(0.5 * z)
        g = (p - y) * p * (1 - p)
    elif head == "softmax":
        p = np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True))
        g = (p - y) * p * (1 - p)
    else:
        g = z - y
    return g / B


# %% id=tanh-no-mean-axis style=loop mistakes="tanh instead of sigmoid; mean over the batch is missing; softmax runs over the batch axis" origin="beginner"
def delta_y_heads(z, y, head):
    res = []
    for z_t, y_t in zip(z, y):
        B, K = z_t.shape
        if head == "softmax":
            ex = np.exp(z_t - z_t.max())
            p, kappa = ex / ex.sum(axis=0, keepdims=True), 1
        elif head == "sigmoid":
            p, kappa = np.tanh(z_t), 1
        else:
            p, kappa = z_t, 2 / K
        res.append(kappa * (p - y_t))
    return np.stack(res)


# %% id=table-of-functions style=vectorised mistakes="" origin="functional style"
def delta_y_heads(z, y, head):
    T, B, K = z.shape
    table = dict(
        softmax=(1, lambda: np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True))),
        sigmoid=(1, lambda: np.exp(-np.logaddexp(0, -z))),
        identity=(2 / K, lambda: z),
    )
    kappa, predict = table[head]
    return kappa / B * (predict() - y)


# %% id=two-class-softmax style=broadcasting mistakes="" origin="sees sigmoid as softmax of (0, z)"
def delta_y_heads(z, y, head):
    def soft(v):
        w = np.exp(v - v.max(axis=-1, keepdims=True))
        return w / w.sum(axis=-1, keepdims=True)

    B = z.shape[1]
    if head == "softmax":
        return (soft(z) - y) / B
    if head == "sigmoid":
        return (soft(np.stack([np.zeros_like(z), z], axis=-1))[..., 1] - y) / B
    return np.divide(2.0 * np.subtract(z, y), B * z.shape[-1])


# %% id=scalar-sigmoid style=vectorize mistakes="" origin="C programmer"
import math

def sigma(a):
    if a >= 0:
        return 1.0 / (1.0 + math.exp(-a))
    e = math.exp(a)
    return e / (1.0 + e)

def delta_y_heads(z, y, head):
    K, B = z.shape[2], z.shape[1]
    if head == "sigmoid":
        y_hat = np.vectorize(sigma)(z)
    elif head == "softmax":
        y_hat = np.array([[np.exp(v - max(v)) / sum(np.exp(v - max(v))) for v in step] for step in z])
    else:
        y_hat = z.copy()
    out = y_hat - y
    out /= B
    if head == "identity":
        out *= 2
        out /= K
    return out


# %% id=head-classes style=class mistakes="" origin="object-oriented beginner"
class Identity:
    def predict(self, z): return z
    def kappa(self, z): return 2 / z.shape[-1]

class Sigmoid(Identity):
    def predict(self, z): return (np.tanh(z / 2) + 1) / 2
    def kappa(self, z): return 1

class Softmax(Sigmoid):
    def predict(self, z):
        e = np.exp(z - z.max(axis=-1)[..., None])
        return e / e.sum(axis=-1)[..., None]

def delta_y_heads(z, y, head):
    h = {"softmax": Softmax, "sigmoid": Sigmoid, "identity": Identity}[head]()
    return h.kappa(z) * (h.predict(z) - y) / z.shape[1]


# %% id=jacobian-times-gradient style=einsum mistakes="" origin="does it the long way"
def delta_y_heads(z, y, head):
    B, K = z.shape[1:]
    if head == "softmax":
        e = np.exp(z - z.max(axis=-1, keepdims=True))
        p = e / e.sum(axis=-1, keepdims=True)
        c = y.argmax(axis=-1)
        # d(-log p_c)/dz = -(1/p_c) * row c of the Jacobian; p_c cancels
        J_row_over_p = np.eye(K)[c] - p
        return -J_row_over_p / B
    if head == "sigmoid":
        with np.errstate(over="ignore"):
            p = 1 / (1 + np.exp(-z))
        return np.einsum("tbk->tbk", p - y) / B
    return np.einsum(",tbk->tbk", 2 / (K * B), z - y)


# %% id=classes-first-match style=layout mistakes="" origin="course with arrays (n_y, m, T)"
def delta_y_heads(z, y, head):
    Z, Y = z.T, y.T            # (K, B, T)
    K, m, T = Z.shape
    match head:
        case "softmax":
            A = np.exp(Z - Z.max(axis=0))
            dZ = A / A.sum(axis=0) - Y
        case "sigmoid":
            A = 1 / (1 + np.exp(-np.clip(Z, -709, 709)))
            dZ = A - Y
        case "identity":
            dZ = (Z - Y) * 2 / K
    return (dZ / m).T
