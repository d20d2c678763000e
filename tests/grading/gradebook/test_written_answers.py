"""A written answer is graded by a person: what is right in it is theirs to say, and it stays through a regrade."""

import pytest
from nbgrader.api import Gradebook
from support.handed_in import NAME, RIGHT
from support.releasing import ROOT, in_this_process

from rnncourse.authoring.release import release
from rnncourse.authoring.source import read_source
from rnncourse.grading.export.marks import marks_of
from rnncourse.grading.feedback.write import write_feedback
from rnncourse.grading.report.gather import gather

QUESTION = """

# %% [markdown] nbgrader={"grade_id": "explain", "grade": true, "solution": true, "points": 5}
# Because the gradient is a product of as many factors as there are steps.
"""


@pytest.fixture(scope="module")
def course(course_type, sandbox, tmp_path_factory):
    """A course whose problem set has a question to be answered in words, with three answers to it, graded."""
    folder = tmp_path_factory.mktemp("written") / "course"
    source = folder / "solutions" / NAME / f"{NAME}.py"
    source.parent.mkdir(parents=True)
    source.write_text((ROOT / "solutions" / NAME / f"{NAME}.py").read_text(encoding="utf-8") + QUESTION)
    (folder / "nbgrader_config.py").write_text((ROOT / "nbgrader_config.py").read_text())
    with in_this_process():
        release(folder)
    course = course_type(folder)
    course.hand_in("ada", RIGHT | {"explain": "The factors multiply: <b>small</b> ones vanish."})
    course.hand_in("bela", RIGHT | {"explain": "No idea."})
    course.hand_in("chen")  # has written nothing
    course.grade()
    return course


def give(course, student, points, comment=""):
    """Give points and a comment as formgrader does."""
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}", "rnncourse") as book:
        grade = book.find_grade("explain", NAME, NAME, student)
        grade.manual_score, grade.needs_manual_grade = points, False
        book.find_comment("explain", NAME, NAME, student).manual_comment = comment
        book.db.commit()


def waiting(course):
    """Who waits for a person's points, and whose mark is not final."""
    report = gather(course.folder, NAME)
    marks = marks_of(report)
    kinds = {(student.id, where): kind for student, where, kind, _ in report.problems}
    return kinds, {student for student, mark in marks.items() if mark.provisional}


def test_the_answer_is_released_without_the_solution(course):
    (cell,) = [
        cell for cell in course.starter().cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "explain"
    ]
    assert cell.cell_type == "markdown" and "product" not in cell.source
    assert cell.metadata.nbgrader.points == 5 and not cell.metadata.nbgrader.locked


def test_a_person_gives_the_points_and_a_regrade_keeps_them(course):
    assert course.scores() == {"ada": 100, "bela": 100, "chen": 100}
    both = {("ada", "explain"): "to grade by hand", ("bela", "explain"): "to grade by hand"}
    assert waiting(course) == (both, {"ada", "bela"})  # of nothing written a person has nothing to say
    give(course, "ada", 4.5, "Which factors are small?")
    give(course, "bela", 0.0)
    assert course.scores() == {"ada": 104.5, "bela": 100, "chen": 100} and waiting(course) == ({}, set())
    course.grade(again=True)
    assert course.scores() == {"ada": 104.5, "bela": 100, "chen": 100}
    assert gather(course.folder, NAME).maximum == 105


def test_the_feedback_page_has_answer_points_and_comment(course):
    give(course, "ada", 4.5, "Which factors are small?")
    assert dict(write_feedback(course.folder, NAME, ["ada"], 1)) == {"ada": None}
    page = (course.folder / "feedback" / "ada" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "The factors multiply" in page and "Which factors are small?" in page and "104.5" in page


@pytest.mark.parametrize("points", ["", ', "points": "many"', ', "points": -1'])
def test_a_question_without_points_is_refused(tmp_path, points):
    path = tmp_path / "own.py"
    path.write_text(QUESTION.replace(', "points": 5', points))
    with pytest.raises(ValueError, match=r"'explain' is graded by hand and has no number of points; add \"points\""):
        read_source(path)


def test_the_course_may_give_it_other_points(tmp_path):
    path = tmp_path / "own.py"
    path.write_text(f"# %% [markdown]\n# # Own{QUESTION}")
    known = [
        cell.metadata["nbgrader"] for cell in read_source(path, {"explain": 8}).cells if "nbgrader" in cell.metadata
    ]
    assert {about["grade_id"]: about.get("points") for about in known} == {"install": None, "explain": 8}
