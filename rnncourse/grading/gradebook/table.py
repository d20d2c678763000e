"""Read the gradebook as a table: a row for each student, a column for each problem set."""

from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Assignment, Grade, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import func, select

from rnncourse.authoring.database import open_gradebook
from rnncourse.grading.gradebook.configuration import configured, require_gradebook


@dataclass(frozen=True)
class Table:
    """Scores by student and problem set; None where nothing was handed in or graded."""

    names: tuple[str, ...]
    maxima: tuple[float, ...]
    rows: dict[str, tuple[float | None, ...]]


def read_gradebook(course, db=None):
    """Read a course's gradebook.

    Parameters
    ----------
    course : path
        The course directory.
    db : str, optional
        The gradebook; as nbgrader_config.py has it by default.

    Returns
    -------
    Table

    Raises
    ------
    CourseError
        If there is no gradebook yet, or it cannot be opened.
    """
    _, coursedir = configured(Path(course).resolve(), db=db)
    require_gradebook(coursedir.db_url)
    # One query for the class: a submission's own `score` would be a query for each.
    query = (
        select(Assignment.name, SubmittedAssignment.student_id, func.coalesce(func.sum(Grade.score), 0.0))
        .join(SubmittedAssignment, SubmittedAssignment.assignment_id == Assignment.id)
        .outerjoin(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .outerjoin(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .group_by(Assignment.name, SubmittedAssignment.student_id)
    )
    with open_gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        scores = {(name, student): score for name, student, score in gradebook.db.execute(query)}
        names = tuple(sorted({name for name, _ in scores}))
        maxima = tuple(gradebook.find_assignment(name).max_score for name in names)
    students = sorted({student for _, student in scores})
    return Table(names, maxima, {student: tuple(scores.get((name, student)) for name in names) for student in students})
