"""Count what a forward and backward pass has to do on a card, and measure what the card can do at best."""

import time
from typing import NamedTuple

import torch

from benchmarks.gpu_contestants import MATRICES
from rnncourse.torch.cuda.rule import IN_TILES, ON_CHIP, ROWS

GATES = {"rnn": 1, "lstm": 4, "gru": 4}
"""Numbers per hidden unit and step that wait between forwards and backwards."""


class Card(NamedTuple):
    """What a card does at best: bytes a second in a copy, floating-point operations a second in a large product."""

    bandwidth: float
    flops: dict


def flops(cell, shape):
    """Count multiplications and additions of all products: forwards one of each weight, backwards two."""
    T, B, D, H = shape
    return 6 * T * B * (D + H) * MATRICES[cell] * H


def bytes_moved(cell, shape, itemsize, way):
    """Count the bytes that a pass reads and writes, W_hh apart from what it needs once for all steps.

    Parameters
    ----------
    cell : {"rnn", "lstm", "gru"}
    shape : (T, B, D, H)
    itemsize : int
    way : {"on_chip", "in_tiles", "per_step"}

    Returns
    -------
    for_states : int
        x twice read and dx written; pre-activations written, read, turned into gates, read again, turned into deltas,
        and these read by two products; h (an LSTM's c and tanh(c) too) written and read; dh read.
    for_weights : int
        W_hh forwards and backwards: at every step, of every program; on the chip of every program once. Most of these
        come from the second-level cache where the weights fit in it.
    """
    T, B, D, H = shape
    states = {"rnn": 1, "lstm": 3, "gru": 1}[cell]
    for_states = T * B * (3 * D + 7 * GATES[cell] * H + (2 * states + 1) * H)
    programs, times = (-(-B // ROWS), 1) if way == ON_CHIP else (-(-B // ROWS) if way == IN_TILES else 1, T)
    return for_states * itemsize, 2 * programs * times * MATRICES[cell] * H * H * itemsize


def measure_card(dtypes=("float32", "float16", "float64"), size=4096, megabytes=512):
    """Measure the current card's copy and its products, TF32 as it is set.

    Returns
    -------
    Card
    """
    source = torch.empty(megabytes * 2**20, dtype=torch.uint8, device="cuda")
    target = torch.empty_like(source)
    rates = {}
    for dtype in dtypes:
        a, b = (torch.randn(size, size, device="cuda").to(getattr(torch, dtype)) for _ in range(2))
        rates[dtype] = 2 * size**3 / _seconds(lambda a=a, b=b: torch.mm(a, b))
    return Card(2 * source.numel() / _seconds(lambda: target.copy_(source)), rates)


def _seconds(run, repeats=10):
    """Take the shortest of some times on the wall, after one call that is not timed."""
    run()
    times = []
    for _ in range(repeats):
        torch.cuda.synchronize()
        start = time.perf_counter()
        run()
        torch.cuda.synchronize()
        times.append(time.perf_counter() - start)
    return min(times)


def shares(cell, shape, dtype, way, seconds, card):
    """Say what a pass of these seconds uses of a card.

    Returns
    -------
    dict
        MB for the states and for W_hh, and the shares of the card's bandwidth (states alone) and of its products.
    """
    for_states, for_weights = bytes_moved(cell, shape, getattr(torch, dtype).itemsize, way)
    return {
        "state_MB": for_states / 1e6,
        "weight_MB": for_weights / 1e6,
        "bandwidth": for_states / seconds / card.bandwidth,
        "flops": flops(cell, shape) / seconds / card.flops[dtype],
    }
