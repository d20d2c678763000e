"""What shares a costly fixture runs in one process and is made once, in any number of processes."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("xdist")

TESTS = Path(__file__).parent
FIXTURES = """
import os, pathlib, pytest
from support.once import make_once

def note(line):
    with open(pathlib.Path(__file__).with_name("notes.txt"), "a") as file:
        file.write(line + "\\n")

@pytest.fixture(scope="session")
def built():
    note(f"built in {os.getpid()}")
    note("one thread" if os.environ.get("OMP_NUM_THREADS") == "1" else "threads")

@pytest.fixture(scope="session")
def copied(request, tmp_path_factory):
    def make(folder):
        folder.mkdir()
        note("copied")
    return make_once(request, tmp_path_factory, "copied", make)
"""
USES_BOTH = "import pytest\n@pytest.mark.parametrize('k', range(4))\ndef test_built(built, copied, k): pass\n"
USES_ONE = "import pytest\ndef test_built(built): pass\ndef test_another(copied): pass\n"
USES_NONE = """
import pathlib, pytest, time
@pytest.mark.parametrize('name', ['a@b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'])
def test_plain(copied, name): assert copied.is_dir()
@pytest.mark.slow
def test_slow(): assert False
"""


@pytest.fixture
def run(tmp_path):
    """Run a small suite of tests with this suite's own configuration and conftest.py."""
    shutil.copy(TESTS / "conftest.py", tmp_path)
    shutil.copy(TESTS.parent / "pyproject.toml", tmp_path)
    (tmp_path / "suite").mkdir()
    for name, text in {
        "conftest.py": FIXTURES,
        "test_a.py": USES_NONE,
        "test_b.py": USES_BOTH,
        "test_c.py": USES_ONE,
        "test_d.py": USES_NONE,
        "test_e.py": USES_NONE,
    }.items():
        (tmp_path / "suite" / name).write_text(text)

    def run(*options):
        command = [sys.executable, "-m", "pytest", "suite", "-v", "-p", "no:cacheprovider"]
        command += ["--basetemp", tmp_path / "temporary", *options]
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "OMP_"))}
        environment["PYTHONPATH"] = str(TESTS)
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
        return done.stdout + done.stderr, (tmp_path / "suite" / "notes.txt").read_text().splitlines()

    return run


def test_two_processes_share_what_is_costly(run):
    said, notes = run("-n", "2", "--dist", "loadgroup")
    assert "30 passed" in said, said
    assert sorted(re.sub(r"\d+", "", note) for note in notes) == ["built in ", "copied", "one thread"]
    processes = {}
    for process, file in re.findall(r"\[(gw\d)\] \[ *\d+%\] PASSED suite/(\w+)\.py", said):
        processes.setdefault(file, set()).add(process)
    assert all(len(found) == 1 for found in processes.values()), processes
    assert processes["test_b"] == processes["test_c"] and len(set.union(*processes.values())) == 2
    assert re.search(r"PASSED suite/(\w+)\.py", said)[1] in ("test_a", "test_b")


def test_one_process_needs_no_scheduler(run):
    said, notes = run("-p", "no:xdist")
    assert "30 passed, 3 deselected" in said, said
    assert sorted(re.sub(r"\d+", "", note) for note in notes) == ["built in ", "copied", "threads"]


def test_slow_tests_run_when_they_are_asked_for(run):
    said, _ = run("-p", "no:xdist", "-m", "slow or not slow")
    assert "30 passed" in said and "3 failed" in said, said


def test_the_groups_that_go_first_are_there():
    spec = importlib.util.spec_from_file_location("tests_conftest", TESTS / "conftest.py")
    conftest = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(conftest)
    files = set(conftest.FIRST) - set(conftest.COSTLY)
    assert set(conftest.COSTLY) < set(conftest.FIRST)
    assert [file for file in files if not (TESTS.parent / file).is_file()] == []
