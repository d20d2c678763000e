"""Compare a value with the wanted array: say what came back and what was wanted, and never show wanted values."""

import numpy as np

TOLERANCE = {np.dtype(np.float64): 1e-9, np.dtype(np.float32): 1e-4}
"""Largest error, relative to the array's largest entry, that rounding alone can explain in any order of summation."""


class NotAnArrayError(ValueError):
    """The value cannot be read as a real array; the message says what it is instead."""


def as_array(value):
    """Read a learner's value as a plain float array; float32 stays float32, all else becomes float64.

    Raises
    ------
    NotAnArrayError
        For None, text, ragged lists, complex numbers and whatever else is not an array of real numbers.
    """
    if value is None:
        raise NotAnArrayError("is None")
    try:
        array = np.asarray(value)
    except Exception:
        kind = with_article(type(value).__name__)
        raise NotAnArrayError(f"is {kind} that NumPy cannot read as an array") from None
    if array.dtype.kind not in "biuf":
        raise NotAnArrayError(f"is {with_article(_kind(value, array))}")
    if array.dtype == np.float16:
        raise NotAnArrayError("has dtype float16: too coarse to check a gradient; compute in float64")
    return np.array(array, dtype=array.dtype if array.dtype in TOLERANCE else np.float64)


def _kind(value, array):
    if isinstance(value, np.ndarray):
        return f"array of dtype {array.dtype}"
    return type(value).__name__ + ("" if array.dtype != object else " that is not an array of numbers")


def with_article(noun):
    """Put "a" or "an" before a noun, as its first letter asks for."""
    return f"{'an' if noun[:1].lower() in tuple('aeiou') else 'a'} {noun}"


def close(got, want):
    """Tell whether two arrays agree: same shape, all finite, each entry within the rounding of got's dtype."""
    if got.shape != want.shape or not np.isfinite(got).all():
        return False
    scale = np.abs(want).max(initial=0.0)
    return bool((np.abs(got.astype(np.float64) - want) <= TOLERANCE[got.dtype] * scale).all())


def describe_problem(got, output, dims, want):
    """Say what is wrong with one value, as a piece of a sentence; None if nothing is.

    Parameters
    ----------
    got : object
        As the learner's function returned it.
    output : Output
    dims : dict
        The probe's sizes.
    want : float64 array
    """
    try:
        got = as_array(got)
    except NotAnArrayError as error:
        return f"{error}; expected an array of shape {output.letters()} = {output.sizes(dims)}"
    if got.shape != want.shape and not got.shape:
        return f"is a single number, {got:.6g}; expected {output.letters()} = {want.shape}"
    if got.shape != want.shape:
        return f"has shape {got.shape}; expected {output.letters()} = {want.shape}{_shape_advice(got, want)}"
    bad = ~np.isfinite(got)
    if bad.any():
        index = tuple(int(i) for i in np.argwhere(bad)[0])
        return f"holds {got[index]} at {place(index)}; expected finite numbers ({bad.sum()} of {got.size} are not)"
    if close(got, want):
        return None
    wrong = np.abs(got.astype(np.float64) - want) > TOLERANCE[got.dtype] * np.abs(want).max(initial=0.0)
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    if not index:
        return f"is {got[index]:.6g}, and that is not the right number"
    many = "all entries differ" if wrong.all() else f"{wrong.sum()} of {wrong.size} entries differ"
    first = f"the first at {place(index)}, where yours is {got[index]:.4g}"
    return f"has the right shape {got.shape} and wrong values: {many}, {first}"


def place(index):
    """Write an index as a learner does: "[0, 2]"; "the only entry" for a scalar."""
    return f"[{', '.join(str(i) for i in index)}]" if index else "the only entry"


def _shape_advice(got, want):
    if got.shape == want.shape[::-1]:
        return " (it is transposed)"
    if got.squeeze().shape == want.squeeze().shape:
        return " (an axis of length 1 too many or too few)"
    return ""
