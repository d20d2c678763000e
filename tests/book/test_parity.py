"""Python in a page says what Python on a machine says, of every right answer and every catalogued mistake."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_python"))

from book_python import write_python  # noqa: E402

HERE = Path(__file__).parent
DIFFERENT = {"train_forecaster/ascent": "the loss grows without bound, and with it the rounding of its sums"}
"""Whose text may differ, and why. The points may not."""


def run(*command):
    """Run a command that prints JSON."""
    env = os.environ | {"OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=env, timeout=300)
    assert not done.returncode, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The folder that a page loads Python from."""
    folder = tmp_path_factory.mktemp("python")
    description = write_python(folder)
    if not description["available"]:
        pytest.skip(description["why"])
    return folder


@pytest.mark.parametrize("every, least", [(30, 36), pytest.param(1, 600, marks=pytest.mark.slow)])
def test_a_page_says_what_a_machine_says(served, every, least):
    script = HERE / "parity.py"
    native = run(sys.executable, script, str(every))
    page = run(shutil.which("node"), HERE / "parity.mjs", served, script, str(every))
    assert page["platform"] == "emscripten" != native["platform"]
    native, page = native["answers"], page["answers"]
    assert native.keys() == page.keys() and len(page) >= least
    for name, answer in page.items():
        assert (answer["points"], answer["maximum"]) == (native[name]["points"], native[name]["maximum"]), name
        assert (answer["points"] == answer["maximum"]) == name.endswith("/right"), name
    assert {name for name in page if page[name]["text"] != native[name]["text"]} <= set(DIFFERENT)
