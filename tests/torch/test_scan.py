"""torch's scan by blocks: the chain's states and gradients, on either device."""

import pytest

torch = pytest.importorskip("torch")
from torch.testing import assert_close  # noqa: E402

from rnncourse.torch.scan import linear_scan  # noqa: E402

NO_GPU = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device on this machine")
on_devices = pytest.mark.parametrize("device", ["cpu", pytest.param("cuda", marks=[pytest.mark.cuda, NO_GPU])])


def draw(T, device, dtype=torch.float64):
    g = torch.Generator().manual_seed(T)
    a, b, dh = (torch.randn(T, 3, 4, generator=g).to(device, dtype) for _ in range(3))
    h0 = torch.randn(3, 4, generator=g).to(device, dtype)
    return [v.requires_grad_() for v in (torch.sigmoid(a), b, h0)], dh


def chain(a, b, h0):
    h = []
    for a_t, b_t in zip(a, b, strict=True):
        h0 = a_t * h0 + b_t
        h.append(h0)
    return torch.stack(h)


@on_devices
@pytest.mark.parametrize("T", [1, 2, 3, 4, 5, 16, 17, 100, 257])
def test_equals_the_chain(T, device):
    leaves, dh = draw(T, device)
    ours, looped = (run(*leaves) for run in (linear_scan, chain))
    assert_close(ours, looped, rtol=1e-12, atol=1e-12)
    gradients = (torch.autograd.grad(h, leaves, dh) for h in (ours, looped))
    assert_close(*gradients, rtol=1e-10, atol=1e-12)


def test_first_and_second_derivatives_are_those_of_differences():
    leaves, _ = draw(5, "cpu")
    assert torch.autograd.gradcheck(linear_scan, leaves)
    assert torch.autograd.gradgradcheck(linear_scan, leaves)
