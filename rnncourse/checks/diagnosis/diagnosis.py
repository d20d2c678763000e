"""Diagnose an answer: find the known mistake, or pair of mistakes, that gives exactly what the function gives."""

import contextlib

import numpy as np

from rnncourse.checks.execution.compare import NotAnArrayError, as_array, close

MOST_PAIRS = 800
"""How many pairs of mistakes are tried, the likely ones first: a count and no clock, so that no answer varies."""

NEAR = 1e-6
"""What counts as one and the same error of an entry, on the scale of the output."""

ENTRIES = 48
"""How many entries of an output are looked at to rank the pairs, at least where it has so many: below twice that."""


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


def _readable(value):
    with contextlib.suppress(NotAnArrayError):
        as_array(value)
        return True
    return False


def _disturbed(outcome, right):
    """Find the outputs of an outcome that differ from the right ones; all of them if none came back."""
    if outcome.error or len(outcome.values) != len(right):
        return frozenset(range(len(right)))
    return frozenset(k for k, want in enumerate(right) if not _agree(outcome.values[k], want))


def _flat(values, right):
    """Join all outputs' entries in a vector, on the scale of the right output; NaN where nothing is to compare."""
    parts = []
    for k, want in enumerate(right):
        part = np.full(want.shape, np.nan)
        with contextlib.suppress(NotAnArrayError, IndexError):
            value = as_array(values[k])
            part = value / (np.abs(want).max(initial=0.0) or 1.0) if value.shape == want.shape else part
        parts.append(_subsample(part))
    return np.concatenate(parts)


def _subsample(array):
    """Flatten an array to a vector: all its entries, or some of a large one at equal distances."""
    return np.ravel(array)[:: max(1, array.size // ENTRIES)]


def _explained(candidates, outcome, k):
    """Compute how much of an outcome on probe k two mistakes explain: a matrix, [i, j] for the pair (i, j).

    An entry is explained where its error is that of one of the two alone, or what both add up to, or what both
    multiply up to. Each output counts for one, whatever its size.
    """
    right = candidates.right[k]
    want, sizes = _flat(right, right), [_subsample(value).size for value in right]
    weight = np.repeat(1 / np.maximum(sizes, 1), sizes)
    with np.errstate(all="ignore"):
        error = _flat(outcome.values, right) - want
        errors = np.array([_flat(candidates.alone(i, k).values, right) - want for i in range(len(candidates.known))])
        hits = np.abs(errors - error) <= NEAR
        share = np.zeros((len(errors), len(errors)))
        for i in range(len(errors)):
            both = errors[i] + errors
            hit = hits[i] | hits | (np.abs(both - error) <= NEAR)
            share[i] = (hit | (np.abs(both + errors[i] * errors / want - error) <= NEAR)) @ weight
    return share


def _pairs(candidates, outcomes):
    """Rank the pairs of mistakes, by number, the most likely first.

    The first probe is a generic one and the last the smallest, where mistakes meddle least with each other. Pairs that
    together disturb what is disturbed, and no more, come before all others.
    """
    ends = sorted({0, len(outcomes) - 1})
    share = sum(_explained(candidates, outcomes[k], k) for k in ends)
    right, outcome, known = candidates.right[0], outcomes[0], range(len(candidates.known))
    wrong, traces = _disturbed(outcome, right), [_disturbed(candidates.alone(i, 0), right) for i in known]

    def rank(pair):
        i, j = pair
        both = traces[i] | traces[j]
        fits = both >= wrong if outcome.error else both == wrong
        return not fits, -round(share[i, j], 6)

    return sorted(((i, j) for i in known for j in known[i + 1 :]), key=rank)[:MOST_PAIRS]


def diagnose(candidates, outcomes):
    """Find the misconceptions that explain all outcomes.

    Parameters
    ----------
    candidates : Candidates
    outcomes : list of Outcome
        What the learner's function did on the candidates' probes, or on the first of them.

    Returns
    -------
    misconceptions : tuple of Misconception
        One, or two that occur together, or none.
    """
    if all(outcome.error for outcome in outcomes):
        return ()  # everything raises: the learner's own error says more than any name
    if not all(_readable(value) for outcome in outcomes for value in outcome.values):
        return ()  # None, text, complex numbers: no mutant returns such things
    if any(len(outcome.values) != len(candidates.right[0]) for outcome in outcomes if not outcome.error):
        return ()  # nor does one return too few values, or too many
    # The last probe is the smallest: there most candidates fail, at little cost.
    cheapest_first = range(len(outcomes))[::-1]
    for i, misconception in enumerate(candidates.known):
        if all(same(outcomes[k], candidates.alone(i, k)) for k in cheapest_first):
            return (misconception,)
    for pair in _pairs(candidates, outcomes):
        if all((both := candidates.together(pair, k)) and same(outcomes[k], both) for k in cheapest_first):
            return tuple(candidates.known[i] for i in pair)
    return ()
