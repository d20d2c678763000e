"""Forty and more ways to points without an answer, handed in as one class. All earn nothing."""

import numpy as np
import pytest

from benchmarks.hostile.cheats import WRONG
from benchmarks.hostile.common_cheats import CODE, FILES, find_file, lookup_table
from benchmarks.hostile.common_edits import EDITS


@pytest.fixture(scope="module")
def scores(module_course):
    """The class, graded in one run."""
    course = module_course
    course.hand_in("honest")
    for name, code in CODE.items():
        course.hand_in(name, {"rnn_step": code + WRONG * ("ANSWER" in code)})
    for edit in EDITS:
        notebook = course.answered({"rnn_step": "ANSWER = 0" + WRONG})
        edit(notebook)
        course.hand_in(edit.__name__, notebook=notebook)
    for name, (file, content) in FILES.items():
        path = course.hand_in(name, {"rnn_step": "ANSWER = 0" + WRONG}).parent / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    course.hand_in("lookup table", {"rnn_step": lookup_table()})
    honest = course.folder / "submitted" / "honest" / "ps1_forward"
    (course.place("link to another") / "ps1_forward.ipynb").symlink_to(honest / "ps1_forward.ipynb")
    (course.folder / "submitted" / "linked folder").mkdir()
    (course.folder / "submitted" / "linked folder" / "ps1_forward").symlink_to(honest)
    path = course.hand_in("link to the gradebook", {"rnn_step": find_file("data.db")})
    (path.parent / "data.db").symlink_to(course.folder / "gradebook.db")
    course.grade()
    return course.scores()


def test_there_are_many(scores):
    assert len(scores) >= 40 + 1


def test_the_honest_one_has_all_points(scores):
    assert scores["honest"] == 100


def test_no_cheat_earns_anything(scores):
    assert {name: points for name, points in scores.items() if points != 0} == {"honest": 100}


def test_nothing_was_left_behind(scores, module_course):
    assert not list(module_course.folder.rglob("*was-here*")) and not list(module_course.folder.rglob("00-points*"))
    assert "linked folder" not in scores


def test_the_public_seed_would_have_been_answered(scores):
    """The lookup table is a real one: with the public probes it is right."""
    from rnncourse import check

    names = {"np": np}
    exec(lookup_table(), names)
    assert check.rnn_step(names["rnn_step"]).passed and check.output_layer(names["output_layer"]).passed
