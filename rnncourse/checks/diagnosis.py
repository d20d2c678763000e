"""Which known mistake, or pair of mistakes, gives exactly what the learner's function gives?"""

import itertools
import time

import numpy as np

from rnncourse.checks.calling import Outcome, duplicate, unchanged
from rnncourse.checks.compare import NotAnArrayError, as_array, close
from rnncourse.misconceptions import CATALOGUE, mutant

SECONDS = 2.0
"""How long to search for two mistakes at once before giving up; the largest catalogue takes a fraction of it."""


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
    return all(same(outcome, run_mutant(function, probe)) for probe, outcome in zip(probes, outcomes, strict=True))


def _disturbed(outcome, right):
    """Which outputs of an outcome differ from the right ones; all of them if none came back."""
    if outcome.error or len(outcome.values) != len(right):
        return frozenset(range(len(right)))
    return frozenset(k for k, want in enumerate(right) if not _agree(outcome.values[k], want))


def _agree(value, want):
    try:
        return close(as_array(value), np.asarray(want, np.float64))
    except NotAnArrayError:
        return False


def _pairs(exercise, probe, outcome, right):
    """Pairs of misconceptions that could explain the outcome: together they disturb what is disturbed, and no more."""
    wrong = _disturbed(outcome, right)
    traces = [
        (one, _disturbed(run_mutant(exercise.driven(exercise.adapt(mutant(one))), probe), right))
        for one in CATALOGUE[exercise.name]
    ]
    for (one, trace), (other, its_trace) in itertools.combinations(traces, 2):
        if trace | its_trace >= wrong and (outcome.error or trace | its_trace <= wrong):
            yield one, other


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
    singles = ((one,) for one in CATALOGUE[exercise.name])
    candidates = itertools.chain(singles, _pairs(exercise, probes[0], outcomes[0], right))
    end = time.monotonic() + SECONDS
    for candidate in itertools.takewhile(lambda _: time.monotonic() < end, candidates):
        if _explains(candidate, exercise, probes, outcomes):
            return candidate
    return ()
