"""The whole way through real nbgrader: release, hand in, autograde, feedback, export."""

import csv
import shutil
from pathlib import Path

import nbformat
import pytest

from rnncourse.authoring.errors import CourseError
from rnncourse.authoring.release import nbgrader, problem_sets
from rnncourse.files import write_atomically
from rnncourse.grading.demo.sample_class import grade_class, make_class
from rnncourse.grading.demo.students import HANDED_IN, STUDENTS
from rnncourse.grading.gradebook.table import read_gradebook
from rnncourse.grading.report.gather import gather
from rnncourse.grading.run.driver import Driver

ROOT = Path(__file__).parents[3]
SETS = problem_sets(ROOT)


def test_the_class_is_large_enough_and_diverse(graded_class):
    assert len(STUDENTS) >= 8
    handed_in = {path.parents[1].name for path in (graded_class / "submitted").glob("*/*/*.ipynb")}
    assert handed_in == STUDENTS.keys()


def test_every_student_has_the_grade_that_the_code_deserves(graded_class):
    table = read_gradebook(graded_class)
    assert table.names == HANDED_IN
    assert set(table.maxima) == {100}
    assert table.rows == {
        "ada": (100, 100),
        "bela": (100, 100),  # einsum
        "chen": (100, 88),  # dW_hh alone is wrong
        "dina": (23, 71.5),  # one wrong factor reaches every gradient, and has a name: half is kept
        "emil": (98, 55),  # a bracket is no tuple
        "fatima": (15, 55),  # crashes
        "goran": (100, 55),  # never ends
        "hana": (100, 0),  # not begun
        "iris": (60, 30),  # averages, and loses the memory
        "jonas": (100, 55),  # takes the process down
        "kim": (0, 0),  # cheats
    }


@pytest.mark.parametrize(
    "student, named",
    [
        ("chen", ["overwrites-dW_hh", "wraps-round-at-first-step"]),
        ("dina", ["W_hh-not-transposed", "state-reset-at-chunk"]),
        ("fatima", ["raised IndexError"]),
        ("goran", ["did not return within 5 seconds"]),
        ("hana", ["rnn_backward is not written yet"]),
        ("jonas", ["ended by itself with exit status 0"]),
        ("iris", ["no-recurrent-term", "averages-db", "gradient_check"]),
    ],
)
def test_the_feedback_names_the_mistake(graded_class, student, named):
    page = (graded_class / "feedback" / student / "ps3_bptt" / "ps3_bptt.html").read_text(encoding="utf-8")
    for words in named:
        assert words in page


@pytest.mark.parametrize(
    "student, words",
    [("fatima", "raised IndexError"), ("goran", "did not return within"), ("jonas", "ended by itself")],
)
def test_code_that_stopped_is_what_to_mend_next_and_no_work_for_a_person(graded_class, student, words):
    page = (graded_class / "feedback" / student / "ps3_bptt" / "ps3_bptt.html").read_text(encoding="utf-8")
    assert words in page.partition('id="mend"')[2].partition("</section>")[0]
    report = gather(graded_class, "ps3_bptt")
    assert student in {each.id for each, *_ in report.stopped} - {each.id for each, *_ in report.problems}


def test_export_gives_the_same_scores(graded_class):
    nbgrader(graded_class, "export", "--to", "grades.csv")
    with open(graded_class / "grades.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["assignment"] in HANDED_IN]
    scores = {(row["student_id"], row["assignment"]): float(row["score"]) for row in rows}
    table = read_gradebook(graded_class)
    assert scores == {
        (student, name): score
        for student, row in table.rows.items()
        for name, score in zip(table.names, row, strict=True)
    }


@pytest.fixture(scope="module")
def two_extremes(released_sets, tmp_path_factory):
    """A course in which one student hands in the starters, and another the solutions."""
    course = shutil.copytree(released_sets, tmp_path_factory.mktemp("extremes") / "course")
    for name in SETS:
        for student, folder in (("starter", "exercises"), ("solution", "solutions")):
            notebook = (course / folder / name / f"{name}.ipynb").read_text(encoding="utf-8")
            write_atomically(course / "submitted" / student / name / f"{name}.ipynb", notebook)
    return course


@pytest.mark.parametrize("by", ["rnncourse", pytest.param("nbgrader", marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", [*SETS[:-1], pytest.param(SETS[-1], marks=pytest.mark.slow)])  # it imports torch
def test_a_starter_earns_nothing_and_a_solution_everything(two_extremes, name, by):
    if by == "nbgrader":
        nbgrader(two_extremes, "autograde", name, "--force")
    else:
        assert sorted(Driver(two_extremes, name, again=True).grade(1)) == ["solution", "starter"]
    table = read_gradebook(two_extremes)
    place = table.names.index(name)
    assert {student: row[place] for student, row in table.rows.items()} == {"starter": 0, "solution": 100}


@pytest.mark.parametrize("name", ["ps1_forward", pytest.param("ps5_lstm", marks=pytest.mark.slow)])
def test_validate_passes_a_solution_and_not_a_starter(released_sets, name):
    notebooks = [f"{folder}/{name}/{name}.ipynb" for folder in ("solutions", "exercises")]
    solution, starter = nbgrader(released_sets, "validate", *notebooks).split("VALIDATION FAILED")
    assert "Success" in solution and "Success" not in starter


@pytest.mark.slow
def test_validate_does_not_pass_a_partly_right_answer(graded_class):
    log = nbgrader(graded_class, "validate", "submitted/chen/ps3_bptt/ps3_bptt.ipynb")
    assert "VALIDATION FAILED ON 1 CELL(S)!" in log and "overwrites-dW_hh" not in log


def test_no_graded_cell_writes_to_stderr(graded_class):
    for path in (graded_class / "autograded").glob("*/*/*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.metadata.get("nbgrader", {}).get("grade"):
                assert not [out for out in cell.outputs if out.get("name") == "stderr"], path


def test_a_folder_with_something_else_in_it_is_never_overwritten(tmp_path, graded_class):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(CourseError, match="is not empty and is not a sample class; name another folder with --to"):
        make_class(graded_class, tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_where_grading_cannot_run_the_class_is_made_and_that_is_said(graded_class, monkeypatch):
    monkeypatch.setattr("sys.platform", "darwin")
    (said,) = grade_class(graded_class)
    assert said.startswith("not graded: grading runs on Linux")


def test_there_is_a_word_for_a_course_without_a_gradebook(tmp_path):
    with pytest.raises(CourseError, match="there is no gradebook in"):
        read_gradebook(tmp_path)


def test_the_problem_sets_are_those_of_the_course(graded_class):
    assert problem_sets(graded_class) == list(HANDED_IN)
