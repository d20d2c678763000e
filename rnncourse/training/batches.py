"""Prepare the data of a run: checked at the door, split by time, handed out in mini-batches."""

import hashlib
from typing import NamedTuple

import numpy as np

from rnncourse.data.windowing import count_validation
from rnncourse.training.model import OneHot


class Batch(NamedTuple):
    """Sequences of one set or one mini-batch, time-major: ``x`` (T, B, D), ``y`` (T or 1, B, ...), ``mask`` (T, B)."""

    x: np.ndarray
    y: np.ndarray
    mask: np.ndarray | None

    def __len__(self):
        """Count the sequences: B."""
        return self.x.shape[1]

    def take(self, samples):
        """Take the sequences at these places."""
        return Batch(*(None if array is None else array[:, samples] for array in self))


def prepare(model, x, y, mask, validation):
    """Check the data and split them: training set and validation set, or None if validation is None.

    A share or a number takes the *last* sequences: windows lie in the order of time.
    """
    whole = check_data(model, x, y, mask)
    if validation is None:
        return whole, None
    if isinstance(validation, tuple | list):
        x_val, y_val, *mask_val = validation
        return whole, check_data(model, x_val, y_val, mask_val[0] if mask_val else None, "_val")
    n = len(whole) - count_validation(len(whole), validation)
    return whole.take(slice(0, n)), whole.take(slice(n, None))


def check_data(model, x, y, mask=None, suffix=""):
    """Raise unless x, y and mask fit one another and the model; returns them time-major."""
    x, y = check_input(model, x, "x" + suffix), np.asarray(y)
    T, N = x.shape[:2]
    wanted, letters = _targets(model, T, N)
    if y.shape != wanted:
        swapped = model.many_to_one and y.shape[:1] == (T,) != (N,)
        hint = f"; x{suffix} is time-major: pass x{suffix}.swapaxes(0, 1)" if swapped else ""
        raise ValueError(f"y{suffix} has shape {y.shape}; expected {letters} = {wanted}{hint}")
    _check_targets(model, y, "y" + suffix)
    if mask is not None:
        mask = np.asarray(mask)
        if model.many_to_one or mask.shape != (T, N):
            note = " (this model has one output per sequence and takes no mask)" if model.many_to_one else ""
            raise ValueError(f"mask{suffix} has shape {mask.shape}; expected (T, N) = {(T, N)}{note}")
    return Batch(x, y[None] if model.many_to_one else y, mask)


def check_input(model, x, name="x"):
    """Raise unless x is what the first layer reads: (T, N, D) of finite floats, or (T, N) of classes for OneHot."""
    x = np.asarray(x)
    first = model.layers[0]
    if isinstance(first, OneHot):
        if x.ndim != 2 or not np.issubdtype(x.dtype, np.integer):
            raise ValueError(
                f"{name} has shape {x.shape} and dtype {x.dtype}; {first} expects integers of shape (T, N)"
            )
        if x.size and not 0 <= x.min() <= x.max() < first.K:
            raise ValueError(f"{name} holds classes {x.min()} to {x.max()}; expected 0 to K - 1 = {first.K - 1}")
    else:
        if x.ndim != 3 or not np.issubdtype(x.dtype, np.floating):
            raise ValueError(f"{name} has shape {x.shape} and dtype {x.dtype}; expected floating-point (T, N, D)")
        _check_finite(x, name)
    if 0 in x.shape:
        raise ValueError(f"{name} has shape {x.shape}; expected at least one step, one sequence and one feature")
    return x


def fingerprint(*batches):
    """Hash all arrays in a short text: the same data give the same text."""
    digest = hashlib.sha256()
    for array in (array for batch in batches if batch is not None for array in batch if array is not None):
        digest.update(f"{array.shape} {array.dtype}".encode())
        digest.update(np.ascontiguousarray(array))
    return digest.hexdigest()[:16]


def _targets(model, T, N):
    """Shape that the targets must have, in numbers and in letters."""
    axes = ("" if model.many_to_one else "T") + "N" + ("" if model.loss == "cross_entropy" else "K")
    wanted = tuple({"T": T, "N": N, "K": model.K}[axis] for axis in axes)
    return wanted, f"({', '.join(axes)}{',' if len(axes) == 1 else ''})"


def _check_targets(model, y, name):
    if model.loss == "cross_entropy":
        if not np.issubdtype(y.dtype, np.integer):
            raise TypeError(f"{name} has dtype {y.dtype}; expected integers, the classes 0 to K - 1 = {model.K - 1}")
        if not 0 <= y.min() <= y.max() < model.K:
            raise ValueError(f"{name} holds classes {y.min()} to {y.max()}; expected 0 to K - 1 = {model.K - 1}")
        return
    _check_finite(y, name)
    if model.loss == "binary_cross_entropy" and not 0 <= y.min() <= y.max() <= 1:
        raise ValueError(f"{name} holds {y.min()} to {y.max()}; expected targets between 0 and 1")


def _check_finite(array, name):
    if not np.isfinite(array).all():
        first = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(f"{name} holds NaN or inf, first at {name}[{', '.join(map(str, first))}]; expected numbers")
