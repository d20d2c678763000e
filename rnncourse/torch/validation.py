"""Check what `rnncourse.validation` leaves to this form: types of tensor and pair; and NaN, on a CPU only."""

import torch

from rnncourse.validation import raise_if_nan


def check_tensors(**values):
    """Raise TypeError that names the first value that is no tensor; a NamedTuple is searched field by field."""
    for name, value in values.items():
        if isinstance(value, tuple) and hasattr(value, "_fields"):
            check_tensors(**value._asdict())
        elif not isinstance(value, torch.Tensor):
            kind = f"{type(value).__module__}.{type(value).__name__}".removeprefix("builtins.")
            raise TypeError(f"{name} is a {kind}; expected a torch.Tensor, for example torch.as_tensor({name})")


def check_pair(name, state, parts):
    """Raise TypeError unless the LSTM's state (or its gradient) is a pair; a tensor (2, B, H) would unpack like one."""
    if not isinstance(state, tuple | list) or len(state) != 2:
        what = f"{len(state)} values" if isinstance(state, tuple | list) else f"a {type(state).__name__}"
        raise TypeError(f"{name} is {what}; expected the pair ({', '.join(parts)})")


def check_stack(x, D, states, shape):
    """Check x and the initial states of stacked layers, each of `shape` (num_layers, B, H)."""
    check_tensors(x=x, **states)
    if x.ndim != 3 or x.shape[2] != D:
        raise ValueError(f"x has shape {tuple(x.shape)}; expected (T, B, D) with D = {D}")
    L, H = shape
    wanted = (L, x.shape[1], H)
    for name, v in states.items():
        if v.shape != wanted:
            raise ValueError(f"{name} has shape {tuple(v.shape)}; expected (num_layers, B, H) = {wanted}")


def check_reset(reset, x):
    """Check that the places where a sequence begins anew are a bool tensor (T, B) on the device of x."""
    check_tensors(x=x, reset=reset)
    if reset.dtype != torch.bool or reset.shape != x.shape[:2] or reset.device != x.device:
        raise ValueError(
            f"reset is {tuple(reset.shape)}, {reset.dtype}, on {reset.device}; expected (T, B) = "
            f"{tuple(x.shape[:2])}, torch.bool, on {x.device}: True where a new sequence begins"
        )


def check_numbers(result, **arrays):
    """Raise ValueError that names the array holding NaN, if the last state computed from them shows one.

    On the CPU alone: elsewhere a look at the values would make Python wait for the device at every call.
    """
    if result.device.type == "cpu" and not torch.isfinite(result.sum()):
        raise_if_nan(**arrays)
