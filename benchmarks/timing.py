"""Time several contestants in turn: what disturbs one of them disturbs all. The clock is the process's CPU time."""

import contextlib
import os
import time
from statistics import median

SAMPLE = 0.02  # seconds per sample: shorter ones measure cold caches and the clock


@contextlib.contextmanager
def one_core():
    """Keep the process on one core where the system can: a peer that spreads its work would pay for the spreading."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def interleaved(contestants, rounds, clock=time.process_time):
    """Time every contestant in every round.

    Parameters
    ----------
    contestants : dict of callables
    rounds : int
    clock : callable, optional
        Gives seconds; on a GPU one that waits for the device and tells the time on the wall.

    Returns
    -------
    seconds : dict of lists
        Per contestant, the seconds per call in each round.
    """
    repeats = {}
    for name, run in contestants.items():
        run()
        start = clock()
        run()
        repeats[name] = max(1, round(SAMPLE / max(clock() - start, 1e-6)))
    seconds = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            run()  # not timed: the caches are the contestant's own when the clock starts
            start = clock()
            for _ in range(repeats[name]):
                run()
            seconds[name].append((clock() - start) / repeats[name])
    return seconds


def ratio(peer, ours):
    """Take the median over the rounds of peer time over our time: above 1, ours is faster."""
    return median(a / b for a, b in zip(peer, ours, strict=True))
