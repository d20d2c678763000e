# %% id=table-of-functions style=functional mistakes="" origin="student who dislikes if"
def _soft(z):
    return np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True))

HEADS = {
    "softmax": (_soft, lambda K: 1.0),
    "sigmoid": (lambda z: np.exp(-np.logaddexp(0, -z)), lambda K: 1.0),
    "identity": (lambda z: z, lambda K: 2.0 / K),
}

def delta_y_heads(z, y, head):
    activation, factor = HEADS[head]
    return factor(z.shape[2]) / z.shape[1] * (activation(z) - y)

# %% id=jacobian-of-softmax style=einsum mistakes="" origin="mathematician: the chain rule in full"
def delta_y_heads(z, y, head):
    T, B, K = z.shape
    if head == "softmax":
        p = np.exp(z - z.max(axis=2, keepdims=True))
        p = p / np.einsum("tbk->tb", p)[..., None]
        jac = np.einsum("tbi,ij->tbij", p, np.eye(K)) - np.einsum("tbi,tbj->tbij", p, p)
        return np.einsum("tbi,tbij->tbj", -y / p, jac) / B
    if head == "sigmoid":
        return ((1 + np.tanh(z / 2)) / 2 - y) / B
    residual = z - y
    return (residual + residual) / (B * K)

# %% id=losses-as-subclasses style=class mistakes="" origin="ported from a framework's loss modules"
class Loss:
    def __init__(self, z, y):
        self.z, self.y = z, y

    def grad(self):
        return (self.activation() - self.y) * self.scale() / self.z.shape[1]

    def scale(self):
        return 1

class CrossEntropyLoss(Loss):
    def activation(self):
        e = np.exp(self.z - self.z.max(-1)[..., None])
        return e / e.sum(-1)[..., None]

class BCEWithLogitsLoss(Loss):
    def activation(self):
        small = np.exp(-np.abs(self.z))
        return np.where(self.z >= 0, 1 / (1 + small), small / (1 + small))

class MSELoss(Loss):
    def activation(self):
        return self.z

    def scale(self):
        return 2 / self.z.shape[-1]

def delta_y_heads(z, y, head):
    kinds = dict(softmax=CrossEntropyLoss, sigmoid=BCEWithLogitsLoss, identity=MSELoss)
    return kinds[head](z, y).grad()

# %% id=guess-by-guess-lists style=float-lists mistakes="" origin="pure Python from a blog post"
import math

def delta_y_heads(z, y, head):
    n, K = len(z[0]), len(z[0][0])

    def predict(row):
        if head == "softmax":
            top = max(row)
            e = [math.exp(v - top) for v in row]
            return [v / sum(e) for v in e]
        if head == "sigmoid":
            return [0.5 + 0.5 * math.tanh(0.5 * v) for v in row]
        return row

    c = 2 / K if head == "identity" else 1
    return [[[c * (p - t) / n for p, t in zip(predict(r), s)] for r, s in zip(zs, ys)] for zs, ys in zip(z.tolist(), y.tolist())]

# %% id=square-without-its-two style=branches mistakes="the 2 of the squared error's derivative is missing" origin="half the squared error in the notes"
def delta_y_heads(z, y, head):
    B = z.shape[1]
    if head == "softmax":
        ez = np.exp(z - z.max(axis=-1, keepdims=True))
        d = ez / ez.sum(axis=-1, keepdims=True) - y
    elif head == "sigmoid":
        d = 0.5 * (np.tanh(0.5 * z) + 1) - y
    else:
        d = (z - y) / z.shape[-1]
    return d / B

# %% id=sigmoid-derivative-once-more style=helpers mistakes="the sigmoid head has the derivative y_hat (1 - y_hat) once more" origin="ported from a squared-error layer"
def sig(v):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-v))

