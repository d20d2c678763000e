"""A sequence in one launch: every state and gradient is that of a plain loop in float64, to the arithmetic's tolerance.

`test_one_launch.py` runs this file in a process of its own: with TRITON_INTERPRET=1 the kernels run on a CPU, through
Triton's interpreter; without, on a card. Each case has a nonzero initial state, and gradients into every h and into
the last state.
"""

import numpy as np
import pytest
import torch

from rnncourse.reference.gru import init_gru
from rnncourse.reference.lstm import init_lstm
from rnncourse.reference.rnn import init_rnn
from rnncourse.torch.autograd import gru, lstm, rnn
from rnncourse.torch.cuda.arithmetic import INTERPRETED
from rnncourse.torch.cuda.one_launch import ON_CHIP
from rnncourse.torch.cuda.rule import SHORT
from rnncourse.torch.cuda.trial import try_loops
from rnncourse.torch.device import run_as
from rnncourse.torch.gru import gru_step
from rnncourse.torch.lstm import lstm_step
from rnncourse.torch.rnn import rnn_step

DEVICE = "cpu" if INTERPRETED else "cuda"
CELLS = {
    "rnn-tanh": (init_rnn, rnn, rnn_step, {}),
    "rnn-relu": (init_rnn, rnn, rnn_step, {"activation": "relu"}),
    "lstm": (init_lstm, lstm, lstm_step, {}),
    "gru": (init_gru, gru, gru_step, {}),
}
# (T, B, D, H): one of everything; one sample, H not a power of two; more samples than a program has, H past a tile
SHAPES = [(1, 1, 1, 1), (4, 1, 3, 20), (3, 18, 2, 35)]
WIDE = [(3, 5, 4, 96), (40, 33, 7, 128), (7, 3, 5, 250)]
"""Those that take the interpreter too long."""

over_cells = pytest.mark.parametrize("cell", CELLS)
over_ways = pytest.mark.parametrize("way", ["on_chip", "in_tiles"])


def problem(cell, shape, dtype, resets=False):
    """Draw x, the initial state's parts, the parameters, the gradients into h and the last state, and the resets."""
    (T, B, D, H), rng = shape, np.random.default_rng(0)
    n = 2 if cell == "lstm" else 1
    params = CELLS[cell][0](D, H, rng)
    params = type(params)(*(v + 0.3 * rng.standard_normal(v.shape) / v.shape[-1] ** 0.5 for v in params))
    drawn = [rng.standard_normal((T, B, D)), *rng.standard_normal((n, B, H))]
    leaves = [torch.tensor(v, dtype=dtype, device=DEVICE) for v in (*drawn, *params)]
    drawn = [rng.standard_normal((T, B, H)), *rng.standard_normal((n, B, H))]
    grads = [torch.tensor(v, dtype=dtype, device=DEVICE) for v in drawn]
    reset = torch.tensor(rng.random((T, B)) < 0.4, device=DEVICE) if resets else None
    return leaves, grads, reset, type(params)


def differentiate(run, leaves, grads, kind, pair):
    """List h, the last state and every gradient."""
    leaves = [v.detach().clone().requires_grad_() for v in leaves]
    state0 = tuple(leaves[1:3]) if pair else leaves[1]
    h, state_T = run(leaves[0], state0, kind(*leaves[2 + pair :]))
    outputs = [h, *(state_T if pair else (state_T,))]
    return [v.detach() for v in outputs] + list(torch.autograd.grad(outputs, leaves, grads))


def plain_loop(step, reset, **options):
    """Make what autograd differentiates by itself: the notes' step, and zeros where a sequence begins."""

    def run(x, state, params):
        h = []
        for t, x_t in enumerate(x.unbind(0)):
            if reset is not None:
                keep = ~reset[t][:, None]
                state = tuple(v * keep for v in state) if isinstance(state, tuple) else state * keep
            state = step(x_t, state, params, **options)
            h.append(state[0] if isinstance(state, tuple) else state)
        return torch.stack(h), state

    return run


def errors(cell, way, shape, dtype, resets=False):
    """Measure how far each result is from float64's, relative to its norm."""
    leaves, grads, reset, kind = problem(cell, shape, dtype, resets)
    _, run, step, options = CELLS[cell]
    pair = cell == "lstm"
    with run_as(way):
        found = differentiate(lambda *given: run(*given, **options, reset=reset), leaves, grads, kind, pair)
    assert {v.dtype for v in found} == {dtype}
    in_64 = [[v.double() for v in values] for values in (leaves, grads)]
    expected = differentiate(plain_loop(step, reset, **options), *in_64, kind, pair)
    pairs = zip(found, expected, strict=True)
    return [((got.double() - wanted).norm() / wanted.norm().clamp(min=1e-30)).item() for got, wanted in pairs]


@over_ways
@over_cells
@pytest.mark.parametrize("shape", SHAPES if INTERPRETED else SHAPES + WIDE, ids=str)
def test_float32(cell, way, shape):
    assert max(errors(cell, way, shape, torch.float32)) <= 8 * torch.finfo(torch.float32).eps


@over_ways
@over_cells
def test_sequences_that_begin_in_the_middle(cell, way):
    assert max(errors(cell, way, (5, 3, 2, 18), torch.float32, resets=True)) <= 8 * torch.finfo(torch.float32).eps


@over_ways
@pytest.mark.parametrize("cell", ["rnn-tanh", "lstm", "gru"])  # a rounded ReLU may be on the other side of its kink
@pytest.mark.parametrize("dtype", SHORT[1:], ids=str)
def test_shorter_dtypes_add_in_float32(cell, way, dtype):
    assert max(errors(cell, way, (4, 2, 3, 17), dtype)) <= 8 * torch.finfo(dtype).eps


@over_cells
def test_two_runs_give_the_same_bits(cell):
    leaves, grads, _, kind = problem(cell, SHAPES[1] if INTERPRETED else WIDE[1], torch.float32)
    _, run, _, options = CELLS[cell]
    with run_as("on_chip" if INTERPRETED else "in_tiles"):
        first, second = (
            differentiate(lambda *given: run(*given, **options), leaves, grads, kind, cell == "lstm") for _ in range(2)
        )
    assert all(torch.equal(a, b) for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize("matrices", [1, 3, 4])
def test_they_pass_their_own_trial(matrices):
    try_loops(ON_CHIP, matrices, 20, torch.float32, torch.device(DEVICE))


@over_ways
def test_float64_is_refused(way):
    leaves, grads, _, kind = problem("gru", SHAPES[0], torch.float64)
    with run_as(way), pytest.raises(TypeError, match=r"h is torch.float64; one launch computes in float32"):
        differentiate(gru, leaves, grads, kind, False)
