"""Process CPU time of several contestants in turn: what disturbs one of them disturbs all."""

import time
from statistics import median

SAMPLE = 0.02  # seconds of CPU per sample: shorter ones measure cold caches and the clock


def interleaved(contestants, rounds):
    """Time every contestant in every round.

    Parameters
    ----------
    contestants : dict of callables
    rounds : int

    Returns
    -------
    seconds : dict of lists
        Per contestant, the CPU seconds per call in each round.
    """
    repeats = {}
    for name, run in contestants.items():
        run()
        start = time.process_time()
        run()
        repeats[name] = max(1, round(SAMPLE / max(time.process_time() - start, 1e-6)))
    seconds = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            run()  # not timed: the caches are the contestant's own when the clock starts
            start = time.process_time()
            for _ in range(repeats[name]):
                run()
            seconds[name].append((time.process_time() - start) / repeats[name])
    return seconds


def ratio(peer, ours):
    """Median over the rounds of peer time over our time: above 1, ours is faster."""
    return median(a / b for a, b in zip(peer, ours, strict=True))
