"""Grade with the workers of a dask scheduler: jobs travel with what was handed in, and no disk is shared."""

import importlib.metadata
import logging
import time
import uuid
import warnings

from distributed import Client, as_completed
from distributed.client import CancelledError
from distributed.scheduler import KilledWorker

from rnncourse.grading.run import dask_worker, jobs
from rnncourse.grading.run.pool import Pool, PoolError, WorkerLostError

CONNECT_SECONDS = 30
LOOK_SECONDS = 5.0
"""How often the workers are counted anew: some may have come."""


class DaskPool(Pool):
    """Workers that a dask scheduler knows.

    Parameters
    ----------
    address : str
        Such as "tcp://host:8786".

    Raises
    ------
    PoolError
        If nothing answers there.
    """

    LOST = 3  # the scheduler itself gives a job to other workers, by default three times

    def __init__(self, address):
        self._address = address
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is said by us
        try:
            self._client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise PoolError(
                f"no dask scheduler answers at {address} ({type(error).__name__}); start one with: dask scheduler"
            ) from None
        self._done = as_completed(loop=self._client.loop)
        self._counted, self._looked = 0, 0.0

    def tier(self, allow_unsafe):
        """Find the sandbox that all workers have.

        Raises
        ------
        PoolError
            If there is no worker, or one that is not fit to grade; the message names each.
        """
        found = self._client.run(importlib.metadata.version, "rnncourse", on_error="return")
        if not found:
            raise PoolError(f"the scheduler at {self._address} has no worker; start some with: dask worker ADDRESS")
        self._refuse({worker: "it has no rnncourse" for worker, said in found.items() if isinstance(said, Exception)})
        about = self._client.run(dask_worker.introduce, on_error="return")
        self._refuse({worker: f"{said!r}" for worker, said in about.items() if isinstance(said, Exception)})
        tier = "plain" if allow_unsafe and any(said["problem"] for said in about.values()) else "bubblewrap"
        reasons = {worker: dask_worker.unfit(said, dask_worker.fingerprint(), tier) for worker, said in about.items()}
        self._refuse({worker: reason for worker, reason in reasons.items() if reason})
        return tier

    def _refuse(self, reasons):
        """Raise `PoolError` where there is a worker with a reason why it cannot grade."""
        if reasons:
            each = "; ".join(f"the worker at {worker} cannot grade: {reason}" for worker, reason in reasons.items())
            raise PoolError(f"{each}. Mend or stop these workers, and start again")

    def workers(self):
        """Count the workers' threads, anew from time to time."""
        if time.monotonic() - self._looked > LOOK_SECONDS:
            try:
                self._counted, self._looked = sum(self._client.nthreads().values()), time.monotonic()
            except OSError:
                raise self._gone() from None
        return max(self._counted, 1)

    def _connected(self):
        """Tell whether there is a connection; wait while the client tries to have one again."""
        while self._client.status == "connecting":
            time.sleep(0.1)
        return self._client.status == "running"

    def _gone(self):
        """Make the error for a scheduler that is gone."""
        return PoolError(f"the scheduler at {self._address} is gone; what is graded is kept: run it again")

    def submit(self, job):
        """Send a job, with what was handed in, to the scheduler."""
        if not self._connected():
            raise self._gone()
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Sending large graph")  # a notebook may have 20 MB
            future = self._client.submit(
                dask_worker.grade,
                jobs.pack(job),
                dask_worker.fingerprint(),
                key=f"{job.key}-{uuid.uuid4().hex}",
                pure=False,
            )
        self._done.add(future)
        return future

    def finished(self, in_flight):
        """Wait for some jobs to end."""
        return self._done.next_batch()

    def outcome(self, future):
        """Get the outcome of a job that has ended, or the error in its place."""
        try:
            return future.result()
        except dask_worker.UnfitWorkerError as error:  # it came later than the others
            self._client.retire_workers([error.args[0]])
            return WorkerLostError(str(error))
        except dask_worker.GradingProcessLostError as error:
            return WorkerLostError(str(error))
        except KilledWorker:
            return WorkerLostError("its worker was killed again and again")
        except CancelledError:  # as all jobs are when the connection breaks, which may be for a moment only
            if self._connected():
                return WorkerLostError("the connection to the scheduler was lost again and again")
            raise self._gone() from None
        except Exception as error:
            return error
        finally:
            future.release()

    def close(self):
        """Leave the scheduler."""
        self._client.close()
