"""The gradebook as a table: a row for each student, a column for each problem set."""

from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry

from rnncourse.authoring.release import CourseError


@dataclass(frozen=True)
class Table:
    """Scores by student and problem set; None where nothing was handed in or graded."""

    names: tuple[str, ...]
    maxima: tuple[float, ...]
    rows: dict[str, tuple[float | None, ...]]


def read_gradebook(course):
    """Read a course's gradebook.

    Parameters
    ----------
    course : path
        The course directory.

    Returns
    -------
    Table

    Raises
    ------
    CourseError
        If there is no gradebook yet.
    """
    path = Path(course).resolve() / "gradebook.db"
    if not path.exists():
        raise CourseError(f"there is no gradebook in {path.parent}; release and autograde a problem set first")
    with Gradebook(f"sqlite:///{path}", course_id="rnncourse") as gradebook:
        assignments = [one for one in gradebook.assignments if one.submissions]
        names = tuple(sorted(one.name for one in assignments))
        maxima = {one.name: one.max_score for one in assignments}
        students = sorted({submission.student.id for one in assignments for submission in one.submissions})
        rows = {student: tuple(_score(gradebook, name, student) for name in names) for student in students}
    return Table(names, tuple(maxima[name] for name in names), rows)


def _score(gradebook, name, student):
    try:
        return gradebook.find_submission(name, student).score
    except MissingEntry:
        return None
