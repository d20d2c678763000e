"""Run the graded cells where the student's code is not: the student's names stand for functions in another process.

The cells come from the gradebook, never from a submission, and the probes from a secret seed.
"""

import ast
import builtins
import contextlib
import io
import math
import numbers
import os
from dataclasses import dataclass, field

from rnncourse.checks.execution.calling import OutOfTimeError
from rnncourse.checks.execution.seed import probes_from
from rnncourse.checks.reporting.result import Result
from rnncourse.grading.notebook.findings import of_result, stopped
from rnncourse.grading.sandbox.protocol.answers import ProcessEnded, StudentError
from rnncourse.grading.text import one_line
from rnncourse.language import VARIABLE, say


@dataclass(frozen=True)
class Score:
    """What one graded cell earns, and what to tell the student and, as `findings`, the class report."""

    points: float
    text: str
    html: str = ""
    printed: str = ""
    problem: str = ""
    findings: dict = field(default_factory=dict)


class _Names(dict):
    """The names of the graded cells: the instructor's own, else the student's."""

    def __init__(self, remote):
        super().__init__(__builtins__=builtins, __name__="__grader__")
        self._remote = remote

    def __missing__(self, name):
        if hasattr(builtins, name):
            raise KeyError(name)
        return self._remote.look_up(name)


class Scorer:
    """Scores the graded cells of one submission.

    Parameters
    ----------
    remote : Remote
    seed : int
        The run's secret.
    """

    def __init__(self, remote, seed):
        self._names, self._seed = _Names(remote), seed

    def prepare(self, source):
        """Run a locked cell, the instructor's: imports, and what is given; a student's name may fail in it."""
        silence = contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO())
        with silence[0], silence[1], _same_language(), contextlib.suppress(StudentError, NameError):
            exec(compile(_runnable(source), "<locked cell>", "exec"), self._names)

    def score(self, source, maximum, shared=False):
        """Run a graded cell.

        Parameters
        ----------
        source : str
            From the gradebook.
        maximum : float
            Points of the cell.
        shared : bool
            Count of the cell's points the share that the check gives of its own: a course may give others.

        Returns
        -------
        Score
        """
        printed = io.StringIO()
        try:
            with (
                contextlib.redirect_stdout(printed),
                contextlib.redirect_stderr(io.StringIO()),
                probes_from(self._seed),
            ):
                value = self._run(source)
        except (StudentError, NameError, NotImplementedError) as error:
            if isinstance(error, (ProcessEnded, NameError)):
                says = say("Your code: {error}", error=error)
            else:
                says = say("Your code: {kind}: {error}", kind=type(error).__name__, error=error)
            found = stopped(_kind(error), says)
            return Score(0.0, _none_of(maximum, says), printed=printed.getvalue(), findings=found)
        except OutOfTimeError:  # no `Exception`: a call in the cell itself, outside of a check
            says = say("Your code: did not return in time")
            found = stopped("out of time", says)
            return Score(0.0, _none_of(maximum, says), printed=printed.getvalue(), findings=found)
        except AssertionError as error:
            return Score(0.0, _none_of(maximum, error or say("A test failed.")), printed=printed.getvalue())
        except Exception as error:
            problem = say(
                "the check itself failed, and a person has to look: {kind}: {error}",
                kind=type(error).__name__,
                error=one_line(error),
            )
            says = say("0 of {of:g} points for now: {problem}", of=maximum, problem=problem)
            found = stopped("check failed", problem)
            return Score(0.0, says, printed=printed.getvalue(), problem=problem, findings=found)
        shared = shared and isinstance(value, Result) and value.maximum not in (0.0, maximum)
        points = _points(value / value.maximum * maximum if shared else value, maximum)
        html = value._repr_html_() if hasattr(value, "_repr_html_") else ""
        text = str(value) if html else say("{points:g} of {of:g} points", points=points, of=maximum)
        if shared:
            says = say("In this course: {points:g} of {of:g} points.", points=points, of=maximum)
            text, html = f"{says}\n{text}", f"<p>{says}</p>{html}"
        found = of_result(value) if isinstance(value, Result) else {}
        return Score(points, text, html, printed.getvalue(), findings=found)

    def _run(self, source):
        """Run a cell; return the value of its last line."""
        tree = ast.parse(_runnable(source))
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "<graded cell>", "exec"), self._names)
        return eval(compile(ast.Expression(last.value), "<graded cell>", "eval"), self._names) if last else None


@contextlib.contextmanager
def _same_language():
    """Keep the language of this process, whatever a notebook sets for its own."""
    before = os.environ.get(VARIABLE)
    try:
        yield
    finally:
        os.environ.pop(VARIABLE, None)
        if before is not None:
            os.environ[VARIABLE] = before


def _none_of(maximum, says):
    """Say that a cell has earned nothing, and why."""
    return say("0 of {of:g} points. {why}", of=maximum, why=says)


def _kind(error):
    """Classify an error as one of `findings.KINDS`."""
    return {ProcessEnded: "ended", NotImplementedError: "unwritten"}.get(type(error), "crashed")


def _points(value, maximum):
    """Count points as nbgrader does: a number is the points, and a cell that ends without one has passed."""
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        value = float(value)
        return min(max(value, 0.0), maximum) if math.isfinite(value) else 0.0
    return maximum


def _runnable(source):
    """Leave out lines for IPython, which are for the student's process only."""
    return "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in source.splitlines())
