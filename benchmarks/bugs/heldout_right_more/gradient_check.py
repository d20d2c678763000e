# %% id=ndindex-with-hints style=loop mistakes="" origin="engineer with type hints, early returns and ndindex"
from collections.abc import Callable

EPS = 1e-6
TOLERANCE = 1e-5


def gradient_check(f: Callable, df: Callable, theta: np.ndarray) -> bool:
    """Compare df(theta) with central differences of f."""
    theta = np.asarray(theta, dtype=np.float64)
    analytic = np.asarray(df(theta.copy()), dtype=np.float64)
    if analytic.shape != theta.shape:
        return False
    if not np.all(np.isfinite(analytic)):
        return False
    numeric = np.zeros(theta.shape)
    for index in np.ndindex(*theta.shape):
        moved = theta.copy()
        moved[index] = theta[index] + EPS
        above = f(moved)
        moved[index] = theta[index] - EPS
        below = f(moved)
        numeric[index] = (above - below) / (2 * EPS)
    norms = np.linalg.norm(analytic), np.linalg.norm(numeric)
    if max(norms) == 0:
        return True
    return bool(np.linalg.norm(analytic - numeric) / max(norms) <= TOLERANCE)


# %% id=generator-of-slopes style=generator mistakes="" origin="np.fromiter over a generator of slopes"
def _slopes(f, theta, eps):
    flat = theta.ravel()
    for i in range(flat.size):
        up, down = flat.copy(), flat.copy()
        up[i] += eps
        down[i] -= eps
        yield (f(up.reshape(theta.shape)) - f(down.reshape(theta.shape))) / (2 * eps)


def gradient_check(f, df, theta):
    claimed = np.array(df(theta.copy()))
    if claimed.shape != theta.shape or not np.isfinite(claimed).all():
        return False
    found = np.fromiter(_slopes(f, theta, 1e-6), dtype=float, count=theta.size)
    gap = np.sqrt(np.sum((claimed.ravel() - found) ** 2))
    size = max(np.sqrt(np.sum(claimed**2)), np.sqrt(np.sum(found**2)))
    return bool(gap <= 1e-5 * size)


# %% id=checker-with-a-limit style=class mistakes="" origin="a class with numeric, error and verdict"
class Checker:
    def __init__(self, f, eps=1e-6, limit=1e-5):
        self.f, self.eps, self.limit = f, eps, limit

    def numeric(self, theta):
        out = np.zeros_like(theta)
        for index, value in np.ndenumerate(theta):
            probe = np.copy(theta)
            probe[index] = value + self.eps
            out[index] += self.f(probe)
            probe[index] = value - self.eps
            out[index] -= self.f(probe)
        return out / (2 * self.eps)

    def __call__(self, df, theta):
        claimed = np.asarray(df(np.copy(theta)))
        match claimed.shape == theta.shape:
            case False:
                return False
        numeric = self.numeric(theta)
        distance = np.linalg.norm(np.ravel(claimed - numeric))
        scale = np.fmax(np.linalg.norm(np.ravel(claimed)), np.linalg.norm(np.ravel(numeric)))
        verdict = np.isfinite(scale) and np.isfinite(distance) and distance <= self.limit * scale
        return bool(verdict)


def gradient_check(f, df, theta):
    return Checker(f)(df, theta)


# %% id=list-of-differences style=functional mistakes="" origin="a list comprehension over unit steps"
def gradient_check(f, df, theta):
    def unit(i):
        e = np.zeros(theta.size)
        e[i] = 1e-6
        return e.reshape(theta.shape)

    g = np.asarray(df(theta + 0.0))
    if g.shape != theta.shape or np.any(~np.isfinite(g)):
        return False
    n = np.array([f(theta + unit(i)) - f(theta - unit(i)) for i in range(theta.size)]) / 2e-6
    n.shape = theta.shape
    bottom = max((g * g).sum() ** 0.5, (n * n).sum() ** 0.5)
    return bottom == 0 or bool(((g - n) ** 2).sum() ** 0.5 <= bottom * 1e-5)


# %% id=walrus-on-the-larger-length style=functional mistakes="" origin="difference divided by the larger length"
def gradient_check(f, df, theta):
    claimed = np.array(df(theta.copy()), dtype=float)
    if claimed.shape != theta.shape:
        return False
    numeric = np.empty(theta.shape)
    for index in np.ndindex(theta.shape):
        e = np.zeros(theta.shape)
        e[index] = 1e-6
        numeric[index] = (f(theta + e) - f(theta - e)) / 2e-6
    if np.isnan(claimed).any() or np.isinf(claimed).any():
        return False
    if (size := max(np.linalg.norm(claimed), np.linalg.norm(numeric))) == 0:
        return True
    return not np.linalg.norm((claimed - numeric) / size) > 1e-5


# %% id=long-double-lengths style=vectorised mistakes="" origin="lengths in long double, so that no square overflows"
def gradient_check(f, df, theta):
    says = np.asarray(df(theta.copy()), dtype=np.float64)
    if says.shape != theta.shape or not np.isfinite(says).all():
        return np.False_
    finds = np.zeros(theta.size, dtype=np.longdouble)
    for i, step in enumerate(np.identity(theta.size) * 1e-6):
        step = step.reshape(theta.shape)
        finds[i] = (np.longdouble(f(theta + step)) - np.longdouble(f(theta - step))) / np.longdouble(2e-6)
    says = says.ravel().astype(np.longdouble)
    length = lambda v: np.sqrt((v**2).sum())
    return np.bool_(length(says - finds) <= 1e-5 * max(length(says), length(finds)))
