"""Time what the LSTM in NumPy asks of NumPy and nothing else: its calls, on arrays that stay in the processor's cache.

No check of what was passed, no memory asked for, no result handed out, no view made in the loop. What is left between
this and `rnncourse.numpy` is Python and memory; what lies below this needs several operations in one pass over the
data, which NumPy does not have.
"""

import numpy as np

from benchmarks.ours import products_alone
from rnncourse.numpy.lstm import local_derivatives
from rnncourse.numpy.memory import time_blocks


def lstm_calls_alone(problem):
    """Prepare every call of `lstm_forward` and `lstm_backward` on the arrays of one step, the same ones for all steps.

    Parameters
    ----------
    problem : Problem
        Of the LSTM.

    Returns
    -------
    callable of no arguments
    """
    runs = forward_calls(problem), backward_calls(problem), products_alone(problem)

    def run():
        for part in runs:
            part()

    return run


def draw(problem, *sizes):
    """Draw small numbers, which stay small however often they are multiplied and added."""
    rng = np.random.default_rng(0)
    return [0.1 * rng.random(size, problem.x.dtype) for size in sizes]


def forward_calls(problem):
    """Prepare the gates, c^(t) and h^(t) of every step: seven calls."""
    (T, B, _), H = problem.x.shape, problem.h0.shape[1]
    block, products, (c, tanh_c, h) = draw(problem, (5, B, H), (2, B, H), (3, B, H))
    half = np.full((), 0.5, block.dtype)
    gates, sigmoids, pair, f_and_i, o = block[1:], block[2:], block[:2], block[2:4], block[4]
    kept, written = products

    def run():
        for _ in range(T):
            np.tanh(gates, out=gates)
            np.multiply(sigmoids, half, out=sigmoids)
            np.add(sigmoids, half, out=sigmoids)
            np.multiply(pair, f_and_i, out=products)
            np.add(kept, written, out=c)
            np.tanh(c, out=tanh_c)
            np.multiply(o, tanh_c, out=h)

    return run


def backward_calls(problem):
    """Prepare the local derivatives, block by block, and the recursion: six calls a step."""
    (T, B, _), H = problem.x.shape, problem.h0.shape[1]
    one_step = 5 * B * H * problem.x.dtype.itemsize
    blocks = time_blocks(T, one_step)
    n = blocks[0].stop - blocks[0].start
    sizes = (n, 5, B, H), (n, B, H), (n, 5, B, H), (B, 4, H), (5, B, H)
    block, tanh_c, local, delta, (dh_out, dh, dc, from_h, f) = draw(problem, *sizes)
    by_gate = delta.swapaxes(0, 1)
    through_c, through_h = by_gate[:3], by_gate[3]
    per_dc, per_dh, dc_dh = local[0, :3], local[0, 3], local[0, 4]

    def run():
        for steps in blocks:
            k = steps.stop - steps.start
            local_derivatives(block[:k], tanh_c[:k], local[:k])
        for _ in range(T):
            np.add(dh_out, from_h, out=dh)
            np.multiply(dh, dc_dh, out=from_h)
            np.add(dh_out, from_h, out=dc)
            np.multiply(per_dc, dc, out=through_c)
            np.multiply(per_dh, dh, out=through_h)
            np.multiply(dc, f, out=from_h)

    return run
