"""What grading one submission takes a worker, and entering it the committer: measured on this machine."""

import contextlib
import os
import shutil
import tempfile
import time
from itertools import islice
from pathlib import Path
from statistics import median

from benchmarks.__main__ import machine
from rnncourse.authoring.release import release
from rnncourse.grading import jobs
from rnncourse.grading.demo import make_class
from rnncourse.grading.drive import Driver
from rnncourse.grading.entries import Entry
from rnncourse.grading.students import STUDENTS

ROOT = Path(__file__).parents[1]
NAME = "ps1_forward"
ROUNDS, ENTRIES, LARGE = 2, 100, 10_000
SLOW = 4.0
"""A submission that takes longer than so many medians is a straggler: one that meets a time limit."""


def measure():
    """Measure all of it.

    Returns
    -------
    measured : dict
        `by_student`, the sample class's submissions in seconds of a worker, and who of them are `stragglers`; `start`
        of a worker; `committer`, seconds of an entry by database, class size and batch; `plan`; and `validation`.
    """
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder) / "class"
        make_class(ROOT, course, [NAME, "ps3_bptt"])
        shutil.rmtree(course / "solutions" / "ps3_bptt")
        found = {"machine": machine(), "cores": len(os.sched_getaffinity(0)), "problem_set": NAME} | _service(course)
        found["validation"] = _validation(course)
        _multiply(course, ENTRIES)
        found["committer"] = {"SQLite": _committer(course, None)}
        with _postgres() as url:
            if url:
                release(course, NAME, url)
                found["committer"]["PostgreSQL"] = _committer(course, url)
        found["plan"] = _plan(course)
    return found


def _service(course):
    driver = Driver(course, NAME, allow_unsafe=True)
    seconds = {job.student: [] for job in driver.run.jobs}
    begun = time.monotonic()
    jobs.pack_and_grade(driver.run.jobs[0])
    first = time.monotonic() - begun
    for _ in range(ROUNDS):
        for job in driver.run.jobs:
            seconds[job.student].append(jobs.pack_and_grade(job)["seconds"])
    usual = {student: round(median(samples), 3) for student, samples in seconds.items()}
    middle = median(usual.values())
    stragglers = [student for student, one in usual.items() if one > SLOW * middle]
    return {"by_student": usual, "stragglers": stragglers, "start": round(max(first - middle, 0.0), 3)}


def _validation(course):
    """A real run of this class, twice over, by one and by two processes: who is in it, and what it takes."""
    _multiply(course, 2 * len(STUDENTS))
    runs = []
    for workers in (1, 2):
        shutil.rmtree(course / ".rnncourse", ignore_errors=True)
        driver = Driver(course, NAME, allow_unsafe=True, again=True)
        students = [job.student.split("-")[0] for job in driver.run.jobs]
        begun = time.monotonic()
        entered = len(list(driver.grade(workers)))
        runs.append(
            {
                "workers": workers,
                "seconds": round(time.monotonic() - begun, 2),
                "students": students,
                "entered": entered,
            }
        )
    return runs


def _multiply(course, many):
    """Copies of the class's submissions, until there are so many."""
    submitted = course / "submitted"
    originals = sorted(path for path in submitted.iterdir() if "-" not in path.name)
    for number in range(len(list(submitted.iterdir())), many):
        one = originals[number % len(originals)]
        shutil.copytree(one, submitted / f"{one.name}-{number:05}")


def _committer(course, url):
    """Seconds to journal and to enter a submission, one by one and in batches of 20, in an empty and a large class."""
    driver = Driver(course, NAME, allow_unsafe=True, again=True, db=url)
    by_student = {job.student: job for job in driver.run.jobs}
    outcome = jobs.pack_and_grade(by_student["ada"])
    outcomes = [outcome | {"student": job.student, "key": job.key} for job in driver.run.jobs]
    found = {}
    for size in (0, LARGE):
        _fill(driver, size)
        for batch in (1, 20):
            begun, left = time.monotonic(), iter(outcomes)
            while some := list(islice(left, batch)):
                for one in some:
                    driver._journal.write(one)
                list(driver._enter(some))
            found[f"{size}/{batch}"] = round((time.monotonic() - begun) / len(outcomes), 6)
    return found


def _fill(driver, size):
    """Entries of students who are not there, so that the tables are as large as a large class makes them."""
    entries, session = driver._committer._entries, driver._committer._gradebook.db
    for start in range(0, size, 500):
        entries.enter([Entry(f"absent-{number:05}", None) for number in range(start, start + 500)])
        session.commit()
        session.expunge_all()


def _plan(course, many=3000):
    """Seconds for each submission to find it, hash it and look it up in the journal."""
    _multiply(course, many)
    begun = time.monotonic()
    Driver(course, NAME, allow_unsafe=True)
    return {"submissions": many, "seconds": round((time.monotonic() - begun) / many, 6)}


@contextlib.contextmanager
def _postgres():
    """A server for the measurement, as the tests start it; yields None where there is no PostgreSQL."""
    from tests import postgres

    if postgres.programs() is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="pg") as folder, postgres.server(Path(folder)) as url:
        yield url("measured")
