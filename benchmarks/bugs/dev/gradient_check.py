# %% id=nditer-put-back style=in-place mistakes="" origin="ported from the cs231n gradient check"
def gradient_check(f, df, theta):
    h, x = 1e-6, theta.copy()
    claimed = np.array(df(x.copy()), dtype=float)
    if np.shape(claimed) != np.shape(x):
        return False
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        ix = it.multi_index
        old = x[ix]
        x[ix] = old + h
        fxph = f(x)
        x[ix] = old - h
        fxmh = f(x)
        x[ix] = old
        grad[ix] = (fxph - fxmh) / (2 * h)
        it.iternext()
    top = np.linalg.norm(claimed - grad)
    return bool(top <= 1e-5 * max(np.linalg.norm(claimed), np.linalg.norm(grad)))

# %% id=basis-vectors-by-map style=functional mistakes="" origin="functional programmer"
def gradient_check(f, df, theta):
    eps = 2e-6
    basis = np.eye(theta.size).reshape(theta.size, *theta.shape)
    slope = lambda e: (f(theta + eps * e) - f(theta - eps * e)) / (2 * eps)
    g = np.asarray(df(theta.copy()))
    if g.shape != theta.shape:
        return False
    n = np.fromiter(map(slope, basis), float).reshape(theta.shape)
    size = lambda a: np.sqrt(np.sum(np.square(a)))
    return bool(size(g - n) <= 1e-5 * np.maximum(size(g), size(n)))

# %% id=flat-with-math style=float-lists mistakes="" origin="pure Python from a blog post"
import math

def gradient_check(f, df, theta):
    claimed = np.asarray(df(np.array(theta)))
    if claimed.shape != theta.shape:
        return False
    flat = theta.ravel().tolist()

    def at(k, move):
        moved = flat[:k] + [flat[k] + move] + flat[k + 1 :]
        return float(f(np.array(moved).reshape(theta.shape)))

    numbers = [(at(k, 1e-6) - at(k, -1e-6)) / 2e-6 for k in range(len(flat))]
    mine = [float(c) for c in claimed.ravel()]
    gap = math.sqrt(sum((a - b) ** 2 for a, b in zip(mine, numbers)))
    scale = max(math.hypot(*mine), math.hypot(*numbers))
    return gap <= 1e-5 * scale

# %% id=checker-class style=class mistakes="" origin="ported from a unit-test helper"
class Checker:
    def __init__(self, f, eps=1e-6, rtol=1e-5):
        self.f, self.eps, self.rtol = f, eps, rtol

    def partial(self, theta, index):
        plus, minus = theta.copy(), theta.copy()
        plus[index] += self.eps
        minus[index] -= self.eps
        return (self.f(plus) - self.f(minus)) / (2 * self.eps)

    def numerical(self, theta):
        return np.array([self.partial(theta, i) for i in np.ndindex(*theta.shape)]).reshape(theta.shape)

    def agrees(self, claimed, theta):
        if claimed.shape != theta.shape or not np.all(np.isfinite(claimed)):
            return False
        wanted = self.numerical(theta)
        a, b = np.linalg.norm(claimed), np.linalg.norm(wanted)
        if a == 0 and b == 0:
            return True
        return bool(np.linalg.norm(claimed - wanted) / max(a, b) <= self.rtol)

def gradient_check(f, df, theta):
    return Checker(f).agrees(np.asarray(df(theta.copy())), theta)

# %% id=forward-difference style=loop mistakes="the difference is one-sided" origin="definition of the derivative"
def gradient_check(f, df, theta):
    eps = 1e-6
    grad = np.asarray(df(theta.copy()))
    if grad.shape != theta.shape:
        return False
    approx = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        up = theta.copy()
        up[i] += eps
        approx[i] = (f(up) - f(theta)) / eps
    err = np.linalg.norm(grad - approx)
    return bool(err <= 1e-5 * max(np.linalg.norm(grad), np.linalg.norm(approx)))

