"""A run that is killed leaves temporary files, and the next one removes them; those of a run in progress stay."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from support.handed_in import NAME, RIGHT, hears_ctrl_c, slow

from rnncourse.grading.run.scratch import PREFIX, YOUNG_SECONDS, Scratch, remove_abandoned

COMMAND = [sys.executable, "-m", "rnncourse", "grade", NAME, "--jobs", "2"]


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder for temporary files."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.mark.slow
def test_what_a_killed_driver_leaves_the_next_run_removes(course, place):
    for student in ("ada", "bob", "cy", "dan"):
        course.hand_in(student, slow(RIGHT))
    process = subprocess.Popen(COMMAND, cwd=course.folder, stdout=subprocess.DEVNULL, preexec_fn=hears_ctrl_c)
    journal = course.folder / ".rnncourse" / NAME / "journal"
    deadline = time.monotonic() + 120
    while not list(journal.glob("*.done")) and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.kill()
    process.wait()
    (left,) = place.iterdir()
    assert left.name.startswith(PREFIX) and list(left.iterdir())
    (journal / "torn.tmp").write_text("{")
    done = subprocess.run(COMMAND, cwd=course.folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert list(place.iterdir()) == [] and not [*course.folder.rglob("*.tmp"), *course.folder.rglob(".*.tmp")]
    assert set(course.scores().values()) == {100}


def test_the_files_of_a_killed_process_are_removed(place):
    program = "import os; from rnncourse.grading.run.scratch import Scratch; Scratch(); os.kill(os.getpid(), 9)"
    assert subprocess.run([sys.executable, "-c", program]).returncode == -signal.SIGKILL
    assert [path.name.startswith(PREFIX) for path in place.iterdir()] == [True]
    remove_abandoned()
    assert list(place.iterdir()) == []


def test_a_run_in_progress_keeps_its_files(place):
    first = Scratch()
    second = Scratch()
    assert sorted(map(str, place.iterdir())) == sorted([first.name, second.name])
    first.cleanup()
    assert [str(path) for path in place.iterdir()] == [second.name]
    second.cleanup()
    assert list(place.iterdir()) == []


def test_a_folder_without_a_lock_is_given_time_and_what_is_not_a_run_s_stays(place, tmp_path):
    young, old, other = place / f"{PREFIX}a", place / f"{PREFIX}b", place / "rnncourse-c"
    for folder in (young, old, other):
        folder.mkdir()
    os.utime(old, (0, time.time() - 2 * YOUNG_SECONDS))
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").write_text("x")
    (place / f"{PREFIX}link").symlink_to(tmp_path / "kept")
    remove_abandoned()
    assert {path.name for path in place.iterdir()} == {young.name, other.name, f"{PREFIX}link"}
    assert Path(tmp_path / "kept" / "file").exists()
