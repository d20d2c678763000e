"""Call a learner's function and survive whatever it does: it may raise, hang, print, warn or change its arguments."""

import contextlib
import copy
import io
import re
import signal
import threading
import traceback
import warnings
from dataclasses import dataclass

import numpy as np

SECONDS = 5.0
"""How long one call may take. A right answer takes milliseconds."""


MATMUL = re.compile(r"matmul: Input operand 1 has a mismatch .*\(size (\d+) is different from (\d+)\)")
"""What NumPy says of a product of matrices that do not fit."""


class OutOfTimeError(BaseException):
    """The call took too long. Not an `Exception`, so that a learner's ``except Exception`` does not swallow it."""


class AnswerError(Exception):
    """Raised by an exercise's `drive`: a learner's answer cannot be used. The message is what stands after "it"."""


@dataclass(frozen=True)
class Outcome:
    """What one call did: it returned values, or it raised; and which arguments it changed."""

    values: tuple = ()
    error: str | None = None
    unwritten: bool = False
    hanging: bool = False
    changed: tuple[str, ...] = ()

    @property
    def hopeless(self):
        """Whether further calls would teach nothing."""
        return self.unwritten or self.hanging


@contextlib.contextmanager
def _time_limit(seconds):
    """Raise `OutOfTimeError` after some seconds, where the platform can: POSIX, in the main thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(signum, frame):
        raise OutOfTimeError

    before = signal.signal(signal.SIGALRM, stop)
    # The repeat is for a learner's bare `except:` around a loop: one alarm would be swallowed.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def call(function, arguments, outputs=1, seconds=None, own=None):
    """Call `function` with copies of the arguments.

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

    Returns
    -------
    Outcome
        With `values` as the function returned them: a tuple of its own, or of the one value.
    """
    copies = {name: duplicate(value) for name, value in arguments.items()}
    quiet = io.StringIO()  # one character on stderr costs all points in stock nbgrader
    try:
        with (
            contextlib.redirect_stderr(quiet),
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
            _time_limit(seconds or SECONDS),
        ):
            warnings.simplefilter("ignore")
            returned = function(*copies.values())
    except OutOfTimeError:
        return Outcome(
            error=f"did not return within {seconds or SECONDS:g} seconds (is there a loop that never ends?)",
            hanging=True,
        )
    except NotImplementedError:
        return Outcome(error="is not written yet", unwritten=True)
    except AnswerError as error:
        return Outcome(error=str(error))
    except (Exception, SystemExit) as error:
        return Outcome(error=f"raised {_describe(error, own or function)}")
    several = isinstance(returned, tuple) or (isinstance(returned, list) and outputs > 1)
    values = tuple(returned) if several else (returned,)
    changed = tuple(name for name, value in arguments.items() if not unchanged(copies[name], value))
    return Outcome(values=values, changed=changed)


def _sizes_differ(said):
    right, left = said.groups()
    return (
        f"a product A @ B does not fit: the last axis of A has size {left}, and the first of B's last two has {right}"
    )


def _describe(error, function):
    """The error and the last line of the learner's own that it passed: "ValueError: ... (line 4: a_t = x_t @ W)"."""
    try:
        text = MATMUL.sub(_sizes_differ, f"{type(error).__name__}: {error}")
    except Exception:
        text = type(error).__name__
    text = text if len(text) <= 300 else text[:297] + "..."
    own_file = getattr(getattr(function, "__code__", None), "co_filename", None)
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == own_file]
    if own and own[-1].line:
        text += f" (line {own[-1].lineno}: {own[-1].line:.80})"
    return text


def duplicate(value):
    """A copy of an argument: arrays are copied, in containers too; all else is passed as it is."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, dict):
        return {key: duplicate(one) for key, one in value.items()}
    if isinstance(value, list):
        return [duplicate(one) for one in value]
    if isinstance(value, tuple):
        return type(value)._make(map(duplicate, value)) if hasattr(value, "_make") else tuple(map(duplicate, value))
    if isinstance(value, np.random.Generator):
        return copy.deepcopy(value)
    return value


def unchanged(a, b):
    """Whether an argument is still what it was."""
    if isinstance(b, np.ndarray):
        return isinstance(a, np.ndarray) and a.shape == b.shape and np.array_equal(a, b)
    if isinstance(b, dict):
        return a.keys() == b.keys() and all(unchanged(a[key], b[key]) for key in b)
    if isinstance(b, list | tuple):
        return len(a) == len(b) and all(map(unchanged, a, b))
    return True
