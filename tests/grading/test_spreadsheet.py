"""No cell that is written is run by a spreadsheet."""

import pytest

from rnncourse.grading.spreadsheet import safe


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_formula_becomes_text(start):
    assert safe(f"{start}1+1") == f"'{start}1+1"


def test_numbers_stay_numbers():
    assert safe(-1.5) == -1.5 and safe("a=1") == "a=1"
