"""A class report for a spreadsheet."""

import csv
import io

import pytest
from support.report_sample import EVIL, STRANGE, sample

from rnncourse.grading.report.spreadsheet import as_csv


def rows(report):
    return list(csv.DictReader(io.StringIO(as_csv(report), newline="")))


def test_a_row_for_each_student_and_for_each_who_is_missing():
    table = rows(sample())
    assert [row["state"] for row in table] == ["graded"] * len(STRANGE) + ["not graded", *["not handed in"] * 2]
    assert [row["student"].removeprefix("'") for row in table] == [*STRANGE, EVIL, "zoe", EVIL]
    assert table[1]["a (of 10)"] == "3.0" and table[1]["total (of 20)"] == "6.0" and table[1]["late"] == "1"
    assert table[1]["mistakes"] == "a: transposed-W_hh" and table[1]["needs a person"] == "a: unreadable"
    assert table[3]["needs a person"] == "" and table[3]["stopped"] == "a: ended" and table[1]["stopped"] == ""


def test_exercises_of_several_notebooks_keep_apart():
    assert {"n/a (of 10)", "m/a (of 10)"} <= rows(sample(notebooks=("n", "m")))[0].keys()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(start):
    assert all(not row["student"].startswith(start) for row in rows(sample([f"{start}1+1"])))
