"""Check what a student's process answers, field by field, and name what it did instead of answering."""

import math
import os

import numpy as np

from rnncourse.grading.sandbox.protocol.encoding import ProtocolError, opaque
from rnncourse.language import say

FIELDS = {
    "outputs": list,
    "callable": bool,
    "missing": bool,
    "value": object,
    "arguments": list,
    "options": dict,
    "printed": str,
    "late": bool,
    "error": str,
    "says": str,
    "unsent": str,
    "megabytes": int,
    "back": int,
}
"""What an answer, or a wish to call back, may hold."""
ARRAYS = (np.ndarray, np.generic)
ROOM = 16 << 10
"""Bytes of arrays by which a call back may exceed what the grader itself has sent."""


class StudentError(Exception):
    """Something that the student's code did; raised under the name that it had there."""


class ProcessEnded(StudentError):
    """The student's process has ended, or no more of it is wanted."""


def student_error(name, says):
    """Make the error to raise in the grader for one that was raised in the student's process."""
    if name == "NotImplementedError":
        return NotImplementedError(says)
    return type(type(opaque(str(name))).__name__, (StudentError,), {})(str(says)[:300])


def how_it_ended(status):
    """Describe how a process has ended."""
    if status is None:
        return say("closed its connection to the grader")
    if os.WIFSIGNALED(status):
        return say(
            "ended by signal {signal}: a crash, or more memory or processor time than it may use",
            signal=os.WTERMSIG(status),
        )
    return say("ended by itself with exit status {status}", status=os.WEXITSTATUS(status))


def checked(answer):
    """Check an answer's fields and their types; return it.

    Raises
    ------
    ProtocolError
    """
    if not isinstance(answer, dict) or not all(isinstance(name, str) and name in FIELDS for name in answer):
        raise ProtocolError("an answer with unknown fields")
    wrong = [name for name, value in answer.items() if type(value) is not FIELDS[name] and FIELDS[name] is not object]
    if wrong:
        raise ProtocolError("an answer with a field of another type")
    return answer


def weight(value):
    """Count the bytes of the arrays in a value, and in an empty one those of its other axes."""
    if isinstance(value, dict):
        return sum(map(weight, value.values()))
    if isinstance(value, (list, tuple)):
        return sum(map(weight, value))
    return math.prod(size or 1 for size in value.shape) * value.itemsize if isinstance(value, ARRAYS) else 0


def wish(answer, sent, functions):
    """Take apart a wish to call one of the grader's functions back.

    Parameters
    ----------
    answer : dict
        Of `checked`.
    sent : dict
        The message that is being answered: a call back gets no more than that, so that it takes no more either.
    functions : list of callable

    Returns
    -------
    function : callable
    arguments : list
    options : dict

    Raises
    ------
    ProtocolError
    """
    number, arguments, options = answer["back"], answer.get("arguments", []), answer.get("options", {})
    if not 0 <= number < len(functions) or not all(isinstance(name, str) for name in options):
        raise ProtocolError("a call back of no function")
    if weight([arguments, options]) > weight(sent) + ROOM:
        raise ProtocolError("a call back with larger arrays than were sent")
    return functions[number], arguments, options
