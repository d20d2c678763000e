"""What a graded cell calls: ``check.rnn_step(rnn_step)`` says how many points it earns, and which mistake it has.

Each check takes the learner's function and returns a `Result`: a float, the points, whose report a notebook shows.
There is a check for every exercise, under the exercise's name.
"""

import functools
import weakref

from rnncourse.checks.exercises import EXERCISES
from rnncourse.checks.grade import grade
from rnncourse.checks.result import Result

_passed = weakref.WeakSet()


def passed(function):
    """Whether this very function has passed its check: what a notebook asks before it builds on it."""
    return function in _passed


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
        _passed.add(function)
    return result


def ward():
    """The bug clinic's patients and the names to choose from: what ``check.bug_clinic`` asks about."""
    from rnncourse.checks import clinic  # late: a ward is made of the whole catalogue

    return clinic.ward()


def __getattr__(name):
    # A check per exercise, so that a new exercise has its check without another line here.
    if name in EXERCISES:
        one = functools.partial(check, name)
        one.__doc__ = f"Check ``{EXERCISES[name].signature}``."
        return one
    raise AttributeError(f"there is no check {name!r}; the exercises are {', '.join(EXERCISES)}")


def __dir__():
    return [*EXERCISES, *__all__]


__all__ = ["EXERCISES", "Result", "check", "grade", "passed", "ward"]
