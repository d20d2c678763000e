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
from rnncourse.checks.reporting.report import STYLE, in_language
from rnncourse.checks.reporting.result import Message, Result, Verdict
from rnncourse.language import phrase, row, said, say
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
        right = [verdict.output for verdict in verdicts if verdict.right]
        wrong = [verdict.output for verdict in verdicts if not verdict.right]
        return phrase(
            "right: {right}; wrong: {wrong}",
            right=row(right) if right else phrase("nothing"),
            wrong=row(wrong) if wrong else phrase("nothing; the inputs suffer"),
        )


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
            f"{_heading(case, case.exercise)}\n{said(case.findings)}\n\n{_numbered(case.source)}" for case in cases()
        ]
        return "\n\n".join([*pages, f"{say('Names to choose from:')}\n{', '.join(names())}"])

    __repr__ = __str__

    def _repr_html_(self):
        pages = "".join(
            f"<details open><summary><strong>{_heading(case, f'<code>{escape(case.exercise)}</code>')}</strong>"
            f"</summary><p>{escape(said(case.findings))}</p>"
            f"<pre tabindex='0'><code>{escape(_numbered(case.source))}</code></pre></details>"
            for case in cases()
        )
        known = ", ".join(f"<code>{escape(name)}</code>" for name in names())
        title = escape(say("Ward of the bug clinic"))
        return (
            f"{STYLE}<section class='rnncourse-check'{in_language()} aria-label='{title}'>{pages}"
            f"<p><strong>{say('Names to choose from.')}</strong> {known}</p></section>"
        )


def _heading(case, exercise):
    return say("Patient {number}: {exercise}", number=case.number, exercise=exercise)


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
        number, findings = unsolved.number, unsolved.findings
        text = phrase("Patient {number} first. Its chart says: {findings}.", number=number, findings=findings)
        messages.append(Message(text, hints=(unsolved.bug.hint,), see=(unsolved.bug.see,)))
    return Result(exercise.signature, verdicts, messages)


def _answers(function):
    """Read eight answers, whatever the function returned, and what was wrong with its form."""
    nothing = (None,) * len(PLANTED)
    try:
        returned = function()
    except NotImplementedError:
        return nothing, phrase("bug_clinic is not written yet: fill in a name and a line for each patient.")
    except Exception as error:
        return nothing, _no_list(phrase("raised {error}", error=f"{type(error).__name__}: {error!s:.200}"))
    if isinstance(returned, (list, tuple)) and len(returned) == len(PLANTED):
        return tuple(returned), None
    kind = type(returned).__name__
    if hasattr(returned, "__len__"):
        return nothing, _no_list(phrase("returned a {kind} of {count}", kind=kind, count=len(returned)))
    return nothing, _no_list(phrase("returned a {kind}", kind=kind))


def _no_list(problem):
    return phrase(
        "bug_clinic {problem}; expected a list of {count} pairs (name, line), in the order of the patients.",
        problem=problem,
        count=len(PLANTED),
    )


def _judge(case, answer):
    maximum = NAME_POINTS + FIX_POINTS
    output = phrase("patient {number}", number=case.number)
    try:
        name, line = answer
    except (TypeError, ValueError):
        return Verdict(output, 0.0, maximum, phrase("has no answer yet: a pair (name, line)"))
    named = name == case.bug.label
    problem = _fix_problem(case, line)
    points = NAME_POINTS * named + FIX_POINTS * (problem is None)
    if named and problem is None:
        return Verdict(output, points, maximum)
    line = problem or phrase("the line cures it")
    problem = phrase("the name is right; {line}" if named else "the name is not right; {line}", line=line)
    return Verdict(output, points, maximum, problem)


def _fix_problem(case, line):
    """Say why the line does not fix the case; None if the fixed function passes its own check."""
    try:
        source = insert(case.source, case.line, line)
    except NotAFixError as error:
        return error.args[0]
    textbook, exercise = TEXTBOOK[case.exercise], EXERCISES[case.exercise]
    namespace = dict(textbook.__globals__)
    exec(compile(source, f"<patient {case.number}>", "exec"), namespace)
    if grade(exercise, exercise.adapt(namespace[textbook.__name__])).passed:
        return None
    return phrase("with your line it is still sick")
