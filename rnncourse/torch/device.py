"""Choose the time loops for the device where a tensor lies."""

import functools
import warnings

import torch

from rnncourse.torch.cpu import loops as cpu_loops

FLOATS = (torch.float16, torch.bfloat16, torch.float32, torch.float64)


def loops_for(x):
    """Choose the module `cuda.loops` for a float on a CUDA device where Triton works, `cpu.loops` for anything else."""
    cuda_loops = _load_cuda_loops() if x.is_cuda and x.dtype in FLOATS else None
    return cpu_loops if cuda_loops is None else cuda_loops


@functools.cache
def _load_cuda_loops():
    """Import `cuda.loops` and run one of its kernels; warn and return None where that fails."""
    try:
        from rnncourse.torch.cuda import loops as cuda_loops

        h = torch.ones(1, 1, 1, device="cuda")
        cuda_loops.rnn_deltas(None, h[0], h, "tanh", h[0], False)
    except Exception as error:  # no Triton, no C compiler, a card it does not know: each raises in its own way
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        warnings.warn(
            f"Triton runs no kernel here ({reason}): on this device a time step takes several launches instead of two",
            RuntimeWarning,
            stacklevel=2,
        )
        return None
    return cuda_loops
