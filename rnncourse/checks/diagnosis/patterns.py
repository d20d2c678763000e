"""Find what a wrong value has in common with the right one, where no known mistake fits."""

import numpy as np

from rnncourse.checks.execution.compare import as_array, close
from rnncourse.language import phrase


def pattern(pairs, dims, time_axis):
    """Find a fact about a wrong output that holds on every probe, as a piece of a sentence; None if there is none.

    Parameters
    ----------
    pairs : list of (got, want)
        The learner's value and the right one, of equal shape, a pair for each probe.
    dims : list of dict
        The sizes of each probe.
    time_axis : bool
        Whether the first axis is time.
    """
    pairs = [(as_array(got), np.asarray(want, np.float64)) for got, want in pairs]

    def always(relation):
        return all(relation(got, want) for got, want in pairs)

    if always(close):
        return None  # it is right: what is wrong is another output, or their number
    if always(lambda got, want: not got.any()):
        return phrase("is zero throughout")
    if always(lambda got, want: close(got, -want)):
        return phrase("has the wrong sign throughout")
    if any(got.ndim == 2 and got.shape[0] > 1 for got, _ in pairs) and always(
        lambda got, want: got.ndim == 2 and close(got, want.T)
    ):
        return phrase("is the transpose of the right one")
    for letter in "BT":
        if letter not in dims[0] or all(size[letter] == 1 for size in dims):
            continue
        if all(close(got, want * size[letter]) for (got, want), size in zip(pairs, dims, strict=True)):
            return phrase("is right up to a factor {letter}: it is {letter} times too large", letter=letter)
        if all(close(got * size[letter], want) for (got, want), size in zip(pairs, dims, strict=True)):
            return phrase("is right up to a factor {letter}: it is {letter} times too small", letter=letter)
    ratios = [_ratio(got, want) for got, want in pairs]
    if all(ratio is not None for ratio in ratios) and np.ptp(ratios) <= 1e-9 * abs(ratios[0]):
        return phrase("is right up to a constant factor, {factor}", factor=_factor(ratios[0]))
    return _in_time(pairs) if time_axis else None


def _factor(ratio):
    """Write a factor, and one next to 1 by its distance from it."""
    written = f"{ratio:.6g}"
    return f"1 {'-' if ratio < 1 else '+'} {abs(ratio - 1):.1g}" if written == "1" else written


def _ratio(got, want):
    largest = np.unravel_index(np.abs(want).argmax(), want.shape)
    if want[largest] == 0:
        return None
    ratio = got[largest] / want[largest]
    return ratio if ratio != 0 and close(got, ratio * want) else None


def _in_time(pairs):
    long = [(got, want) for got, want in pairs if len(want) > 1]
    if not long:
        return None
    if all(close(got, want[::-1]) for got, want in long):
        return phrase("is reversed in time")
    if all(close(got[1:], want[:-1]) for got, want in long):
        return phrase("is one step late: what it has at t belongs to t-1")
    if all(close(got[:-1], want[1:]) for got, want in long):
        return phrase("is one step early: what it has at t belongs to t+1")
    right = [[close(g, w) for g, w in zip(got, want, strict=True)] for got, want in long]
    if all(steps[-1] and not any(steps[:-1]) for steps in right):
        return phrase("is right at t = T only: the last step is right, what leads to the others is not")
    if all(steps[0] and not any(steps[1:]) for steps in right):
        return phrase("is right at t = 1 only: the first step is right, what leads from step to step is not")
    if all(not steps[0] and all(steps[1:]) for steps in right):
        return phrase("is right at every step but t = 1")
    if all(not steps[-1] and all(steps[:-1]) for steps in right):
        return phrase("is right at every step but t = T")
    return None
