"""A class with hostile students is graded whole, and the table in the book is that of the figures and of the data."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.hostile.__main__ import main
from benchmarks.hostile.measure import row
from benchmarks.hostile.submissions import CHEAT, FAULT, Submission, common, new
from benchmarks.hostile.table import markdown
from benchmarks.publish import RESULTS
from rnncourse.grading.sandbox import bubblewrap

ROOT = Path(__file__).parents[2]
GROWTH = 64
"""MiB by which the driver may grow between the first tenth of a class and its end."""


@pytest.fixture(scope="module")
def measured():
    """What is in the book."""
    return json.loads((RESULTS / "hostile.json").read_text(encoding="utf-8"))


def soak_apart(size):
    """Grade a class in a process of its own: this one holds what other tests have imported."""
    code = f"import json; from benchmarks.hostile.soak import soak; print(json.dumps(soak({size})))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.skipif(bubblewrap.problem() is not None, reason="bubblewrap does not work here")
@pytest.mark.parametrize("size", [10, pytest.param(1000, marks=pytest.mark.slow)])
def test_in_a_large_class_nothing_is_lost_and_memory_is_flat(size):
    found = soak_apart(size)
    assert found["graded"] == size and found["failed"] == {}
    assert found["hostile"] == size // 10 and found["honest_unchanged"] == found["honest"] == size - size // 10
    memory = found["memory_mib"]
    assert len(memory) == 11 and memory[-1] - memory[1] < GROWTH and found["largest_worker_mib"] < 400


def test_who_is_harmed_is_seen():
    classmates = [Submission("a", CHEAT, "x", 0, None), Submission("b", FAULT, "x", 65, None)]
    right = {"aaa": 100, "zzz": 100, "a": 0, "b": 65}
    assert row(classmates, right, {}) == {"tried": 2, "earned": 0, "harmed": [], "otherwise": []}
    assert row(classmates, right | {"zzz": 99, "a": 3, "b": 0}, {}) == {
        "tried": 2,
        "earned": 3,
        "harmed": ["zzz"],
        "otherwise": ["b"],
    }
    assert row(classmates, {"aaa": 100, "zzz": 100, "a": 0}, {"a": "why"})["harmed"] == ["a", "b"]


def test_what_is_measured_is_what_there_is(measured):
    kinds = Counter((one.side, one.kind) for one in common() + new())
    assert {(found["side"], found["kind"]): found["tried"] for found in measured["rows"]} == kinds


def test_the_table_is_that_of_the_figures_and_nobody_was_harmed(measured):
    assert (RESULTS / "hostile.md").read_text(encoding="utf-8") == markdown(measured)
    assert all(found["earned"] == 0 and found["harmed"] == [] for found in measured["rows"])
    assert measured["soak"]["graded"] == measured["soak"]["submissions"] and measured["soak"]["failed"] == {}


def test_the_large_class_can_be_left_out(measured, tmp_path):
    (tmp_path / "hostile.json").write_text(json.dumps(measured), encoding="utf-8")
    main(["--soak", "0", "--no-kinds", "--out", str(tmp_path)])
    assert "submissions in one run" in (tmp_path / "hostile.md").read_text(encoding="utf-8")
