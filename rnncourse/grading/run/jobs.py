"""Grade one submission in some process, on some machine: plain data in, plain data out, and no database."""

import ctypes
import json
import multiprocessing.util
import os
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader import utils
from nbgrader.preprocessors import LimitOutput

from rnncourse.checks.execution.calling import OutOfTimeError
from rnncourse.grading.notebook import findings, reading
from rnncourse.grading.notebook.execute import execute_with_retry
from rnncourse.grading.notebook.graded_cells import exercise_name
from rnncourse.grading.notebook.rebuild import rebuild_submission
from rnncourse.grading.sandbox.limits import Limits
from rnncourse.grading.sandbox.running import close_sandboxes
from rnncourse.grading.text import described
from rnncourse.language import ENGLISH, speaking

PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class NotebookRules:
    """How one notebook is graded: the released one as text, and the cells from the gradebook.

    `translated` is the released one in other languages.
    """

    released: str
    locked: dict
    tests: dict
    translated: tuple = ()


@dataclass(frozen=True)
class Job:
    """One submission, where its files lie, and how it is graded: small, since a run holds one for each student."""

    key: str
    student: str
    folder: str
    notebooks: dict
    rules: dict
    seed: int
    tier: str
    limits: dict
    extra: tuple
    language: str = ENGLISH


@dataclass(frozen=True)
class Payload:
    """A job with what was handed in: all that a worker needs, on whatever machine it is."""

    job: Job
    notebooks: dict
    files: dict


def pack(job):
    """Read what was handed in, within the limits of `reading`.

    Returns
    -------
    payload : Payload
    """
    notebooks = {name: reading.handed_in(path) for name, path in job.notebooks.items()}
    return Payload(job, notebooks, reading.files_beside(job.folder))


def prepare_worker(parent, scratch):
    """Prepare a fresh worker: leave Ctrl-C to the driver, do not outlive it, end the sandboxes when told to end.

    Parameters
    ----------
    parent : int
        The driver's process id.
    scratch : str
        A folder for temporary files, which the driver removes.
    """
    tempfile.tempdir = scratch
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: (_tidy(), os._exit(1)))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)
    multiprocessing.util.Finalize(None, _tidy, exitpriority=10)


def _tidy():
    """End the sandboxes, once."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once: it is sent also to a worker that is ending by itself
    close_sandboxes()


def pack_and_grade(job):
    """Grade a submission whose files can be read from here; see `grade`."""
    try:
        with speaking(job.language):
            payload = pack(job)
    except Exception as error:
        return _failed(job, error)
    return grade(payload)


def _failed(job, error):
    """Make the outcome of a submission that could not be graded: whatever it was, it ends no run."""
    return {"key": job.key, "student": job.student, "failed": described(error)}


def grade_into(job, folder):
    """Grade as `pack_and_grade` does, and leave the outcome in a file.

    What goes back to the driver is the file's name: so short that it passes through a pipe in one piece. Of a long
    message a worker that is killed leaves a part, and the driver would wait for the rest.

    Parameters
    ----------
    job : Job
    folder : str

    Returns
    -------
    path : str
    """
    outcome = pack_and_grade(job)
    path = Path(folder) / f"{job.key}.json"
    path.write_text(json.dumps(outcome), encoding="utf-8")
    return str(path)


def take_outcome(path):
    """Read the outcome that `grade_into` has left, and remove it."""
    path = Path(path)
    outcome = json.loads(path.read_text(encoding="utf-8"))
    path.unlink()
    return outcome


def grade(payload):
    """Grade a submission. Needs the main thread of a process: a time limit is an alarm.

    Parameters
    ----------
    payload : Payload

    Returns
    -------
    outcome : dict
        JSON can write it: `key`, `student`, `seconds`, `problems`, and by notebook: `notebooks`, the executed ones as
        text, and `scores` and `comments` by grade_id; and `unwritten`, the graded cells with nothing written for them:
        no mended check gives them points. The committer, of whom there is one, only has to write them.
        Of a submission that cannot be graded: `key`, `student`, and `failed`, the reason.
    """
    try:
        with speaking(payload.job.language):
            return _graded(payload)
    except (Exception, OutOfTimeError) as error:
        return _failed(payload.job, error)


def _graded(payload):
    """Grade each notebook of a submission."""
    start, executed, problems, job = time.monotonic(), {}, [], payload.job
    scores, comments, unwritten = {}, {}, []
    for name, rules in job.rules.items():
        released = nbformat.reads(rules.released, as_version=4)
        translated = [nbformat.reads(text, as_version=4) for text in rules.translated]
        notebook = rebuild_submission(released, payload.notebooks[name], rules.locked, translated=translated)
        problems += execute_with_retry(
            notebook,
            rules.tests,
            seed=job.seed,
            tier=job.tier,
            extra=job.extra,
            limits=Limits(**job.limits),
            files=payload.files,
        )
        notebook, _ = LimitOutput().preprocess(notebook, {})
        executed[name] = nbformat.writes(notebook)
        scores[name], comments[name] = results(notebook)
        unwritten += [f"{name}/{grade_id}" for grade_id in _unwritten(notebook, comments[name])]
    outcome = {"key": job.key, "student": job.student, "notebooks": executed, "problems": problems}
    outcome |= {"scores": scores, "comments": comments, "unwritten": unwritten}
    return outcome | {"seconds": round(time.monotonic() - start, 3)}


def results(notebook):
    """Read scores and comments of an executed notebook by grade_id, by the rules of nbgrader's SaveAutoGrades."""
    scores, comments = {}, {}
    for cell in notebook.cells:
        if utils.is_grade(cell):
            scores[cell.metadata.nbgrader.grade_id], _ = utils.determine_grade(cell)
        if utils.is_solution(cell) or utils.is_task(cell):
            same = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
            comments[cell.metadata.nbgrader.grade_id] = "No response." if same and not utils.is_task(cell) else None
    return scores, comments


def _unwritten(notebook, comments):
    """List the graded cells that ask for what is as it was released."""
    found = findings.by_cell(notebook)
    kinds = {grade_id: about.get("kind") for grade_id, about in found.items()}
    return [name for name, kind in kinds.items() if kind == "unwritten" and comments.get(exercise_name(name))]
