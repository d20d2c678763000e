"""Run a mutant, the textbook with mistakes in it, on a probe: it is trusted, and so without limits."""

import numpy as np

from rnncourse.checks.execution.calling import Outcome, duplicate, unchanged


def run_mutant(function, probe, protected=None):
    """Run an adapted mutant on a probe; unlike in `call` it is trusted: no limits.

    Parameters
    ----------
    function : callable
    probe : Probe
    protected : list, optional
        Its arguments, as `protected_arguments` gives them.

    Returns
    -------
    Outcome
    """
    try:
        return Outcome(values=_values(function, protected or protected_arguments(probe)))
    except ValueError as error:
        if "read-only" in str(error):
            return _run_on_copies(function, probe)
        return Outcome(error=type(error).__name__)
    except Exception as error:  # shapes that do not fit, as they do not fit in the learner's code
        return Outcome(error=type(error).__name__)


def _values(function, arguments):
    with np.errstate(all="ignore"):
        values = function(*arguments)
    return tuple(map(np.asarray, values if isinstance(values, tuple) else (values,)))


def protected_arguments(probe):
    """Show a probe's arguments without copies, so that to change them raises."""
    return [_protected(value) for value in probe.arguments.values()]


def _protected(value):
    """Show an argument without a copy, so that to change it raises."""
    if isinstance(value, np.ndarray):
        view = value.view()
        view.flags.writeable = False
        return view
    if isinstance(value, tuple):
        return type(value)._make(map(_protected, value)) if hasattr(value, "_make") else tuple(map(_protected, value))
    if isinstance(value, list):
        return [_protected(entry) for entry in value]
    return duplicate(value)


def _run_on_copies(function, probe):
    copies = {name: duplicate(value) for name, value in probe.arguments.items()}
    try:
        values = _values(function, copies.values())
    except Exception as error:
        return Outcome(error=type(error).__name__)
    changed = tuple(name for name, value in probe.arguments.items() if not unchanged(copies[name], value))
    return Outcome(values=values, changed=changed)
