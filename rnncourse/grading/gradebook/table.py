"""Read the gradebook as a table: a row for each student, a column for each problem set."""

from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Assignment, Grade, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import func, select

from rnncourse.authoring.database import open_gradebook
from rnncourse.grading.deadlines.course_file import read_deadlines
from rnncourse.grading.gradebook.configuration import configured, require_gradebook
from rnncourse.grading.gradebook.lateness import lateness_of


@dataclass(frozen=True)
class Table:
    """Scores by student and problem set, less what being late costs; None where nothing was handed in or graded.

    `late` says how late what was handed in, and what it cost: (problem set, student, in words).
    """

    names: tuple[str, ...]
    maxima: tuple[float, ...]
    rows: dict[str, tuple[float | None, ...]]
    late: tuple[tuple[str, str, str], ...] = ()


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
        late = _late(gradebook, Path(course).resolve())
        for key, (penalty, _) in late.items():
            scores[key] = max(scores[key] - penalty, 0.0)
        names = tuple(sorted({name for name, _ in scores}))
        maxima = tuple(gradebook.find_assignment(name).max_score for name in names)
    students = sorted({student for _, student in scores})
    rows = {student: tuple(scores.get((name, student)) for name in names) for student in students}
    return Table(names, maxima, rows, tuple((*key, words) for key, (_, words) in sorted(late.items())))


def _late(gradebook, course):
    """Find what was late, or has lost points for it: by (problem set, student) the points and the words."""
    query = (
        select(SubmittedAssignment)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .outerjoin(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .where(
            (SubmittedAssignment.timestamp > Assignment.duedate) | (SubmittedNotebook.late_submission_penalty > 0)
        )  # an extension is looked at below
        .distinct()
    )
    policies, found = {}, {}
    for submission in gradebook.db.scalars(query):
        name = submission.assignment.name
        if name not in policies:
            policies[name] = read_deadlines(course, name).policy
        words = lateness_of(submission, submission.notebooks, policies[name])
        if words:
            penalty = sum(notebook.late_submission_penalty or 0.0 for notebook in submission.notebooks)
            found[name, submission.student_id] = penalty, words
    return found
