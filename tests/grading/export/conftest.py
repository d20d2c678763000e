"""One graded class for all tests of exporting, with feedback pages: they only read it."""

import shutil

import pytest
from support.handed_in import NAME, RIGHT
from support.lms_tables import enter_students

from rnncourse.grading.feedback.write import students_with_a_grade, write_feedback


@pytest.fixture(scope="session")
def graded(released, tmp_path_factory, sandbox, course_type):
    """Grade ada, all right, bela, with a mistake, and chen, with two answers; dina has handed in nothing."""
    course = course_type(shutil.copytree(released, tmp_path_factory.mktemp("export") / "course"))
    course.hand_in("ada")
    course.hand_in("bela", RIGHT | {"rnn_step": RIGHT["rnn_step"].replace("W_hh.T", "W_hh")})
    course.hand_in("chen", {name: RIGHT[name] for name in ("shapes", "rnn_step")})
    course.grade()
    enter_students(course.folder)
    assert not [
        why for _, why in write_feedback(course.folder, NAME, students_with_a_grade(course.folder, NAME), 2) if why
    ]
    return course
