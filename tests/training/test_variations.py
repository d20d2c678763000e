"""Each variation of which the book has results is named, and said in the reader's language."""

import json
from pathlib import Path

from rnncourse.language import said, speaking
from rnncourse.training.variations import NOTES, VARIATIONS

RESULTS = Path(__file__).parents[2] / "book" / "results" / "forecasting.json"


def test_the_names_are_those_of_the_results():
    measured = json.loads(RESULTS.read_text(encoding="utf-8"))["variations"]
    assert list(VARIATIONS) == list(measured)
    assert NOTES in measured


def test_a_name_that_is_read_back_is_said_too():
    with speaking("zh_CN"):
        assert said("no dropout") == said(VARIATIONS[1]) != "no dropout"
        assert said("GRU") == "GRU"
