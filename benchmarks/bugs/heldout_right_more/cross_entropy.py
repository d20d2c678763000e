# %% id=add-at-the-targets style=in-place mistakes="" origin="np.add.at with index arrays"
def cross_entropy(z, y, mask):
    T, B, K = z.shape
    shifted = z - z.max(axis=-1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    steps, samples = np.mgrid[:T, :B]
    loss = -(mask * log_p[steps, samples, y]).sum() / B
    delta_y = np.exp(log_p)
    np.add.at(delta_y, (steps, samples, y), -1.0)
    return loss, delta_y * mask[..., None] / B


# %% id=masked-losses style=masked mistakes="" origin="np.ma: padding is masked out"
def cross_entropy(z, y, mask):
    B = z.shape[1]
    onehot = np.eye(z.shape[2])[y]
    m = z.max(axis=2)
    log_total = m + np.log(np.exp(z - m[:, :, None]).sum(axis=2))
    losses = np.ma.array(log_total - (z * onehot).sum(axis=2), mask=mask == 0)
    loss = 0.0 if losses.mask.all() else float(losses.sum()) / B
    p = np.exp(z - log_total[:, :, None])
    delta_y = np.where(mask[:, :, None] != 0, p - onehot, 0.0) / B
    return loss, delta_y


# %% id=criterion-forward-backward style=framework mistakes="" origin="a criterion object with forward and backward"
class CrossEntropyLoss:
    """Loss over the steps that count, per sequence."""

    def forward(self, logits, target, mask):
        logits = logits - np.amax(logits, axis=-1, keepdims=True)
        e = np.exp(logits)
        total = np.sum(e, axis=-1, keepdims=True)
        self.probs, self.target, self.mask = e / total, target, mask
        nll = np.log(total[..., 0]) - np.take_along_axis(logits, target[..., None], axis=-1)[..., 0]
        return np.dot(nll.ravel(), mask.ravel()) / logits.shape[1]

    def backward(self):
        T, B, K = self.probs.shape
        grad = self.probs.reshape(T * B, K).copy()
        grad[range(T * B), self.target.ravel()] -= 1
        grad *= self.mask.reshape(-1, 1) / B
        return grad.reshape(T, B, K)


def cross_entropy(z, y, mask):
    criterion = CrossEntropyLoss()
    return criterion.forward(z, y, mask), criterion.backward()


# %% id=pairs-summed-by-fsum style=generator mistakes="" origin="a generator of (loss, delta) for each guess"
import math


def guesses(z, y, mask):
    for logits, target, weight in zip(z.reshape(-1, z.shape[-1]), y.flat, mask.flat):
        top = logits.max()
        total = math.fsum(math.exp(v - top) for v in logits)
        delta = np.exp(logits - top) / total
        delta[target] -= 1
        yield weight * (math.log(total) + top - logits[target]), weight * delta


def cross_entropy(z, y, mask):
    batch = z.shape[1]
    losses, deltas = zip(*guesses(z, y, mask))
    return math.fsum(losses) / batch, np.array(deltas).reshape(z.shape) / batch


# %% id=asserts-and-helpers style=vectorised mistakes="" origin="engineer with helper functions and asserts"
def log_sum_exp(a: np.ndarray) -> np.ndarray:
    """log(sum(exp(a))) along the last axis, kept."""
    top = a.max(axis=-1, keepdims=True)
    return top + np.log(np.exp(a - top).sum(axis=-1, keepdims=True))


def one_hot(labels: np.ndarray, K: int) -> np.ndarray:
    out = np.zeros((*labels.shape, K))
    np.put_along_axis(out, np.expand_dims(labels, -1), 1.0, axis=-1)
    return out


def cross_entropy(z: np.ndarray, y: np.ndarray, mask: np.ndarray) -> tuple[float, np.ndarray]:
    assert y.shape == mask.shape == z.shape[:2]
    weights = np.asarray(mask, dtype=np.float64)[..., np.newaxis] / z.shape[1]
    targets = one_hot(y, z.shape[2])
    log_p = z - log_sum_exp(z)
    loss = -np.sum(weights * targets * log_p)
    delta_y = weights * (np.exp(log_p) - targets)
    assert delta_y.shape == z.shape
    return loss, delta_y


# %% id=result-as-a-namedtuple style=functional mistakes="" origin="a NamedTuple for what comes back, numpy scalars inside"
from typing import NamedTuple


class Loss(NamedTuple):
    value: np.float64
    gradient: np.ndarray


def cross_entropy(z, y, mask):
    batch, K = z.shape[1:]
    flat = z.reshape(-1, K)
    top = flat.max(axis=1, keepdims=True)
    weights = (mask / batch).reshape(-1)
    e = np.exp(flat - top)
    p = np.divide(e, e.sum(axis=1, keepdims=True))
    truth = y.ravel() == np.arange(K)[:, None]  # (K, T * B)
    value = weights @ (np.log(e.sum(axis=1)) + top[:, 0] - flat[truth.T])
    return Loss(value, ((p - truth.T).T * weights).T.reshape(z.shape))
