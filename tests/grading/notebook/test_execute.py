"""A sandbox that somebody kills in the midst of a submission: that is graded once more, then a person has to look."""

import os
import signal
import subprocess
import threading
import time

import pytest
from support.handed_in import NAME, RIGHT

from rnncourse.grading.run import jobs
from rnncourse.grading.run.driver import Driver
from rnncourse.grading.sandbox import running
from rnncourse.grading.sandbox.running import close_sandboxes, running_sandbox

SLOW = RIGHT | {"rnn_step": "import time; time.sleep(1.5)\n" + RIGHT["rnn_step"]}
FULL = 100.0


def outermost(sandbox):
    """The process by which bubblewrap was started."""
    return sandbox._process.pid


def innermost(sandbox):
    """The process in the sandbox that forks: the eldest there that is Python's."""
    table = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True).stdout.splitlines()
    rows = [line.split(maxsplit=2) for line in table]
    below = {outermost(sandbox)}
    while more := {int(pid) for pid, parent, _ in rows if int(parent) in below} - below:
        below |= more
    return min(int(pid) for pid, _, args in rows if int(pid) in below and "bwrap" not in args.split()[0])


@pytest.fixture
def killer():
    """Kills so many of this process's sandboxes, each a moment after a submission has begun in it."""
    close_sandboxes()
    stop, threads, killed = threading.Event(), [], []

    def start(times, find):
        def work():
            while len(killed) < times and not stop.wait(0.02):
                for sandbox in [sandbox for sandbox in list(running._running.values()) if sandbox not in killed]:
                    time.sleep(0.5)
                    os.kill(find(sandbox), signal.SIGKILL)
                    killed.append(sandbox)

        threads.append(threading.Thread(target=work))
        threads[0].start()
        return killed

    yield start
    stop.set()
    for thread in threads:
        thread.join()
    close_sandboxes()


def outcome(course, answers):
    """Of the grading of one submission, in this process."""
    course.allow()
    course.hand_in("ada", answers)
    (job,) = Driver(course.folder, NAME).run.jobs
    return jobs.pack_and_grade(job)


@pytest.mark.parametrize("victim", [pytest.param(outermost, marks=pytest.mark.slow), innermost])
def test_killed_once_it_is_graded_again_and_nothing_is_lost(course, killer, victim):
    killed = killer(1, victim)
    found = outcome(course, SLOW)
    assert len(killed) == 1 and killed[0].lost == "its process was killed from outside"
    assert sum(found["scores"][NAME].values()) == FULL and found["problems"] == []


@pytest.mark.slow
def test_killed_twice_a_person_has_to_look(course, killer):
    killed = killer(2, innermost)
    found = outcome(course, SLOW)
    assert len(killed) == 2 and found["problems"] == ["its process was killed from outside twice"]
    assert sum(found["scores"][NAME].values()) < FULL


@pytest.mark.parametrize(
    "code",
    [
        "import os\nfor pid in (os.getppid(), 1, 2, -1):\n    try: os.kill(pid, 9)\n    except OSError: pass",
        "import os; os._exit(137)",
        "import os; os.kill(os.getpid(), 11); os.abort()",
    ],
)
def test_no_student_s_process_brings_about_a_second_time(course, killer, code):
    first = running_sandbox("bubblewrap")
    found = outcome(course, RIGHT | {"rnn_step": f"{code}\n" + RIGHT["rnn_step"]})
    assert running_sandbox("bubblewrap") is first and first.lost is None and found["problems"] == []
