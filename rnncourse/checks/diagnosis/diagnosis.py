"""Diagnose an answer: find the mistake, or the few mistakes together, that give exactly what the function gives."""

import contextlib
import dataclasses
import warnings
from typing import NamedTuple

import numpy as np

from rnncourse.checks.diagnosis.search import Search
from rnncourse.checks.execution.compare import NotAnArrayError, as_array, close


class Diagnosis(NamedTuple):
    """The mistakes that explain an answer, and the numbers of those that were made together to see it."""

    slips: tuple = ()
    made: tuple[int, ...] = ()


def same(outcome, other):
    """Tell whether two outcomes agree: both raised, or all values are equal and the same arguments changed."""
    if outcome.error or other.error:
        return bool(outcome.error and other.error)
    if len(outcome.values) != len(other.values) or outcome.changed != other.changed:
        return False
    return all(_agree(value, want) for value, want in zip(outcome.values, other.values, strict=True))


def _agree(value, want):
    """Tell whether two values are equal. Where one overflows the other has to; to nan or to inf does not matter."""
    try:
        got, want = as_array(value), np.asarray(want, np.float64)
    except NotAnArrayError:
        return False
    if got.shape != want.shape:
        return False
    finite = np.isfinite(want)
    if finite.all():  # nearly always, and most time of a diagnosis is spent here
        return close(got, want)
    return np.array_equal(np.isfinite(got), finite) and close(np.where(finite, got, 0), np.where(finite, want, 0))


def _read(outcome):
    """Read all values as arrays, once for all comparisons; None where one is no array of real numbers."""
    with contextlib.suppress(NotAnArrayError):
        return dataclasses.replace(outcome, values=tuple(map(as_array, outcome.values)))


def diagnose(candidates, outcomes, ask):
    """Find the mistakes that explain all outcomes.

    Parameters
    ----------
    candidates : Candidates
    outcomes : list of Outcome
        What the learner's function did on the candidates' probes, or on the first of them.
    ask : callable
        Takes a probe, returns what the learner's function does there.

    Returns
    -------
    Diagnosis
        Of one mistake, or two or three that occur together, or of none.
    """
    if all(outcome.error for outcome in outcomes):
        return Diagnosis()  # everything raises: the learner's own error says more than any name
    outcomes = [_read(outcome) for outcome in outcomes]
    if None in outcomes:
        return Diagnosis()  # None, text, complex numbers: no mutant returns such things
    if any(len(outcome.values) != len(candidates.right[0]) for outcome in outcomes if not outcome.error):
        return Diagnosis()  # nor does one return too few values, or too many
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _explanation(candidates, outcomes, ask)


def _explanation(candidates, outcomes, ask):
    # The last probe is the smallest: there most candidates fail, at little cost.
    cheapest_first = range(len(outcomes))[::-1]

    def explains(source, mistakes):
        seen = all((tried := source.outcome(mistakes, k)) and same(outcomes[k], tried) for k in cheapest_first)
        return seen and all(same(ask(candidates.probes[k]), source.outcome(mistakes, k)) for k in candidates.spare)

    for i, slip in enumerate(candidates.slips):
        if explains(candidates, (i,)):
            return Diagnosis((slip,), (i,))
    if candidates.exercise.diagnostic:
        return Diagnosis()  # several mistakes show in what the diagnostic asks for, or not at all
    search = Search(candidates, outcomes, ask)
    found = next((mistakes for mistakes in search.ranked() if explains(search, mistakes)), ())
    return Diagnosis(tuple(candidates.slips[i] for i in search.made(found)), search.made(found))
