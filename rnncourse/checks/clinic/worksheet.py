"""Make the bug clinic's worksheet from the catalogue, eight functions with a bug each, and grade what learners answer.

``check.ward()`` shows the cases (to learners: patients) and the names to choose from; ``check.bug_clinic`` grades the
answers, a name and a fixed line for each.
"""

import random
from dataclasses import dataclass
from functools import cache
from html import escape

from rnncourse.checks.clinic.fix import NotAFixError, insert
from rnncourse.checks.exercises import EXERCISES
from rnncourse.checks.grading import grade
from rnncourse.checks.reporting.report import STYLE
from rnncourse.checks.reporting.result import Message, Result, Verdict
from rnncourse.misconceptions import CATALOGUE, TEXTBOOK, mutant
from rnncourse.misconceptions.record import mutant_source

PLANTED = (
    ("rnn_step", "transposed-W_hh"),
    ("rnn_step_backward", "dW_xh-uses-dh"),
    ("rnn_backward", "wraps-round-at-first-step"),
    ("rnn_backward", "activation-missing-on-local-term"),
    ("truncated_bptt", "h0-in-every-chunk"),
    ("gru_step", "no-u-on-h_prev"),
    ("gru_backward", "candidate-path-skips-reset"),
    ("sample", "temperature-inverted"),
)
"""Exercise and label of each case's bug. A case has one bug, in one line."""

DECOYS = 16
"""How many names of bugs that no case has stand among those to choose from."""

NAME_POINTS, FIX_POINTS = 1.0, 1.5


@dataclass(frozen=True)
class Case:
    """A function with one bug: `bug` is which, and `line` is where, counted from 0."""

    number: int
    exercise: str
    bug: object
    source: str
    line: int

    @property
    def findings(self):
        """Describe what the check sees of the bug: which outputs are right and which are not."""
        exercise = EXERCISES[self.exercise]
        verdicts = grade(exercise, exercise.adapt(mutant(self.bug))).verdicts
        right = ", ".join(verdict.output for verdict in verdicts if verdict.right) or "nothing"
        wrong = ", ".join(verdict.output for verdict in verdicts if not verdict.right) or "nothing; the inputs suffer"
        return f"right: {right}; wrong: {wrong}"


@cache
def cases():
    """Build the eight cases.

    Returns
    -------
    tuple of Case
    """
    built = []
    for number, (exercise, label) in enumerate(PLANTED, start=1):
        bug = next(bug for bug in CATALOGUE[exercise] if bug.label == label)
        source, textbook = (mutant_source(TEXTBOOK[exercise], *swaps) for swaps in (bug.swaps, ()))
        pairs = zip(source.splitlines(), textbook.splitlines(), strict=True)
        (line,) = (place for place, (wrong, right) in enumerate(pairs) if wrong != right)
        built.append(Case(number=number, exercise=exercise, bug=bug, source=source, line=line))
    return tuple(built)


def names():
    """List the names to choose from, in alphabetical order: the cases' own and others of the same exercises."""
    true = {case.bug.label for case in cases()}
    others = {bug.label for case in cases() for bug in CATALOGUE[case.exercise]} - true
    return sorted(true | set(random.Random(8).sample(sorted(others), DECOYS)))


class Worksheet:
    """All cases on one page, for a notebook and for a terminal."""

    def __str__(self):
        pages = [
            f"Patient {case.number}: {case.exercise}\n{case.findings}\n\n{_numbered(case.source)}" for case in cases()
        ]
        return "\n\n".join([*pages, "Names to choose from:\n" + ", ".join(names())])

    __repr__ = __str__

    def _repr_html_(self):
        pages = "".join(
            f"<details open><summary><strong>Patient {case.number}: <code>{escape(case.exercise)}</code></strong>"
            f"</summary><p>{escape(case.findings)}</p>"
            f"<pre tabindex='0'><code>{escape(_numbered(case.source))}</code></pre></details>"
            for case in cases()
        )
        known = ", ".join(f"<code>{escape(name)}</code>" for name in names())
        return (
            f"{STYLE}<section class='rnncourse-check' aria-label='Ward of the bug clinic'>{pages}"
            f"<p><strong>Names to choose from.</strong> {known}</p></section>"
        )


def _numbered(source):
    return "\n".join(f"{number:>2}  {line}" for number, line in enumerate(source.splitlines(), start=1))


def grade_answers(exercise, function):
    """Grade what the learner's function answers: a (name, line) for each case, in order.

    Returns
    -------
    Result
        For each case a share for its name and a share for the line that fixes it, whatever it was called.
    """
    answers, problem = _answers(function)
    verdicts = [_judge(case, answer) for case, answer in zip(cases(), answers, strict=True)]
    messages = [Message(problem)] if problem else []
    unsolved = next((case for case, verdict in zip(cases(), verdicts, strict=True) if not verdict.right), None)
    if unsolved and not problem:
        text = f"Patient {unsolved.number} first. Its chart says: {unsolved.findings}."
        messages.append(Message(text, hints=(unsolved.bug.hint,), see=(unsolved.bug.see,)))
    return Result(exercise.signature, verdicts, messages)


def _answers(function):
    """Read eight answers, whatever the function returned, and what was wrong with its form."""
    nothing = (None,) * len(PLANTED)
    wanted = f"expected a list of {len(PLANTED)} pairs (name, line), in the order of the patients"
    try:
        returned = function()
    except NotImplementedError:
        return nothing, "bug_clinic is not written yet: fill in a name and a line for each patient."
    except Exception as error:
        return nothing, f"bug_clinic raised {type(error).__name__}: {error!s:.200}; {wanted}."
    if not isinstance(returned, (list, tuple)) or len(returned) != len(PLANTED):
        size = f" of {len(returned)}" if hasattr(returned, "__len__") else ""
        return nothing, f"bug_clinic returned a {type(returned).__name__}{size}; {wanted}."
    return tuple(returned), None


def _judge(case, answer):
    maximum = NAME_POINTS + FIX_POINTS
    output = f"patient {case.number}"
    try:
        name, line = answer
    except (TypeError, ValueError):
        return Verdict(output, 0.0, maximum, "has no answer yet: a pair (name, line)")
    named = name == case.bug.label
    problem = _fix_problem(case, line)
    points = NAME_POINTS * named + FIX_POINTS * (problem is None)
    if named and problem is None:
        return Verdict(output, points, maximum)
    said = "the name is right" if named else "the name is not right"
    return Verdict(output, points, maximum, f"{said}; {problem or 'the line cures it'}")


def _fix_problem(case, line):
    """Say why the line does not fix the case; None if the fixed function passes its own check."""
    try:
        source = insert(case.source, case.line, line)
    except NotAFixError as error:
        return str(error)
    textbook, exercise = TEXTBOOK[case.exercise], EXERCISES[case.exercise]
    namespace = dict(textbook.__globals__)
    exec(compile(source, f"<patient {case.number}>", "exec"), namespace)
    if grade(exercise, exercise.adapt(namespace[textbook.__name__])).passed:
        return None
    return "with your line it is still sick"
