"""The one-launch kernels compute what a plain loop does: in Triton's interpreter here, on a card where there is one."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

CASES = Path(__file__).with_name("kernels_in_one_launch.py")
NO_GPU = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device on this machine")
NO_TRITON = pytest.mark.skipif(
    importlib.util.find_spec("triton") is None, reason="no Triton on this machine: pip install rnncourse[triton]"
)


def run_cases(**environment):
    """Run every case in a process of its own: Triton reads TRITON_INTERPRET when it is imported."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(CASES)]
    environment = {name: value for name, value in os.environ.items() if name != "TRITON_INTERPRET"} | environment
    done = subprocess.run(command, env=environment, cwd=CASES.parents[3], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    return done.stdout


@NO_TRITON
def test_in_the_interpreter():
    assert " passed" in run_cases(TRITON_INTERPRET="1", CUDA_VISIBLE_DEVICES="")


@NO_TRITON
@NO_GPU
@pytest.mark.cuda
def test_on_the_card():
    assert " passed" in run_cases()
