"""Speak with a student's process: run cells, call functions, and bear an end that may come at any moment.

A process that ends takes one cell or one call with it: the cells that ran before are run again in a fresh one.
"""

import os
import sys
import time

from rnncourse.checks.execution.calling import OutOfTimeError, seconds_left
from rnncourse.grading.sandbox.base import SandboxError
from rnncourse.grading.sandbox.encoding import ProtocolError, opaque
from rnncourse.grading.sandbox.proxy import Function, write_back

GRACE_SECONDS = 1.0
"""How much longer than its limit an answer may take before the process is killed: a loop is interrupted by then."""
FRESH_STARTS = 8


class StudentError(Exception):
    """Something that the student's code did; raised under the name that it had there."""


class ProcessEnded(StudentError):
    """The student's process has ended, or no more of it is wanted."""


def student_error(name, says):
    """Make the error to raise in the grader for one that was raised in the student's process."""
    if name == "NotImplementedError":
        return NotImplementedError(says)
    return type(type(opaque(str(name))).__name__, (StudentError,), {})(str(says)[:300])


class Remote:
    """One submission's process.

    Parameters
    ----------
    sandbox : Sandbox
    limits : Limits
    files : dict of str to uint8 array
        What lies beside the notebook.
    """

    def __init__(self, sandbox, limits, files=None):
        self._sandbox, self._limits, self._files = sandbox, limits, files or {}
        self._end = None  # its seconds begin with the first thing asked: what the grader does before is not its doing
        self._channel = None
        self._ran = []  # cells to run again in a fresh process
        self._starts = 0
        self._owed = False  # whether an answer is still to come that nobody waits for
        self._functions = []
        self._deadly = {}  # functions that have ended a process, and how

    def cell(self, source):
        """Run a cell.

        Returns
        -------
        outputs : list of dict

        Raises
        ------
        ProcessEnded
        """
        answer = self._ask({"do": "cell", "source": source}, self._limits.cell_seconds)
        self._ran.append(source)
        outputs = answer.get("outputs")
        return [output for output in outputs if isinstance(output, dict)] if isinstance(outputs, list) else []

    def look_up(self, name):
        """Look up what a name stands for: a callable, a plain value, or nothing (`NameError`)."""
        answer = self._ask({"do": "look_up", "name": name}, self._limits.call_seconds)
        if answer.get("callable"):
            return Function(self, name)
        if "value" in answer:
            return answer["value"]
        raise NameError(f"{name} is not defined: run its cell from top to bottom and see whether it raises an error")

    def call(self, name, arguments, options, substitutes=None):
        """Call one of the student's functions. What it changes in its arguments changes here, too.

        Parameters
        ----------
        name : str
        arguments : sequence
        options : dict
        substitutes : dict of str to callable, optional
            Functions of the grader's that bear these names there during the call; what is printed is not shown then.
        """
        # Where a check has set a limit, the function gets what is left of it and is stopped there a moment before.
        seconds = min(self._limits.call_seconds, seconds_left())
        message = {"do": "call", "name": name, "arguments": list(arguments), "options": options}
        if substitutes:
            message["substitutes"] = substitutes
        call = (name, *(substitutes or ()))  # what has ended the process may have been what is exchanged now
        if call in self._deadly:
            raise self._deadly[call]
        try:
            answer = self._ask(message, max(seconds - 0.2, 0.01))
        except ProcessEnded as ended:
            self._deadly[call] = ended
            raise
        if isinstance(answer.get("printed"), str) and not substitutes:
            sys.stdout.write(answer["printed"])
        if answer.get("late"):
            raise OutOfTimeError
        if "error" in answer:
            raise student_error(answer["error"], answer.get("says"))
        for ours, theirs in zip(arguments, answer.get("arguments") or (), strict=False):
            write_back(ours, theirs)
        return answer.get("value")

    def close(self, hung_up=False):
        """End the process; return how it had ended before, if it had."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None
            return self._sandbox.reap(hung_up)
        return None

    def _ask(self, message, seconds):
        """Ask the process, a fresh one if there is none, and wait for the answer."""
        if self._channel is not None and self._owed:
            self._settle()
        if self._channel is None:
            self._start()
        return self._exchange(message, seconds)

    def _settle(self):
        """Discard the late reply of an exchange that an alarm has interrupted: it belongs to nobody."""
        try:
            while "back" in self._channel.receive(GRACE_SECONDS):
                pass
            self._owed = False
        except Exception:
            self.close()

    def _start(self):
        """Start a fresh process, and run the cells in it that ran before."""
        if self._sandbox.lost:
            raise ProcessEnded(self._sandbox.lost)
        if self._starts > FRESH_STARTS:
            raise ProcessEnded(f"your code ended its process {self._starts} times; it gets no other")
        self._starts += 1
        try:
            self._channel, self._owed = self._sandbox.fork(self._limits), False
        except SandboxError:
            if not self._sandbox.lost:
                raise
            raise ProcessEnded(self._sandbox.lost) from None
        if self._files:
            self._exchange({"do": "files", "files": self._files}, self._limits.call_seconds)
        for source in self._ran:
            self._exchange({"do": "cell", "source": source}, self._limits.cell_seconds)

    def _exchange(self, message, seconds):
        """Send a message and wait for its answer; call back meanwhile, if that is asked for."""
        self._end = self._end or time.monotonic() + self._limits.notebook_seconds
        left = self._end - time.monotonic()
        if left <= 0:
            self.close()
            raise ProcessEnded(f"the {self._limits.notebook_seconds:g} seconds of this notebook are used up")
        seconds = min(seconds, left)
        self._functions = []
        if message["do"] in ("cell", "call"):
            message["seconds"] = seconds
        self._owed = True
        end = time.monotonic() + seconds + GRACE_SECONDS
        try:
            self._channel.send(message, self._number, seconds + GRACE_SECONDS)
            while "back" in (answer := self._channel.receive(end - time.monotonic())):
                self._channel.send(self._call_back(answer), seconds=seconds)
        except TimeoutError:
            self.close()
            if message["do"] == "call":
                raise OutOfTimeError from None
            raise ProcessEnded(f"did not end within {seconds:.0f} seconds, and could not be interrupted") from None
        except (EOFError, ConnectionError):
            raise ProcessEnded(_how_it_ended(self.close(hung_up=True))) from None
        except (ProtocolError, ValueError, TypeError, KeyError, LookupError, AttributeError, RecursionError) as error:
            self.close()
            raise ProcessEnded(f"gave an answer that cannot be read: {type(error).__name__}") from None
        self._owed = False
        if not isinstance(answer, dict):
            self.close()
            raise ProcessEnded("gave an answer that cannot be read")
        return answer

    def _number(self, function):
        """Give a function of the grader's the number by which the student's process may call it."""
        self._functions.append(function)
        return len(self._functions) - 1

    def _call_back(self, message):
        """Call one of the grader's functions for the student, with values that `protocol` made; return no traceback."""
        try:
            function = self._functions[message["back"]]
            return {"value": function(*message["arguments"], **message.get("options", {}))}
        except Exception as error:
            return {"error": f"{type(error).__name__}: {error}"[:300]}


def _how_it_ended(status):
    """Describe how a process has ended."""
    if status is None:
        return "closed its connection to the grader"
    if os.WIFSIGNALED(status):
        return f"ended by signal {os.WTERMSIG(status)}: a crash, or more memory or processor time than it may use"
    return f"ended by itself with exit status {os.WEXITSTATUS(status)}"
