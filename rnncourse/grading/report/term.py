"""Sum up a term: who falls behind, which mistakes come back from set to set, which checks find no name for a mistake.

All is read from the reports on single problem sets; a set of which nothing is graded says nothing yet.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, partial
from statistics import mean, median

from rnncourse.language import say
from rnncourse.misconceptions import CATALOGUE

DROP = 0.25
"""Share of the points by which the latest set may be below the mean of a student's earlier ones."""
LOW = 0.5
"""Share of the class's median below which a student's mean is low."""
RECENT = 2
"""Latest problem sets of which a student should have handed in one at least."""


@dataclass(frozen=True)
class Standing:
    """How one student stands: shares of the points by problem set, their mean, and why the student may need help.

    A share is None where there is no grade. In the mean it then counts as nothing, unless a grade is yet to come.
    `why` makes the reasons, each in the language in use.
    """

    id: str
    name: str
    shares: tuple
    mean: float
    why: tuple

    @property
    def reasons(self):
        """Say why the student may need help."""
        return tuple(reason() for reason in self.why)


@dataclass(frozen=True)
class Returning:
    """A named mistake that was made in several problem sets: how many made it in each, and who made it again.

    `exercise` is one in which it was made.
    """

    mistake: dict
    exercise: str
    counts: tuple
    again: tuple


@dataclass(frozen=True)
class Unnamed:
    """A check: answers that are not all right, and by whom are those that it found no name for."""

    problem_set: str
    exercise: str
    wrong: int
    who: tuple

    @property
    def share(self):
        """Divide the answers without a name by those that are wrong."""
        return len(self.who) / self.wrong


class Term:
    """What the reports on the problem sets say together.

    Parameters
    ----------
    reports : iterable of Report
        In the order of the term.
    """

    def __init__(self, reports):
        self.reports = tuple(report for report in reports if report.students)

    @property
    def names(self):
        """Name the problem sets."""
        return tuple(report.problem_set for report in self.reports)

    @cached_property
    def standings(self):
        """List how everybody stands, by id."""
        names, shares, waiting = {}, [], []
        for report in self.reports:
            top = report.maximum or 1.0
            shares.append({student.id: student.total / top for student in report.students})
            waiting.append(set(report.ungraded))
            names |= {student: names.get(student, "") for student in (*report.absent, *report.ungraded)}
            names |= {student.id: student.name or names.get(student.id, "") for student in report.students}
        rows = {student: tuple(share.get(student) for share in shares) for student in names}
        pending = {student: tuple(student in each for each in waiting) for student in names}
        means = {student: _mean(rows[student], pending[student]) for student in names}
        middle = median(means.values()) if means else 0.0
        return tuple(
            Standing(
                student,
                names[student],
                rows[student],
                means[student],
                tuple(self._reasons(rows[student], pending[student], means[student], middle)),
            )
            for student in sorted(rows)
        )

    def _reasons(self, shares, pending, average, middle):
        """Find why a student may need help; `pending` tells the sets that were handed in and have no grade yet."""
        sets = zip(self.names, shares, pending, strict=True)
        missing = [name for name, share, waits in sets if share is None and not waits]
        if set(self.names[-RECENT:]) <= set(missing):
            missing = self.names[-RECENT:]
        if missing:
            yield partial(_handed_in_nothing, missing)
        graded = [share for share in shares if share is not None]
        if len(graded) > 1 and shares[-1] is not None and graded[-1] <= mean(graded[:-1]) - DROP:
            yield partial(_dropped, graded[-1], self.names[-1], mean(graded[:-1]))
        if average < LOW * middle:
            yield partial(_is_low, average, middle)

    @cached_property
    def behind(self):
        """List those who may need help, those with the lowest mean first."""
        return sorted((each for each in self.standings if each.reasons), key=lambda each: (each.mean, each.id))

    @cached_property
    def returning(self):
        """List the mistakes that were made in several problem sets, those first that most students made again."""
        who, about = defaultdict(lambda: [set() for _ in self.reports]), {}
        for number, report in enumerate(self.reports):
            for exercise, mistake, students in report.mistakes:
                about.setdefault(mistake["label"], (mistake, exercise))
                who[mistake["label"]][number] |= set(students)
        found = []
        for label, sets in who.items():
            if sum(map(bool, sets)) > 1:
                everybody = set().union(*sets)
                again = tuple(sorted(student for student in everybody if sum(student in each for each in sets) > 1))
                found.append(Returning(*about[label], tuple(map(len, sets)), again))
        return sorted(found, key=lambda each: (-len(each.again), -sum(each.counts), each.mistake["label"]))

    @cached_property
    def unnamed(self):
        """List the checks that left wrong answers without a name, those first that left most."""
        found = []
        for report in self.reports:
            for exercise in report.exercises:
                if exercise.name not in CATALOGUE:  # it has no names to give
                    continue
                wrong, who = _wrong(report, exercise)
                if who:
                    found.append(Unnamed(report.problem_set, exercise.name, wrong, who))
        return sorted(found, key=lambda each: (-len(each.who), -each.share, each.problem_set, each.exercise))


def _handed_in_nothing(names):
    """Say for which problem sets nothing was handed in."""
    return say("handed in nothing for {problem_sets}", problem_sets=say(" and ").join(names))


def _dropped(share, name, before):
    """Say that the latest share is far below those before."""
    return say("{share:.0%} in {problem_set}, after {mean:.0%} on average", share=share, problem_set=name, mean=before)


def _is_low(average, middle):
    """Say that a mean is far below the class's median."""
    return say("{mean:.0%} on average, where the median of the class is {median:.0%}", mean=average, median=middle)


def _wrong(report, exercise):
    """Count the wrong answers to an exercise that came back, and list the students whose mistake got no name."""
    wrong, who = 0, []
    for student in report.students:
        points = student.points.get((exercise.notebook, exercise.grade_id))
        stopped = {where for where, kind, _ in student.problems if kind != "mended"}
        if points is None or points >= exercise.maximum or exercise.name in student.unwritten:
            continue
        if exercise.name in stopped or exercise.notebook in stopped:
            continue
        wrong += 1
        if exercise.name not in {where for where, _ in student.mistakes}:
            who.append(student.id)
    return wrong, tuple(who)


def _mean(shares, pending):
    """Average shares: what was not handed in counts as nothing, and what waits for its grade does not count."""
    counted = [share or 0.0 for share, waits in zip(shares, pending, strict=True) if share is not None or not waits]
    return mean(counted) if counted else 0.0
