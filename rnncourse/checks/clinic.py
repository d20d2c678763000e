"""The bug clinic: eight sick functions, made from the catalogue. Name what each of them has, and mend the line.

``check.ward()`` shows the patients and the names to choose from; ``check.bug_clinic`` grades the answers.
"""

import random
from dataclasses import dataclass
from functools import cache
from html import escape

from rnncourse.checks.cure import NotACureError, insert
from rnncourse.checks.exercises import EXERCISES
from rnncourse.checks.grade import grade
from rnncourse.checks.report import STYLE
from rnncourse.checks.result import Message, Result, Verdict
from rnncourse.misconceptions import CATALOGUE, TEXTBOOK, mutant
from rnncourse.misconceptions.record import mutant_source

ADMITTED = (
    ("rnn_step", "transposed-W_hh"),
    ("rnn_step_backward", "dW_xh-uses-dh"),
    ("rnn_backward", "wraps-round-at-first-step"),
    ("rnn_backward", "activation-missing-on-local-term"),
    ("truncated_bptt", "h0-in-every-chunk"),
    ("gru_step", "no-u-on-h_prev"),
    ("gru_backward", "candidate-path-skips-reset"),
    ("sample", "temperature-inverted"),
)
"""Exercise and label of each patient. A patient has one bug, in one line."""

DECOYS = 16
"""How many names that no patient has stand among those to choose from."""

NAME_POINTS, CURE_POINTS = 1.0, 1.5


@dataclass(frozen=True)
class Patient:
    """A function with one bug: what it has is `bug`, and `line` is where, counted from 0."""

    number: int
    exercise: str
    bug: object
    source: str
    line: int

    @property
    def chart(self):
        """What the check sees of the bug: which outputs are right and which are not."""
        exercise = EXERCISES[self.exercise]
        verdicts = grade(exercise, exercise.adapt(mutant(self.bug))).verdicts
        right = ", ".join(verdict.output for verdict in verdicts if verdict.right) or "nothing"
        wrong = ", ".join(verdict.output for verdict in verdicts if not verdict.right) or "nothing; the inputs suffer"
        return f"right: {right}; wrong: {wrong}"


@cache
def patients():
    """The eight patients.

    Returns
    -------
    tuple of Patient
    """
    found = []
    for number, (exercise, label) in enumerate(ADMITTED, start=1):
        bug = next(bug for bug in CATALOGUE[exercise] if bug.label == label)
        source, healthy = (mutant_source(TEXTBOOK[exercise], *swaps) for swaps in (bug.swaps, ()))
        pairs = zip(source.splitlines(), healthy.splitlines(), strict=True)
        (line,) = (place for place, (sick, sound) in enumerate(pairs) if sick != sound)
        found.append(Patient(number, exercise, bug, source, line))
    return tuple(found)


def names():
    """The names to choose from, in alphabetical order: the patients' own and others of the same exercises."""
    true = {patient.bug.label for patient in patients()}
    others = {bug.label for patient in patients() for bug in CATALOGUE[patient.exercise]} - true
    return sorted(true | set(random.Random(8).sample(sorted(others), DECOYS)))


class Ward:
    """All patients on one page, for a notebook and for a terminal."""

    def __str__(self):
        pages = [f"Patient {p.number}: {p.exercise}\n{p.chart}\n\n{_numbered(p.source)}" for p in patients()]
        return "\n\n".join([*pages, "Names to choose from:\n" + ", ".join(names())])

    __repr__ = __str__

    def _repr_html_(self):
        pages = "".join(
            f"<details open><summary><strong>Patient {p.number}: <code>{escape(p.exercise)}</code></strong></summary>"
            f"<p>{escape(p.chart)}</p><pre tabindex='0'><code>{escape(_numbered(p.source))}</code></pre></details>"
            for p in patients()
        )
        known = ", ".join(f"<code>{escape(name)}</code>" for name in names())
        return (
            f"{STYLE}<section class='rnncourse-check' aria-label='Ward of the bug clinic'>{pages}"
            f"<p><strong>Names to choose from.</strong> {known}</p></section>"
        )


def ward():
    """Show the patients: as the last line of a cell, or with print."""
    return Ward()


def _numbered(source):
    return "\n".join(f"{number:>2}  {line}" for number, line in enumerate(source.splitlines(), start=1))


def grade_answers(exercise, function):
    """Grade what the learner's function answers: a (name, line) for each patient, in order.

    Returns
    -------
    Result
        For each patient a share for its name and a share for the line that cures it, whatever it was called.
    """
    answers, trouble = _answers(function)
    verdicts = [_judge(patient, answer) for patient, answer in zip(patients(), answers, strict=True)]
    messages = [Message(trouble)] if trouble else []
    sick = next((p for p, verdict in zip(patients(), verdicts, strict=True) if not verdict.right), None)
    if sick and not trouble:
        text = f"Patient {sick.number} first. Its chart says: {sick.chart}."
        messages.append(Message(text, hints=(sick.bug.hint,), see=(sick.bug.see,)))
    return Result(exercise.signature, verdicts, messages)


def _answers(function):
    """Eight answers, whatever the function returned, and what was wrong with its form."""
    nothing = (None,) * len(ADMITTED)
    wanted = f"expected a list of {len(ADMITTED)} pairs (name, line), in the order of the patients"
    try:
        returned = function()
    except NotImplementedError:
        return nothing, "bug_clinic is not written yet: fill in a name and a line for each patient."
    except Exception as error:
        return nothing, f"bug_clinic raised {type(error).__name__}: {error!s:.200}; {wanted}."
    if not isinstance(returned, (list, tuple)) or len(returned) != len(ADMITTED):
        size = f" of {len(returned)}" if hasattr(returned, "__len__") else ""
        return nothing, f"bug_clinic returned a {type(returned).__name__}{size}; {wanted}."
    return tuple(returned), None


def _judge(patient, answer):
    maximum = NAME_POINTS + CURE_POINTS
    output = f"patient {patient.number}"
    try:
        name, line = answer
    except (TypeError, ValueError):
        return Verdict(output, 0.0, maximum, "has no answer yet: a pair (name, line)")
    named = name == patient.bug.label
    trouble = _cure(patient, line)
    points = NAME_POINTS * named + CURE_POINTS * (trouble is None)
    if named and trouble is None:
        return Verdict(output, points, maximum)
    said = "the name is right" if named else "the name is not right"
    return Verdict(output, points, maximum, f"{said}; {trouble or 'the line cures it'}")


def _cure(patient, line):
    """Why the line does not cure the patient, or None: the cured function passes its own check."""
    try:
        source = insert(patient.source, patient.line, line)
    except NotACureError as error:
        return str(error)
    textbook, exercise = TEXTBOOK[patient.exercise], EXERCISES[patient.exercise]
    namespace = dict(textbook.__globals__)
    exec(compile(source, f"<patient {patient.number}>", "exec"), namespace)
    if grade(exercise, exercise.adapt(namespace[textbook.__name__])).passed:
        return None
    return "with your line it is still sick"
