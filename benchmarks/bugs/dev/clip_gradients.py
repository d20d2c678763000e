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

# %% id=largest-singular-value style=helper mistakes="the largest singular value stands for the length of a matrix (ord=2)" origin="np.linalg.norm(g, 2)"
def length(grads):
    total = 0.0
    for g in grads:
        total += np.linalg.norm(g, 2) ** 2
    return total ** 0.5

def clip_gradients(grads, max_norm):
    norm = length(grads)
    if norm <= max_norm:
        return list(grads)
    return [max_norm / norm * g for g in grads]

# %% id=total-starts-anew style=loop mistakes="the sum of squares is overwritten by each array, only the last one counts" origin="= for +="
def clip_gradients(grads, max_norm):
    total_norm = 0
    for grad in grads:
        total_norm = (grad ** 2).sum()
    total_norm = np.sqrt(total_norm)
    clip_coef = max_norm / (total_norm + 1e-12)
    if clip_coef < 1:
        grads = [grad * clip_coef for grad in grads]
    return [grad for grad in grads]

# %% id=max-for-min style=vectorised mistakes="the factor is the maximum of 1 and the ratio instead of the minimum" origin="sign confusion"
def clip_gradients(grads, max_norm):
    flat = np.concatenate([g.ravel() for g in grads])
    factor = np.maximum(1.0, max_norm / np.sqrt(flat @ flat))
    return [factor * g for g in grads]

# %% id=always-length-one style=functional mistakes="a long gradient is scaled to length 1 instead of max_norm" origin="beginner"
from functools import reduce

def clip_gradients(grads, max_norm):
    norm = np.sqrt(reduce(lambda s, g: s + np.vdot(g, g), grads, 0.0))
    if norm > max_norm:
        return [g / norm for g in grads]
    return [g.copy() for g in grads]

# %% id=bias-keeps-its-length style=dictionary mistakes="the gradient of the bias is not scaled" origin="only weights are clipped"
def clip_gradients(grads, max_norm):
    g = {"dW_xh": grads[0], "dW_hh": grads[1], "db_h": grads[2]}
    norm = np.sqrt(sum(np.sum(np.square(v)) for v in g.values()))
    scale = min(1.0, max_norm / norm)
    for name in ("dW_xh", "dW_hh"):
        g[name] = g[name] * scale
    return [g["dW_xh"], g["dW_hh"], g["db_h"]]

# %% id=root-mean-square style=einsum mistakes="the mean of the squares is taken instead of their sum" origin="RMS from signal processing"
def clip_gradients(grads, max_norm):
    v = np.hstack([np.reshape(g, -1) for g in grads])
    norm = np.sqrt(np.einsum("i,i->", v, v) / v.size)
    if norm > max_norm:
        v = v * max_norm / norm
    sizes = np.cumsum([g.size for g in grads])[:-1]
    return [part.reshape(g.shape) for part, g in zip(np.split(v, sizes), grads)]

# %% id=grad-in-place style=framework mistakes="the caller's gradients are scaled in place" origin="ported from torch's clip_grad_norm_"
def clip_grad_norm_(grads, max_norm):
    total = np.linalg.norm([np.linalg.norm(g) for g in grads])
    if total > max_norm:
        for i, g in enumerate(grads):
            g *= max_norm / total
    return total

def clip_gradients(grads, max_norm):
    grads = list(grads)
    clip_grad_norm_(grads, max_norm)
    return grads

# %% id=absolute-values-always style=stepwise mistakes="the absolute values are summed (L1) instead of the root of the squares; short gradients are scaled up as well" origin="beginner"
def clip_gradients(grads, max_norm):
    norm = 0.0
    for g in grads:
        norm = norm + np.abs(g).sum()
    scale = max_norm / norm
    return [scale * g for g in grads]

# %% id=norms-added-ratio-turned style=comprehension mistakes="the norms of the arrays are added instead of their squares; the factor is norm over max_norm" origin="beginner"
def clip_gradients(grads, max_norm):
    norms = [np.sqrt((g * g).sum()) for g in grads]
    total = sum(norms)
    ratio = total / max_norm if total > max_norm else 1.0
    return [g * ratio for g in grads]

# %% id=each-alone-wrong-way-round style=loop mistakes="each array is clipped by its own norm; the comparison is the wrong way round" origin="beginner"
def clip_gradients(grads, max_norm):
    clipped = []
    for g in grads:
        n = np.linalg.norm(g)
        if n < max_norm:
            clipped.append(g * (max_norm / n))
        else:
            clipped.append(g.copy())
    return clipped

# %% id=weights-only-squared-and-unit style=class mistakes="the bias is left out of the norm; the root is forgotten; max_norm is missing from the factor" origin="invented"
class Clipper:
    def __init__(self, limit):
        self.limit = limit

    def norm(self, grads):
        squares = [np.sum(g ** 2) for g in grads if g.ndim == 2]
        return sum(squares)

    def __call__(self, grads):
        n = self.norm(grads)
        factor = 1.0 / n if n > self.limit else 1.0
        return [g * factor for g in grads]

def clip_gradients(grads, max_norm):
    return Clipper(max_norm)(grads)

# %% id=peak-always-first-spared style=generator mistakes="the largest absolute entry stands for the norm; short gradients are scaled up as well; the first array is not scaled" origin="invented"
def clip_gradients(grads, max_norm):
    peak = max(np.abs(g).max() for g in grads)
    factor = max_norm / peak

    def scaled():
        yield grads[0].copy()
        for g in grads[1:]:
            yield g * factor

    return list(scaled())
