"""Run a notebook in nbgrader's autograde: the student's code in a sandbox, the graded cells on this side of it."""

from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Dict, Unicode

from rnncourse.authoring.course_language import course_language
from rnncourse.grading.gradebook import state
from rnncourse.grading.gradebook.cells import graded_cells
from rnncourse.grading.notebook import reading
from rnncourse.grading.notebook.execute import execute_with_retry
from rnncourse.grading.sandbox import limits, probe
from rnncourse.grading.sandbox.base import SandboxError
from rnncourse.language import speaking


class SandboxedExecute(NbGraderPreprocessor):
    """In the place of nbgrader's Execute."""

    allow_unsafe = Bool(False, help="Run student code in plain processes where there is no sandbox.").tag(config=True)
    tier = Unicode("", help="'bubblewrap' or 'podman'; by default the first that works.").tag(config=True)
    limits = Dict(help="By problem set, see limits.Limits: {'ps6_beyond': {'memory': 8 << 30}}.").tag(config=True)
    extra = Dict(help="What a problem set's notebooks may import: {'ps6_beyond': ['torch']}.").tag(config=True)

    def preprocess(self, notebook, resources):
        """Run one notebook; its graded cells get one number each."""
        about = resources["nbgrader"]
        assignment, name = about["assignment"], about["notebook"]
        course = Path(self.parent.parent.coursedir.root)
        with Gradebook(about["db_url"]) as gradebook:
            tests = graded_cells(gradebook.find_notebook(name, assignment))
        with speaking(course_language(course)):
            execute_with_retry(
                notebook,
                tests,
                seed=state.seed(course, assignment),
                tier=probe.choose_tier(self.allow_unsafe, self.tier),
                extra=self.extra.get(assignment, ()),
                limits=limits.Limits(**limits.read(self.limits, assignment)),
                files=reading.files_beside(resources["metadata"]["path"]),
            )
        return notebook, resources


def refuse_without_sandbox(step):
    """Stop nbgrader before it grades anything without a sandbox or with limits that cannot be.

    Parameters
    ----------
    step : traitlets.config.LoggingConfigurable
        The step of nbgrader that asks; it logs the reason.

    Raises
    ------
    NbGraderException
    """
    options = step.config.SandboxedExecute
    try:
        probe.choose_tier(options.get("allow_unsafe", False) is True, options.get("tier", ""))
        for problem_set in options.get("limits", {}):
            limits.read(options.limits, problem_set)
    except (SandboxError, limits.LimitsError) as error:
        step.log.error("rnncourse: %s", error)
        raise NbGraderException(str(error)) from None
