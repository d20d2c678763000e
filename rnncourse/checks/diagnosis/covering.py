"""Choose the mistakes worth trying together by what each does alone to each piece of what a function returns.

An output depends on few places. Where one mistake alone changes a piece and the other does not, both together make of
it what the one makes.
"""

import itertools

import numpy as np

FIRST = 32
"""How many of the mistakes that explain something are joined three at a time."""


def unexplained(changes, explains, wrong):
    """Count of each pair of mistakes the wrong pieces that they cannot explain together.

    Parameters
    ----------
    changes, explains : arrays of bool
        A row for each mistake: which pieces it changes, and which it makes as they are seen.
    wrong : array of bool
        Which pieces are to be explained.

    Returns
    -------
    array of float
        A row and a column for each mistake; zero where they may explain all.
    """
    changes, explains = changes[:, wrong], explains[:, wrong]
    # What a mistake leaves alone, or spoils where the other leaves it alone, nobody explains.
    alone, fails = (~changes).astype(np.float32), (changes & ~explains).astype(np.float32)
    return alone @ alone.T + fails @ alone.T + alone @ fails.T


def covering_triples(explains, count):
    """List the triples of mistakes that alone explain most pieces among them, each some that the others do not.

    Parameters
    ----------
    explains : array of bool
        A row for each mistake, a column for each wrong piece.
    count : int
        At most so many.

    Returns
    -------
    list of tuples of int
        Rows, those first that explain most.
    """
    rows = np.flatnonzero(explains.any(axis=1))
    rows = rows[np.argsort(-explains[rows].sum(axis=1), kind="stable")]
    rows = sorted(_first_of_each(explains, rows)[:FIRST])
    found = []
    for triple in itertools.combinations(rows, 3):
        times = explains[list(triple)].sum(axis=0)
        if (explains[list(triple)] & (times == 1)).any(axis=1).all():
            found.append((-np.count_nonzero(times), triple))
    return [triple for _, triple in sorted(found)[:count]]


def _first_of_each(explains, rows):
    """Keep at most two of the mistakes that explain the same pieces."""
    kept, seen = [], {}
    for row in rows.tolist():
        key = explains[row].tobytes()
        seen[key] = seen.get(key, 0) + 1
        if seen[key] <= 2:
            kept.append(row)
    return kept
