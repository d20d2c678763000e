"""Choose the time loops for the device where a tensor lies."""

import contextlib
import functools
import importlib
import warnings

import torch

from rnncourse.torch.cpu import loops as cpu_loops
from rnncourse.torch.cuda import rule
from rnncourse.torch.cuda.trial import try_loops

FLOATS = (torch.float16, torch.bfloat16, torch.float32, torch.float64)
_asked_for = []
"""The ways that `run_as` asks for, innermost last."""


def loops_for(x, matrices, H):
    """Choose the time loops of a cell.

    Parameters
    ----------
    x : tensor
        Says on which device and in which dtype.
    matrices : int
        How many matrices (H, H) the state feeds: 1 for an RNN, 4 for an LSTM, 3 for a GRU.
    H : int

    Returns
    -------
    `cpu.loops`, `cuda.loops`, or one of the two of `cuda.one_launch`
        On a CUDA device what `cuda.rule` chooses, if Triton works there and the kernels pass a trial.
    """
    if _asked_for:
        return _per_step(x) if _asked_for[-1] == rule.PER_STEP else _one_launch(_asked_for[-1])
    way = rule.choose(matrices, H, x.dtype)
    if x.is_cuda and way != rule.PER_STEP and _one_launch_works(way, matrices, H, x.dtype, x.device):
        return _one_launch(way)
    return _per_step(x)


@contextlib.contextmanager
def run_as(way):
    """Run all cells one way, whatever the rule says: to measure it, or to try its kernels in Triton's interpreter.

    Parameters
    ----------
    way : {"on_chip", "in_tiles", "per_step"}
    """
    if way not in (rule.ON_CHIP, rule.IN_TILES, rule.PER_STEP):
        raise ValueError(f'way is {way!r}; expected "on_chip", "in_tiles" or "per_step"')
    _asked_for.append(way)
    try:
        yield
    finally:
        _asked_for.pop()


def _one_launch(way):
    one_launch = importlib.import_module("rnncourse.torch.cuda.one_launch")
    return one_launch.ON_CHIP if way == rule.ON_CHIP else one_launch.IN_TILES


@functools.cache
def _one_launch_works(way, matrices, H, dtype, device):
    """Try the kernels at this width; warn and return False where they cannot run or give other numbers."""
    try:
        try_loops(_one_launch(way), matrices, H, dtype, device)
    except Exception as error:  # as below; too little space on this chip; numbers that differ
        _warn(f"no sequence runs in one launch here ({_reason(error)}): it runs step by step")
        return False
    return True


def _per_step(x):
    return (_load_cuda_loops() if x.is_cuda and x.dtype in FLOATS else None) or cpu_loops


@functools.cache
def _load_cuda_loops():
    """Import `cuda.loops` and run one of its kernels; warn and return None where that fails."""
    try:
        from rnncourse.torch.cuda import loops as cuda_loops

        h = torch.ones(1, 1, 1, device="cuda")
        cuda_loops.rnn_deltas(None, h[0], h, "tanh", h[0], False)
    except Exception as error:  # no Triton, no C compiler, a card it does not know: each raises in its own way
        _warn(
            f"Triton runs no kernel here ({_reason(error)}): on this device a time step takes several launches instead "
            "of two"
        )
        return None
    return cuda_loops


def _reason(error):
    return f"{type(error).__name__}: {error}".splitlines()[0]


def _warn(text):
    warnings.warn(text, RuntimeWarning, stacklevel=4)
