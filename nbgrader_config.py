"""Wires the course into nbgrader: where things lie, and what a student's notebook is made of."""

from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import ClearSolutions

from rnncourse.authoring.stub import NamedStub

c = get_config()  # noqa: F821  (nbgrader provides it)

c.CourseDirectory.course_id = "rnncourse"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
# The percent scripts are the solutions: they must never be copied into exercises/.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "__pycache__", "*.pyc", "ps[0-9]_*.py"]

c.GenerateAssignment.preprocessors = [
    NamedStub if step is ClearSolutions else step for step in GenerateAssignment.preprocessors.default_args[0]
]

# A check stops a call after 5 seconds by itself; this is for loops outside of any check.
c.Execute.timeout = 60
