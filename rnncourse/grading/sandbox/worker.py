"""Run a student's cells in an IPython shell inside the sandbox, and call the student's functions.

Nothing here is trusted by the grader, who takes what it says for a student's claims.
"""

import contextlib
import os
import signal
import sys
import traceback

from rnncourse.grading.sandbox.protocol.channel import Channel
from rnncourse.grading.sandbox.shell import Stream, outputs

ALARM = {signal.SIGALRM}


class OutOfTimeError(BaseException):
    """The code took too long. Not an `Exception`, so that an ``except Exception`` does not swallow it."""


@contextlib.contextmanager
def time_limit(seconds):
    """Raise `OutOfTimeError` after some seconds, and again, for a bare ``except:`` around a loop."""

    def stop(signum, frame):
        raise OutOfTimeError(f"stopped after {seconds:.0f} seconds")

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.01), 0.2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


class Worker:
    """Answers what the grader asks."""

    def __init__(self, connection, shell):
        self.channel = Channel(connection, functions=self._caller_back)
        self.shell = shell
        self.pid = os.getpid()

    def serve(self):
        """Answer until the grader hangs up."""
        sys.stdout, sys.stderr = Stream("stdout"), Stream("stderr")
        while True:
            outputs.clear()
            message = self.channel.receive()
            answer = getattr(self, message.pop("do"))(**message)
            if os.getpid() != self.pid:
                os._exit(0)  # the student's code has forked: this is not the one that is asked
            try:
                self.channel.send(answer)
            except Exception as error:
                size = getattr(error, "parts", {}).get("size", 0)
                self.channel.send({"error": type(error).__name__, "unsent": str(error), "megabytes": size})

    def files(self, files):
        """Put files beside the notebook."""
        for name, content in files.items():
            os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
            with open(name, "wb") as file:
                file.write(content.tobytes())
        return {}

    def cell(self, source, seconds):
        """Run a cell."""
        try:
            with time_limit(seconds):
                self.shell.run_cell(source, store_history=True)
        except BaseException as error:  # SystemExit, or an alarm that came late
            outputs.add(kind="error", name=type(error).__name__, value=str(error)[:2000], traceback="")
        return {"outputs": outputs.shown}

    def look_up(self, name):
        """Look up what a name stands for."""
        names = self.shell.user_ns
        if name not in names or name in ("In", "Out"):
            return {"missing": True}
        return {"callable": True} if callable(names[name]) else {"value": names[name]}

    def call(self, name, arguments, options, seconds, substitutes=None):
        """Call a function; the arguments go back, too, since the function may have changed them."""
        function = self.shell.user_ns.get(name)
        try:
            with self._exchanged(substitutes or {}), time_limit(seconds):
                value = function(*arguments, **options)
        except OutOfTimeError:
            return {"late": True}
        except BaseException as error:
            return {"error": type(error).__name__, "says": _says(error, function), "printed": _printed()}
        return {"value": value, "arguments": arguments, "printed": _printed()}

    @contextlib.contextmanager
    def _exchanged(self, substitutes):
        """Give names of the student's to other functions for a while."""
        names = self.shell.user_ns
        before = {name: names[name] for name in substitutes if name in names}
        try:
            names.update(substitutes)
            yield
        finally:
            for name in substitutes:
                names.pop(name, None)
            names.update(before)

    def _caller_back(self, number):
        """Make a function that calls one of the grader's."""

        def function(*arguments, **options):
            before = signal.pthread_sigmask(signal.SIG_BLOCK, ALARM)  # half a message would be worse than a late one
            try:
                self.channel.send({"back": number, "arguments": list(arguments), "options": options})
                answer = self.channel.receive()
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
            if "error" in answer:
                raise ValueError(answer["error"])
            return answer["value"]

        return function


def _printed():
    """Join what a call has printed."""
    return "".join(output["text"] for output in outputs.shown if output["kind"] == "stdout")[:10_000]


def _says(error, function):
    """Describe an error by its text and the last line of the student's own that it passed."""
    try:
        text = str(error)
    except Exception:
        text = ""
    text = text if len(text) <= 180 else text[:177] + "..."
    own_file = getattr(getattr(function, "__code__", None), "co_filename", None)
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == own_file]
    return f"{text} (line {own[-1].lineno}: {own[-1].line:.80})" if own and own[-1].line else text
