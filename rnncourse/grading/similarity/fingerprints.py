"""Take fingerprints of a cell: winnowed runs of tokens inside a unit, and pairs of neighbouring units.

Winnowing keeps the smallest hash of every window of runs, so that two cells that share a long enough run share a kept
one (Schleimer, Wilkerson and Aiken, 2003). No run crosses from unit to unit: lines in another order keep their runs.
"""

import hashlib

from rnncourse.grading.similarity.units import units_of

RUN = 7
"""Tokens of a run."""
WINDOW = 4
"""Runs of which one is kept."""
SHORTEST = 5
"""Tokens of a unit that says anything."""


def fingerprints(source):
    """Take the fingerprints of a cell.

    Parameters
    ----------
    source : str

    Returns
    -------
    found : dict of int to set of int
        By fingerprint: the lines on which it stands. Empty where the cell is no Python.
    """
    found, before = {}, None
    for unit in units_of(source) or ():
        if len(unit.tokens) < SHORTEST:
            continue
        whole = _hash(unit.tokens)
        kept = {_hash(("unit", *unit.tokens))} | winnowed([_hash(run) for run in _runs(unit.tokens)])
        for each in kept:
            found.setdefault(each, set()).add(unit.line)
        if before:
            pair = _hash((str(before[0]), str(whole)))
            found.setdefault(pair, set()).update((before[1], unit.line))
        before = whole, unit.line
    return found


def winnowed(hashes, window=WINDOW):
    """Keep the smallest hash of every window; of fewer than a window, the smallest of all.

    Parameters
    ----------
    hashes : sequence of int
    window : int

    Returns
    -------
    kept : set of int
    """
    if not hashes:
        return set()
    return {min(hashes[start : start + window]) for start in range(max(len(hashes) - window + 1, 1))}


def _runs(tokens):
    """List the runs of a unit; a short unit is one run."""
    return [tokens[start : start + RUN] for start in range(max(len(tokens) - RUN + 1, 1))]


def _hash(tokens):
    """Hash tokens, alike in every process."""
    return int.from_bytes(hashlib.blake2b("\0".join(tokens).encode(), digest_size=8).digest(), "big")
