"""An honest class has stock nbgrader's grades, cell by cell, except where stock takes stderr for a failed test."""

import json

import pytest

from benchmarks.classroom import compare
from benchmarks.classroom_table import markdown
from benchmarks.publish import RESULTS
from rnncourse.grading.sandbox import bubblewrap


@pytest.fixture(scope="module")
def result():
    if problem := bubblewrap.problem():
        pytest.skip(problem)
    return compare(["ps1_forward"], students=5, workers=[2])


@pytest.mark.slow
def test_the_grades_are_those_of_stock_nbgrader(result):
    assert result["cells"] == 5 * 4
    assert {one["reason"] for one in result["differences"]} <= {"stderr"}
    assert all(one["stock"] == 0 for one in result["differences"])


@pytest.mark.slow
def test_both_were_measured(result):
    assert all(one["wall_seconds"] > 0 and one["cpu_seconds"] > 0 for one in (result["stock"], result["ours"]["2"]))
    text = markdown(result)
    assert "| stock `nbgrader autograde` |" in text and "20 graded cells: the two agree in every one." in text


def test_the_committed_comparison_is_of_a_hundred_submissions_and_every_difference_has_a_reason():
    result = json.loads((RESULTS / "classroom.json").read_text())
    assert result["submissions"] == 100
    assert {one["reason"] for one in result["differences"]} <= {"stderr"}
    assert (RESULTS / "classroom.md").read_text() == markdown(result)


def test_what_the_readme_says_was_measured():
    result = json.loads((RESULTS / "classroom.json").read_text())
    assert result["cores"] == 2 and not result["differences"]
    assert result["stock"]["wall_seconds"] > 10 * result["ours"]["2"]["wall_seconds"]
