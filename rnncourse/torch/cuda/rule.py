"""Decide how a sequence runs on a CUDA device: in one launch, with W_hh on the chip or in tiles, or step by step.

A program of a one-launch kernel runs on one multiprocessor. Its shared memory, up to 227 KiB on an H100, holds the
weights beside the state. Weights that are too large for it are read at every step, from the second-level cache, at some
hundred GB/s for one multiprocessor: 1 MiB in about 10 us, which is what the two launches of a step cost from Python.
In float32 a product passes its factors through registers, and at a width of 128 the compiler runs out of them.

`tests/torch/cuda/test_compile.py` holds that each kernel fits an H100 up to these limits. That they are the best ones
has not been measured: `python -m benchmarks.gpu` times each way at each shape, whatever is said here.
"""

import torch

ON_CHIP, IN_TILES, PER_STEP = "on_chip", "in_tiles", "per_step"
CHIP_BYTES = 2**17
"""The most that W_hh of all gates may take to stay on the chip, H rounded up to a power of two."""
TILE_BYTES = 2**20
"""The most that it may take to be read anew at every step."""
FLOAT32_WIDTH = 64
"""The widest state in float32 whose weights stay on the chip."""
ROWS = 16
"""Samples per program: the least that a product on the card takes."""
TILE = 32
"""Columns of a tile."""
SHORT = (torch.float32, torch.float16, torch.bfloat16)
"""The dtypes of the one-launch kernels, whose arithmetic is in float32."""


def choose(matrices, H, dtype):
    """Choose the way to run a cell.

    Parameters
    ----------
    matrices : int
        How many matrices (H, H) the state feeds: 1 for an RNN, 4 for an LSTM, 3 for a GRU.
    H : int
    dtype : torch.dtype

    Returns
    -------
    {"on_chip", "in_tiles", "per_step"}
    """
    if dtype not in SHORT:
        return PER_STEP
    size = matrices * width(H) ** 2 * dtype.itemsize
    if size <= CHIP_BYTES and (dtype != torch.float32 or width(H) <= FLOAT32_WIDTH):
        return ON_CHIP
    return IN_TILES if size <= TILE_BYTES else PER_STEP


def width(H):
    """Round H up to a power of two, and to 16, the least that a product on the card takes."""
    return max(16, 1 << (H - 1).bit_length())
