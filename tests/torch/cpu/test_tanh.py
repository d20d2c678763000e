"""tanh in a tensor's memory: the same values in every dtype, written where the tensor lies."""

import pytest

torch = pytest.importorskip("torch")
from torch.testing import assert_close  # noqa: E402

from rnncourse.torch.cpu import tanh as cpu_tanh  # noqa: E402
from rnncourse.torch.cpu.tanh import tanh_in_memory  # noqa: E402

NO_GPU = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device on this machine")
DEVICES = ["cpu", pytest.param("cuda", marks=[pytest.mark.cuda, NO_GPU])]


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.float16, torch.bfloat16], ids=str)
def test_writes_each_step_where_it_lies(dtype, device):
    block = torch.randn(3, 2, 4, 5, generator=torch.Generator().manual_seed(0)).to(device, dtype)
    given = block.clone()
    tanh, steps = tanh_in_memory(block)
    for a_t in steps(block[:, :, 3]):  # a gate of a block: its rows are apart
        tanh(a_t, out=a_t)
    assert_close(block[:, :, 3], torch.tanh(given[:, :, 3]))
    assert_close(block[:, :, :3], given[:, :, :3], rtol=0, atol=0)


@pytest.mark.parametrize("in_numpy", [set(), {torch.float32, torch.float64}], ids=["torch's", "NumPy's"])
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32], ids=str)
def test_either_library_gives_the_same(in_numpy, dtype, monkeypatch):
    monkeypatch.setattr(cpu_tanh, "IN_NUMPY", in_numpy)
    a = torch.linspace(-30, 30, 61, dtype=dtype).reshape(1, -1)
    tanh, (a_t,) = tanh_in_memory(a)[0], tanh_in_memory(a)[1](a)
    want = torch.tanh(a)
    tanh(a_t, out=a_t)
    assert_close(a, want)
