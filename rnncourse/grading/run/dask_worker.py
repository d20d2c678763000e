"""Grade on a dask worker: a grading process for each of its threads, if this machine is fit to grade."""

import functools
import hashlib
import threading
from pathlib import Path

from distributed import get_worker

import rnncourse
from rnncourse.grading.run.grading_process import GradingProcess
from rnncourse.grading.sandbox import bubblewrap

PACKAGE = Path(rnncourse.__file__).parent
_own = threading.local()


class UnfitWorkerError(Exception):
    """A worker that would not grade as the run has promised: its address, and why."""

    def __str__(self):
        return "the worker at {} cannot grade: {}".format(*self.args)


class GradingProcessLostError(Exception):
    """A grading process has ended before its job did."""


class GradingFailedError(Exception):
    """Grading failed on a worker; the message says where and why."""


@functools.cache
def fingerprint():
    """Hash the package's sources: the driver and its workers must have the same."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(f"{path.relative_to(PACKAGE).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def introduce():
    """Tell what a driver has to know of this machine.

    Returns
    -------
    about : dict
        `fingerprint`, and `problem`: why there is no sandbox, or None.
    """
    return {"fingerprint": fingerprint(), "problem": bubblewrap.problem()}


def unfit(about, wanted, tier):
    """Tell why a machine must not grade; None if it may.

    Parameters
    ----------
    about : dict
        Of `introduce`.
    wanted : str
        The driver's `fingerprint`.
    tier : str
        What the run promises.
    """
    if about["fingerprint"] != wanted:
        return f"its rnncourse ({about['fingerprint']}) is not the driver's ({wanted}): install the same on both"
    if tier == "bubblewrap" and about["problem"]:
        return f"it has no sandbox: {about['problem']}"
    return None


def grade(payload, wanted):
    """Grade a submission in this thread's grading process: the task of a dask worker.

    Parameters
    ----------
    payload : Payload
    wanted : str
        The driver's `fingerprint`.

    Raises
    ------
    UnfitWorkerError, GradingProcessLostError, GradingFailedError
    """
    address = get_worker().address
    problem = unfit(introduce(), wanted, payload.job.tier)
    if problem:
        raise UnfitWorkerError(address, problem)
    if getattr(_own, "process", None) is None:
        _own.process = GradingProcess()
    try:
        outcome = _own.process.grade(payload)
    except (EOFError, OSError):
        _own.process.close()
        _own.process = None
        raise GradingProcessLostError(f"the grading process on {address} was killed again and again") from None
    if isinstance(outcome, str):
        raise GradingFailedError(f"on {address}: {outcome}")
    return outcome