# %% id=forgot-the-two style=vectorised mistakes="the difference is divided by eps instead of 2 eps" origin="beginner"
def gradient_check(f, df, theta):
    d, n = np.asarray(df(theta.copy())), theta.size
    if d.shape != theta.shape:
        return False
    E = 1e-6 * np.eye(n).reshape((n,) + theta.shape)
    num = np.array([f(theta + e) - f(theta - e) for e in E]).reshape(theta.shape) / 1e-6
    return bool(np.linalg.norm(d - num) <= 1e-5 * max(np.linalg.norm(d), np.linalg.norm(num)))

# %% id=absolute-tolerance style=stepwise mistakes="the tolerance is absolute" origin="np.allclose habit"
def gradient_check(f, df, theta):
    step = 1e-6
    analytic = np.asarray(df(theta.copy()))
    if analytic.shape != theta.shape:
        return False
    numeric = np.empty(theta.shape)
    for place, _ in np.ndenumerate(theta):
        nudge = np.zeros(theta.shape)
        nudge[place] = step
        numeric[place] = (f(theta + nudge) - f(theta - nudge)) / (2 * step)
    distance = np.linalg.norm(analytic - numeric)
    reference = 1.0
    return bool(distance <= 1e-5 * reference)

# %% id=coarse-step-no-shape-test style=generator mistakes="the step is 1e-2, too large; the shape is not compared" origin="beginner"
def gradient_check(f, df, theta):
    h = 1e-2

    def quotients():
        for index in np.ndindex(*theta.shape):
            bump = np.zeros_like(theta)
            bump[index] = h
            yield (f(theta + bump) - f(theta - bump)) / (2 * h)

    g = np.asarray(df(theta.copy()))
    ng = np.array(list(quotients())).reshape(theta.shape)
    gap, scale = np.linalg.norm(g - ng), max(np.linalg.norm(g * np.ones(theta.shape)), np.linalg.norm(ng))
    return bool(gap <= 1e-5 * scale)

# %% id=loose-and-nan-blind style=framework mistakes="the tolerance is too large; nan is accepted" origin="ported from a unit test"
def gradient_check(f, df, theta, eps=1e-6, rtol=1e-1):
    analytical = np.asarray(df(theta.copy()))
    if analytical.shape != theta.shape:
        return False
    numerical = np.zeros_like(theta)
    for idx in np.ndindex(theta.shape):
        orig = theta[idx]
        pos, neg = theta.copy(), theta.copy()
        pos[idx], neg[idx] = orig + eps, orig - eps
        numerical[idx] = (f(pos) - f(neg)) / (2 * eps)
    diff = np.linalg.norm(analytical - numerical)
    limit = rtol * max(np.linalg.norm(analytical), np.linalg.norm(numerical))
    if diff > limit:
        return False
    return True

# %% id=lengths-zero-and-shape style=einsum mistakes="only the lengths are compared; two zero gradients are rejected; the shape is not compared" origin="beginner"
def gradient_check(f, df, theta):
    length = lambda a: float(np.sqrt(np.einsum("i,i->", np.ravel(a), np.ravel(a))))
    claim = np.asarray(df(theta.copy()))
    claim = claim * np.ones(theta.shape)
    num = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        e = np.zeros(theta.shape)
        e[i] = 1e-6
        num[i] = (f(theta + e) - f(theta - e)) / 2e-6
    gap = abs(length(claim) - length(num))
    return gap < 1e-5 * max(length(claim), length(num))

# %% id=tiny-step-absolute-nan style=entry-by-entry mistakes="the step is 1e-11, too small; the sign is ignored, absolute values are compared; nan is accepted" origin="invented"
def gradient_check(f, df, theta):
    eps = 1e-11
    g = np.asarray(df(theta.copy()))
    if g.shape != theta.shape:
        return False
    n = np.zeros_like(theta)
    for k in range(theta.size):
        e = np.zeros(theta.size)
        e[k] = eps
        e = e.reshape(theta.shape)
        n.flat[k] = (f(theta + e) - f(theta - e)) / (2 * eps)
    g, n = np.abs(g), np.abs(n)
    bad = np.linalg.norm(g - n) > 1e-5 * max(np.linalg.norm(g), np.linalg.norm(n))
    return bool(not bad)
