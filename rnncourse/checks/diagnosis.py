"""Which known mistake, or pair of mistakes, gives exactly what the learner's function gives?"""

import itertools
import time

import numpy as np

from rnncourse.checks.calling import Outcome
from rnncourse.checks.compare import NotAnArrayError, as_array, close
from rnncourse.misconceptions import CATALOGUE, mutant

SECONDS_FOR_PAIRS = 1.0
"""How long to search for two mistakes at once before giving up."""


def run_mutant(function, probe):
    """What an adapted mutant does on a probe, as an `Outcome`; unlike `call` it is trusted: no limits."""
    copies = {name: np.array(value) for name, value in probe.arguments.items()}
    try:
        with np.errstate(all="ignore"):
            values = function(*copies.values())
    except (ValueError, IndexError) as error:  # shapes that do not fit, as they do not fit in the learner's code
        return Outcome(error=type(error).__name__)
    values = values if isinstance(values, tuple) else (values,)
    changed = tuple(name for name, value in probe.arguments.items() if not np.array_equal(copies[name], value))
    return Outcome(values=tuple(map(np.asarray, values)), changed=changed)


def same(outcome, other):
    """Whether two outcomes agree: both raised, or all values are equal and the same arguments changed."""
    if outcome.error or other.error:
        return bool(outcome.error and other.error)
    if len(outcome.values) != len(other.values) or outcome.changed != other.changed:
        return False
    try:
        return all(
            close(as_array(value), np.asarray(want, np.float64))
            for value, want in zip(outcome.values, other.values, strict=True)
        )
    except NotAnArrayError:
        return False


def _explains(misconceptions, exercise, probes, outcomes):
    try:
        function = exercise.adapt(mutant(*misconceptions))
    except ValueError:  # two mistakes in one place: no such pair
        return False
    return all(same(outcome, run_mutant(function, probe)) for probe, outcome in zip(probes, outcomes, strict=True))


def diagnose(exercise, probes, outcomes):
    """Find the misconceptions that explain all outcomes.

    Parameters
    ----------
    exercise : Exercise
    probes : list of Probe
    outcomes : list of Outcome
        One for each probe.

    Returns
    -------
    misconceptions : tuple of Misconception
        One, or two that occur together, or none.
    """
    known = CATALOGUE.get(exercise.name, ())
    if all(outcome.error for outcome in outcomes):
        return ()  # everything raises: the learner's own error says more than any name
    for misconception in known:
        if _explains((misconception,), exercise, probes, outcomes):
            return (misconception,)
    end = time.monotonic() + SECONDS_FOR_PAIRS
    for pair in itertools.combinations(known, 2):
        if time.monotonic() > end:
            break
        if _explains(pair, exercise, probes, outcomes):
            return pair
    return ()
