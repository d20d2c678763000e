"""Grade a large class of which a share is hostile, in one run: nothing is lost, and memory stays flat."""

import itertools
import os
import random
import tempfile
import threading
import time
from pathlib import Path

import psutil

from benchmarks import honest
from benchmarks.hostile.desk import NAME, Desk
from benchmarks.hostile.submissions import common, new
from rnncourse.grading.gradebook.table import read_gradebook
from rnncourse.grading.run.driver import Driver

WHOLE = 100
MIB = 1 << 20


def hand_in(course, size, share, seed=0):
    """Hand in a class: honest students with right answers, and hostile ones in between.

    Parameters
    ----------
    course : pathlib.Path
    size : int
    share : float
        Of the class, that is hostile.
    seed : int

    Returns
    -------
    hostile : list of str
        Students, in the order in which they come.
    honest : list of str
    """
    draw, desk = random.Random(seed), Desk(course)
    desk.limit()
    # One of each before one comes again; what fills a disk or nests folders is tried once, in `measure`.
    tried = [found for found in common() + new() if found.kind not in ("what lies beside", "the file")]
    draw.shuffle(tried)
    which = set(draw.sample(range(size), round(size * share)))
    hostile, right, again = [], [], itertools.cycle(tried)
    for number in range(size):
        student = f"s{number:05}"
        if number in which:
            made = next(again)
            made.hand_in(_Renamed(desk, made.student, student))
            hostile.append(student)
        else:
            desk.hand_in(student)
            right.append(student)
    return hostile, right


class _Renamed:
    """A desk at which one student hands in under another name."""

    def __init__(self, desk, before, now):
        self._desk, self._names = desk, {before: now}
        self.folder, self.answered = desk.folder, desk.answered

    def place(self, student):
        return self._desk.place(self._names[student])

    def hand_in(self, student, *answers, **options):
        return self._desk.hand_in(self._names[student], *answers, **options)


class Watch(threading.Thread):
    """Samples the memory of this process, and of the largest process that grades for it, until it is told to stop."""

    def __init__(self, seconds=0.5):
        super().__init__(daemon=True)
        self.driver, self.largest, self._seconds, self._over = [], 0.0, seconds, threading.Event()

    def run(self):
        own = psutil.Process()
        while not self._over.wait(self._seconds):
            self.driver.append(own.memory_info().rss / MIB)
            for child in own.children():
                try:
                    self.largest = max(self.largest, child.memory_info().rss / MIB)
                except psutil.Error:  # it has just ended
                    continue

    def stop(self):
        """End the thread."""
        self._over.set()
        self.join()


def soak(size=1000, share=0.1, jobs=2, seed=0):
    """Grade a class in one run, by processes as `rnncourse grade` has them.

    Parameters
    ----------
    size : int
    share : float
        Of the class, that is hostile.
    jobs : int
    seed : int

    Returns
    -------
    result : dict
        `memory_mib` is the driver's, at eleven moments of the run: 0, 10, ... 100 % of the submissions entered.
    """
    with tempfile.TemporaryDirectory() as scratch:
        course = honest.make_course(Path(scratch) / "course", [NAME])
        hostile, right = hand_in(course, size, share, seed)
        own, watch, memory = psutil.Process(os.getpid()), Watch(), []
        watch.start()
        began = time.monotonic()
        driver = Driver(course, NAME)
        memory.append(own.memory_info().rss / MIB)
        for count, _ in enumerate(driver.grade(jobs), 1):
            if count * 10 // size > (count - 1) * 10 // size:
                memory.append(own.memory_info().rss / MIB)
        seconds = time.monotonic() - began
        watch.stop()
        points = {student: row[0] for student, row in read_gradebook(course).rows.items() if row[0] is not None}
    return {
        "submissions": size,
        "hostile": len(hostile),
        "honest": len(right),
        "jobs": jobs,
        "seconds": round(seconds, 1),
        "graded": len(points),
        "failed": dict(driver.run.failed),
        "honest_unchanged": sum(points.get(student) == WHOLE for student in right),
        "memory_mib": [round(found, 1) for found in memory],
        "driver_peak_mib": round(max(watch.driver, default=memory[-1]), 1),
        "largest_worker_mib": round(watch.largest, 1),
    }
