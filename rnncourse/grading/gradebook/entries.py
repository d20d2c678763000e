"""Write a problem set's entries into nbgrader's tables, so that one costs the same in a class of any size.

nbgrader's own methods commit at each step, and look up what has no index. Here a row is found by its keys, what is new
is written without being looked for, and nothing is committed: the caller decides how many entries make a transaction.
"""

from dataclasses import dataclass, field

from nbgrader.api import Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook, new_uuid
from nbgrader.utils import parse_utc
from sqlalchemy import select

from rnncourse.grading.deadlines.lateness import seconds_late


@dataclass(frozen=True)
class Entry:
    """What is entered of a submission: when it came, and by notebook and grade_id the scores and the comments."""

    student: str
    stamp: str | None
    scores: dict = field(default_factory=dict)
    comments: dict = field(default_factory=dict)


class Entries:
    """Entries of one problem set.

    Parameters
    ----------
    session : sqlalchemy.orm.Session
    assignment : nbgrader.api.Assignment
    extensions : dict of str to datetime.timedelta, optional
        By student; where it is given, nobody else has one.
    """

    def __init__(self, session, assignment, extensions=None):
        self._session, self._assignment_id, self._due = session, assignment.id, assignment.duedate
        self._extensions = extensions
        self._notebooks = {notebook.name: notebook.id for notebook in assignment.notebooks}
        self._grades = {
            notebook.name: _keys(notebook.grade_cells, notebook.task_cells) for notebook in assignment.notebooks
        }
        self._comments = {
            notebook.name: _keys(notebook.solution_cells, notebook.task_cells) for notebook in assignment.notebooks
        }

    def students(self):
        """List the students who have an entry."""
        query = select(SubmittedAssignment.student_id).where(SubmittedAssignment.assignment_id == self._assignment_id)
        return set(self._session.scalars(query))

    def enter(self, entries):
        """Write some submissions' scores and comments.

        Parameters
        ----------
        entries : list of Entry
            Of different students.

        Returns
        -------
        late : list of Entry
            Those that the policy for late submissions has to look at.
        """
        students = [entry.student for entry in entries]
        with self._session.no_autoflush:
            known = set(self._session.scalars(select(Student.id).where(Student.id.in_(students))))
            self._session.add_all(Student(id=student) for student in students if student not in known)
            query = select(SubmittedAssignment).where(
                SubmittedAssignment.assignment_id == self._assignment_id, SubmittedAssignment.student_id.in_(students)
            )
            found = {row.student_id: row for row in self._session.scalars(query)}
            return [entry for entry in entries if self._enter(entry, found.get(entry.student))]

    def _enter(self, entry, submission):
        """Write one submission; tell whether the policy for late ones has to look at it."""
        fresh = submission is None
        if fresh:
            submission = self._made(SubmittedAssignment, assignment_id=self._assignment_id, student_id=entry.student)
        if entry.stamp:
            submission.timestamp = parse_utc(entry.stamp)
        if self._extensions is not None:
            submission.extension = self._extensions.get(entry.student)
        late = self._is_late(submission)
        for name, notebook_id in self._notebooks.items():
            keys = {"notebook_id": notebook_id, "assignment_id": submission.id}
            notebook = None if fresh else self._session.scalars(select(SubmittedNotebook).filter_by(**keys)).first()
            new = notebook is None
            notebook = notebook or self._made(SubmittedNotebook, **keys)
            late = late or bool(notebook.late_submission_penalty)
            for grade_id, grade in self._rows(Grade, self._grades[name], notebook.id, new).items():
                if grade_id in entry.scores.get(name, ()):
                    grade.auto_score = entry.scores[name][grade_id]
                    grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
            for grade_id, comment in self._rows(Comment, self._comments[name], notebook.id, new).items():
                if grade_id in entry.comments.get(name, ()):
                    comment.auto_comment = entry.comments[name][grade_id]
        return late

    def _is_late(self, submission):
        """Tell whether a submission came after its due date."""
        return seconds_late(submission.timestamp, self._due, submission.extension) > 0

    def _made(self, table, **columns):
        """Make a row of a table and add it to the session."""
        row = table(id=new_uuid(), **columns)
        self._session.add(row)
        return row

    def _rows(self, table, cells, notebook_id, new):
        """Find a row for each cell, by the cell's name; make it where there is none."""
        query = select(table).where(table.cell_id.in_(cells.values()), table.notebook_id == notebook_id)
        found = {} if new else {row.cell_id: row for row in self._session.scalars(query)}
        return {
            name: found.get(key) or self._made(table, cell_id=key, notebook_id=notebook_id)
            for name, key in cells.items()
        }


def _keys(*kinds):
    """Map the names of cells to their keys."""
    return {cell.name: cell.id for cells in kinds for cell in cells}
