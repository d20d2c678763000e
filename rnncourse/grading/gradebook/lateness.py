"""Bring due date, extensions and penalties of a problem set in the gradebook to what course.toml says."""

from nbgrader.api import SubmittedAssignment, SubmittedNotebook
from sqlalchemy import select

from rnncourse.grading.deadlines.lateness import said, seconds_late


def set_due_date(session, assignment, deadlines):
    """Enter the due date, if the file has one; tell whether it is another than before."""
    if deadlines.due is None or assignment.duedate == deadlines.due:
        return False
    assignment.duedate = deadlines.due
    session.commit()
    return True


def set_extensions(session, assignment, deadlines):
    """Enter the extensions, if the file has any; list the students who have another than before."""
    if deadlines.extensions is None:
        return []
    changed = []
    for row in _times(session, assignment):
        extension = deadlines.extensions.get(row.student_id)
        if row.extension != extension:
            session.get(SubmittedAssignment, row.id).extension = extension
            changed.append(row.student_id)
    session.commit()
    return changed


def stale_penalties(session, assignment, deadlines, changed):
    """Find whose penalty is not what it should be.

    Parameters
    ----------
    session : sqlalchemy.orm.Session
    assignment : nbgrader.api.Assignment
    deadlines : Deadlines
    changed : collection of str or None
        Students whose extension is another than before; None where the due date is, for all.

    Returns
    -------
    students : list of str
    """
    penalised = set(
        session.scalars(
            select(SubmittedNotebook.assignment_id)
            .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
            .where(SubmittedAssignment.assignment_id == assignment.id)
            .where(SubmittedNotebook.late_submission_penalty.is_not(None))
        )
    )
    stale = []
    for row in _times(session, assignment):
        seconds = seconds_late(row.timestamp, assignment.duedate, row.extension)
        if not seconds and row.id not in penalised:
            continue
        if deadlines.policy is None:
            right = changed is not None and row.student_id not in changed
        else:
            right = all(
                (notebook.late_submission_penalty or 0.0) == penalty_of(deadlines.policy, notebook, seconds)
                for notebook in session.get(SubmittedAssignment, row.id).notebooks
            )
        if not right:
            stale.append(row.student_id)
    return stale


def penalty_of(policy, notebook, seconds):
    """Compute what a policy takes off a notebook in the gradebook."""
    return policy.penalty(notebook.score, notebook.max_score, seconds) if seconds else 0.0


def lateness_of(submission, notebooks, policy):
    """Say how late a submission was and what some of its notebooks have lost; empty where it was in time.

    Parameters
    ----------
    submission : nbgrader.api.SubmittedAssignment
    notebooks : list of nbgrader.api.SubmittedNotebook
    policy : LatePolicy or None
    """
    seconds = seconds_late(submission.timestamp, submission.assignment.duedate, submission.extension)
    penalty = sum(notebook.late_submission_penalty or 0.0 for notebook in notebooks)
    expected = sum(penalty_of(policy, notebook, seconds) for notebook in notebooks) if policy else None
    return said(seconds, penalty, submission.extension, policy, expected)


def _times(session, assignment):
    """Read when each submission of a problem set came, without the submissions: a class may be large."""
    columns = (SubmittedAssignment.id, SubmittedAssignment.student_id, SubmittedAssignment.timestamp)
    query = select(*columns, SubmittedAssignment.extension).where(SubmittedAssignment.assignment_id == assignment.id)
    return session.execute(query).all()
