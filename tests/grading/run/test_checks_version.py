"""A mend of a check changes the version of the cells whose points it can change, and of no others."""

import pytest
from support.mended import copy_package

from rnncourse.checks.registry import EXERCISES
from rnncourse.grading.run.checks_version import NO_POINTS, called, version_of
from rnncourse.grading.run.code_hash import Code

NAMES = ("shapes", "rnn_step", "rnn_forward", "output_layer", "softmax")
TESTS = {"ps": {f"check-{name}": (f"check.{name}({name})", 1.0) for name in NAMES} | {"own": ("assert f(1) == 2", 1.0)}}

MENDS = {
    "a probe": (
        {"output_layer"},
        ("checks/exercises/forward.py", '"b_y": rng.standard_normal(K)}', '"b_y": 2 * rng.standard_normal(K)}'),
    ),
    "points": ({"shapes"}, ("checks/exercises/shapes.py", 'POINTS = {"x": 1', 'POINTS = {"x": 2')),
    "the textbook": (
        {"rnn_step", "rnn_forward"},
        ("reference/rnn.py", "a_t = x_t @ W_xh.T +", "a_t = 1.0 * x_t @ W_xh.T +"),
    ),
    "the tolerance": ({*NAMES, "own"}, ("checks/execution/compare.py", "np.float64): 1e-9", "np.float64): 2e-9")),
    "what a mistake is": (
        {"rnn_step", "rnn_forward"},
        ("misconceptions/forward/rnn_step.py", "np.tanh(a_t) + b_h", "np.tanh(a_t) + 2 * b_h"),
    ),
    "words": (set(), ("checks/grading.py", "Work on a copy.", "Copy it.")),
    "a comment": (set(), ("checks/exercises/forward.py", "def _rnn_step_arg", "# A comment.\ndef _rnn_step_arg")),
    "what a mistake says": (
        set(),
        ("misconceptions/forward/rnn_step.py", "the bias b_h is never added", "b_h is never added"),
    ),
}


@pytest.mark.parametrize("mend", MENDS)
def test_a_mend_changes_the_versions_of_its_cells(mend, tmp_path):
    wanted, edit = MENDS[mend]
    file, old, new = edit
    before, after = version_of(TESTS), version_of(TESTS, copy_package(tmp_path, (file, old, new)))
    assert {cell.removeprefix("ps/").removeprefix("check-") for cell in after.differing(before.cells)} == wanted
    assert (before.id == after.id) == (not wanted)


def test_every_exercise_has_a_version_of_its_own():
    tests = {"ps": {f"check-{name}": (f"check.{name}({name})", 1.0) for name in EXERCISES}}
    assert len(set(version_of(tests).cells.values())) == len(EXERCISES)


def test_what_decides_no_points_is_there():
    """A name that is no more would hide nothing: then its successor has to be named."""
    code = Code()
    assert [unit for unit in NO_POINTS if unit[1] and code._origin(*unit) is None] == []


def test_the_checks_that_a_cell_calls():
    assert called("check.rnn_step(rnn_step)") == ("rnn_step",)
    assert called("check.rnn_step(f); check.shapes(g)") == ("rnn_step", "shapes")
    assert called("assert f(1)") == called("%matplotlib inline") == ()
