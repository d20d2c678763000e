# %% id=early-returns style=vectorised mistakes="" origin="engineer with type hints and early returns"
def delta_y_heads(z: np.ndarray, y: np.ndarray, head: str) -> np.ndarray:
    """Gradient of the loss with respect to the logits."""
    T, B, K = z.shape
    if head == "identity":
        return 2.0 * (z - y) / (B * K)
    if head == "sigmoid":
        return (0.5 * (1.0 + np.tanh(0.5 * z)) - y) / B
    assert head == "softmax", f"unknown head {head!r}"
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return (e / e.sum(axis=-1, keepdims=True) - y) / B


# %% id=registered-by-a-decorator style=closure mistakes="" origin="a registry filled by a decorator"
REGISTRY = {}


def register(name):
    def remember(function):
        REGISTRY[name] = function
        return function

    return remember


@register("softmax")
def _softmax(z, y):
    z = z - np.max(z, axis=2)[:, :, None]
    return np.exp(z) / np.sum(np.exp(z), axis=2)[:, :, None] - y


@register("sigmoid")
def _sigmoid(z, y):
    return np.exp(-np.logaddexp(0, -z)) - y


@register("identity")
def _identity(z, y):
    return (z - y) * 2 / z.shape[2]


def delta_y_heads(z, y, head):
    return REGISTRY[head](z, y) / z.shape[1]


# %% id=enum-members style=class mistakes="" origin="an Enum of heads with a method"
from enum import Enum


class Head(Enum):
    SOFTMAX = "softmax"
    SIGMOID = "sigmoid"
    IDENTITY = "identity"

    def __call__(self, z):
        if self is Head.IDENTITY:
            return z
        if self is Head.SIGMOID:
            positive = z >= 0
            e = np.exp(np.where(positive, -z, z))
            return np.where(positive, 1 / (1 + e), e / (1 + e))
        z = z - z.max(axis=2, keepdims=True)
        return np.exp(z - np.log(np.exp(z).sum(axis=2, keepdims=True)))

    @property
    def factor(self):
        return 2 if self is Head.IDENTITY else 1


def delta_y_heads(z, y, head):
    kind = Head(head)
    K = z.shape[2] if kind is Head.IDENTITY else 1
    return kind.factor * (kind(z) - y) / (z.shape[1] * K)


# %% id=in-place-on-a-copy style=in-place mistakes="" origin="one copy of the logits, changed step by step"
def delta_y_heads(z, y, head):
    d = np.array(z, dtype=np.float64, copy=True)
    if head == "softmax":
        d -= np.amax(d, axis=2, keepdims=True)
        np.exp(d, out=d)
        d /= d.sum(axis=2, keepdims=True)
    elif head == "sigmoid":
        d /= 2
        np.tanh(d, out=d)
        d += 1
        d /= 2
    d -= y
    d /= d.shape[1]
    if head == "identity":
        d *= 2
        d /= d.shape[2]
    return d


# %% id=sequence-after-sequence style=loop mistakes="" origin="a list of sequences, stacked along the batch axis"
def delta_y_heads(z, y, head):
    n, out = z.shape[1], []
    for b in range(n):
        zb, yb = z[:, b], y[:, b]
        if head == "softmax":
            w = [np.exp(row - row.max()) for row in zb]
            guess = np.array([row / row.sum() for row in w])
            out.append((guess - yb) / n)
        elif head == "sigmoid":
            out.append((np.tanh(zb / 2) / 2 + 0.5 - yb) / n)
        else:
            out.append((zb - yb) / (n * zb.shape[1]) * 2)
    return np.stack(out, axis=1)


# %% id=chosen-by-select style=vectorised mistakes="" origin="all three heads computed, one chosen at the end"
def delta_y_heads(z, y, head):
    T, B, K = z.shape
    soft = np.exp(z - z.max(2, keepdims=True))
    soft = np.einsum("tbk,tb->tbk", soft, 1 / soft.sum(2))
    logistic = np.exp(-np.logaddexp(0, -z))
    guess = dict(softmax=soft, sigmoid=logistic, identity=z)[head]
    factor = {"identity": np.float64(2) / K}.get(head, np.float64(1))
    return factor / B * np.subtract(guess, y)
