"""A hostile process says what it likes, when it likes: the grader stays small, and grades an honest student."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
PROGRAM = ROOT / "tests" / "support" / "hostile" / "fuzz.py"
MOST_MEMORY = 400
"""MB of the process that grades, its start included."""


@pytest.mark.parametrize("cases", [8, pytest.param(2000, marks=pytest.mark.slow)])
def test_nothing_that_a_process_says_harms_the_grader(sandbox, cases):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    done = subprocess.run([sys.executable, PROGRAM, str(cases)], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-6000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["cases"] >= cases and seen["peak"] <= MOST_MEMORY
    assert seen["points"] == 35 and seen["unchanged"]
    assert seen["ended"]["answered"] and seen["ended"]["ProcessEnded"]  # some plans harm nobody, and some break rules
