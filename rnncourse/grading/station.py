"""On a dask worker: a grading process for each of its threads, and whether this machine is fit to grade.

A check stops a call by an alarm, which only the main thread of a process can have, and prints are caught for a whole
process. A dask worker runs its tasks in threads, and may not have children by multiprocessing. So each thread has a
process of its own, started by its command line, that grades in its main thread, as the processes of one machine do.
"""

import contextlib
import functools
import hashlib
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path

from distributed import get_worker

import rnncourse
from rnncourse.grading import execute, jobs, sandbox

PACKAGE = Path(rnncourse.__file__).parent
_own = threading.local()


class UnfitWorkerError(Exception):
    """A worker that would not grade as the run has promised: its address, and why."""

    def __str__(self):
        return "the worker at {} cannot grade: {}".format(*self.args)


class StationLostError(Exception):
    """A grading process has ended before its job did."""


class StationError(Exception):
    """Grading failed on a worker; the message says where and why."""


@functools.cache
def fingerprint():
    """Of the package's sources: the driver and its workers must have the same."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(f"{path.relative_to(PACKAGE).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def introduce():
    """What a driver has to know of this machine.

    Returns
    -------
    about : dict
        `fingerprint`, and `trouble`: why there is no sandbox, or None.
    """
    return {"fingerprint": fingerprint(), "trouble": sandbox.bubblewrap_trouble()}


def unfit(about, wanted, tier):
    """Why a machine must not grade, or None.

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
    if tier == "bubblewrap" and about["trouble"]:
        return f"it has no sandbox: {about['trouble']}"
    return None


def grade(parcel, wanted):
    """The task of a dask worker: grade a submission in this thread's grading process.

    Parameters
    ----------
    parcel : Parcel
    wanted : str
        The driver's `fingerprint`.

    Raises
    ------
    UnfitWorkerError, StationLostError, StationError
    """
    address = get_worker().address
    trouble = unfit(introduce(), wanted, parcel.job.tier)
    if trouble:
        raise UnfitWorkerError(address, trouble)
    if getattr(_own, "station", None) is None:
        _own.station = Station()
    try:
        outcome = _own.station.grade(parcel)
    except (EOFError, OSError):
        _own.station.close()
        _own.station = None
        raise StationLostError(f"the grading process on {address} was killed again and again") from None
    if isinstance(outcome, str):
        raise StationError(f"on {address}: {outcome}")
    return outcome


class Station:
    """A grading process, from outside."""

    def __init__(self):
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "rnncourse.grading.station", str(theirs.fileno())]
        threads = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
        with theirs:
            self._process = subprocess.Popen(
                command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, env=os.environ | threads
            )
        self._connection = Connection(ours.detach())

    def grade(self, parcel):
        """An outcome, or what went wrong as text."""
        self._connection.send(parcel)
        return self._connection.recv()

    def close(self):
        """End it."""
        self._connection.close()
        self._process.kill()
        self._process.wait()


def main(connection):
    """A grading process, from inside: ends when its worker does, also in the middle of a job."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parcels = queue.SimpleQueue()

    def listen():
        with contextlib.suppress(EOFError, OSError):
            while True:
                parcels.put(connection.recv())
        execute.close_nurseries()
        os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    while True:
        parcel = parcels.get()
        try:
            answer = jobs.grade(parcel)
        except Exception as error:
            answer = f"{type(error).__name__}: {error}"
        connection.send(answer)


if __name__ == "__main__":
    main(Connection(int(sys.argv[1])))
