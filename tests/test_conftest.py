"""A machine that has torch and pytest alone, a GPU host say, can run the tests of a card."""

import os
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

pytest.importorskip("torch")

ROOT = Path(__file__).parents[1]


def with_what_they_need(*names):
    """Names of distributions and of all that they need, extras left out."""
    found, ahead = set(), list(names)
    while ahead:
        name = ahead.pop()
        if name in found:
            continue
        try:
            needs = distribution(name).requires or []
        except PackageNotFoundError:  # needed on other systems only
            continue
        found.add(name)
        ahead += [re.match(r"[\w.-]+", need)[0] for need in needs if "extra ==" not in need]
    return found


@pytest.fixture
def few_packages(tmp_path):
    """A folder to import from: torch, NumPy and pytest, and nothing that they do not bring."""
    for name in with_what_they_need("torch", "numpy", "pytest"):
        for top in {file.parts[0] for file in distribution(name).files} - {"..", "__pycache__"}:
            link = tmp_path / top
            if not link.exists():
                link.symlink_to(distribution(name).locate_file(top))
    return tmp_path


def test_the_cards_tests_are_found_with_torch_and_pytest_alone(few_packages):
    command = [sys.executable, "-S", "-m", "pytest", "-m", "cuda", "--collect-only", "-q", "-p", "no:cacheprovider"]
    run = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(few_packages)}, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
    for test in ("tests/torch/test_cuda_graph.py", "tests/torch/test_autograd.py", "tests/benchmarks/test_gpu.py"):
        assert f"\n{test}::" in f"\n{run.stdout}"
    assert "\ntests/grading/" not in run.stdout
