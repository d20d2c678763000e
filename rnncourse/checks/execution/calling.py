"""Call a learner's function and survive whatever it does: it may raise, hang, print, warn or change its arguments."""

import contextlib
import copy
import io
import math
import re
import signal
import threading
import time
import traceback
import warnings
from dataclasses import dataclass

import numpy as np

from rnncourse.language import phrase

SECONDS = 5.0
"""How much processor time one call may take. A right answer takes milliseconds."""

WALL = 4
"""How many times as long it may take by the clock: on a busy machine a call waits for its turn."""

_ends = []  # when the calls in progress have to be over, by `time.monotonic`, the innermost last

MATMUL = re.compile(r"matmul: Input operand 1 has a mismatch .*\(size (\d+) is different from (\d+)\)")
"""What NumPy says of a product of matrices that do not fit."""


class OutOfTimeError(BaseException):
    """The call took too long. Not an `Exception`, so that a learner's ``except Exception`` does not swallow it."""


class AnswerError(Exception):
    """Raised by an exercise's `drive`: an answer cannot be used. The message, a `Phrase`, is what stands after "it"."""


@dataclass(frozen=True)
class Outcome:
    """What one call did: it returned values, or it raised; and which arguments it changed."""

    values: tuple = ()
    error: str | None = None
    unwritten: bool = False
    hanging: bool = False
    changed: tuple[str, ...] = ()

    @property
    def should_stop(self):
        """Tell whether further calls would teach nothing."""
        return self.unwritten or self.hanging


@contextlib.contextmanager
def time_limit(seconds):
    """Raise `OutOfTimeError` after some seconds of this thread's processor time, or `WALL` times as many by the clock.

    That takes POSIX and the main thread. Elsewhere there is no limit: an exception can be sent to another thread, but
    it arrives when that thread gets to it, after the call perhaps and anywhere in the check or in what called it.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    began, end = time.thread_time(), time.monotonic() + WALL * seconds

    def stop(signum, frame):
        if time.thread_time() - began >= 0.95 * seconds:  # the alarm goes by another clock
            raise OutOfTimeError(seconds)
        if time.monotonic() >= end:
            raise OutOfTimeError(WALL * seconds)

    before = signal.signal(signal.SIGALRM, stop)
    # The repeat is for a call that waits for its turn, and for a learner's bare `except:`, which swallows an alarm.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.2)
    _ends.append(end)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        _ends.pop()


def seconds_left():
    """Tell how many seconds the call in progress has by the clock; infinity where there is no limit."""
    return _ends[-1] - time.monotonic() if _ends else math.inf


def call(function, arguments, outputs=1, seconds=None, own=None, tries=2):
    """Call a function with copies of the arguments.

    Parameters
    ----------
    function : callable
    arguments : dict
        By name, in the order of the call. The arrays are copied first.
    outputs : int
        How many values the function should return: where it is one, a list is that one value.
    seconds : float, optional
        `SECONDS` by default.
    own : callable, optional
        The learner's function, where `function` calls it on their behalf: an error is traced to its lines.
    tries : int, optional
        How often a call that runs out of time is made before it is said that it never ends: what is slow once, an
        import or a machine under load, is not slow twice.

    Returns
    -------
    Outcome
        With `values` as the function returned them: a tuple of its own, or of the one value.
    """
    for _ in range(tries):
        outcome = _call_once(function, arguments, outputs, seconds or SECONDS, own or function)
        if not outcome.hanging:
            break
    return outcome


def _call_once(function, arguments, outputs, seconds, own):
    copies = {name: duplicate(value) for name, value in arguments.items()}
    stderr = io.StringIO()  # one character on stderr costs all points in stock nbgrader
    try:
        with (
            contextlib.redirect_stderr(stderr),
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
            time_limit(seconds),
        ):
            warnings.simplefilter("ignore")
            returned = function(*copies.values())
    except OutOfTimeError as error:
        (limit,) = error.args or (seconds,)
        problem = phrase("did not return within {limit:g} seconds (is there a loop that never ends?)", limit=limit)
        return Outcome(error=problem, hanging=True)
    except NotImplementedError:
        return Outcome(error=phrase("is not written yet"), unwritten=True)
    except AnswerError as error:
        return Outcome(error=error.args[0])
    except (Exception, SystemExit) as error:
        return Outcome(error=phrase("raised {error}", error=_describe(error, own)))
    several = isinstance(returned, tuple) or (isinstance(returned, list) and outputs > 1)
    values = tuple(returned) if several else (returned,)
    changed = tuple(name for name, value in arguments.items() if not unchanged(copies[name], value))
    return Outcome(values=values, changed=changed)


def _about_sizes(text):
    """Say what NumPy says of a product that does not fit in the words of the course."""
    found = MATMUL.search(text)
    if not found:
        return text
    return phrase(
        "{before}a product A @ B does not fit: the last axis of A has size {left}, "
        "and the first of B's last two has {right}{after}",
        before=text[: found.start()],
        left=found[2],
        right=found[1],
        after=text[found.end() :],
    )


def _describe(error, function):
    """Describe an error and the learner's own last line it passed: "ValueError: ... (line 4: a_t = x_t @ W)"."""
    try:
        text = _about_sizes(f"{type(error).__name__}: {error}")
    except Exception:
        text = type(error).__name__
    text = text if len(text) <= 300 else text[:297] + "..."
    own_file = getattr(getattr(function, "__code__", None), "co_filename", None)
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == own_file]
    if own and own[-1].line:
        line = f"{own[-1].line:.80}"
        return phrase("{error} (line {number}: {line})", error=text, number=own[-1].lineno, line=line)
    return text


def duplicate(value):
    """Copy an argument: arrays are copied, in containers too; all else is passed as it is."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, dict):
        return {key: duplicate(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [duplicate(entry) for entry in value]
    if isinstance(value, tuple):
        return type(value)._make(map(duplicate, value)) if hasattr(value, "_make") else tuple(map(duplicate, value))
    if isinstance(value, np.random.Generator):
        return copy.deepcopy(value)
    return value


def unchanged(now, before):
    """Tell whether an argument is still what it was before the call."""
    if isinstance(before, np.ndarray):
        return isinstance(now, np.ndarray) and now.shape == before.shape and np.array_equal(now, before)
    if isinstance(before, dict):
        return now.keys() == before.keys() and all(unchanged(now[key], before[key]) for key in before)
    if isinstance(before, list | tuple):
        return len(now) == len(before) and all(map(unchanged, now, before))
    return True
