"""Draw the initial weights: in float64, where the generator lives; one CPU generator serves every device alike."""

import torch


def scaled_normal(H, D, generator):
    """Draw (H, D) with entries from N(0, 1/D): a sum over D inputs of variance 1 then has variance 1."""
    return torch.randn(H, D, **_options(generator)) / D**0.5


def orthogonal(H, generator):
    """Draw (H, H) with orthonormal rows: the product neither shrinks nor stretches the state."""
    Q, _ = torch.linalg.qr(torch.randn(H, H, **_options(generator)))
    return Q.contiguous()


def orthogonal_and_normal(D, H, generator):
    """Draw (H, H + D) for a weight on [h; x]: orthogonal on h, N(0, 1/D) on x."""
    return torch.cat([orthogonal(H, generator), scaled_normal(H, D, generator)], dim=1)


def move(params, device, dtype):
    """Move every parameter to a device and a dtype, each into memory of its own."""
    return params._make(v.to(device, dtype, copy=True) for v in params)


def _options(generator):
    device = generator.device if generator is not None else "cpu"
    return {"generator": generator, "dtype": torch.float64, "device": device}
