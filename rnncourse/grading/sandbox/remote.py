"""Speak with a student's process: run cells, call functions, and bear an end that may come at any moment.

A process that ends takes one cell or one call with it: the cells that ran before are run again in a fresh one.
"""

import sys
import time

from rnncourse.checks.execution.calling import OutOfTimeError, seconds_left
from rnncourse.grading.sandbox.alarms import alarms_held
from rnncourse.grading.sandbox.base import SandboxError
from rnncourse.grading.sandbox.protocol.answers import ProcessEnded, checked, how_it_ended, student_error, wish
from rnncourse.grading.sandbox.protocol.encoding import ProtocolError, too_long
from rnncourse.grading.sandbox.protocol.proxy import Function, write_back
from rnncourse.language import said, say

GRACE_SECONDS = 1.0
"""How much longer than its limit an answer may take before the process is killed: a loop is interrupted by then."""
SLACK_SECONDS = 5.0
"""How much longer than its notebook's time a process may live; then the sandbox itself ends it, whoever waits."""
FRESH_STARTS = 8
PRINTED = 10_000
"""Characters that one call may print."""


def _why(error):
    """Say why a message is refused."""
    return say(error.says, **error.parts)


def _unsent(answer):
    """Say why an answer could not be sent: in words of the package, or as its process says it."""
    megabytes = answer.get("megabytes", 0)
    why = _why(too_long(megabytes << 20)) if megabytes else said(answer["unsent"])
    return say("the answer cannot be sent: {why}", why=why)


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
        return [output for output in answer.get("outputs", ()) if isinstance(output, dict)]

    def look_up(self, name):
        """Look up what a name stands for: a callable, a plain value, or nothing (`NameError`)."""
        answer = self._ask({"do": "look_up", "name": name}, self._limits.call_seconds)
        if answer.get("callable"):
            return Function(self, name)
        if "value" in answer:
            return answer["value"]
        raise NameError(
            say("{name} is not defined: run its cell from top to bottom and see whether it raises an error", name=name)
        )

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
        if not substitutes:
            sys.stdout.write(answer.get("printed", "")[:PRINTED])
        if answer.get("late"):
            raise OutOfTimeError
        if "error" in answer:
            raise student_error(answer["error"], _unsent(answer) if "unsent" in answer else answer.get("says"))
        for ours, theirs in zip(arguments, answer.get("arguments", ()), strict=False):
            write_back(ours, theirs)
        return answer.get("value")

    def close(self, hung_up=False):
        """End the process; return how it had ended before, if it had."""
        with alarms_held():
            if self._channel is None:
                return None
            self._channel.close()
            self._channel = None
            return self._sandbox.reap(hung_up)

    def _ask(self, message, seconds):
        """Ask the process, a fresh one if there is none, and wait for the answer."""
        if self._channel is not None and self._owed:
            self._settle()
        if self._channel is None:
            self._start()
        return self._exchange(message, seconds)

    def _settle(self):
        """Discard the late reply of an exchange that an alarm has interrupted: it belongs to nobody."""
        end = min(time.monotonic(), self._end) + GRACE_SECONDS
        try:
            while "back" in self._channel.receive(end - time.monotonic()):
                pass
            self._owed = False
        except Exception:
            self.close()

    def _start(self):
        """Start a fresh process, and run the cells in it that ran before."""
        if self._sandbox.lost:
            raise ProcessEnded(said(self._sandbox.lost))
        if self._starts > FRESH_STARTS:
            raise ProcessEnded(say("your code ended its process {count} times; it gets no other", count=self._starts))
        seconds = self._seconds_left()
        self._starts += 1
        try:
            with alarms_held():
                self._channel = self._sandbox.fork(self._limits, seconds + SLACK_SECONDS)
            self._owed = False
        except SandboxError:
            if not self._sandbox.lost:
                raise
            raise ProcessEnded(said(self._sandbox.lost)) from None
        if self._files:
            self._exchange({"do": "files", "files": self._files}, self._limits.call_seconds)
        for source in self._ran:
            self._exchange({"do": "cell", "source": source}, self._limits.cell_seconds)

    def _exchange(self, message, seconds):
        """Send a message and wait for its answer; call back meanwhile, if that is asked for."""
        self._end = self._end or time.monotonic() + self._limits.notebook_seconds
        seconds = min(seconds, self._seconds_left())
        self._functions = []
        if message["do"] in ("cell", "call"):
            message["seconds"] = seconds
        self._owed = True
        end = time.monotonic() + seconds + GRACE_SECONDS
        try:
            self._channel.send(message, self._number, seconds + GRACE_SECONDS)
            while "back" in (answer := checked(self._channel.receive(end - time.monotonic()))):
                self._channel.send(self._call_back(answer, message), seconds=max(end - time.monotonic(), 0.01))
        except TimeoutError:
            self.close()
            if message["do"] == "call":
                raise OutOfTimeError from None
            raise ProcessEnded(
                say("did not end within {seconds:.0f} seconds, and could not be interrupted", seconds=seconds)
            ) from None
        except (EOFError, ConnectionError):
            raise ProcessEnded(how_it_ended(self.close(hung_up=True))) from None
        except Exception as error:  # of whatever kind: what came is not what the other side writes
            self.close()
            why = _why(error) if isinstance(error, ProtocolError) else type(error).__name__
            raise ProcessEnded(say("gave an answer that cannot be read: {why}", why=why)) from None
        self._owed = False
        return answer

    def _seconds_left(self):
        """Tell how much of the notebook's time is left; end the process where nothing is."""
        whole = self._limits.notebook_seconds
        left = self._end - time.monotonic() if self._end else whole
        if left <= 0:
            self.close()
            raise ProcessEnded(say("the {seconds:g} seconds of this notebook are used up", seconds=whole))
        return left

    def _number(self, function):
        """Give a function of the grader's the number by which the student's process may call it."""
        self._functions.append(function)
        return len(self._functions) - 1

    def _call_back(self, answer, sent):
        """Call one of the grader's functions for the student, with values that came; return no traceback."""
        try:
            function, arguments, options = wish(answer, sent, self._functions)
            return {"value": function(*arguments, **options)}
        except Exception as error:
            return {"error": f"{type(error).__name__}: {error}"[:300]}
