"""The gradebook as a table: a row for each student, a column for each problem set."""

from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Assignment, Grade, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from rnncourse.authoring.database import open_gradebook
from rnncourse.authoring.errors import CourseError
from rnncourse.grading.configuration import configured


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
    there_must_be_one(coursedir.db_url)
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
    return Table(names, maxima, {one: tuple(scores.get((name, one)) for name in names) for one in students})


def there_must_be_one(url):
    """Raise `CourseError` where the gradebook would be a file, and there is none: to open it would make it."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database).exists():
        folder = Path(parsed.database).parent
        raise CourseError(f"there is no gradebook in {folder}; release and autograde a problem set first")
