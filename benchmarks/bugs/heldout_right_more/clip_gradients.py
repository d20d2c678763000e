# %% id=early-return-with-hints style=functional mistakes="" origin="engineer with type hints and an early return"
def _global_norm(arrays: list[np.ndarray]) -> float:
    return float(np.sqrt(sum(np.sum(np.square(a, dtype=np.float64)) for a in arrays)))


def clip_gradients(grads: list[np.ndarray], max_norm: float) -> list[np.ndarray]:
    """Scale all gradients alike, so that together they are no longer than max_norm."""
    assert max_norm > 0
    norm = _global_norm(grads)
    if norm <= max_norm:
        return [g.copy() for g in grads]
    return [g * (max_norm / norm) for g in grads]


# %% id=einsum-of-flat style=einsum mistakes="" origin="einsum over ravelled arrays"
def clip_gradients(grads, max_norm):
    squares = [np.einsum("i,i->", g.ravel(), g.ravel()) for g in grads]
    norm = np.sqrt(np.sum(squares))
    scale = 1.0 if norm <= max_norm else max_norm / norm
    return [np.einsum(",...->...", scale, g) for g in grads]


# %% id=reduce-over-arrays style=functional mistakes="" origin="functools.reduce, np.hypot"
from functools import reduce


def clip_gradients(grads, max_norm):
    norm = reduce(np.hypot, map(np.linalg.norm, grads), 0.0)
    with np.errstate(divide="ignore"):
        return list(map(lambda g: np.minimum(1.0, np.divide(max_norm, norm)) * g, grads))


# %% id=running-total-of-squares style=loop mistakes="" origin="beginner with a counter of squares"
def clip_gradients(grads, max_norm):
    total = 0
    for grad in grads:
        for value in grad.flatten():
            total = total + value ** 2
    norm = total ** 0.5
    clipped = []
    for grad in grads:
        if norm > max_norm:
            clipped.append(grad / norm * max_norm)
        else:
            clipped.append(grad * 1)
    return clipped


# %% id=clipper-called style=class mistakes="" origin="a callable object; out= for the scaled arrays"
class ClipByGlobalNorm:
    def __init__(self, max_norm):
        self.max_norm = max_norm

    def factor(self, grads):
        norm = np.linalg.norm(np.hstack([g.reshape(-1) for g in grads]))
        return self.max_norm / max(norm, self.max_norm)

    def __call__(self, grads):
        factor = self.factor(grads)
        out = [np.empty_like(g) for g in grads]
        for g, o in zip(grads, out):
            np.multiply(g, factor, out=o)
        return out


def clip_gradients(grads, max_norm):
    return ClipByGlobalNorm(max_norm)(grads)


# %% id=tuple-of-read-only-views style=functional mistakes="" origin="a tuple of read-only arrays comes back"
def clip_gradients(grads, max_norm):
    norm = np.sqrt(sum(np.tensordot(g, g, axes=g.ndim) for g in grads))
    ratio = np.true_divide(norm, max_norm)
    clipped = tuple(g / np.fmax(ratio, 1) for g in grads)
    for g in clipped:
        g.flags.writeable = False
    return clipped