def delta_y_heads(z, y, head):
    _, m, n_y = z.shape
    if head == "sigmoid":
        a = sig(z)
        return (a - y) * a * (1 - a) / m
    if head == "identity":
        return 2 / (m * n_y) * (z - y)
    t = np.exp(z - np.max(z, -1, keepdims=True))
    return (t / t.sum(-1, keepdims=True) - y) / m

# %% id=outputs-averaged-everywhere style=vectorised mistakes="the sigmoid head is a mean over the outputs" origin="reduction='mean' in a framework"
def delta_y_heads(z, y, head):
    T, B, K = z.shape
    y_hat = z
    norm = B
    if head == "softmax":
        y_hat = np.exp(z - z.max(axis=2, keepdims=True))
        y_hat /= y_hat.sum(axis=2, keepdims=True)
    if head == "sigmoid":
        y_hat = 1 / (1 + np.exp(-np.clip(z, -700, 700)))
        norm = B * K
    if head == "identity":
        norm = B * K / 2
    return (y_hat - y) / norm

# %% id=flipped-softmax-summed-square style=match mistakes="the softmax head has the wrong sign; the squared error is a sum over the outputs instead of a mean" origin="beginner"
def delta_y_heads(z, y, head):
    B, K = z.shape[1], z.shape[2]
    match head:
        case "softmax":
            num = np.exp(z - z.max(axis=-1, keepdims=True))
            prob = num / num.sum(axis=-1, keepdims=True)
            return (y - prob) / B
        case "sigmoid":
            return (np.tanh(z / 2) / 2 + 0.5 - y) / B
        case "identity":
            return 2 * (z - y) / (B)

# %% id=sum-over-batch-and-sigmoids style=dict mistakes="mean over the batch is missing; the softmax head uses a sigmoid" origin="beginner"
def delta_y_heads(z, y, head):
    logistic = lambda a: 0.5 * (1 + np.tanh(a / 2))

    def soft(a):
        e = np.exp(a - a.max(2, keepdims=True))
        return e / e.sum(2, keepdims=True)

    act = {"softmax": logistic, "sigmoid": logistic, "identity": lambda a: a}[head]
    k = {"identity": 2 / z.shape[2]}.get(head, 1)
    return k * (act(z) - y)

# %% id=tanh-head-time-mean-minus style=framework mistakes="the sigmoid head uses tanh; every head is divided by T as well; the identity head has the wrong sign" origin="invented"
class Head:
    def __init__(self, kind):
        self.kind = kind

    def __call__(self, logits):
        if self.kind == "sigmoid":
            return np.tanh(logits)
        if self.kind == "softmax":
            e = np.exp(logits - np.max(logits, axis=-1, keepdims=True))
            return e / np.sum(e, axis=-1, keepdims=True)
        return logits

def delta_y_heads(z, y, head):
    steps, batch, outputs = z.shape
    error = Head(head)(z) - y
    if head == "identity":
        error = error * -2 / outputs
    return error / batch / steps

# %% id=no-target-no-two-batch-axis style=stepwise mistakes="the softmax head does not subtract the target; the 2 of the squared error's derivative is missing; the sigmoid head has no mean over the batch" origin="beginner"
def delta_y_heads(z, y, head):
    res = np.zeros(z.shape)
    B = z.shape[1]
    for t in range(z.shape[0]):
        if head == "softmax":
            w = np.exp(z[t] - z[t].max(axis=1)[:, None])
            w = w / w.sum(axis=1)[:, None]
            res[t] = (w) / B
        elif head == "sigmoid":
            res[t] = 1 / (1 + np.exp(-z[t])) - y[t]
        else:
            res[t] = (z[t] - y[t]) / B / z.shape[2]
    return res

