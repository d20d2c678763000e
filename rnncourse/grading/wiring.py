"""Wire a course into nbgrader: where things lie, what a student's notebook is made of, and how it is graded."""

import os

from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.preprocessors import ClearSolutions, Execute

from rnncourse.authoring.database import VARIABLE, normal
from rnncourse.authoring.stub import NamedStub
from rnncourse.grading.autograde.sandboxed_execute import SandboxedExecute
from rnncourse.grading.autograde.sanitize import sanitize_submission
from rnncourse.grading.autograde.submission_exporter import SubmissionExporter
from rnncourse.grading.deadlines.plugin import CoursePolicy
from rnncourse.grading.feedback.exporter import FeedbackExporter
from rnncourse.grading.feedback.lateness import GetGradesAndLateness
from rnncourse.grading.pages import markdown_to_html


def wire(c, course):
    """Set what this course needs of nbgrader; what a course's own nbgrader_config.py sets afterwards takes its place.

    Parameters
    ----------
    c : traitlets.config.Config
        Of `get_config()`.
    course : path
        The course directory: where course.toml lies.
    """
    c.CourseDirectory.course_id = "rnncourse"
    # The gradebook is gradebook.db there. For another set RNNCOURSE_DB=postgresql://user@host/name, or --db.
    if os.environ.get(VARIABLE):
        c.CourseDirectory.db_url = normal(os.environ[VARIABLE])
    c.CourseDirectory.source_directory = "solutions"
    c.CourseDirectory.release_directory = "exercises"
    # The percent scripts are the solutions: they must never be copied into exercises/.
    c.CourseDirectory.ignore = [".ipynb_checkpoints", "__pycache__", "*.pyc", "ps[0-9]_*.py"]

    c.GenerateAssignment.preprocessors = [
        NamedStub if step is ClearSolutions else step for step in GenerateAssignment.preprocessors.default_args[0]
    ]

    # A submission is rebuilt from the release; its code runs in a sandbox, and its graded cells outside of it. Where
    # there is no sandbox nothing is graded, unless c.SandboxedExecute.allow_unsafe = True (or RNNCOURSE_ALLOW_UNSAFE=1)
    # says so.
    c.Autograde.exporter_class = SubmissionExporter
    c.Autograde.pre_convert_hook = sanitize_submission
    c.Autograde.autograde_preprocessors = [
        SandboxedExecute if step is Execute else step for step in Autograde.autograde_preprocessors.default_args[0]
    ]

    # Feedback and formgrader are pages that a browser opens: what a student wrote into one must not run there. Feedback
    # is one file for each notebook, which loads nothing from anywhere.
    c.GenerateFeedback.exporter_class = FeedbackExporter
    c.GenerateFeedback.preprocessors = [GetGradesAndLateness]
    c.HTMLExporter.filters = {"markdown2html": markdown_to_html}

    # What being late costs is in course.toml; where that says nothing, c.LateSubmissionPlugin.penalty_method holds.
    c.AssignLatePenalties.plugin_class = CoursePolicy
    c.CoursePolicy.course = c.GetGradesAndLateness.course = c.FeedbackExporter.course = str(course)

    # The torch exercises of problem set 6: torch is importable inside the sandbox for that set alone.
    c.SandboxedExecute.extra = {"ps6_beyond": ["torch"]}

    # For `nbgrader validate`, which runs a learner's own notebook: a check stops a call after 5 seconds by itself, and
    # this is for loops outside of any check.
    c.Execute.timeout = 60
