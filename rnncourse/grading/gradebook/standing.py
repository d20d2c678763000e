"""Compute what a submission is worth in the gradebook, less what being late costs, and keep it up to date."""

from nbgrader.api import MissingEntry
from nbgrader.utils import parse_utc

from rnncourse.grading.deadlines.lateness import seconds_late
from rnncourse.grading.gradebook.lateness import lateness_of, set_due_date, set_extensions, stale_penalties


class Standing:
    """What is entered of one problem set.

    Parameters
    ----------
    gradebook : nbgrader.api.Gradebook
    problem_set : str
        Released; the due date is entered.
    deadlines : Deadlines
    """

    def __init__(self, gradebook, problem_set, deadlines):
        self._gradebook, self._name, self._deadlines = gradebook, problem_set, deadlines
        self._new_due_date = set_due_date(gradebook.db, gradebook.find_assignment(problem_set), deadlines)

    def update(self, apply_late_policy):
        """Bring extensions and penalties of what is entered to what the course says now.

        Parameters
        ----------
        apply_late_policy : callable
            Takes a student and the names of the notebooks, and has nbgrader work out the penalty.

        Returns
        -------
        changed : dict of str to str
            How late each student was whose penalty was worked out anew, and what that costs.
        """
        session, assignment = self._gradebook.db, self._gradebook.find_assignment(self._name)
        extended = set_extensions(session, assignment, self._deadlines)
        stale = stale_penalties(session, assignment, self._deadlines, None if self._new_due_date else extended)
        session.commit()
        for student in stale:
            apply_late_policy(student, [notebook.name for notebook in assignment.notebooks])
        session.expire_all()
        return {student: self._lateness(student) for student in stale}

    def points(self, student):
        """Get a student's points, less what being late costs; None where there are none."""
        submission = self._submission(student)
        if submission is None:
            return None
        points = max(submission.score - submission.late_submission_penalty, 0.0)
        self._gradebook.db.rollback()
        return points

    def worth(self, outcome, stamp):
        """Compute the points that an outcome is worth, less what being late costs by the course's policy.

        Parameters
        ----------
        outcome : dict
        stamp : str or None
            When it was handed in.
        """
        assignment, policy = self._gradebook.find_assignment(self._name), self._deadlines.policy
        handed_in = parse_utc(stamp) if stamp else None
        seconds = seconds_late(handed_in, assignment.duedate, self._extension(outcome["student"]))
        total = 0.0
        for notebook in assignment.notebooks:
            points = sum(filter(None, outcome["scores"].get(notebook.name, {}).values()))
            total += points - (policy.penalty(points, notebook.max_score, seconds) if policy else 0.0)
        return total

    def _submission(self, student):
        """Find a student's submission; None where there is none."""
        try:
            return self._gradebook.find_submission(self._name, student)
        except MissingEntry:
            return None

    def _extension(self, student):
        """Find by how much longer a student may take: by the file, or by the gradebook where that says nothing."""
        if self._deadlines.extensions is not None:
            return self._deadlines.extensions.get(student)
        submission = self._submission(student)
        return submission.extension if submission else None

    def _lateness(self, student):
        """Say how late a student's submission was."""
        submission = self._submission(student)
        return lateness_of(submission, submission.notebooks, self._deadlines.policy) or "in time: no points off"
