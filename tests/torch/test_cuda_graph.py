"""A captured cell gives what the cell itself gives, call after call; without a GPU it says so."""

import warnings

import pytest

torch = pytest.importorskip("torch")
from torch.testing import assert_close  # noqa: E402

from rnncourse.torch.autograd import gru, lstm, rnn  # noqa: E402
from rnncourse.torch.cuda_graph import cuda_graph  # noqa: E402
from rnncourse.torch.gru import init_gru  # noqa: E402
from rnncourse.torch.lstm import init_lstm  # noqa: E402
from rnncourse.torch.rnn import init_rnn  # noqa: E402

NO_GPU = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device on this machine")
CELLS = [(rnn, init_rnn), (lstm, init_lstm), (gru, init_gru)]
T, B, D, H = 9, 3, 5, 4


def draw(cell, init, device, seed=0):
    g = torch.Generator().manual_seed(seed)
    params = init(D, H, g, device=device)
    x, states = (torch.randn(*shape, generator=g, dtype=torch.float64).to(device) for shape in ((T, B, D), (2, B, H)))
    for v in (x, *params):
        v.requires_grad_()
    return x, tuple(states) if cell is lstm else states[0], params


def outcome(run, x, state0, params):
    """Outputs and gradients of a loss on all of them; copies, since a graph writes to the same memory again."""
    h, state_T = run(x, state0, params)
    outputs = (h, *state_T) if isinstance(state_T, tuple) else (h, state_T)
    grads = torch.autograd.grad(sum((v**2).sum() for v in outputs), [x, *params])
    return [v.detach().clone() for v in (*outputs, *grads)]


@pytest.mark.cuda
@NO_GPU
@pytest.mark.parametrize(("cell", "init"), CELLS)
def test_equals_the_cell_call_after_call(cell, init):
    run = cuda_graph(cell, *draw(cell, init, "cuda"))
    for seed in (1, 2):
        arguments = draw(cell, init, "cuda", seed)
        assert_close(outcome(run, *arguments), outcome(cell, *arguments), rtol=1e-12, atol=1e-13)


@pytest.mark.cuda
@NO_GPU
def test_options_reach_the_cell():
    x, h0, params = draw(rnn, init_rnn, "cuda")
    run = cuda_graph(rnn, x, h0, params, activation="relu")
    assert_close(run(x, h0, params), rnn(x, h0, params, "relu"), rtol=1e-12, atol=1e-13)


@pytest.mark.cuda
@NO_GPU
@pytest.mark.parametrize(("cell", "init"), CELLS)
def test_recording_and_replaying_warn_of_nothing(cell, init):
    torch.set_warn_always(True)  # else torch says a thing once per process
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            arguments = draw(cell, init, "cuda")
            outcome(cuda_graph(cell, *arguments), *arguments)
    finally:
        torch.set_warn_always(False)


@pytest.mark.parametrize(("cell", "init"), CELLS)
def test_off_a_gpu_it_says_so(cell, init):
    with pytest.raises(RuntimeError, match=r"a CUDA graph needs a CUDA device .*x: cpu.*call the cell itself"):
        cuda_graph(cell, *draw(cell, init, "cpu"))
