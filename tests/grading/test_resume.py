"""Killed at any moment and run again: nothing is lost, and nothing is graded twice."""

import os
import random
import re
import signal
import subprocess
import sys
import time

import pytest
from grading_helpers import NAME, RIGHT, hears_ctrl_c, slow

STUDENTS = [f"s{number:02}" for number in range(24)]
COMMAND = [sys.executable, "-m", "rnncourse", "grade", NAME, "--jobs", "2"]


@pytest.fixture
def full(course):
    """A class of which every third wrote nothing."""
    for number, student in enumerate(STUDENTS):
        course.hand_in(student, RIGHT if number % 3 else {})
    return course


@pytest.fixture
def slow_class(course):
    """The same class; a test has time to stop the run."""
    for number, student in enumerate(STUDENTS):
        course.hand_in(student, slow(RIGHT if number % 3 else {}))
    return course


def expected():
    return {student: 100 if number % 3 else 0 for number, student in enumerate(STUDENTS)}


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


def test_a_killed_driver_goes_on_where_it_was(slow_class):
    full, graded, moments = slow_class, 0, random.Random(0)
    for _ in range(3):
        process = started(full)
        goal = graded + moments.randint(1, 5)
        wait_for(lambda goal=goal, process=process: done(full) >= goal or process.poll() is not None)
        process.kill()
        process.wait()
        assert done(full) >= graded
        graded = done(full)
    assert 0 < graded < len(STUDENTS)
    regraded = full.grade()
    assert len(regraded) == len(STUDENTS) - graded and full.scores() == expected()
    assert full.grade() == []


def test_killed_workers_are_replaced_and_leave_nothing(full, scratch):
    process = started(full, scratch)
    for goal in (2, 8):
        wait_for(lambda goal=goal: done(full) >= goal or process.poll() is not None)
        for line in subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True).stdout.splitlines():
            pid, parent = map(int, line.split())
            if parent == process.pid:
                os.kill(pid, signal.SIGKILL)
    said = process.communicate(timeout=90)[0]
    assert process.returncode == 0, said
    assert full.scores() == expected()


def test_ctrl_c_says_how_to_go_on_and_leaves_nothing(slow_class, scratch):
    full = slow_class
    process = started(full, scratch)
    wait_for(lambda: done(full) >= 2)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=30)[0]
    assert process.returncode and f"To go on: rnncourse grade {NAME}" in said and "Traceback" not in said, said
    graded = done(full)
    assert len(full.grade()) == len(STUDENTS) - graded and full.scores() == expected()


def test_a_new_submission_is_graded_and_no_other(full):
    full.grade()
    full.hand_in("s00")
    assert full.grade() == ["s00"] and full.scores()["s00"] == 100


def test_a_run_leaves_nothing_in_the_temporary_folder(full, scratch):
    process = started(full, scratch)
    said = process.communicate(timeout=120)[0]
    assert process.returncode == 0 and full.scores().keys() == set(STUDENTS), said


def test_a_regrade_gives_the_same(full):
    def shown():
        """All that the autograded notebooks say, but for the seconds that grading took."""
        return {student: re.sub(r'"seconds": [\d.e-]+', "", full.shown(student)) for student in STUDENTS}

    full.grade()
    before = shown()
    assert full.grade(again=True) == STUDENTS
    assert shown() == before
