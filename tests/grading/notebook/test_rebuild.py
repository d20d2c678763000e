"""A submission is rebuilt from the release, whatever it is."""

import pytest
from support.handed_in import RIGHT

from rnncourse.grading.notebook.reading import Cell
from rnncourse.grading.notebook.rebuild import rebuild


def solution(notebook, grade_id):
    """The source of a cell."""
    return next(one.source for one in notebook.cells if one.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


@pytest.fixture
def cells(released_course):
    """The cells of a right submission."""
    return [
        Cell(one.metadata.get("nbgrader", {}).get("grade_id"), one.cell_type, one.source)
        for one in released_course.answered(RIGHT).cells
    ]


def test_a_right_submission_is_the_release_with_its_solutions(released_course, cells):
    notebook, notes = rebuild(released_course.starter(), cells, {})
    assert notes == []
    assert [one.source for one in notebook.cells] == [one.source for one in released_course.answered(RIGHT).cells]


def test_graded_and_locked_cells_are_the_gradebooks(released_course, cells):
    tampered = [
        Cell(one.grade_id, one.kind, "100.0") if one.grade_id in ("setup", "check-rnn_step") else one for one in cells
    ]
    notebook, _ = rebuild(released_course.starter(), tampered, {"setup": "import numpy as np"})
    assert solution(notebook, "setup") == "import numpy as np"
    assert solution(notebook, "check-rnn_step") == "check.rnn_step(rnn_step)"


def test_own_cells_stay_where_they_were(released_course, cells):
    place = [one.grade_id for one in cells].index("rnn_step")
    notebook, _ = rebuild(
        released_course.starter(), [*cells[:place], Cell(None, "code", "helper = 1"), *cells[place:]], {}
    )
    sources = [one.source for one in notebook.cells]
    assert sources.index("helper = 1") < sources.index(RIGHT["rnn_step"])


def test_missing_doubled_and_renamed_cells_are_named(released_course, cells):
    kept = [one for one in cells if one.grade_id != "rnn_forward"]
    renamed = [Cell(None if one.grade_id == "output_layer" else one.grade_id, one.kind, one.source) for one in kept]
    notebook, notes = rebuild(released_course.starter(), [*renamed, Cell("rnn_step", "code", "x = 1")], {})
    assert notes == [
        "cell rnn_step was there twice; the last one counts",
        "cell output_layer had lost its id; it was found by what it defines",
        "cell rnn_forward was missing",
    ]
    assert solution(notebook, "rnn_step") == "x = 1" and solution(notebook, "output_layer") == RIGHT["output_layer"]
    assert "NotImplementedError" in solution(notebook, "rnn_forward")
