"""Keep the workers of a run for the next one: a worker that has its sandbox already grades at once.

They are what a run has always: real processes, each with a real sandbox. Only their start, more than a second of two
cores, is paid once and not in each of a hundred tests.
"""

import contextlib
import os

from rnncourse.grading.run import choose_pool, driver, regrade
from rnncourse.grading.run.local_pool import LocalPool

WORKERS = 2


class KeptPool(LocalPool):
    """Processes that outlive a run, unless something of it is still in flight."""

    def __init__(self):
        super().__init__(WORKERS)
        self._in_flight = set()
        self._submit(None).exception()  # so that they know nothing of what a test changes in this process

    def submit(self, job):
        future = super().submit(job)
        self._in_flight.add(future)
        future.add_done_callback(self._in_flight.discard)
        return future

    def close(self):
        if self._in_flight:
            self.end()

    def end(self):
        """End the processes."""
        super().close()


@contextlib.contextmanager
def kept_workers(monkeypatch):
    """Give runs in this process the same workers, one after another."""
    pool, owner = KeptPool(), os.getpid()

    def choose(scheduler, workers):
        local = scheduler is None and os.getpid() == owner
        return pool if local else choose_pool.choose_pool(scheduler, workers)

    for module in (driver, regrade):
        monkeypatch.setattr(module, "choose_pool", choose)
    try:
        yield
    finally:
        pool.end()
