"""Answer a check: a number for the grader, and a report for the learner."""

from dataclasses import dataclass

from rnncourse.checks.reporting.report import as_html, as_text


@dataclass(frozen=True)
class Verdict:
    """The judgement on one output: its points, and what is wrong with it (nothing, if it is right).

    `note` says how it came to be right, where that needs saying: the learner's own call gives something else. What is
    said is a `Phrase`, here and in `Message`: a report is in the language of the moment in which it is shown.
    """

    output: str
    points: float
    maximum: float
    problem: str | None = None
    note: str | None = None

    @property
    def right(self):
        """Tell whether the output is right."""
        return self.problem is None


class Result(float):
    """The points of a check: a float to nbgrader, a report to a person.

    nbgrader reads the text/plain of a cell's result and takes what it cannot parse for full marks. So `repr` is the
    bare number; the report is in `str` (and so in `print`) and, for notebooks, in `_repr_html_`.

    Attributes
    ----------
    exercise : str
        The exercise's call, "rnn_step(x_t, h_prev, W_xh, W_hh, b_h)".
    points, maximum : float
    verdicts : tuple of Verdict
    messages : tuple of Message
        What to mend, the most helpful first.
    cost, kept : float
        Shares of the points: what is taken off, and the least that is left before that, whatever the verdicts are.
    """

    def __new__(cls, exercise, verdicts, messages=(), cost=0.0, kept=0.0):
        """Sum the points over the verdicts, or take the share `kept` where it is more; less the share `cost`."""
        earned, maximum = (sum(getattr(verdict, what) for verdict in verdicts) for what in ("points", "maximum"))
        return super().__new__(cls, round(max(earned, kept * maximum) * (1 - cost), 2))

    def __init__(self, exercise, verdicts, messages=(), cost=0.0, kept=0.0):
        self.exercise = exercise
        self.verdicts = tuple(verdicts)
        self.messages = tuple(messages)
        self.cost, self.kept = cost, kept

    def __getnewargs__(self):
        return self.exercise, self.verdicts, self.messages, self.cost, self.kept

    @property
    def points(self):
        """Give the points earned."""
        return float(self)

    @property
    def maximum(self):
        """Sum the points for a right answer."""
        return float(sum(verdict.maximum for verdict in self.verdicts))

    @property
    def keeps_part(self):
        """Tell whether a part of the points is kept that is more than the right outputs earn."""
        return self.kept * self.maximum > sum(verdict.points for verdict in self.verdicts)

    @property
    def passed(self):
        """Tell whether all points were earned."""
        return self.points == self.maximum

    @property
    def sound(self):
        """Tell whether all points were earned by the function itself, so that more can be built on it."""
        return self.passed and not any(verdict.note for verdict in self.verdicts)

    def __repr__(self):
        return float.__repr__(self)

    def __str__(self):
        return as_text(self)

    def _repr_html_(self):
        return as_html(self)


@dataclass(frozen=True)
class Message:
    """One thing to mend: what is the case, what to think about, where to read; `labels` if it has a name.

    `lines` are the learner's own, as (label, first, last, text): the statement where each named mistake was found.
    `look_for` are lines that make such a mistake, of others.
    """

    text: str
    labels: tuple[str, ...] = ()
    look_for: tuple[str, ...] = ()
    lines: tuple[tuple[str, int, int, str], ...] = ()
    hints: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
