# %% id=hypot-reduced style=functional mistakes="" origin="functional programmer"
from functools import reduce
import math

def clip_gradients(grads, max_norm):
    norm = reduce(math.hypot, (float(np.linalg.norm(np.ravel(g))) for g in grads), 0.0)
    return list(map(lambda g: g * min(1.0, max_norm / norm), grads))

# %% id=one-long-vector style=flat mistakes="" origin="the text: one long arrow"
def clip_gradients(grads, max_norm):
    arrow = np.concatenate([g.ravel() for g in grads])
    length = np.sqrt(arrow @ arrow)
    arrow = arrow / max(1.0, length / max_norm)
    ends = np.cumsum([g.size for g in grads])
    return [piece.reshape(g.shape) for piece, g in zip(np.split(arrow, ends[:-1]), grads)]

# %% id=tf-clip-by-global-norm style=framework mistakes="" origin="ported from tf.clip_by_global_norm"
class GlobalNormClipper:
    def __init__(self, clip_norm):
        self.clip_norm = clip_norm

    def global_norm(self, t_list):
        return np.sqrt(2.0 * sum(0.5 * np.einsum("...,...->", t.ravel() @ t.ravel(), 1.0) for t in t_list))

    def __call__(self, t_list):
        return [t * self.clip_norm / np.maximum(self.global_norm(t_list), self.clip_norm) for t in t_list]

def clip_gradients(grads, max_norm):
    return GlobalNormClipper(max_norm)(grads)

# %% id=nested-loops-on-lists style=float-lists mistakes="" origin="beginner"
def clip_gradients(grads, max_norm):
    total = 0.0
    for g in grads:
        for v in g.flat:
            total += float(v) ** 2
    if total <= max_norm * max_norm:
        return [g.tolist() for g in grads]
    out = []
    for g in grads:
        new = g.copy()
        new *= max_norm
        new /= total**0.5
        out.append(new.tolist())
    return out

# %% id=each-array-alone style=comprehension mistakes="the norm is taken of each array by itself" origin="beginner"
def clip_gradients(grads, max_norm):
    norms = [np.linalg.norm(g) for g in grads]
    return [g * (max_norm / n if n > max_norm else 1) for g, n in zip(grads, norms)]

# %% id=always-rescaled style=vectorised mistakes="short gradients are stretched to max_norm too" origin="normalised gradient descent"
def clip_gradients(grads, max_norm):
    size = np.sqrt(np.sum([np.vdot(g, g) for g in grads]))
    scale = max_norm / size
    return [scale * g for g in grads]

# %% id=rootless style=loop mistakes="the square root of the norm is missing" origin="beginner"
def clip_gradients(grads, max_norm):
    s = 0
    for grad in grads:
        s += np.sum(grad * grad)
    s = s
    clipped = []
    for grad in grads:
        clipped.append(grad * max_norm / s if s > max_norm else grad.copy())
    return clipped

# %% id=mean-square-norm-skips-bias style=framework mistakes="the norm is a root mean square; the bias is not scaled" origin="beginner"
def clip_gradients(grads, max_norm):
    sq = sum(float((p**2).sum()) for p in grads)
    count = sum(p.size for p in grads)
    total_norm = np.sqrt(sq / count)
    clip_coef = min(max_norm / total_norm, 1.0)
    return [p * clip_coef if p.ndim > 1 else p for p in grads]

# %% id=absolute-sum-inverted style=helpers mistakes="the norm is the sum of absolute values; the factor is 1 / norm, without max_norm" origin="beginner"
def magnitude(arrays):
    return sum(np.abs(a).sum() for a in arrays)

def clip_gradients(grads, max_norm):
    n = magnitude(grads)
    if n <= max_norm:
        return [np.array(g) for g in grads]
    factor = 1.0 / n
    return [np.array(g) * factor for g in grads]

# %% id=no-bias-in-norm-squared-sign style=stepwise mistakes="the norm leaves out the biases; the factor is squared; the result has the wrong sign" origin="invented"
def clip_gradients(grads, max_norm):
    matrices = [g for g in grads if g.ndim >= 2]
    norm = np.linalg.norm(np.concatenate([m.reshape(-1) for m in matrices]))
    ratio = max_norm / norm
    ratio = ratio if ratio < 1 else 1.0
    return [-g * ratio ** 2 for g in grads]

# %% id=by-value-too-largest-array-always style=class mistakes="the entries are clipped by value as well; the norm is that of the largest array alone; short gradients are stretched to max_norm too" origin="invented"
class Clip:
    def __init__(self, limit):
        self.limit = limit

    def norm(self, gs):
        parts = np.array([np.linalg.norm(g) for g in gs])
        return parts.max()

    def __call__(self, gs):
        k = self.limit / self.norm(gs)
        k = k
        scaled = [g * k for g in gs]
        return [np.clip(g, -0.3 * self.limit, 0.3 * self.limit) for g in scaled]

def clip_gradients(grads, max_norm):
    return Clip(max_norm)(grads)
