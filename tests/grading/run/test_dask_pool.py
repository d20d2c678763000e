"""The same gradebook whoever grades: one process, two, or the workers of a dask scheduler of which some are killed."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time

import nbformat
import pytest
from support.handed_in import NAME, RIGHT, hears_ctrl_c, slow

from rnncourse.grading.gradebook import state
from rnncourse.grading.run import dask_pool
from rnncourse.grading.run.driver import Driver
from rnncourse.grading.run.pool import PoolError

DIES = RIGHT | {"output_layer": "def output_layer(h, W_hy, b_y):\n    import os; os._exit(3)"}
WRONG = RIGHT | {"output_layer": "def output_layer(h, W_hy, b_y):\n    return h @ W_hy.T - b_y"}
CLASS = {
    f"s{number:02}": answers for number, answers in enumerate([RIGHT, {}, WRONG, DIES, RIGHT, {}, RIGHT, WRONG] * 2)
}


class Cluster:
    """A dask scheduler and its workers, each a process of its own."""

    def __init__(self, folder):
        self._folder, self._processes = folder, []
        said = self._start("scheduler", "dask", "scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1")
        self.address = self._wait_for(said, r"Scheduler at:\s+(tcp://\S+)")

    def _start(self, name, module, *arguments, **environment):
        path = self._folder / f"{name}.log"
        with open(path, "w") as log:
            command = [sys.executable, "-m", module, *arguments]
            options = {"stdout": log, "stderr": subprocess.STDOUT, "cwd": self._folder, "env": os.environ | environment}
            self._processes.append(subprocess.Popen(command, **options))
        return path

    def _wait_for(self, path, words):
        deadline = time.monotonic() + 240
        while not (found := re.search(words, path.read_text())):
            assert time.monotonic() < deadline and self._processes[-1].poll() is None, path.read_text()
            time.sleep(0.05)
        return found[1]

    def worker(self, name, threads=1, **environment):
        """Start one; returns its process."""
        place = ["--local-directory", str(self._folder / name), "--no-dashboard", "--no-nanny"]
        many = ["--nthreads", str(threads), "--name", name]
        said = self._start(name, "dask", "worker", self.address, *place, *many, **environment)
        self._wait_for(said, r"Registered to:\s+(tcp://\S+)")
        return self._processes[-1]

    def close(self):
        for process in reversed(self._processes):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path):
    cluster = Cluster(tmp_path)
    yield cluster
    cluster.close()


@pytest.fixture
def full(course):
    """A class with every kind of answer, files beside the notebooks, and what is not a notebook."""
    for student, answers in CLASS.items():
        course.hand_in(student, answers)
        (course.place(student) / "data.csv").write_text("1,2")
    (course.place("broken") / f"{NAME}.ipynb").write_text("{")
    (course.place("linked") / f"{NAME}.ipynb").symlink_to("/etc/passwd")
    course.place("nothing")
    state.seed(course.folder, NAME)  # drawn before there are copies, which then have the same
    return course


@pytest.fixture
def copies(full):
    """The same class once more."""
    return lambda name: type(full)(shutil.copytree(full.folder, full.folder.with_name(name), symlinks=True))


def told(course):
    """Scores, and what each student is shown, cell by cell."""
    scores = course.scores()
    return {one: (scores[one], nbformat.reads(course.shown(one), 4)["cells"]) for one in scores}


def test_a_worker_grades_as_this_process_does(course, cluster):
    course.hand_in("ada")
    course.hand_in("bela", WRONG)
    cluster.worker("a")
    assert sorted(Driver(course.folder, NAME, scheduler=cluster.address).grade(0)) == ["ada", "bela"]
    graded = told(course)
    assert sorted(Driver(course.folder, NAME, again=True).grade(1)) == ["ada", "bela"]
    assert told(course) == graded and graded["ada"] > graded["bela"]


@pytest.mark.slow
def test_one_process_two_and_dask_with_a_worker_killed_give_the_same_gradebook(full, copies, cluster):
    two, many = copies("two"), copies("many")
    assert len(list(Driver(full.folder, NAME).grade(1))) == len(CLASS) + 3
    expected = told(full)
    assert len({score for score, _ in expected.values()}) >= 3
    two.grade()
    assert told(two) == expected
    workers = [cluster.worker("a"), cluster.worker("b", threads=2)]
    driver = Driver(many.folder, NAME, scheduler=cluster.address)
    for number, _ in enumerate(driver.grade(0)):
        if number == 3:
            workers[0].kill()
    assert not driver.run.failed and told(many) == expected


@pytest.mark.slow
def test_a_killed_driver_goes_on_over_dask(full, cluster):
    for student, answers in CLASS.items():
        full.hand_in(student, slow(answers))
    cluster.worker("a", threads=2)
    command = [sys.executable, "-m", "rnncourse", "grade", NAME, "--scheduler", cluster.address]
    journal = full.folder / ".rnncourse" / NAME / "journal"
    for end in (signal.SIGKILL, signal.SIGINT):
        goal = len(list(journal.glob("*.done"))) + 2
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        process = subprocess.Popen(command, cwd=full.folder, preexec_fn=hears_ctrl_c, **streams)
        deadline = time.monotonic() + 240
        while len(list(journal.glob("*.done"))) < goal and process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.005)
        process.send_signal(end)
        said = process.communicate(timeout=30)[0]
    assert process.returncode == 1 and f"To go on: rnncourse grade {NAME}" in said and "Traceback" not in said, said
    graded = len(list(journal.glob("*.done")))
    assert graded < len(CLASS)
    assert len(list(Driver(full.folder, NAME, scheduler=cluster.address).grade(0))) == len(CLASS) + 3 - graded


@pytest.mark.slow
def test_a_worker_without_a_sandbox_is_refused_before_anything_runs(course, cluster):
    course.hand_in("ada")
    cluster.worker("bare", PATH=str(course.folder))
    with pytest.raises(PoolError, match=r"the worker at tcp://\S+ cannot grade: it has no sandbox: bubblewrap"):
        Driver(course.folder, NAME, scheduler=cluster.address)


@pytest.mark.slow
def test_a_worker_without_a_sandbox_that_comes_later_grades_nothing(course, cluster):
    for number in range(8):
        course.hand_in(f"s{number}")
    good = cluster.worker("good")
    driver = Driver(course.folder, NAME, scheduler=cluster.address)
    bare = cluster.worker("bare", PATH=str(course.folder))
    assert len(list(driver.grade(0))) == 8 and not driver.run.failed
    assert bare.wait(timeout=30) is not None and good.poll() is None


def test_nobody_there_is_said(course, monkeypatch):
    monkeypatch.setattr(dask_pool, "CONNECT_SECONDS", 2)
    with pytest.raises(PoolError, match=r"no dask scheduler answers at tcp://127\.0\.0\.1:9"):
        Driver(course.folder, NAME, scheduler="tcp://127.0.0.1:9")


@pytest.mark.slow
def test_a_scheduler_without_workers_is_said(course, cluster):
    course.hand_in("ada")
    with pytest.raises(PoolError, match="has no worker; start some with: dask worker"):
        Driver(course.folder, NAME, scheduler=cluster.address)


@pytest.mark.slow
def test_a_scheduler_that_ends_is_said_and_nothing_is_lost(full, cluster, monkeypatch):
    cluster.worker("a")
    monkeypatch.setattr(dask_pool, "CONNECT_SECONDS", 5)
    driver = Driver(full.folder, NAME, scheduler=cluster.address)
    done = []
    with pytest.raises(PoolError, match=r"the scheduler at tcp://\S+ is gone; what is graded is kept"):
        for student in driver.grade(0):
            done.append(student)
            if len(done) == 2:
                cluster.close()
    assert len(full.grade()) == len(CLASS) + 3 - len(done)
