"""Define what every pool does: it takes the jobs of a run and gives each one back with its outcome.

It keeps only a window of them in flight, so that a run of any size takes the same memory, and it gives the jobs of a
lost worker to others.
"""

import abc
import collections

WINDOW = 4
"""Jobs in flight for each worker: enough that none waits while the committer writes."""


class PoolError(Exception):
    """No worker can be had; the message says why and what to do."""


class WorkerLostError(Exception):
    """A job's worker has ended before the job did."""


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
        waiting, in_flight, lost = collections.deque(todo), {}, collections.Counter()
        while waiting or in_flight:
            while waiting and len(in_flight) < WINDOW * self.workers():
                job = waiting.popleft()
                in_flight[self.submit(job)] = job
            ended = []
            for future in self.finished(in_flight):
                job = in_flight.pop(future)
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
        """Count the jobs that run at one time."""

    @abc.abstractmethod
    def submit(self, job):
        """Hand a job out; return something that can be hashed."""

    @abc.abstractmethod
    def finished(self, in_flight):
        """Wait for some of what was handed out to end; return those that have."""

    @abc.abstractmethod
    def outcome(self, future):
        """Get the outcome of an ended job, or an error: `WorkerLostError` where another worker may do better."""

    @abc.abstractmethod
    def close(self):
        """End what is in flight."""
