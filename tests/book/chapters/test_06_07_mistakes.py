"""Chapters 6 and 7 name each mistake where its hint points."""

from pathlib import Path

import pytest

from rnncourse.misconceptions import CATALOGUE

BOOK = Path(__file__).parents[3] / "book"
BUGS = [bug for exercise in ("sample", "generate", "rnn_function") for bug in CATALOGUE[exercise]]


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: f"{bug.exercise}-{bug.label}")
def test_each_mistake_is_named_where_its_hint_points(bug):
    page, target = bug.see.split("#")
    section = (BOOK / f"{page}.md").read_text(encoding="utf-8").split(f"({target})=\n", 1)[1].split("\n(sec-")[0]
    assert f"`{bug.label}`" in section
