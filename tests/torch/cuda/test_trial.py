"""A trial accepts loops that are right, in every dtype, and refuses loops that are wrong or give no numbers."""

import types

import pytest

torch = pytest.importorskip("torch")

from rnncourse.torch.cpu import loops as cpu_loops  # noqa: E402
from rnncourse.torch.cuda.rule import SHORT  # noqa: E402
from rnncourse.torch.cuda.trial import try_loops  # noqa: E402

CPU = torch.device("cpu")
over_cells = pytest.mark.parametrize("matrices", [1, 3, 4])


def changed(**functions):
    """The loops of a CPU with some functions exchanged."""
    return types.SimpleNamespace(**(vars(cpu_loops) | functions))


@over_cells
@pytest.mark.parametrize("dtype", SHORT, ids=str)
def test_right_loops_pass(matrices, dtype):
    try_loops(cpu_loops, matrices, 20, dtype, CPU)


@over_cells
@pytest.mark.parametrize("dtype", SHORT, ids=str)
def test_a_forgotten_state_is_found(matrices, dtype):
    loops = changed(
        rnn_steps=lambda a, h, *rest: cpu_loops.rnn_steps(a, 0 * h, *rest),
        lstm_steps=lambda gates, h, *rest: cpu_loops.lstm_steps(gates, 0 * h, *rest),
        gru_steps=lambda gates, h, *rest: cpu_loops.gru_steps(gates, 0 * h, *rest),
    )
    with pytest.raises(ArithmeticError, match=r"a trial at H = 20 in torch.\w+ is off by"):
        try_loops(loops, matrices, 20, dtype, CPU)


@over_cells
def test_what_is_no_number_is_found(matrices):
    loops = changed(
        rnn_deltas=lambda *args: cpu_loops.rnn_deltas(*args) * float("nan"),
        lstm_deltas=lambda *args: args[6].fill_(float("nan")),
        gru_deltas=lambda *args: args[5].fill_(float("nan")),
    )
    with pytest.raises(ArithmeticError, match="off by nan"):
        try_loops(loops, matrices, 5, torch.float32, CPU)
