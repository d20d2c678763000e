"""Keep the seed from which checks draw their probes: a public one, or a grader's secret one."""

import contextlib

PUBLIC_SEED = 20
"""Seed of the probes where no other is given. Grading takes a secret one."""

_seed = PUBLIC_SEED


def current_seed():
    """Look up the seed for a check that is given none: `PUBLIC_SEED`, or that of `probes_from`."""
    return _seed


@contextlib.contextmanager
def probes_from(seed):
    """Set the seed of checks that are given none inside a ``with`` block: how a grader keeps its probes secret."""
    global _seed
    before, _seed = _seed, seed
    try:
        yield
    finally:
        _seed = before
