"""Which known mistake, or pair of mistakes, gives exactly what the learner's function gives?"""

import contextlib
import itertools

import numpy as np

from rnncourse.checks.calling import Outcome, duplicate, unchanged
from rnncourse.checks.compare import NotAnArrayError, as_array, close
from rnncourse.misconceptions import CATALOGUE, mutant

MOST_PAIRS = 800
"""How many pairs of mistakes are tried, the likely ones first: a count and no clock, so that no answer varies."""


def run_mutant(function, probe):
    """What an adapted mutant does on a probe, as an `Outcome`; unlike `call` it is trusted: no limits."""
    copies = {name: duplicate(value) for name, value in probe.arguments.items()}
    try:
        with np.errstate(all="ignore"):
            values = function(*copies.values())
    except Exception as error:  # shapes that do not fit, as they do not fit in the learner's code
        return Outcome(error=type(error).__name__)
    values = values if isinstance(values, tuple) else (values,)
    changed = tuple(name for name, value in probe.arguments.items() if not unchanged(copies[name], value))
    return Outcome(values=tuple(map(np.asarray, values)), changed=changed)


def same(outcome, other):
    """Whether two outcomes agree: both raised, or all values are equal and the same arguments changed."""
    if outcome.error or other.error:
        return bool(outcome.error and other.error)
    if len(outcome.values) != len(other.values) or outcome.changed != other.changed:
        return False
    return all(_agree(value, want) for value, want in zip(outcome.values, other.values, strict=True))


def _explains(misconceptions, exercise, probes, outcomes):
    try:
        function = exercise.driven(exercise.adapt(mutant(*misconceptions)))
    except ValueError:  # two mistakes in one place: no such pair
        return False
    # The last probe is the smallest: there most candidates fail, at little cost.
    cheapest_first = reversed(list(zip(probes, outcomes, strict=True)))
    return all(same(outcome, run_mutant(function, probe)) for probe, outcome in cheapest_first)


def _disturbed(outcome, right):
    """Which outputs of an outcome differ from the right ones; all of them if none came back."""
    if outcome.error or len(outcome.values) != len(right):
        return frozenset(range(len(right)))
    return frozenset(k for k, want in enumerate(right) if not _agree(outcome.values[k], want))


def _agree(value, want):
    """Whether two values are equal. Where one overflows the other has to; into nan or into inf does not matter."""
    try:
        got, want = as_array(value), np.asarray(want, np.float64)
    except NotAnArrayError:
        return False
    finite = np.isfinite(want)
    if got.shape != want.shape or not np.array_equal(np.isfinite(got), finite):
        return False
    return close(np.where(finite, got, 0), np.where(finite, want, 0))


def _flat(values, right):
    """All outputs as one vector, each on the scale of the right one; NaN where there is nothing to compare."""
    parts = []
    for k, want in enumerate(right):
        part = np.full(want.shape, np.nan)
        with contextlib.suppress(NotAnArrayError, IndexError):
            value = as_array(values[k])
            part = value / (np.abs(want).max(initial=0.0) or 1.0) if value.shape == want.shape else part
        parts.append(np.ravel(part))
    return np.concatenate(parts)


def _pairs(exercise, probe, outcome, right):
    """Pairs of misconceptions that could explain the outcome, the most likely first.

    Together they disturb what is disturbed, and no more. A pair is likely where many entries are what one of the two
    gives alone, or what both add up to.
    """
    wrong, known = _disturbed(outcome, right), CATALOGUE[exercise.name]
    alone = [run_mutant(exercise.driven(exercise.adapt(mutant(one))), probe) for one in known]
    traces = [_disturbed(one, right) for one in alone]
    want = _flat(right, right)
    with np.errstate(all="ignore"):
        error = _flat(outcome.values, right) - want
        errors = np.array([_flat(one.values, right) - want for one in alone])

    def entries_explained(pair):
        one, other = errors[pair[0]], errors[pair[1]]
        return np.count_nonzero((np.abs(np.stack([one, other, one + other]) - error) <= 1e-6).any(axis=0))

    pairs = [
        (i, j)
        for i, j in itertools.combinations(range(len(known)), 2)
        if traces[i] | traces[j] >= wrong and (outcome.error or traces[i] | traces[j] <= wrong)
    ]
    with np.errstate(all="ignore"):
        pairs.sort(key=entries_explained, reverse=True)
    return [(known[i], known[j]) for i, j in pairs]


def diagnose(exercise, probes, outcomes, right):
    """Find the misconceptions that explain all outcomes.

    Parameters
    ----------
    exercise : Exercise
    probes : list of Probe
    outcomes : list of Outcome
        One for each probe.
    right : tuple of array
        The right values on the first probe.

    Returns
    -------
    misconceptions : tuple of Misconception
        One, or two that occur together, or none.
    """
    if all(outcome.error for outcome in outcomes):
        return ()  # everything raises: the learner's own error says more than any name
    for one in CATALOGUE[exercise.name]:
        if _explains((one,), exercise, probes, outcomes):
            return (one,)
    for pair in _pairs(exercise, probes[0], outcomes[0], right)[:MOST_PAIRS]:
        if _explains(pair, exercise, probes, outcomes):
            return pair
    return ()
