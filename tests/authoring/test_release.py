"""The exercises are made from the solutions, the same each time, and give nothing away."""

import ast
import itertools
import shutil
from pathlib import Path

import nbformat
import pytest

from rnncourse.authoring.errors import CourseError
from rnncourse.authoring.release import problem_sets, release
from rnncourse.authoring.source import read_source
from rnncourse.checks import EXERCISES

ROOT = Path(__file__).parents[2]
SETS = problem_sets(ROOT)


@pytest.mark.parametrize("name", SETS)
def test_the_committed_exercises_are_fresh(released_sets, name):
    made = (released_sets / "exercises" / name / f"{name}.ipynb").read_bytes()
    committed = (ROOT / "exercises" / name / f"{name}.ipynb").read_bytes()
    assert made == committed, "exercises/ is stale: run `rnncourse release` (or `make`) and commit"


def test_nothing_but_notebooks_is_released(released_sets):
    found = {
        path.relative_to(released_sets).as_posix()
        for path in (released_sets / "exercises").rglob("*")
        if path.is_file()
    }
    assert found == {f"exercises/{name}/{name}.ipynb" for name in SETS}


@pytest.mark.parametrize("name", [SETS[0], *(pytest.param(name, marks=pytest.mark.slow) for name in SETS[1:])])
def test_releasing_again_changes_nothing(released_sets, tmp_path, name):
    course = shutil.copytree(released_sets, tmp_path / "course")
    before = (course / "exercises" / name / f"{name}.ipynb").read_bytes()
    release(course, name)
    assert (course / "exercises" / name / f"{name}.ipynb").read_bytes() == before


@pytest.mark.parametrize("name", SETS)
def test_no_solution_line_is_in_the_exercises(name):
    notebook = nbformat.read(ROOT / "exercises" / name / f"{name}.ipynb", as_version=4)
    source = (ROOT / "solutions" / name / f"{name}.py").read_text(encoding="utf-8")
    solution, public, hidden = [], [], False
    for line in map(str.strip, source.splitlines()):
        if "END SOLUTION" in line:
            hidden = False
        (solution if hidden else public).append(line.removeprefix("# "))
        if "BEGIN SOLUTION" in line:
            hidden = True
    secret = {line for line in solution if len(line) >= 10} - set(public)
    assert secret, "the source marks its solutions"
    released = "\n".join(cell.source for cell in notebook.cells)
    assert not {line for line in secret if line in released}


@pytest.mark.parametrize("name", SETS)
def test_every_solution_cell_says_which_exercise_is_to_be_written(name):
    notebook = nbformat.read(ROOT / "exercises" / name / f"{name}.ipynb", as_version=4)
    stubs = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution")]
    assert stubs
    for cell in stubs:
        assert f'raise NotImplementedError("{cell.metadata.nbgrader.grade_id} is yours to write")' in cell.source


@pytest.mark.parametrize("name", SETS)
def test_graded_cells_are_one_line_and_make_100_points(name):
    notebook = read_source(ROOT / "solutions" / name / f"{name}.py")
    graded = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    for cell in graded:
        exercise = cell.metadata.nbgrader["grade_id"].removeprefix("check-")
        assert cell.source == f"check.{exercise}({exercise})"
        assert cell.metadata.nbgrader["points"] == EXERCISES[exercise].maximum
    assert sum(cell.metadata.nbgrader["points"] for cell in graded) == 100


@pytest.mark.parametrize("name", SETS)
def test_headings_are_in_order(name):
    notebook = read_source(ROOT / "solutions" / name / f"{name}.py")
    levels = [
        len(line) - len(line.lstrip("#"))
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
        if line.startswith("#")
    ]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("name", SETS)
def test_a_solution_is_importable_python(name):
    ast.parse((ROOT / "solutions" / name / f"{name}.py").read_text(encoding="utf-8"))


def test_a_folder_that_is_no_course_is_refused(tmp_path):
    with pytest.raises(CourseError, match=r"no nbgrader_config\.py; expected a course directory"):
        release(tmp_path)


def test_an_unknown_problem_set_is_refused():
    with pytest.raises(CourseError, match="there is no problem set 'ps9'; this course has ps1_forward"):
        release(ROOT, "ps9")


@pytest.mark.parametrize(
    "cells, said",
    [
        (
            '# %% nbgrader={"grade_id": "check-nothing", "grade": true}\n1\n',
            "names no check; expected one of check-",
        ),
        ('# %% nbgrader={"grade_id": "a"}\n1\n\n# %% nbgrader={"grade_id": "a"}\n2\n', "'a' occurs twice"),
    ],
)
def test_a_mistake_in_a_source_is_told(tmp_path, cells, said):
    path = tmp_path / "ps.py"
    path.write_text(cells)
    with pytest.raises(ValueError, match=said):
        read_source(path)
