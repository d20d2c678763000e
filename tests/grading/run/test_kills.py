"""Killed often, driver or worker, at any moment: nothing is lost or graded twice, and the grades are the same.

Each submission prints a number that no second grading would print again. So a grade that was kept is recognised.
"""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time

import pytest
from support.handed_in import NAME, RIGHT

NONCE = "import os, time; time.sleep(0.1); print('graded', 'as', os.urandom(8).hex())\n"
COMMAND = [sys.executable, "-m", "rnncourse", "grade", NAME, "--jobs"]


def hand_in(course, number):
    """A submission, of which every third wrote nothing, and every fourth half of it."""
    answers = RIGHT if number % 3 else {}
    if number % 4 == 0:
        answers = {"rnn_step": RIGHT["rnn_step"]}
    answers = answers | {"rnn_step": NONCE + answers.get("rnn_step", "")}
    course.hand_in(f"s{number:02}", answers)


def kept(course):
    """The numbers that were printed, by student, of all that is graded: in the journal or already entered."""
    found, journal = {}, course.folder / ".rnncourse" / NAME / "journal"
    texts = [json.loads(path.read_text()) for path in journal.glob("*.json")]
    numbers = {one["student"]: one["notebooks"][NAME] for one in texts}
    if len(list(journal.glob("*.done"))):
        for path in (course.folder / "autograded").glob(f"*/{NAME}/{NAME}.ipynb"):
            numbers.setdefault(path.parts[-3], path.read_text())
    for student, text in numbers.items():
        (found[student],) = set(re.findall(r"graded as (\w{16})", text))
    return found


def workers(pid):
    """The driver's forked processes: not those in which it tries the sandbox."""
    table = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True).stdout.splitlines()
    rows = [line.split(maxsplit=2) for line in table]
    return [int(child) for child, parent, args in rows if int(parent) == pid and f"rnncourse grade {NAME}" in args]


def graded(course):
    """How many are graded."""
    journal = course.folder / ".rnncourse" / NAME / "journal"
    return len({path.stem for pattern in ("*.json", "*.done") for path in journal.glob(pattern)})


def at_work(process, course, goal):
    """Wait until so many are graded and it has workers, or it has ended; the workers."""
    deadline = time.monotonic() + 120
    while process.poll() is None and (graded(course) < goal or not workers(process.pid)):
        assert time.monotonic() < deadline, "no progress within two minutes"
        time.sleep(0.01)
    return workers(process.pid)


@pytest.mark.parametrize(
    "kills, drivers, students, jobs, waits",
    [
        pytest.param(2, 1, 4, 1, [1], id="two"),  # each when another submission has been graded
        pytest.param(20, 4, 12, 2, [0, 0, 1], id="twenty", marks=pytest.mark.slow),
    ],
)
def test_kills_lose_nothing_and_grade_nothing_twice(course, kills, drivers, students, jobs, waits):
    course.allow()
    moments = random.Random(20)
    victims = ["driver"] * drivers + ["worker"] * (kills - drivers)
    moments.shuffle(victims)
    for number in range(students):
        hand_in(course, number)
    killed, first, process = [], {}, None
    while victims:
        if process is None:
            command = [*COMMAND, str(jobs)]
            process = subprocess.Popen(command, cwd=course.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        found = at_work(process, course, graded(course) + moments.choice(waits))
        time.sleep(moments.uniform(0, 0.3))
        if process.poll() is not None:  # it was done before its turn: there has to be more to do
            assert process.returncode == 0, process.communicate()[0].decode()
            hand_in(course, students)
            hand_in(course, students + 1)
            students, process = students + 2, None
            continue
        if not found:
            continue
        victim = victims.pop()
        pid = process.pid if victim == "driver" else moments.choice(found)
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:  # this worker had ended by itself
            victims.append(victim)
            continue
        killed.append(victim)
        if victim == "driver":
            process.wait()
            process.stdout.close()
            process = None
            for student, number in kept(course).items():
                assert first.setdefault(student, number) == number, f"{student} was graded again"
    if process:
        said = process.communicate(timeout=120)[0].decode()
        assert process.returncode == 0, said
    assert len(killed) == kills and killed.count("driver") == drivers and first
    course.grade(jobs)
    assert first.items() <= kept(course).items()
    scores = course.scores()
    assert len(scores) == students and course.grade(jobs) == []


@pytest.mark.slow
def test_the_number_tells_one_grading_from_another_and_the_points_are_the_same(course):
    course.allow()
    for number in range(4):
        hand_in(course, number)
    course.grade(2)
    first, scores = kept(course), course.scores()
    assert course.grade(2, again=True) == sorted(scores) and course.scores() == scores
    assert first.keys() == scores.keys() and not set(kept(course).values()) & set(first.values())
