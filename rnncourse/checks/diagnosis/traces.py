"""Compare what a learner's lines make with what the textbook makes with a mistake and without: numbers, and arrays."""

from collections import Counter

import numpy as np

NEAR = 1e-9
"""How near two numbers are that are the same, in relation to themselves."""


def first_to_make(made, with_all, without, given):
    """Find the first entry of a trace that holds what is computed with a mistake, and not without.

    Parameters
    ----------
    made : list of (line, array)
        What the learner's lines make, in order.
    with_all, without : lists of arrays
        What the textbook makes with all mistakes, and with all but the one.
    given : list of arrays
        The arguments, which anybody may copy.

    Returns
    -------
    first : int
        The place in the trace; its length where there is none.
    """
    only = _only(_numbers(with_all), np.concatenate([_numbers(without), _numbers(given)]))
    orders = _orders(with_all, [*without, *given])
    found = (i for i, (_, entries) in enumerate(made) if _mostly(entries, only) or _in_order(entries, orders))
    return next(found, len(made))


def first_to_repeat(made, assigned, without, given):
    """Find the first entry of a trace that repeats an array once more than the textbook assigns it without a mistake.

    Parameters
    ----------
    made, without, given
        As above.
    assigned : list of arrays
        What the textbook assigns with all mistakes.

    Returns
    -------
    first : int
        The place in the trace; its length where there is none.
    """
    own = {key for array in given if (key := _digest(array.ravel()))}
    before = Counter(_digest(array.ravel()) for array in without)
    more = Counter(_digest(array.ravel()) for array in assigned) - before
    left = {key: before[key] for key in more if key and before[key] and key not in own}
    for i, (_, entries) in enumerate(made):
        key = _digest(entries) if left else None
        if key in left:
            left[key] -= 1
            if left[key] < 0:
                return i
    return len(made)


def _digest(entries):
    """Write entries so that those which agree but for rounding are written alike; None for simple ones."""
    simple = entries.size < 2 or not np.isfinite(entries).all() or np.isin(entries, (0, 1, -1, entries.flat[0])).all()
    return None if simple else tuple(f"{entry:.7g}" for entry in entries)


def last_zeros(made, with_all, without, steps):
    """Find the last entry of a trace that is an array of zeros as a mistake makes it; -1 where there is none.

    Parameters
    ----------
    made, with_all, without
        As above.
    steps : int
        How many states a sequence has: zeros for the first one may stand before all others.
    """
    sizes = _zeros(with_all) - _zeros(without)
    sizes |= Counter({size * steps: 1 for size in sizes})
    return max((i for i, (_, entries) in enumerate(made) if len(entries) in sizes and not entries.any()), default=-1)


def _zeros(values):
    """Count the arrays of zeros of each size."""
    return Counter(value.size for value in values if value.size > 1 and not value.any())


def _numbers(values):
    return np.concatenate([np.zeros(0), *(value.ravel() for value in values)])


def _orders(arrays, others):
    """Collect by size the arrays whose entries, in their order, none of the others has."""
    known, orders = {}, {}
    for array in others:
        for row in _rows(array):
            known.setdefault(row.size, []).append(row)
    for array in arrays:
        if not any(_equals(row, known) for row in _rows(array)):
            for row in _rows(array):
                orders.setdefault(row.size, []).append(row)
    return {size: np.array(rows) for size, rows in orders.items()}


def _rows(array):
    """List the entries of an array by rows, and by columns."""
    array = np.squeeze(array)
    simple = array.size < 2 or not np.isfinite(array).all() or np.isin(array, (0, 1, -1, array.flat[0])).all()
    return [] if simple else [array.ravel(), array.T.ravel()][: array.ndim]


def _equals(row, known):
    return _any_row(row, np.array(known[row.size])) if row.size in known else False


def _any_row(row, rows):
    return bool((np.abs(rows - row) <= NEAR * np.abs(row)).all(axis=1).any())


def _in_order(entries, orders):
    """Tell whether entries are one of the arrays, in that order."""
    return len(entries) in orders and np.isfinite(entries).all() and _any_row(entries, orders[len(entries)])


def _only(numbers, others):
    """Sort out the numbers that are not among the others, nor so simple that anything might make them."""
    numbers = numbers[np.isfinite(numbers) & (np.abs(numbers) != 1) & (numbers != 0)]
    return np.sort(numbers[~_among(numbers, np.sort(others))])


def _among(numbers, ordered):
    """Tell which numbers are in an ordered array, but for rounding and for their sign."""
    if not len(ordered):
        return np.zeros(len(numbers), bool)
    at = np.searchsorted(ordered, numbers)
    near = [np.abs(ordered[np.clip(at + step, 0, len(ordered) - 1)] - numbers) for step in (-1, 0)]
    return np.minimum(*near) <= NEAR * np.abs(numbers)


def _mostly(entries, only):
    """Tell whether most entries are among those that only the mistake makes."""
    entries = entries[(entries != 0) & (np.abs(entries) != 1)]
    return bool(len(only) and len(entries)) and _among(entries, only).mean() > 0.5
