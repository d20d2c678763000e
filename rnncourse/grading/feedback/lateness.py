"""Give the feedback page the grades, and what being late has cost."""

from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.preprocessors import GetGrades
from traitlets import Unicode

from rnncourse.authoring.course_language import course_language
from rnncourse.grading.deadlines.course_file import read_deadlines
from rnncourse.grading.gradebook.lateness import lateness_of
from rnncourse.language import speaking


class GetGradesAndLateness(GetGrades):
    """nbgrader's step, which adds `lateness` to what is known of a notebook: in words, empty where it was in time."""

    course = Unicode("", help="The course directory: where course.toml lies.").tag(config=True)

    def preprocess(self, nb, resources):
        nb, resources = super().preprocess(nb, resources)
        about = resources["nbgrader"]
        policy = read_deadlines(self.course or Path.cwd(), about["assignment"]).policy
        with Gradebook(about["db_url"]) as gradebook:
            submission = gradebook.find_submission(about["assignment"], about["student"])
            notebooks = [each for each in submission.notebooks if each.name == about["notebook"]]
            with speaking(course_language(self.course or Path.cwd())):
                about["lateness"] = lateness_of(submission, notebooks, policy)
        return nb, resources
