"""Grade in processes of this machine."""

import concurrent.futures
import multiprocessing
import os
from concurrent.futures.process import BrokenProcessPool

from rnncourse.grading.run import jobs
from rnncourse.grading.run.pool import Pool, WorkerLostError
from rnncourse.grading.run.scratch import Scratch

END_SECONDS = 10.0
"""What a worker may take to end its sandboxes."""


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
        """Count the processes."""
        return self._workers

    def submit(self, job):
        """Hand a job to a process; start new ones where somebody has killed one."""
        try:
            return self._submit(job)
        except BrokenProcessPool:  # what was in flight fails, and goes to new ones
            self._end_processes()
            return self._submit(job)

    def _submit(self, job):
        if self._scratch is None:
            self._scratch = Scratch()
        if self._executor is None:
            self._executor = concurrent.futures.ProcessPoolExecutor(
                self._workers,
                mp_context=multiprocessing.get_context("fork"),
                initializer=jobs.prepare_worker,
                initargs=(os.getpid(), self._scratch.name),
            )
            self._processes = self._executor._processes  # a broken pool forgets it, and they may still run
        return self._executor.submit(jobs.grade_into, job, self._scratch.name)

    def finished(self, in_flight):
        """Wait for some jobs to end."""
        return concurrent.futures.wait(in_flight, return_when=concurrent.futures.FIRST_COMPLETED).done

    def outcome(self, future):
        """Read the outcome of a job that has ended, or the error in its place."""
        try:
            return jobs.take_outcome(future.result())
        except (BrokenProcessPool, concurrent.futures.CancelledError):
            return WorkerLostError("its worker was killed again and again")
        except Exception as error:
            return error

    def _end_processes(self):
        """End the processes; those that do not end in time are killed."""
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
        """End the processes and remove their temporary files, also those that killed ones have left."""
        self._end_processes()
        if self._scratch:
            self._scratch.cleanup()
            self._scratch = None
