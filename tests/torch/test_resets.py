"""Sequences that begin in the middle of another: each is as if it ran by itself, forwards and backwards."""

import itertools
from functools import partial

import pytest

torch = pytest.importorskip("torch")
from torch.testing import assert_close  # noqa: E402

from rnncourse.torch import blocks  # noqa: E402
from rnncourse.torch.autograd import gru, lstm, rnn  # noqa: E402
from rnncourse.torch.gru import init_gru  # noqa: E402
from rnncourse.torch.lstm import init_lstm, lstm_step  # noqa: E402
from rnncourse.torch.rnn import init_rnn  # noqa: E402

CELLS = {
    "rnn-tanh": (init_rnn, rnn),
    "rnn-relu": (init_rnn, partial(rnn, activation="relu")),
    "lstm": (init_lstm, lstm),
    "gru": (init_gru, gru),
}
SHAPE = (7, 3, 2, 4)
"""(T, B, D, H)"""
over_cells = pytest.mark.parametrize("cell", CELLS)


def draw(cell, shape):
    """Inputs, initial state, parameters, gradients into h and the last state, as leaves; and where sequences begin."""
    (T, B, D, H), g = shape, torch.Generator().manual_seed(0)
    params = CELLS[cell][0](D, H, g)
    n = 2 if cell == "lstm" else 1
    leaves = [torch.randn(*size, generator=g, dtype=torch.float64) for size in ((T, B, D), *[(B, H)] * n)]
    grads = [torch.randn(*size, generator=g, dtype=torch.float64) for size in ((T, B, H), *[(B, H)] * n)]
    return [v.requires_grad_() for v in (*leaves, *params)], grads, type(params), torch.rand(T, B, generator=g) < 0.3


def sample_by_sample(run, x, state0, params, reset):
    """Run every sequence by itself, one sample at a time: what a reset has to amount to."""
    h, last = [], []
    for b in range(x.shape[1]):
        begins = [0, *(t for t in range(1, len(x)) if reset[t, b]), len(x)]
        parts, state = [], tuple(v[b : b + 1] for v in state0)
        for start, stop in itertools.pairwise(begins):
            if reset[start, b]:
                state = tuple(torch.zeros_like(v) for v in state)
            h_part, state = run(x[start:stop, b : b + 1], state if len(state) == 2 else state[0], params)
            state = state if isinstance(state, tuple) else (state,)
            parts.append(h_part)
        h.append(torch.cat(parts))
        last.append(state)
    return torch.cat(h, 1), *(torch.cat(values) for values in zip(*last, strict=True))


@pytest.mark.parametrize("block", [blocks.BLOCK, 3 * 4 * 4 * 8 * 2], ids=["one-block", "blocks-of-a-few-steps"])
@over_cells
def test_each_sequence_is_as_if_it_ran_by_itself(cell, block, monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", block)
    leaves, grads, kind, reset = draw(cell, SHAPE)
    run, n = CELLS[cell][1], len(grads)
    h, state_T = run(leaves[0], tuple(leaves[1:n]) if n == 3 else leaves[1], kind(*leaves[n:]), reset=reset)
    ours = [h, *(state_T if n == 3 else (state_T,))]
    alone = sample_by_sample(run, leaves[0], leaves[1:n], kind(*leaves[n:]), reset)
    assert_close(ours, list(alone), rtol=1e-12, atol=1e-12)
    gradients = (torch.autograd.grad(outputs, leaves, grads) for outputs in (ours, alone))
    assert_close(*gradients, rtol=1e-10, atol=1e-10)


@over_cells
def test_no_reset_is_none(cell):
    leaves, grads, kind, reset = draw(cell, SHAPE)
    run, n = CELLS[cell][1], len(grads)
    given = leaves[0], tuple(leaves[1:n]) if n == 3 else leaves[1], kind(*leaves[n:])
    assert_close(run(*given, reset=torch.zeros_like(reset)), run(*given), rtol=0, atol=0)


def test_every_c_comes_back_if_asked_for():
    (x, h0, c0, *weights), _, kind, reset = draw("lstm", SHAPE)
    h, (h_T, c_T), c = lstm(x, (h0, c0), kind(*weights), reset=reset, return_c=True)
    state = h0, c0
    for t, x_t in enumerate(x):
        state = lstm_step(x_t, tuple(v * ~reset[t][:, None] for v in state), kind(*weights))
        assert_close((h[t], c[t]), state, rtol=1e-12, atol=1e-12)
    assert torch.equal(c[-1], c_T) and torch.equal(h[-1], h_T)
    assert c_T.requires_grad and not c.requires_grad


@pytest.mark.parametrize(
    ("reset", "said"),
    [
        (torch.zeros(7, 3), r"reset is \(7, 3\), torch.float32, on cpu; expected \(T, B\) = \(7, 3\), torch.bool"),
        (torch.zeros(3, 7, dtype=torch.bool), r"reset is \(3, 7\), torch.bool"),
    ],
)
def test_a_reset_of_another_kind_is_named(reset, said):
    (x, h0, *weights), _, kind, _ = draw("gru", SHAPE)
    with pytest.raises(ValueError, match=said):
        gru(x, h0, kind(*weights), reset=reset)
