# %% id=flat-copy-moved-and-restored style=in-place mistakes="" origin="walks a flat view of its own copy"
def gradient_check(f, df, theta):
    eps, tol = 1e-6, 1e-5
    analytic = np.asarray(df(np.array(theta)), dtype=float)
    if analytic.shape != np.shape(theta) or not np.isfinite(analytic).all():
        return False
    work = np.array(theta)
    flat = work.reshape(-1)
    numeric = np.empty(flat.size)
    for i in range(flat.size):
        old = flat[i]
        flat[i] = old + eps
        up = float(f(work))
        flat[i] = old - eps
        down = float(f(work))
        flat[i] = old
        numeric[i] = (up - down) / (2 * eps)
    gap = np.linalg.norm(analytic.reshape(-1) - numeric)
    size = max(np.linalg.norm(analytic), np.linalg.norm(numeric))
    return True if size == 0 else bool(gap / size <= tol)


# %% id=unit-vectors-of-the-identity style=vectorised mistakes="" origin="rows of eps times the identity"
def gradient_check(f, df, theta):
    steps = 1e-6 * np.eye(theta.size).reshape(theta.size, *theta.shape)
    numerical = np.array([(f(theta + e) - f(theta - e)) / 2e-6 for e in steps]).reshape(theta.shape)
    claimed = np.array(df(theta.copy()))
    if claimed.shape != numerical.shape:
        return False
    lengths = [np.sqrt(np.sum(np.square(v))) for v in (claimed - numerical, claimed, numerical)]
    return bool(np.all(np.isfinite(claimed)) and lengths[0] <= 1e-5 * max(lengths[1:]))


# %% id=three-small-functions style=functional mistakes="" origin="a function for each formula"
from typing import Callable


def _central(f: Callable, theta: np.ndarray, index: tuple, eps: float = 1e-6) -> float:
    plus, minus = theta.copy(), theta.copy()
    plus[index] += eps
    minus[index] -= eps
    return (f(plus) - f(minus)) / (2 * eps)


def _numerical(f: Callable, theta: np.ndarray) -> np.ndarray:
    out = np.zeros(theta.shape)
    for index, _ in np.ndenumerate(theta):
        out[index] = _central(f, theta, index)
    return out


def _error(a: np.ndarray, b: np.ndarray) -> float:
    scale = max(np.linalg.norm(a.ravel()), np.linalg.norm(b.ravel()))
    return 0.0 if scale == 0.0 else np.linalg.norm((a - b).ravel()) / scale


def gradient_check(f: Callable, df: Callable, theta: np.ndarray) -> bool:
    claimed = np.asarray(df(theta.copy()))
    if claimed.shape != theta.shape:
        return False
    if np.isnan(claimed).any() or np.isinf(claimed).any():
        return False
    return bool(_error(claimed, _numerical(f, theta)) <= 1e-5)


# %% id=early-returns-and-a-scale style=loop mistakes="" origin="careful about overflow: divides by the largest entry first"
def gradient_check(f, df, theta):
    """真の勾配なら True を返す。"""
    claimed = np.asarray(df(np.copy(theta)))
    if claimed.shape != theta.shape:
        return False
    if not np.isfinite(claimed).all():
        return False
    numerical = np.zeros_like(theta)
    it = np.nditer(theta, flags=["multi_index"])
    while not it.finished:
        place = it.multi_index
        step = np.zeros_like(theta)
        step[place] = 1e-6
        numerical[place] = (f(theta + step) - f(theta - step)) / 2e-6
        it.iternext()
    if not np.isfinite(numerical).all():
        return False
    largest = max(abs(claimed).max(initial=0), abs(numerical).max(initial=0))
    if largest == 0:
        return True
    a, n = claimed / largest, numerical / largest
    return bool(((a - n) ** 2).sum() <= (1e-5) ** 2 * max((a**2).sum(), (n**2).sum()))


# %% id=math-hypot-over-lists style=functional mistakes="" origin="plain Python numbers and math.hypot"
import itertools
import math


def gradient_check(f, df, theta):
    shape = theta.shape
    claimed = np.asarray(df(theta.copy()))
    if claimed.shape != shape:
        return False

    def slope(place):
        def at(by):
            moved = theta.copy()
            moved[place] = moved[place] + by
            return float(f(moved))

        return (at(1e-6) - at(-1e-6)) / 2e-6

    places = list(itertools.product(*map(range, shape)))
    said = [float(claimed[place]) for place in places]
    if not all(map(math.isfinite, said)):
        return False
    found = [slope(place) for place in places]
    distance = math.hypot(*(s - m for s, m in zip(said, found)))
    return distance <= 1e-5 * max(math.hypot(*said), math.hypot(*found))
