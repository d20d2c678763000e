"""Which time loops run where a tensor lies."""

import functools
import warnings

import torch

from rnncourse.torch import _loops

FLOATS = (torch.float16, torch.bfloat16, torch.float32, torch.float64)


def loops_for(x):
    """The module `_fused` for a float on a CUDA device where Triton works, `_loops` for anything else."""
    fused = _fused() if x.is_cuda and x.dtype in FLOATS else None
    return _loops if fused is None else fused


@functools.cache
def _fused():
    """`_fused`, once one of its kernels has run; None, with a warning, where that fails."""
    try:
        from rnncourse.torch import _fused

        one = torch.ones(1, 1, 1, device="cuda")
        _fused.rnn_deltas(slice(0, 1), None, one[0], one, "tanh", one[0], False)
    except Exception as error:  # no Triton, no C compiler, a card it does not know: each raises in its own way
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        warnings.warn(
            f"Triton runs no kernel here ({reason}): on this device a time step takes several launches instead of two",
            RuntimeWarning,
            stacklevel=2,
        )
        return None
    return _fused
