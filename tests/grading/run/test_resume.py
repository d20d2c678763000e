"""Killed at any moment and run again: nothing is lost, and nothing is graded twice."""

import os
import random
import re
import signal
import subprocess
import sys
import time

import pytest
from support.handed_in import NAME, RIGHT, hears_ctrl_c, slow

FEW, MANY = 6, pytest.param(24, marks=pytest.mark.slow)
COMMAND = [sys.executable, "-m", "rnncourse", "grade", NAME, "--jobs", "2"]


def expected(size):
    """The scores of a class of which every third wrote nothing."""
    return {f"s{number:02}": 100 if number % 3 else 0 for number in range(size)}


@pytest.fixture
def full(course, size):
    """A class of this size, of which every third wrote nothing."""
    for student, points in expected(size).items():
        course.hand_in(student, RIGHT if points else {})
    return course


@pytest.fixture
def slow_class(course, size):
    """The same class; a test has time to stop the run."""
    for student, points in expected(size).items():
        course.hand_in(student, slow(RIGHT if points else {}))
    return course


def done(course):
    """How many are in the gradebook."""
    return len(list((course.folder / ".rnncourse" / NAME / "journal").glob("*.done")))


@pytest.fixture
def scratch(tmp_path):
    """The folder for temporary files of a run that has ended: nothing stays there."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    yield folder
    assert not list(folder.iterdir())


def started(course, scratch=None):
    environment = os.environ | ({"TMPDIR": str(scratch)} if scratch else {})
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(COMMAND, cwd=course.folder, env=environment, preexec_fn=hears_ctrl_c, **streams)


def wait_for(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.parametrize("size", [MANY])
def test_a_killed_driver_goes_on_where_it_was(slow_class, size):
    full, graded, moments = slow_class, 0, random.Random(0)
    for _ in range(3):
        process = started(full)
        goal = graded + moments.randint(1, 5)
        wait_for(lambda goal=goal, process=process: done(full) >= goal or process.poll() is not None)
        process.kill()
        process.wait()
        assert done(full) >= graded
        graded = done(full)
    assert 0 < graded < size
    regraded = full.grade()
    assert len(regraded) == size - graded and full.scores() == expected(size)
    assert full.grade() == []


@pytest.mark.parametrize("size", [MANY])
def test_killed_workers_are_replaced_and_leave_nothing(full, scratch, size):
    process = started(full, scratch)
    for goal in (2, 8):
        wait_for(lambda goal=goal: done(full) >= goal or process.poll() is not None)
        for line in subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True).stdout.splitlines():
            pid, parent = map(int, line.split())
            if parent == process.pid:
                os.kill(pid, signal.SIGKILL)
    said = process.communicate(timeout=90)[0]
    assert process.returncode == 0, said
    assert full.scores() == expected(size)


@pytest.mark.parametrize("size", [FEW, MANY])
def test_ctrl_c_says_how_to_go_on_and_leaves_nothing(slow_class, scratch, size):
    full = slow_class
    process = started(full, scratch)
    wait_for(lambda: done(full) >= min(2, size - 3))
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=30)[0]
    assert process.returncode and f"To go on: rnncourse grade {NAME}" in said and "Traceback" not in said, said
    graded = done(full)
    assert len(full.grade()) == size - graded and full.scores() == expected(size)


@pytest.mark.parametrize("size", [FEW, MANY])
def test_a_new_submission_is_graded_and_no_other(full, size):
    full.grade()
    full.hand_in("s00")
    assert full.grade() == ["s00"] and full.scores()["s00"] == 100


@pytest.mark.parametrize("size", [MANY])
def test_a_run_leaves_nothing_in_the_temporary_folder(full, scratch, size):
    process = started(full, scratch)
    said = process.communicate(timeout=120)[0]
    assert process.returncode == 0 and full.scores() == expected(size), said


@pytest.mark.parametrize("size", [FEW, MANY])
def test_a_regrade_gives_the_same(full, size):
    def shown():
        """All that the autograded notebooks say, but for the seconds that grading took."""
        return {student: re.sub(r'"seconds": [\d.e-]+', "", full.shown(student)) for student in expected(size)}

    full.grade()
    before = shown()
    assert full.grade(again=True) == list(expected(size))
    assert shown() == before
