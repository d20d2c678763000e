"""Which loops run where: kernels on a card that has Triton, plain torch elsewhere, and a word where Triton fails."""

import sys

import pytest

torch = pytest.importorskip("torch")
from torch.testing import assert_close  # noqa: E402

from rnncourse.torch import device  # noqa: E402
from rnncourse.torch.cpu import loops as cpu_loops  # noqa: E402
from rnncourse.torch.cuda import rule  # noqa: E402
from rnncourse.torch.lstm import init_lstm, lstm_backward, lstm_forward  # noqa: E402

NO_GPU = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device on this machine")


def test_plain_loops_run_on_a_cpu():
    assert device.loops_for(torch.ones(2), 1, 3) is cpu_loops


@pytest.mark.cuda
@NO_GPU
def test_kernels_run_on_a_card():
    pytest.importorskip("triton")
    for dtype in device.FLOATS:
        x = torch.ones(2, dtype=dtype, device="cuda")
        assert device.loops_for(x, 4, 2048).__name__ == "rnncourse.torch.cuda.loops"
        with device.run_as("per_step"):
            assert device.loops_for(x, 4, 32).__name__ == "rnncourse.torch.cuda.loops"


@pytest.mark.cuda
@NO_GPU
def test_what_the_rule_chooses_runs_on_a_card():
    pytest.importorskip("triton")
    for dtype in rule.SHORT:
        for matrices, H in ((1, 32), (3, 20), (4, 64), (1, 512), (3, 256), (4, 256)):
            x = torch.ones(2, dtype=dtype, device="cuda")
            assert device.loops_for(x, matrices, H).__name__ == rule.choose(matrices, H, dtype)


def test_an_unknown_way_is_named():
    with pytest.raises(ValueError, match=r"way is 'quickly'; expected \"on_chip\""), device.run_as("quickly"):
        pass


@pytest.fixture
def no_triton(monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "triton"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "triton", None)
    ours = ("arithmetic", "kernels", "loops", "one_launch")
    for name in (*ours, *(f"{kind}_{cell}" for kind in ("one_launch", "tiled") for cell in ("rnn", "lstm", "gru"))):
        monkeypatch.delitem(sys.modules, f"rnncourse.torch.cuda.{name}", raising=False)
        monkeypatch.delattr(f"rnncourse.torch.cuda.{name}", raising=False)
    for found in (device._load_cuda_loops, device._one_launch_works):
        found.cache_clear()
    yield
    for found in (device._load_cuda_loops, device._one_launch_works):
        found.cache_clear()


def lstm_results():
    g = torch.Generator().manual_seed(0)
    x, h0, c0, dh = (torch.randn(*shape, generator=g).cuda() for shape in ((7, 3, 5), (3, 4), (3, 4), (7, 3, 4)))
    h, _, cache = lstm_forward(x, (h0, c0), init_lstm(5, 4, g, torch.float32, "cuda"))
    dx, dstate_0, dparams = lstm_backward(dh, (h0, c0), cache)
    return [h, dx, *dstate_0, *dparams]


@pytest.mark.cuda
@NO_GPU
def test_a_card_without_triton_is_told_once_and_computes_the_same(request):
    with_kernels = lstm_results()
    request.getfixturevalue("no_triton")
    with pytest.warns(
        RuntimeWarning, match=r"Triton runs no kernel here \(ModuleNotFoundError.*several launches"
    ) as said:
        without = lstm_results()
    assert sorted(str(warning.message).split(" (")[0] for warning in said) == [
        "Triton runs no kernel here",
        "no sequence runs in one launch here",
    ]
    assert_close(without, with_kernels, rtol=1e-4, atol=1e-6)
