"""Problem set 3, the gradient check: right answers in any style pass, and one that checks nothing is told so."""

import itertools
import math
from functools import partial

import numpy as np
import pytest
from support.styles import assert_right, every

from rnncourse import check
from rnncourse.gradcheck import numerical_gradient, relative_error


def by_the_library(f, df, theta):
    claimed = df(theta)
    if np.shape(claimed) != theta.shape or not np.isfinite(claimed).all():
        return False
    return relative_error(claimed, numerical_gradient(f, theta)) < 1e-5


def in_place_and_put_back(f, df, theta):
    theta = theta.copy()
    claimed, flat = np.asarray(df(theta)), theta.reshape(-1)
    if claimed.shape != theta.shape:
        return False
    slopes = np.empty(len(flat))
    for i in range(len(flat)):
        kept, sides = flat[i], []
        for sign in (1, -1):
            flat[i] = kept + sign * 3e-6
            sides.append(f(theta))
        flat[i] = kept
        slopes[i] = (sides[0] - sides[1]) / 6e-6
    distance = np.sqrt(((claimed.ravel() - slopes) ** 2).sum())
    return np.bool_(distance <= 1e-5 * np.hypot(np.linalg.norm(claimed), np.linalg.norm(slopes)))


def along_unit_vectors(f, df, theta):
    claimed, eps = df(theta.copy()), 1e-6
    if np.shape(claimed) != theta.shape:
        return False
    units = np.eye(theta.size).reshape(theta.size, *theta.shape)
    numerical = np.array([(f(theta + eps * e) - f(theta - eps * e)) / (2 * eps) for e in units]).reshape(theta.shape)
    scale = np.linalg.norm(claimed) + np.linalg.norm(numerical)
    return True if scale == 0 else bool(np.linalg.norm(claimed - numerical) / scale < 1e-6)


def lopsided(f, theta, index, eps):
    """A difference quotient by hand, from one moved copy and the other."""
    up, down = theta.copy(), theta.copy()
    up[index] += eps
    down[index] -= eps
    return (f(up) - f(down)) / (up[index] - down[index])


def fourth_order(f, theta, index, eps=1e-5):
    return (4 * lopsided(f, theta, index, eps) - lopsided(f, theta, index, 2 * eps)) / 3


TWO_SIDED = partial(lopsided, eps=2e-6)


def by_parts(f, df, theta, places=lambda t: np.ndindex(t.shape), slope=TWO_SIDED, norm=np.linalg.norm,
             tolerance=1e-5, answer=bool):  # fmt: skip
    """The loop over the entries, the quotient and the measure of size in many forms."""
    claimed = np.asarray(df(theta.copy()))
    if claimed.shape != theta.shape:
        return answer(False)
    numerical = np.zeros_like(theta)
    for index in places(theta):
        numerical[index] = slope(f, theta, index)
    return answer(norm(claimed - numerical) <= tolerance * max(norm(claimed), norm(numerical)))


def recursive_places(theta):
    def below(shape):
        return [()] if not shape else [(i, *rest) for i in range(shape[0]) for rest in below(shape[1:])]

    return below(theta.shape)


def nditer_places(theta):
    walk = np.nditer(theta, flags=["multi_index"])
    while not walk.finished:
        yield walk.multi_index
        walk.iternext()


def assertion(f, df, theta):
    """A helper that raises, and a caller that listens."""
    try:
        assert by_parts(f, df, theta), "not the gradient"
    except AssertionError:
        return False
    return True


def lists_and_math(f, df, theta):
    claimed = np.asarray(df(theta))
    if claimed.shape != theta.shape:
        return False
    slopes = [lopsided(f, theta, index, 1.5e-6) for index in np.ndindex(*theta.shape)]
    size = max(math.hypot(*slopes), math.hypot(*claimed.ravel().tolist()))
    return math.dist(claimed.ravel().tolist(), slopes) <= 1e-5 * size


class Checker:
    def __init__(self, eps):
        self.eps = eps

    def __call__(self, f, df, theta):
        return by_parts(f, df, theta, slope=lambda f, theta, i: lopsided(f, theta, i, self.eps))


CHECK = {
    "by the library": by_the_library,
    "in place and put back": in_place_and_put_back,
    "along unit vectors": along_unit_vectors,
    "ndindex": by_parts,
    "ndenumerate": partial(by_parts, places=lambda t: [index for index, _ in np.ndenumerate(t)]),
    "nditer": partial(by_parts, places=nditer_places),
    "unravel_index": partial(by_parts, places=lambda t: (np.unravel_index(i, t.shape) for i in range(t.size))),
    "argwhere": partial(by_parts, places=lambda t: map(tuple, np.argwhere(np.ones(t.shape)))),
    "product of ranges": partial(by_parts, places=lambda t: itertools.product(*map(range, t.shape))),
    "recursive": partial(by_parts, places=recursive_places),
    "from the last entry": partial(by_parts, places=lambda t: list(np.ndindex(t.shape))[::-1]),
    "fourth order": partial(by_parts, slope=fourth_order),
    "largest entry": partial(by_parts, norm=lambda a: np.abs(a).max()),
    "sum of sizes": partial(by_parts, norm=lambda a: np.abs(a).sum()),
    "root of the mean": partial(by_parts, norm=lambda a: np.sqrt(np.mean(a**2))),
    "root of vdot": partial(by_parts, norm=lambda a: math.sqrt(np.vdot(a, a))),
    "a stricter threshold": partial(by_parts, tolerance=2e-6),
    "np.bool_": partial(by_parts, answer=np.bool_),
    "not": partial(by_parts, answer=lambda yes: bool(yes)),
    "an assertion": assertion,
    "lists and math": lists_and_math,
    "an object": Checker(1e-6),
}


@pytest.mark.parametrize(
    "function, points, said",
    [
        (lambda f, df, theta: True, 0, "always-yes"),
        (lambda f, df, theta: None, 0, "returned None for a gradient; expected True or False"),
        (lambda f, df, theta: 1e-7, 0, "expected True or False"),
        (lambda f, df, theta: not by_the_library(f, df, theta), 0, "says-the-opposite"),
    ],
)
def test_a_gradient_check_that_checks_nothing_is_told_so(function, points, said):
    result = check.gradient_check(function)
    assert result == points
    assert said in str(result)


STYLES = {"gradient_check": CHECK}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)