# %% id=or-that-is-always-true style=branches mistakes="the condition head == 'sigmoid' or 'identity' is always true, so the identity head gets a sigmoid" origin="beginner in Python"
def delta_y_heads(z, y, head):
    T, B, K = z.shape
    scale = 1.0
    if head == "softmax":
        y_hat = np.exp(z - z.max(axis=2, keepdims=True))
        y_hat /= y_hat.sum(axis=2, keepdims=True)
    elif head == "sigmoid" or "identity":
        y_hat = 0.5 + 0.5 * np.tanh(z / 2)
        if head == "identity":
            scale = 2.0 / K
    return scale * (y_hat - y) / B

# %% id=len-is-time style=dispatch mistakes="the gradient is divided by T, len(z), instead of B" origin="batch-first habit"
HEADS = {
    "softmax": lambda z: np.exp(z - z.max(-1, keepdims=True)) / np.exp(z - z.max(-1, keepdims=True)).sum(-1, keepdims=True),
    "sigmoid": lambda z: (1 + np.tanh(z / 2)) / 2,
    "identity": lambda z: z,
}

def delta_y_heads(z, y, head):
    delta = HEADS[head](z) - y
    if head == "identity":
        delta = 2 * delta / z.shape[-1]
    return delta / len(z)

# %% id=two-without-k style=vectorised mistakes="kappa of the identity head is 2, the mean over the K outputs is forgotten" origin="derivative of the sum of squares"
def delta_y_heads(z, y, head):
    batch = z.shape[1]
    if head == "identity":
        return 2 * (z - y) / batch
    if head == "sigmoid":
        e = np.exp(-np.abs(z))
        return (np.where(z >= 0, 1, e) / (1 + e) - y) / batch
    shifted = z - np.max(z, axis=-1)[..., None]
    p = np.exp(shifted)
    return (p / np.sum(p, axis=-1)[..., None] - y) / batch

# %% id=gradient-of-the-prediction style=chain-rule mistakes="the sigmoid head returns dL/dy_hat, its derivative y_hat (1 - y_hat) is not multiplied in" origin="specialisation, dAL without dZL"
def delta_y_heads(z, y, head):
    _, m, K = z.shape
    if head == "softmax":
        e = np.exp(z - z.max(axis=-1, keepdims=True))
        return (e / e.sum(axis=-1, keepdims=True) - y) / m
    if head == "sigmoid":
        AL = 1 / (1 + np.exp(-np.clip(z, -700, 700)))
        dAL = -(np.divide(y, AL) - np.divide(1 - y, np.maximum(1 - AL, 1e-300)))
        return dAL / m
    return (2 / K) * (z - y) / m

# %% id=softmax-across-the-batch style=helper mistakes="the softmax sums over the batch, axis 1, instead of the classes" origin="ported from (B, K) code"
def probabilities(z, axis=1):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)

def delta_y_heads(z, y, head):
    B, K = z.shape[1:]
    kappa = {"softmax": 1, "sigmoid": 1, "identity": 2 / K}[head]
    if head == "softmax":
        y_hat = probabilities(z)
    elif head == "sigmoid":
        y_hat = 0.5 * (1 + np.tanh(0.5 * z))
    else:
        y_hat = z
    return kappa * (y_hat - y) / B

# %% id=e-to-the-thousand style=classes mistakes="the sigmoid is exp(z) / (1 + exp(z)), which overflows to nan for large logits" origin="formula from Wikipedia"
class Head:
    def kappa(self, K):
        return 1.0

    def delta(self, z, y):
        return self.kappa(z.shape[2]) * (self.predict(z) - y) / z.shape[1]

