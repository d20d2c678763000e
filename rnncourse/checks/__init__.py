"""What a graded cell calls: ``check.rnn_step(rnn_step)`` says how many points it earns, and which mistake it has.

Each check takes the learner's function and returns a `Result`: a float, the points, whose report a notebook shows.
"""

import weakref

from rnncourse.checks.exercises import EXERCISES
from rnncourse.checks.grade import grade
from rnncourse.checks.result import Result

_passed = weakref.WeakSet()


def _check(name, function, seed):
    result = grade(EXERCISES[name], function, seed)
    if result.passed:
        _passed.add(function)
    return result


def passed(function):
    """Whether this very function has passed its check: what a notebook asks before it builds on it."""
    return function in _passed


def rnn_step(function, seed=None):
    """Check ``rnn_step(x_t, h_prev, W_xh, W_hh, b_h) -> h_t``."""
    return _check("rnn_step", function, seed)


def rnn_forward(function, seed=None):
    """Check ``rnn_forward(x, h0, W_xh, W_hh, b_h) -> h``."""
    return _check("rnn_forward", function, seed)


def rnn_backward(function, seed=None):
    """Check ``rnn_backward(dh, x, h0, h, W_xh, W_hh) -> dx, dh0, dW_xh, dW_hh, db_h``."""
    return _check("rnn_backward", function, seed)


__all__ = ["EXERCISES", "Result", "grade", "passed", "rnn_backward", "rnn_forward", "rnn_step"]
