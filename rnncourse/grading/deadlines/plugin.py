"""Give nbgrader the course's late policy, as its plugin for late submissions."""

from pathlib import Path

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Unicode

from rnncourse.grading.deadlines.course_file import read_deadlines


class CoursePolicy(LateSubmissionPlugin):
    """Takes off what course.toml says; where it says nothing, what `c.LateSubmissionPlugin.penalty_method` says."""

    course = Unicode("", help="The course directory: where course.toml lies.").tag(config=True)

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        """Compute the points that are taken off a notebook.

        Parameters
        ----------
        student_id : str
        score : float
        total_seconds_late : float

        Returns
        -------
        penalty : float or None
        """
        step = self.parent  # nbgrader's step, which knows the notebook
        policy = read_deadlines(self.course or Path.cwd(), step.assignment_id).policy
        if policy is None:
            return super().late_submission_penalty(student_id, score, total_seconds_late)
        notebook = step.gradebook.find_submission_notebook(step.notebook_id, step.assignment_id, student_id)
        return policy.penalty(score, notebook.max_score, total_seconds_late)
