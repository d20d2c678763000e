"""A discrete-event simulation of a grading run: many workers feed one committer.

As `rnncourse grade` does it: a window of jobs is in flight for each worker, what has been graded waits for the
committer, and the committer enters all that waits in one transaction, up to a limit. A lost worker takes its job with
it; the job goes to the next free worker, and after a while another worker comes.
"""

import heapq
import itertools
import random
from collections import deque
from dataclasses import dataclass

WINDOW, BATCH = 4, 100
"""Of rnncourse.grading.pools and .drive."""


@dataclass(frozen=True)
class Costs:
    """What was measured, in seconds: entering one submission, closing a transaction, starting a worker."""

    entry: float
    transaction: float = 0.0
    start: float = 0.0


@dataclass(frozen=True)
class Losses:
    """How often a worker is lost, in 1/hour, and how many seconds until another is there."""

    per_hour: float = 0.0
    replaced_after: float = 60.0


@dataclass(frozen=True)
class Result:
    """What a run took: seconds, shares of that time that committer and workers were busy, and counts."""

    seconds: float
    committer: float
    workers: float
    longest_queue: int
    entered: int
    lost: int


class Simulation:
    """One run.

    Parameters
    ----------
    service : sequence of float
        Seconds that each submission takes a worker.
    workers : int
    costs : Costs
    losses : Losses
    seed : int
    """

    def __init__(self, service, workers, costs, losses=None, seed=0):
        self._service, self._many, self._costs = service, workers, costs
        self._losses, self._random = losses or Losses(), random.Random(seed)
        self._events, self._order = [], itertools.count()
        self._waiting = deque(range(len(service)))  # with the driver
        self._handed_out = deque()  # in flight, for the next free worker
        self._flying = 0
        self._running = {}  # worker: (job, when it began)
        self._free = deque()
        self._graded = deque()  # waits for the committer
        self._committing = False
        self._busy = self._worked = 0.0
        self._longest = self._entered = self._lost = 0
        self._names = itertools.count()

    def run(self):
        """Simulate to the end.

        Returns
        -------
        Result
        """
        now = 0.0
        for _ in range(self._many):
            self._new_worker(self._costs.start)
        self._fill()
        while self._entered < len(self._service):
            now, _, happens, *about = heapq.heappop(self._events)
            happens(now, *about)
            self._hand_out(now)
            self._commit(now)
        total = now or 1.0
        busy, worked = self._busy / total, self._worked / (total * self._many)
        return Result(now, busy, worked, self._longest, self._entered, self._lost)

    def _at(self, when, happens, *about):
        heapq.heappush(self._events, (when, next(self._order), happens, *about))

    def _fill(self):
        while self._waiting and self._flying < WINDOW * self._many:
            self._handed_out.append(self._waiting.popleft())
            self._flying += 1

    def _new_worker(self, when):
        worker = next(self._names)
        self._at(when, self._comes, worker)
        if self._losses.per_hour:
            life = self._random.expovariate(self._losses.per_hour / 3600)
            self._at(when + life, self._goes, worker)

    def _comes(self, now, worker):
        self._running[worker] = None
        self._free.append(worker)

    def _goes(self, now, worker):
        task = self._running.pop(worker)
        if task is not None:
            self._handed_out.appendleft(task[0])
            self._lost += 1
        self._new_worker(now + self._losses.replaced_after + self._costs.start)

    def _hand_out(self, now):
        while self._handed_out and self._free:
            worker = self._free.popleft()
            if worker in self._running:  # else it was lost while it was free
                job = self._handed_out.popleft()
                self._running[worker] = job, now
                self._at(now + self._service[job], self._ends, worker, job)

    def _ends(self, now, worker, job):
        if worker not in self._running:  # it was lost before
            return
        self._running[worker] = None
        self._free.append(worker)
        self._worked += self._service[job]
        self._graded.append(job)
        self._longest = max(self._longest, len(self._graded))

    def _commit(self, now):
        if self._committing or not self._graded:
            return
        batch = [self._graded.popleft() for _ in range(min(BATCH, len(self._graded)))]
        seconds = self._costs.transaction + self._costs.entry * len(batch)
        self._committing = True
        self._busy += seconds
        self._at(now + seconds, self._committed, len(batch))

    def _committed(self, now, many):
        self._committing = False
        self._entered += many
        self._flying -= many
        self._fill()
