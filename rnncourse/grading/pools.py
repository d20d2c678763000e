"""Where submissions are graded: in processes of this machine, or by the workers of a dask scheduler.

A pool takes the jobs of a run and gives each one back with its outcome. It keeps only a window of them in flight, so
that a run of any size takes the same memory, and it gives the jobs of a lost worker to others.
"""

import abc
import collections
import concurrent.futures
import multiprocessing
import os
import tempfile
from concurrent.futures.process import BrokenProcessPool

from rnncourse.grading import jobs, sandbox

WINDOW = 4
"""Jobs in flight for each worker: enough that none waits while the committer writes."""

END_SECONDS = 10.0
"""What a worker may take to end its sandboxes."""


class PoolError(Exception):
    """No worker can be had; the message says why and what to do."""


class WorkerLostError(Exception):
    """A job's worker has ended before the job did."""


def tier(scheduler, allow_unsafe, wanted=""):
    """The walls that a run promises: those of this machine, or those of a scheduler's workers.

    Parameters
    ----------
    scheduler : str or None
    allow_unsafe : bool
    wanted : str
        As `sandbox.tier` has it; a scheduler's workers know bubblewrap alone.

    Returns
    -------
    tier : "bubblewrap", "podman" or "plain"

    Raises
    ------
    SandboxError, PoolError
    """
    if scheduler is None:
        return sandbox.tier(allow_unsafe, wanted)
    if wanted not in ("", "bubblewrap"):
        raise PoolError(f"the workers of a scheduler grade in bubblewrap; c.SandboxedExecute.tier is {wanted!r}")
    with pool(scheduler, 0) as remote:
        return remote.tier(allow_unsafe or sandbox.allowed_unsafe())


def pool(scheduler, workers):
    """The pool of a run: a scheduler's workers where there is a scheduler, else so many processes."""
    if scheduler is None:
        return LocalPool(workers)
    try:
        from rnncourse.grading.dask_pool import DaskPool
    except ImportError as error:
        raise PoolError(f"{error}; for --scheduler run: pip install 'rnncourse[scale]'") from None
    return DaskPool(scheduler)


class Pool(abc.ABC):
    """What the driver knows of a pool. It is a context manager: at its end nothing is in flight."""

    LOST = 20
    """How often a job may lose its worker before it is given up."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def outcomes(self, todo):
        """Grade jobs.

        Parameters
        ----------
        todo : sequence of Job

        Yields
        ------
        ended : list of (Job, dict or Exception)
            What has ended since the last time: an outcome of `jobs.grade`, or why there is none.
        """
        waiting, flying, lost = collections.deque(todo), {}, collections.Counter()
        while waiting or flying:
            while waiting and len(flying) < WINDOW * self.workers():
                job = waiting.popleft()
                flying[self.submit(job)] = job
            ended = []
            for future in self.finished(flying):
                job = flying.pop(future)
                outcome = self.outcome(future)
                if isinstance(outcome, WorkerLostError):
                    lost[job.key] += 1
                    if lost[job.key] < self.LOST:
                        waiting.appendleft(job)
                        continue
                ended.append((job, outcome))
            yield ended

    @abc.abstractmethod
    def workers(self):
        """How many jobs run at one time."""

    @abc.abstractmethod
    def submit(self, job):
        """Hand a job out: something that can be hashed."""

    @abc.abstractmethod
    def finished(self, flying):
        """Wait for some of what was handed out to end: those that have."""

    @abc.abstractmethod
    def outcome(self, future):
        """Of a job that has ended: an outcome, or an error; `WorkerLostError` where another worker may do better."""

    @abc.abstractmethod
    def close(self):
        """End what is in flight."""


class LocalPool(Pool):
    """Processes of this machine.

    Parameters
    ----------
    workers : int
    """

    def __init__(self, workers):
        self._workers = workers
        self._executor = self._processes = self._scratch = None

    def workers(self):
        return self._workers

    def submit(self, job):
        try:
            return self._submit(job)
        except BrokenProcessPool:  # somebody killed a process: what was in flight fails, and goes to new ones
            self._end_processes()
            return self._submit(job)

    def _submit(self, job):
        if self._scratch is None:
            self._scratch = tempfile.TemporaryDirectory(prefix="rnncourse-", ignore_cleanup_errors=True)
        if self._executor is None:
            self._executor = concurrent.futures.ProcessPoolExecutor(
                self._workers,
                mp_context=multiprocessing.get_context("fork"),
                initializer=jobs.prepare_worker,
                initargs=(os.getpid(), self._scratch.name),
            )
            self._processes = self._executor._processes  # a broken pool forgets it, and they may still run
        return self._executor.submit(jobs.grade_into, job, self._scratch.name)

    def finished(self, flying):
        return concurrent.futures.wait(flying, return_when=concurrent.futures.FIRST_COMPLETED).done

    def outcome(self, future):
        try:
            path = future.result()
        except (BrokenProcessPool, concurrent.futures.CancelledError):
            return WorkerLostError("its worker was killed again and again")
        except Exception as error:
            return error
        return jobs.outcome_in(path)

    def _end_processes(self):
        if self._executor is None:
            return
        processes = list(self._processes.values())
        self._executor.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(END_SECONDS)
            if process.is_alive():
                process.kill()
                process.join()
        self._executor = None

    def close(self):
        self._end_processes()
        if self._scratch:
            self._scratch.cleanup()  # also what killed workers have left
            self._scratch = None
