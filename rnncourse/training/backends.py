"""Choose a backend by name; torch is imported when it is asked for, not before."""

from rnncourse.training.numpy_backend import NumpyBackend
from rnncourse.training.torch_backend import TorchBackend

BACKENDS = {"numpy": NumpyBackend, "torch": TorchBackend}


def get_backend(name, model, dtype, device=None):
    """Make the backend called `name`, for one model, dtype and device."""
    if name not in BACKENDS:
        raise ValueError(f"backend is {name!r}; expected one of {tuple(BACKENDS)}")
    return BACKENDS[name](model, dtype, device)
