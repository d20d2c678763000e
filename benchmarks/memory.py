"""Measure what checkpointing saves in memory and costs in time, at T = 400."""

import tracemalloc
from statistics import median

from benchmarks.problem import make_problem
from benchmarks.timing import interleaved
from rnncourse.numpy import memory
from rnncourse.numpy.checkpoint import checkpointed_backward, checkpointed_forward
from rnncourse.numpy.lstm import lstm_backward, lstm_forward

SHAPE = (400, 32, 64, 128)


def peak_bytes(run):
    """Measure how many bytes NumPy held at most at one time during run."""
    memory._free.clear()
    tracemalloc.start()
    run()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def compare(rounds):
    """Compare time and memory of a checkpointed and a plain LSTM forward and backward pass in float32, as ratios."""
    _, params, x, h0, dh = make_problem("lstm", SHAPE, "float32")
    state0 = (h0, h0)

    def plain():
        _, _, cache = lstm_forward(x, state0, params)
        lstm_backward(dh, (0 * h0, 0 * h0), cache)

    def checkpointed():
        _, _, cache = checkpointed_forward(lstm_forward, x, state0, params)
        checkpointed_backward(lstm_backward, dh, (0 * h0, 0 * h0), cache)

    seconds = interleaved({"plain": plain, "checkpointed": checkpointed}, rounds)
    times = {name: median(samples) for name, samples in seconds.items()}
    peaks = {"plain": peak_bytes(plain), "checkpointed": peak_bytes(checkpointed)}
    return {
        "shape": SHAPE,
        "seconds": times,
        "bytes": peaks,
        "time": median(c / p for c, p in zip(seconds["checkpointed"], seconds["plain"], strict=True)),
        "memory": peaks["checkpointed"] / peaks["plain"],
    }
