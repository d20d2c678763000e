"""Cut time into blocks: what a block of steps touches stays in the processor's second-level cache."""

import itertools
import math

BLOCK = 2**21
"""Bytes of one step's pre-activations (B, gates x H), times the steps of a block."""


def time_blocks(T, x, *step):
    """Slice the T steps, first to last.

    Parameters
    ----------
    T : int
    x : tensor
        Says on which device and in which dtype.
    *step : int
        Shape of what one step writes. On a CPU a block holds as many steps as fit in `BLOCK`, and one at least. On
        any other device it holds all: there a launch costs more than a cache miss.

    Returns
    -------
    list of slice
    """
    fit = max(1, BLOCK // max(1, math.prod(step) * x.element_size())) if x.device.type == "cpu" else T
    return [slice(start, min(start + fit, T)) for start in range(0, T, fit)]


def empty_blocks(x, blocks, *step):
    """Allocate what each step writes, (n, *step) per block: glibc maps a tensor of over 32 MiB anew at every call."""
    return [x.new_empty(steps.stop - steps.start, *step) for steps in blocks]


def slices_of(tensors):
    """Recover the slices from the tensors that `empty_blocks` made for them."""
    stops = [0, *itertools.accumulate(len(v) for v in tensors)]
    return [slice(start, stop) for start, stop in itertools.pairwise(stops)]


def state_before(state0, states, steps):
    """Pick the state one step before a block, (B, H): the initial state for the first block."""
    return states[steps.start - 1] if steps.start else state0


def part(tensor, steps):
    """Slice a block of steps out of a tensor, which may be None."""
    return None if tensor is None else tensor[steps]


class StackedInputs:
    """v^(t) = [h^(t-1); x^(t)] of one block of steps at a time, in one tensor that each block writes anew.

    Parameters
    ----------
    x : tensor of shape (T, B, D)
    h0 : tensor of shape (B, H)
    h : tensor of shape (T, B, H)
    n : int
        Steps of the longest block.
    keep : tensor of shape (T, B), or None
        What h^(t-1) is multiplied by.
    """

    def __init__(self, x, h0, h, n, keep=None):
        self._x, self._h0, self._h, self._keep = x, h0, h, keep
        self._v = x.new_empty(n, x.shape[1], h.shape[2] + x.shape[2])

    def __call__(self, steps):
        """Write v of a block of steps, (n B, H + D)."""
        v = self._v[: steps.stop - steps.start]
        v_h, v_x = v.split([self._h.shape[2], self._x.shape[2]], dim=2)
        v_x.copy_(self._x[steps])
        if steps.start == 0:
            v_h[0] = self._h0
            v_h[1:] = self._h[: steps.stop - 1]
        else:
            v_h.copy_(self._h[steps.start - 1 : steps.stop - 1])
        if self._keep is not None:
            v_h.mul_(self._keep[steps][..., None])
        return v.flatten(0, 1)
