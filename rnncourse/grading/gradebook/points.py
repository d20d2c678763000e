"""Read points from the gradebook, cell by cell: what the checks gave, and what a person gave in their place."""

from nbgrader.api import BaseCell, Grade, Notebook, SubmittedAssignment, SubmittedNotebook

MOST = 500
"""Students that are asked for at a time: a database takes so many parameters."""


def read_points(session, assignment_id, students):
    """Read the points of some students in one problem set.

    Parameters
    ----------
    session : sqlalchemy.orm.Session
    assignment_id : str
    students : sequence of str

    Returns
    -------
    points : dict
        By student, notebook and grade_id: a pair, what the checks gave and what a person gave, each None where there
        is nothing.
    """
    points = {student: {} for student in students}
    columns = (SubmittedAssignment.student_id, Notebook.name, BaseCell.name, Grade.auto_score, Grade.manual_score)
    query = (
        session.query(*columns)
        .select_from(Grade)
        .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .filter(SubmittedAssignment.assignment_id == assignment_id)
    )
    for start in range(0, len(students), MOST):
        for student, notebook, cell, by_checks, by_hand in query.filter(
            SubmittedAssignment.student_id.in_(students[start : start + MOST])
        ):
            points[student].setdefault(notebook, {})[cell] = by_checks, by_hand
    return points
