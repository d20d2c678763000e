"""Grade one submission in some process, on some machine: plain data in, plain data out, and no database."""

import ctypes
import multiprocessing.util
import os
import signal
import sys
import time
from dataclasses import dataclass

import nbformat
from nbgrader.preprocessors import LimitOutput

from rnncourse.grading import execute, ingest, reading, sandbox

PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class NotebookRules:
    """How one notebook is graded: the released file, and the cells from the gradebook."""

    released: str
    locked: dict
    tests: dict


@dataclass(frozen=True)
class Job:
    """One submission and all that grading it takes."""

    key: str
    student: str
    folder: str
    notebooks: dict
    rules: dict
    seed: int
    tier: str
    limits: dict
    extra: tuple


def prepare_worker(parent):
    """In a fresh worker: leave Ctrl-C to the driver, and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)
    multiprocessing.util.Finalize(None, execute.close_nurseries, exitpriority=10)


def grade(job):
    """Grade a submission.

    Parameters
    ----------
    job : Job

    Returns
    -------
    outcome : dict
        JSON can write it: `key`, `student`, `seconds`, `troubles`, and `notebooks`, the executed ones as text by name.
    """
    start, executed, troubles = time.monotonic(), {}, []
    files = reading.files_beside(job.folder)
    for name, rules in job.rules.items():
        notebook = ingest.take_in(rules.released, job.notebooks.get(name), rules.locked)
        nursery, limits = execute.nursery(job.tier, job.extra), sandbox.Limits(**job.limits)
        troubles += execute.execute(notebook, rules.tests, job.seed, nursery, limits, files)
        notebook, _ = LimitOutput().preprocess(notebook, {})
        executed[name] = nbformat.writes(notebook)
    outcome = {"key": job.key, "student": job.student, "notebooks": executed, "troubles": troubles}
    return outcome | {"seconds": round(time.monotonic() - start, 3)}
