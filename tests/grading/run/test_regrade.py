"""A check is mended: who may have other points is graded again, and every change is said before it is entered."""

import os
import shutil
import subprocess
import sys

import pytest
from support.handed_in import NAME, RIGHT
from support.mended import copy_package
from typer.testing import CliRunner

from rnncourse.cli import app
from rnncourse.grading.run.driver import Driver
from rnncourse.grading.run.regrade import Change, Regrade

DOUBLED = "return h @ W_hy.T * 2 + b_y * 2"
ANSWERS = {
    "ada": RIGHT,
    "bob": RIGHT | {"output_layer": RIGHT["output_layer"].replace("return h @ W_hy.T + b_y", DOUBLED)},
    "cy": {name: code for name, code in RIGHT.items() if name != "output_layer"},
}
BROKEN = (
    "checks/exercises/forward.py",
    "lambda h, W_hy, b_y: textbook(h, OutputParams(W_hy, b_y))",
    "lambda h, W_hy, b_y: 2 * textbook(h, OutputParams(W_hy, b_y))",
)
CHANGES = [Change("ada", "output_layer", 0.0, 15.0, None), Change("bob", "output_layer", 15.0, 0.0, None)]


@pytest.fixture(scope="module")
def graded_by_broken_checks(module_course, tmp_path_factory):
    """A course that a package has graded whose check of one exercise wants twice what it should."""
    for student, answers in ANSWERS.items():
        module_course.hand_in(student, answers)
    package = copy_package(tmp_path_factory.mktemp("broken"), BROKEN)
    command = [sys.executable, "-m", "rnncourse", "grade", NAME, "--course", str(module_course.folder), "--jobs", "1"]
    environment = os.environ | {"PYTHONPATH": str(package.parent)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=package.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    assert module_course.scores() == {"ada": 85, "bob": 100, "cy": 85}
    return module_course


@pytest.fixture
def mended(graded_by_broken_checks, tmp_path):
    """A copy of that course, for the package as it is."""
    copy = type(graded_by_broken_checks)(tmp_path / "course")
    shutil.copytree(graded_by_broken_checks.folder, copy.folder)
    return copy


def rnncourse(*arguments):
    """Run a command in this process."""
    done = CliRunner().invoke(app, arguments, catch_exceptions=False, env={"COLUMNS": "160"})
    return done.exit_code, done.stdout, done.stderr


def test_only_those_whose_points_can_change_are_graded_again(mended):
    mended.hand_in("new")
    grader = Regrade(mended.folder, NAME)
    assert [job.student for job in grader.run.jobs] == ["ada", "bob"]
    assert grader.cells == {f"{NAME}/check-output_layer"}
    assert (grader.run.already, grader.ungraded) == (1, 1)  # cy has not written it; new has no grade
    assert sorted(grader.grade(2)) == ["ada", "bob"]
    assert grader.changes() == CHANGES
    assert mended.scores() == {"ada": 85, "bob": 100, "cy": 85}
    grader.close()


def test_changes_are_listed_entered_and_kept(mended):
    arguments = ("grade", NAME, "--course", str(mended.folder), "--changed")
    code, said, _ = rnncourse(*arguments, "--dry-run")
    assert code == 0 and "nothing is entered" in said and "2 graded" in said
    rows = [line.replace("│", " ").split() for line in said.splitlines()]
    assert ["ada", "output_layer", "0", "15", "-"] in rows and ["bob", "output_layer", "15", "0", "-"] in rows
    assert mended.scores() == {"ada": 85, "bob": 100, "cy": 85}
    code, said, _ = rnncourse(*arguments)
    assert code == 0 and " graded, " not in said, "what was graded for --dry-run is not graded twice"
    assert "2 changes of 2 students" in said and "2 entered" in said
    assert said.index("2 changes") < said.index("2 entered")
    assert mended.scores() == {"ada": 100, "bob": 85, "cy": 85}
    assert "0 of 15 points" in mended.shown("bob") and "15 of 15 points" in mended.shown("ada")
    code, said, _ = rnncourse(*arguments)
    assert code == 0 and "0 may change, 3 cannot" in said and "no points change" in said
    assert Driver(mended.folder, NAME).run.todo == 0
    code, said, _ = rnncourse("history", NAME, "ada", "--course", str(mended.folder))
    assert code == 0 and said.index("first") < said.index("changed") and "output_layer: was 0" in said


def test_points_by_hand_stay(mended):
    with Driver(mended.folder, NAME)._committer._gradebook as book:
        grade = book.find_grade("check-output_layer", NAME, NAME, "ada")
        grade.manual_score = 7.0
        book.db.commit()
    code, said, _ = rnncourse("grade", NAME, "--course", str(mended.folder), "--changed", "--only", "ada")
    assert code == 0 and "points by hand stay in force" in said
    assert mended.scores() == {"ada": 92, "bob": 100, "cy": 85}


def test_an_exact_run_once_more_answers_a_request(mended):
    mended.grade(again=True)
    code, said, _ = rnncourse(
        "grade", NAME, "--course", str(mended.folder), "--again", "--dry-run", "--only", "cy", "--jobs", "1"
    )
    assert code == 0 and "1 graded" in said and "no points change" in said


def test_a_grade_of_which_nothing_is_known_may_change(mended):
    (mended.folder / ".rnncourse" / NAME / "history.jsonl").unlink()
    grader = Regrade(mended.folder, NAME)
    assert [job.student for job in grader.run.jobs] == ["ada", "bob", "cy"]
    grader.close()


def test_a_dry_run_of_what_has_no_grade_says_what_to_do(mended):
    code, _, said = rnncourse("grade", NAME, "--course", str(mended.folder), "--dry-run")
    assert code == 1 and "--dry-run goes with --changed" in said
