"""Time in blocks changes nothing but the speed."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
from torch.testing import assert_close  # noqa: E402

from rnncourse.interop import to_torch  # noqa: E402
from rnncourse.torch import autograd  # noqa: E402
from rnncourse.torch.blocks import BLOCK, empty_blocks, slices_of, time_blocks  # noqa: E402
from rnncourse.torch.gru import gru_step, init_gru  # noqa: E402
from rnncourse.torch.lstm import init_lstm, lstm_step  # noqa: E402
from rnncourse.torch.rnn import init_rnn, rnn_step  # noqa: E402

T, B, D, H = 37, 64, 5, 256  # an RNN's block is 16 steps here, an LSTM's and a GRU's 4; the last block is shorter


def test_blocks_cover_every_step_once_and_fit():
    x = torch.zeros(1, dtype=torch.float64)
    blocks = time_blocks(500, x, 3, 1000)
    assert [t for part in blocks for t in range(500)[part]] == list(range(500))
    assert len(blocks) > 1
    assert all((part.stop - part.start) * 3000 * 8 <= BLOCK for part in blocks)
    tensors = empty_blocks(x, blocks, 3, 1000)
    assert [v.shape for v in tensors] == [(part.stop - part.start, 3, 1000) for part in blocks]
    assert slices_of(tensors) == blocks
    assert time_blocks(2, x, BLOCK) == [slice(0, 1), slice(1, 2)]  # never less than a step


@pytest.mark.parametrize(
    ("run", "init"),
    [(autograd.rnn, init_rnn), (autograd.lstm, init_lstm), (autograd.gru, init_gru)],
    ids=["rnn", "lstm", "gru"],
)
def test_several_blocks_equal_torch_nn(run, init):
    generator = torch.Generator().manual_seed(4)
    params = init(D, H, generator)
    rng = np.random.default_rng(5)
    x, state, dh, dlast = (torch.tensor(rng.standard_normal(s)) for s in ((T, B, D), (B, H), (T, B, H), (B, H)))
    pair = run is autograd.lstm
    assert len(time_blocks(T, x, B, H if run is autograd.rnn else 4 * H)) > 2

    def gradients(function):
        leaves = [x.clone().requires_grad_(), state.clone().requires_grad_()]
        h, last = function(*leaves)
        return h, *torch.autograd.grad([h, last], leaves, [dh, dlast])

    def ours(x, state):
        h, last = run(x, (state, state) if pair else state, params)
        return h, last[1] if pair else last

    def theirs(x, state):
        h, last = module(x, (state[None], state[None]) if pair else state[None])
        return h, last[1][0] if pair else last[0]

    module = to_torch(params)
    assert_close(gradients(ours), gradients(theirs), rtol=1e-10, atol=1e-12)
    weights = [theta.clone().requires_grad_() for theta in params]
    h, _ = run(x, (state, state) if pair else state, type(params)(*weights))
    ours_dW = torch.autograd.grad(h, weights, dh)
    loop_dW = torch.autograd.grad(plain_loop(run, x, state, type(params)(*weights)), weights, dh)
    assert_close(ours_dW, loop_dW, rtol=1e-10, atol=1e-10)


def plain_loop(run, x, state, params):
    """h by a loop over the step function, which autograd differentiates by itself."""
    step = {"rnn": rnn_step, "lstm": lstm_step, "gru": gru_step}[run.__name__]
    state, h = (state, state) if run is autograd.lstm else state, []
    for x_t in x.unbind(0):
        state = step(x_t, state, params)
        h.append(state[0] if run is autograd.lstm else state)
    return torch.stack(h)
