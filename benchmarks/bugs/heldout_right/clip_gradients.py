# %% id=norm-of-norms style=functional mistakes="" origin="norm of the arrays' norms"
def clip_gradients(grads, max_norm):
    total = np.linalg.norm([np.linalg.norm(g) for g in grads])
    return [g * min(1.0, max_norm / total) if total > 0 else g.copy() for g in grads]


# %% id=divided-by-the-excess style=vectorised mistakes="" origin="divides by max(1, norm / max_norm)"
def clip_gradients(grads, max_norm):
    flat = np.concatenate([g.ravel() for g in grads])
    excess = np.maximum(1.0, np.sqrt(flat @ flat) / max_norm)
    return [g / excess for g in grads]


# %% id=hypot-and-early-return style=loop mistakes="" origin="math.hypot over entries, early return"
import math


def clip_gradients(grads: list, max_norm: float) -> list:
    norm = 0.0
    for g in grads:
        for value in g.flat:
            norm = math.hypot(norm, value)
    if norm <= max_norm:
        return [np.array(g) for g in grads]
    scale = max_norm / norm
    clipped = []
    for g in grads:
        clipped.append(scale * g)
    return clipped


# %% id=copies-scaled-in-place style=in-place mistakes="" origin="imperative, on copies"
def clip_gradients(grads, max_norm):
    out = [g.copy() for g in grads]
    squares = 0.0
    for g in out:
        squares += np.vdot(g, g)
    if squares > max_norm**2:
        for g in out:
            g *= max_norm
            g /= np.sqrt(squares)
    return out


# %% id=trace-of-gram style=einsum mistakes="" origin="squared norm as a trace"
def clip_gradients(grads, max_norm):
    def squared(g):
        G = np.atleast_2d(g)
        return np.trace(G @ G.T)

    norm = sum(map(squared, grads)) ** 0.5
    factor = np.clip(max_norm / norm, None, 1.0) if norm else 1.0
    return [np.multiply(factor, g) for g in grads]
