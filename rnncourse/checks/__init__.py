"""Check a learner's function: ``check.rnn_step(rnn_step)`` says how many points it earns, and which mistake it has.

Each check takes the learner's function and returns a `Result`: a float, the points, whose report a notebook shows.
There is a check for every exercise, under the exercise's name.
"""

import functools
import weakref

from rnncourse.checks.clinic.worksheet import Worksheet
from rnncourse.checks.grading import grade
from rnncourse.checks.registry import EXERCISES
from rnncourse.checks.reporting.result import Result
from rnncourse.language import row, said, say

_passed = {}  # by number: objects need not have a hash; a weak reference, or the object where it can have none


def passed(function):
    """Tell whether this very function has passed its check: what a notebook asks before it builds on it."""
    kept = _passed.get(id(function))
    return (kept() if isinstance(kept, weakref.ref) else kept) is function and function is not None


def _remember(function):
    try:
        _passed[id(function)] = weakref.ref(function)
    except TypeError:  # an object whose class has __slots__, say
        _passed[id(function)] = function


def check(name, function, seed=None):
    """Check a learner's function: ``check.rnn_step(f)`` is ``check.check("rnn_step", f)``.

    Parameters
    ----------
    name : str
        The exercise.
    function : callable
        The learner's function; anything else gets 0 points and a message.
    seed : int, optional
        Seed of the probes.

    Returns
    -------
    Result
    """
    result = grade(EXERCISES[name], function, seed)
    if result.sound:
        _remember(function)
    return result


def ward():
    """Show the bug clinic's patients and the names to choose from: what ``check.bug_clinic`` asks about.

    Returns
    -------
    Worksheet
        Shows itself as the last line of a cell, or with print.
    """
    return Worksheet()


def __getattr__(name):
    # A check per exercise, so that a new exercise has its check without another line here.
    if name in EXERCISES:
        exercise_check = functools.partial(check, name)
        exercise_check.__doc__ = f"Check ``{EXERCISES[name].signature}``."
        return exercise_check
    raise AttributeError(
        say("there is no check {name}; the exercises are {names}", name=repr(name), names=said(row(EXERCISES)))
    )


def __dir__():
    return [*EXERCISES, *__all__]


__all__ = ["EXERCISES", "Result", "check", "grade", "passed", "ward"]
