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
