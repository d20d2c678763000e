"""Measure on this machine what grading one submission takes a worker, and entering it the committer."""

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
from rnncourse.grading.demo.sample_class import make_class
from rnncourse.grading.demo.students import STUDENTS
from rnncourse.grading.gradebook.entries import Entry
from rnncourse.grading.run import jobs
from rnncourse.grading.run.driver import Driver

ROOT = Path(__file__).parents[1]
NAME = "ps1_forward"
ROUNDS, ENTRIES, LARGE, BATCH, PLANNED = 2, 100, 10_000, 20, 3000
SLOW = 4.0
"""A submission that takes longer than so many medians is a straggler: one that meets a time limit."""


def measure():
    """Measure all of it.

    Returns
    -------
    measured : dict
        `by_student`, the sample class's submissions in seconds of a worker, and who of them are `stragglers`; `start`
        of a worker; `committer`, seconds of an entry by database and class size; `plan_seconds` for a submission; and
        `validation`.
    """
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder) / "class"
        make_class(ROOT, course, [NAME, "ps3_bptt"])
        shutil.rmtree(course / "solutions" / "ps3_bptt")
        found = {"machine": machine(), "cores": len(os.sched_getaffinity(0)), "problem_set": NAME} | _workers(course)
        found["validation"] = _validation(course, found["by_student"])
        _multiply(course, ENTRIES)
        found["committer"] = {"SQLite": _committer(course, None)}
        with _postgres() as url:
            if url:
                release(course, NAME, url)
                found["committer"]["PostgreSQL"] = _committer(course, url)
        found["plan_seconds"] = _plan(course)
    return found


def _workers(course):
    """Measure the seconds of a worker for each submission of the sample class, and those until it can begin."""
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
    stragglers = [student for student, taken in usual.items() if taken > SLOW * middle]
    return {"by_student": usual, "stragglers": stragglers, "start": round(max(first - middle, 0.0), 3)}


def _validation(course, by_student):
    """Time a real run of this class, twice over, by one and by two processes, beside the work that is in it."""
    _multiply(course, 2 * len(STUDENTS))
    runs = []
    for workers in (1, 2):
        shutil.rmtree(course / ".rnncourse", ignore_errors=True)
        driver = Driver(course, NAME, allow_unsafe=True, again=True)
        work = sum(by_student[job.student.split("-")[0]] for job in driver.run.jobs)
        begun = time.monotonic()
        entered = len(list(driver.grade(workers)))
        seconds = round(time.monotonic() - begun, 2)
        runs.append({"workers": workers, "submissions": entered, "work": round(work, 3), "seconds": seconds})
    return runs


def _multiply(course, many):
    """Copy the class's submissions until there are so many."""
    submitted = course / "submitted"
    originals = sorted(path for path in submitted.iterdir() if "-" not in path.name)
    for number in range(len(list(submitted.iterdir())), many):
        original = originals[number % len(originals)]
        shutil.copytree(original, submitted / f"{original.name}-{number:05}")


def _committer(course, url):
    """Measure the seconds to journal and to enter a submission, in batches of 20, in an empty and a large class."""
    driver = Driver(course, NAME, allow_unsafe=True, again=True, db=url)
    by_student = {job.student: job for job in driver.run.jobs}
    outcome = jobs.pack_and_grade(by_student["ada"])
    outcomes = [outcome | {"student": job.student, "key": job.key} for job in driver.run.jobs]
    found = {}
    for size in (0, LARGE):
        _fill(driver, size)
        begun, left = time.monotonic(), iter(outcomes)
        while batch := list(islice(left, BATCH)):
            for graded in batch:
                driver._journal.write(graded)
            list(driver._enter(batch))
        found[str(size)] = round((time.monotonic() - begun) / len(outcomes), 6)
    return found


def _fill(driver, size):
    """Enter students who are not there, so that the tables are as large as a large class makes them."""
    entries, session = driver._committer._entries, driver._committer._gradebook.db
    for start in range(0, size, 500):
        entries.enter([Entry(f"absent-{number:05}", None) for number in range(start, start + 500)])
        session.commit()
        session.expunge_all()


def _plan(course):
    """Measure the seconds for each submission to find it, hash it and look it up in the journal."""
    _multiply(course, PLANNED)
    begun = time.monotonic()
    Driver(course, NAME, allow_unsafe=True)
    return round((time.monotonic() - begun) / PLANNED, 6)


@contextlib.contextmanager
def _postgres():
    """Start a server for the measurement, as the tests start it; yield None where there is no PostgreSQL."""
    from tests.support import postgres

    if postgres.programs() is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="pg") as folder, postgres.server(Path(folder)) as url:
        yield url("measured")
