"""Sum up what a class has done with a problem set."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from statistics import mean, median

from rnncourse.grading.notebook.graded_cells import exercise_name


@dataclass(frozen=True)
class Exercise:
    """One graded cell."""

    notebook: str
    grade_id: str
    maximum: float

    @property
    def name(self):
        """Name what the cell is about."""
        return exercise_name(self.grade_id)


@dataclass
class Student:
    """One submission. `points` by (notebook, grade_id); `mistakes` and `problems` as (exercise, what) pairs.

    `unwritten` names the exercises that the student has not begun, and
    `kept` counts the answers that keep a part of the points for being nearly right.
    `late` is what being late costs, and `lateness` says in words how late it was; it is empty where it was in time.
    """

    id: str
    name: str = ""
    points: dict = field(default_factory=dict)
    late: float = 0.0
    lateness: str = ""
    seconds: float | None = None
    mistakes: list = field(default_factory=list)
    kept: int = 0
    problems: list = field(default_factory=list)
    unwritten: list = field(default_factory=list)
    feedback: dict = field(default_factory=dict)

    @property
    def total(self):
        """Add up the points of all exercises, less what being late costs."""
        return max(sum(self.points.values()) - self.late, 0.0)


@dataclass(frozen=True)
class Report:
    """All that the pages say about a problem set: who handed in, who did not, and whose work has no grade yet."""

    problem_set: str
    title: str
    exercises: tuple
    students: tuple
    ungraded: tuple = ()
    absent: tuple = ()

    @property
    def maximum(self):
        """Add up the points of a right submission."""
        return sum(exercise.maximum for exercise in self.exercises)

    @cached_property
    def labels(self):
        """Name each exercise, with its notebook where there are several."""
        several = len({exercise.notebook for exercise in self.exercises}) > 1
        return [f"{each.notebook}/{each.name}" if several else each.name for each in self.exercises]

    @property
    def average(self):
        """Average the totals; None without submissions."""
        return mean(student.total for student in self.students) if self.students else None

    @property
    def middle(self):
        """Find the median of the totals; None without submissions."""
        return median(student.total for student in self.students) if self.students else None

    def points(self, exercise):
        """List everybody's points in one exercise."""
        key = exercise.notebook, exercise.grade_id
        return [student.points[key] for student in self.students if key in student.points]

    @property
    def kept(self):
        """Count the answers that keep a part of the points, being right but for one mistake."""
        return sum(student.kept for student in self.students)

    @cached_property
    def mistakes(self):
        """Rank the named mistakes, the most frequent first: (exercise, mistake, ids of students)."""
        who, about = defaultdict(dict), {}
        for student in self.students:
            for exercise, mistake in student.mistakes:
                about[exercise, mistake["label"]] = mistake
                who[exercise, mistake["label"]][student.id] = None
        ranked = sorted(who, key=lambda key: (-len(who[key]), key))
        return [(key[0], about[key], list(who[key])) for key in ranked]

    @cached_property
    def problems(self):
        """List what a person has to look at, the gravest first: (student, where, kind, reason)."""
        return self._of_kinds(FOR_A_PERSON)

    @cached_property
    def stopped(self):
        """List what a student's own code or notebook brought about, of which the feedback page tells the student."""
        return self._of_kinds(OF_THE_STUDENT)

    def _of_kinds(self, kinds):
        """List the problems of some kinds, in their order: (student, where, kind, reason)."""
        ranks = {kind: rank for rank, kind in enumerate(kinds)}
        found = [(student, *problem) for student in self.students for problem in student.problems]
        found = [problem for problem in found if problem[2] in ranks]
        return sorted(found, key=lambda problem: (ranks[problem[2]], problem[0].id))


FOR_A_PERSON = ("check failed", "unreadable", "to grade by hand")
"""Of problems, the gravest first: what the points may be wrong for."""
OF_THE_STUDENT = ("ended", "out of time", "crashed", "mended")
"""Of problems: what is feedback, and no work for a person."""
KINDS = FOR_A_PERSON + OF_THE_STUDENT
