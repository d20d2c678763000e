"""Every mistake fails under its own name, at every seed of the probes: a learner sees what the grader will see."""

from functools import cache

import numpy as np
import pytest
from checks.styles.test_styles import STYLES
from support.seeds import EACH_SEED
from support.tiers import some_of

from rnncourse.checks import EXERCISES, grade
from rnncourse.checks.execution.seed import PUBLIC_SEED
from rnncourse.misconceptions import CATALOGUE, mutant


def said(exercise, function, seed=PUBLIC_SEED):
    """What there is in a result that a seed must not change: the points by output, and the names."""
    result = grade(exercise, function, seed)
    labels = [label for message in result.messages for label in message.labels]
    return result.passed, result.points, [verdict.points for verdict in result.verdicts], labels


@cache
def said_of(name, seed):
    """What is said of each mistake of an exercise."""
    exercise = EXERCISES[name]
    return {wrong.label: said(exercise, exercise.adapt(mutant(wrong)), seed) for wrong in CATALOGUE[name]}


@pytest.mark.parametrize("name", some_of(CATALOGUE, 1, 2))
def test_every_mistake_fails_under_its_own_name(name):
    for label, (passed, _, _, labels) in said_of(name, PUBLIC_SEED).items():
        assert (passed, labels) == (False, [label])


@EACH_SEED
@pytest.mark.parametrize("name", some_of(CATALOGUE, 0, 3))
def test_a_mistake_has_the_same_verdict_at_every_seed(name, seed):
    assert said_of(name, seed) == said_of(name, PUBLIC_SEED)


@EACH_SEED
@pytest.mark.parametrize("name", CATALOGUE)
def test_a_right_style_is_right_at_every_seed(name, seed):
    if name == "rnn_function":
        pytest.importorskip("torch")
    for style, function in STYLES[name].items():
        assert grade(EXERCISES[name], function, seed).sound, style


def sample_by(exponential):
    """Draw with a softmax of one's own."""

    def sample(z, temperature, u):
        e = exponential(z / temperature)
        below = np.cumsum(e / e.sum(axis=1, keepdims=True), axis=1)[:, :-1] <= u[:, None]
        return below.sum(axis=1)

    return sample


def sample_one_by_one(z, temperature, u):
    codes = []
    for row, x in zip(np.exp(z / temperature), u, strict=True):
        borders = np.cumsum(row / row.sum())
        codes.append(int(np.searchsorted(borders[:-1], x, side="right")))
    return codes


def lenient(tolerance, size=np.linalg.norm):
    """Check a gradient, and let pass what is wrong by less than the tolerance."""

    def gradient_check(f, df, theta):
        dtheta = np.asarray(df(theta.copy()))
        if dtheta.shape != theta.shape:
            return False
        numerical = np.empty_like(theta)
        for index in np.ndindex(theta.shape):
            step = np.zeros_like(theta)
            step[index] = 1e-6
            numerical[index] = (f(theta + step) - f(theta - step)) / 2e-6
        return bool(size(dtheta - numerical) <= tolerance * max(size(dtheta), size(numerical)))

    return gradient_check


class Kept:
    """A network that begins where its last call has ended, as long as the shapes fit."""

    def __init__(self):
        self.h_t = None

    def __call__(self, x, h0, W_xh, W_hh, b_h):
        if self.h_t is None or self.h_t.shape != h0.shape:
            self.h_t = h0
        h = []
        for x_t in x:
            self.h_t = np.tanh(x_t @ W_xh.T + self.h_t @ W_hh.T + b_h)
            h.append(self.h_t)
        return np.array(h)


kept_h_t = None


def in_a_global(x, h0, W_xh, W_hh, b_h):
    global kept_h_t
    h = []
    for x_t in x:
        h_prev = kept_h_t if np.shape(kept_h_t) == h0.shape else h0
        kept_h_t = np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)
        h.append(kept_h_t)
    return np.array(h)


WRONG_IN_THE_EXTREME = {
    "sample, unshifted": ("sample", lambda: sample_by(np.exp)),
    "sample, unshifted, one by one": ("sample", lambda: sample_one_by_one),
    "sample, clipped": ("sample", lambda: sample_by(lambda z: np.exp(np.clip(z, -500, 500)))),
    "sample, shifted by the largest of all": ("sample", lambda: sample_by(lambda z: np.exp(z - z.max()))),
    "sample, shifted by the mean": ("sample", lambda: sample_by(lambda z: np.exp(z - z.mean(1, keepdims=True)))),
    "gradient_check, 1e-2": ("gradient_check", lambda: lenient(1e-2)),
    "gradient_check, 1e-2 of the largest": ("gradient_check", lambda: lenient(1e-2, lambda a: np.abs(a).max())),
    "rnn_forward, in an object": ("rnn_forward", Kept),
    "rnn_forward, in a global": ("rnn_forward", lambda: in_a_global),
}


VARIANTS = ("sample, unshifted, one by one", "sample, shifted by the mean", "gradient_check, 1e-2 of the largest")
"""Of a case that is there already: in the slow tier."""


@EACH_SEED
@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=[pytest.mark.slow] * (case in VARIANTS)) for case in WRONG_IN_THE_EXTREME],
)
def test_what_is_wrong_in_extreme_cases_only_is_found_at_every_seed(case, seed):
    name, make = WRONG_IN_THE_EXTREME[case]
    public = said(EXERCISES[name], make())
    assert public[0] < EXERCISES[name].maximum
    assert said(EXERCISES[name], make(), seed) == public


def test_a_tolerance_of_a_percent_has_its_name():
    assert said(EXERCISES["gradient_check"], lenient(1e-2))[-1] == ["too-lenient"]
