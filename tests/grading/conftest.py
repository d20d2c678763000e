"""One sample class, made and graded by stock nbgrader, for all tests that look at it."""

from pathlib import Path

import pytest

from rnncourse.grading.demo import grade_class, make_class

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def graded_class(tmp_path_factory):
    """A course directory whose sample class has been autograded, with feedback."""
    target = tmp_path_factory.mktemp("demo") / "class"
    make_class(ROOT, target)
    list(grade_class(target))
    return target
