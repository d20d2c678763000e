"""A class report is gathered from a real gradebook and real graded notebooks."""

import pytest
from nbgrader.api import Gradebook
from support.handed_in import NAME, RIGHT

from rnncourse.authoring.errors import CourseError
from rnncourse.grading.gradebook.table import read_gradebook
from rnncourse.grading.report.gather import gather


@pytest.fixture(scope="module")
def graded(module_course):
    """Right, wrong, unreadable, never ending, by hand, absent, and handed in after the grading."""
    course = module_course
    course.hand_in("ada")
    course.hand_in("bela", RIGHT | {"rnn_step": RIGHT["rnn_step"].replace("W_hh.T", "W_hh")})
    (course.place("chen") / f"{NAME}.ipynb").write_text("[1, 2")
    course.hand_in("dina", RIGHT | {"output_layer": "def output_layer(h, W_hy, b_y):\n    while True:\n        pass"})
    course.grade()
    course.hand_in("late")
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}", "rnncourse") as gradebook:
        gradebook.update_or_create_student("bela", first_name='B "x"', last_name="<b>Z</b>")
        gradebook.add_student("../x")
        gradebook.add_student("../y")
        gradebook.update_or_create_submission(NAME, "../y")
    return course


@pytest.fixture(scope="module")
def report(graded):
    return gather(graded.folder, NAME)


def test_everybody_is_where_they_belong(report):
    assert [one.id for one in report.students] == ["../y", "ada", "bela", "chen", "dina"]
    assert report.ungraded == ("late",) and report.absent == ("../x",)
    assert report.title == "Problem set 1: the forward pass"


def test_totals_are_the_gradebook_s(report, graded):
    scores = graded.scores()
    assert {one.id: one.total for one in report.students} == {one.id: scores[one.id] for one in report.students}
    assert report.maximum == read_gradebook(graded.folder).maxima[0] == 100


def test_exercises_are_in_the_order_of_the_notebook(report):
    assert [one.name for one in report.exercises] == list(RIGHT)


def test_the_mistake_has_a_count_a_name_and_a_section(report):
    (found,) = [(what, one["label"], who) for what, one, who in report.mistakes if what == "rnn_step"]
    assert found == ("rnn_step", "transposed-W_hh", ["bela"])
    assert all("#sec-" in one["see"] for _, one, _ in report.mistakes)


def test_what_needs_a_person_says_why(report):
    found = {(student.id, kind): reason for student, _, kind, reason in report.problems}
    assert "could not be read" in found["chen", "unreadable"]
    assert {student for student, kind in found if kind != "to grade by hand"} == {"chen"}


def test_code_that_stops_is_no_work_for_a_person(report):
    ((student, where, kind, reason),) = report.stopped
    assert (student.id, where, kind) == ("dina", "output_layer", "out of time") and "did not return within" in reason


def test_seconds_and_names(report):
    by_id = {one.id: one for one in report.students}
    assert by_id["dina"].seconds > 0.5  # a loop that is stopped after a second
    assert by_id["../y"].seconds is None
    assert by_id["bela"].name == 'B "x" <b>Z</b>' and by_id["ada"].name == ""


def test_an_unknown_and_an_unreleased_problem_set_are_told_apart(graded, tmp_path):
    with pytest.raises(CourseError, match=f"no problem set 'ps9'; this course has {NAME}"):
        gather(graded.folder, "ps9")
    with pytest.raises(CourseError, match=r"has no nbgrader_config\.py"):
        gather(tmp_path, NAME)
    fresh = graded.folder / "solutions" / "ps8_new"
    fresh.mkdir()
    (fresh / "ps8_new.py").write_text("")
    with pytest.raises(CourseError, match="ps8_new is not released; run: rnncourse release ps8_new"):
        gather(graded.folder, "ps8_new")


def test_a_class_without_submissions_is_empty(released_course):
    report = gather(released_course.folder, NAME)
    assert report.students == () and report.absent == () and len(report.exercises) == len(RIGHT)