class SoftmaxHead(Head):
    def predict(self, z):
        e = np.exp(z - z.max(axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)

class SigmoidHead(Head):
    def predict(self, z):
        return np.exp(z) / (1 + np.exp(z))

class IdentityHead(Head):
    def kappa(self, K):
        return 2.0 / K

    def predict(self, z):
        return z

def delta_y_heads(z, y, head):
    return {"softmax": SoftmaxHead, "sigmoid": SigmoidHead, "identity": IdentityHead}[head]().delta(z, y)

# %% id=derivative-of-the-softmax-again style=chain-rule mistakes="the softmax head is multiplied by y_hat (1 - y_hat) once more" origin="delta of a squared error network"
def delta_y_heads(z, y, head):
    T, B, K = z.shape
    if head == "softmax":
        out = np.zeros((T, B, K))
        for t in range(T):
            p = np.exp(z[t] - z[t].max(axis=1)[:, None])
            p = p / p.sum(axis=1)[:, None]
            out[t] = (p - y[t]) * p * (1 - p)
        return out / B
    if head == "sigmoid":
        return (1 / (1 + np.exp(-z)) - y) / B
    return 2 * (z - y) / (B * K)

# %% id=flipped-and-without-the-two style=branches mistakes="delta_y is y - y_hat, the wrong sign; kappa of the identity head is 1/K, the 2 is missing" origin="error = target - output"
def delta_y_heads(z, y, head):
    _, B, K = z.shape
    k = 1
    if head == "softmax":
        z = z - z.max(axis=-1, keepdims=True)
        out = np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)
    elif head == "sigmoid":
        out = 1.0 / (1.0 + np.exp(-z))
    else:
        out = z
        k = 1 / K
    error = y - out
    return k * error / B

# %% id=time-axis-and-mean-over-outputs style=einsum mistakes="the softmax sums over time, axis 0; the sigmoid head is divided by K" origin="beginner"
def delta_y_heads(z, y, head):
    B, K = z.shape[1], z.shape[2]
    if head == "softmax":
        e = np.exp(z - z.max(axis=2, keepdims=True))
        total = np.einsum("tbk->bk", e)[None]
        return (e / total - y) / B
    if head == "sigmoid":
        return (0.5 * np.tanh(z / 2) + 0.5 - y) / (B * K)
    return (z - y) * 2 / (B * K)

# %% id=sum-over-batch-and-logistic-slope style=per-sample mistakes="nothing is divided by B; the sigmoid head has the factor y_hat (1 - y_hat) once more" origin="beginner"
def delta_y_heads(z, y, head):
    delta = np.zeros(z.shape)
    for t, b in np.ndindex(z.shape[:2]):
        row = z[t, b]
        if head == "softmax":
            e = np.exp(row - max(row))
            delta[t, b] = e / sum(e) - y[t, b]
        elif head == "sigmoid":
            s = 0.5 * (1 + np.tanh(row / 2))
            delta[t, b] = (s - y[t, b]) * s * (1 - s)
        else:
            delta[t, b] = 2 * (row - y[t, b]) / len(row)
    return delta

# %% id=one-slip-in-each-head style=dispatch mistakes="the softmax is normalised over the batch; the sigmoid head is multiplied by y_hat (1 - y_hat); kappa of the identity head is 1, it lacks 2/K" origin="invented from forum questions"
def _softmax(z, y):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True) - y

def _sigmoid(z, y):
    s = 1 / (1 + np.exp(-z))
    return (s - y) * s * (1 - s)

def _identity(z, y):
    return z - y

def delta_y_heads(z, y, head):
    return {"softmax": _softmax, "sigmoid": _sigmoid, "identity": _identity}[head](z, y) / z.shape[1]

# %% id=time-for-batch-tanh-half-two style=branches mistakes="B is read from axis 0, which is time; the sigmoid is built with tanh(z) instead of tanh(z/2); kappa of the identity head is 2" origin="beginner"
def delta_y_heads(z, y, head):
    B, K = z.shape[0], z.shape[-1]
    kappa = 1
    if head == "softmax":
        e = np.exp(z - z.max(axis=-1, keepdims=True))
        y_hat = e / e.sum(axis=-1, keepdims=True)
    elif head == "sigmoid":
        y_hat = (np.tanh(z) + 1) / 2
    elif head == "identity":
        y_hat = z
        kappa = 2
    return kappa * (y_hat - y) / B
