"""Compare a value with the wanted array: say what came back and what was wanted, and never show wanted values."""

import numpy as np

from rnncourse.language import phrase

TOLERANCE = {np.dtype(np.float64): 1e-9, np.dtype(np.float32): 1e-4}
"""Largest error, relative to the array's largest entry, that rounding alone can explain in any order of summation."""


MOST_AXES, MOST_ENTRIES = 16, 10**7
"""Of lists in lists that are read as an array; no answer has so many."""


class NotAnArrayError(ValueError):
    """The value cannot be read as a real array; the message, a `Phrase`, says what it is instead."""


def as_array(value):
    """Read a learner's value as a plain float array; float32 stays float32, all else becomes float64.

    Raises
    ------
    NotAnArrayError
        For None, text, ragged lists, complex numbers and whatever else is not an array of real numbers.
    """
    if value is None:
        raise NotAnArrayError(phrase("is None"))
    if not fits_an_array(value):
        kind = with_article(type(value).__name__)
        raise NotAnArrayError(phrase("is {kind} that holds itself, or more than an array can hold", kind=kind))
    try:
        array = np.asarray(value)
    except Exception:
        kind = with_article(type(value).__name__)
        raise NotAnArrayError(phrase("is {kind} that NumPy cannot read as an array", kind=kind)) from None
    if array.dtype.kind not in "biuf":
        raise NotAnArrayError(_kind(value, array))
    if array.dtype == np.float16:
        raise NotAnArrayError(phrase("has dtype float16: too coarse to check a gradient; compute in float64"))
    return np.array(array, dtype=array.dtype if array.dtype in TOLERANCE else np.float64)


def fits_an_array(value):
    """Tell whether lists in lists are an array of some axes and entries: NumPy would fill all memory with others.

    A list that is in itself twice has two to the power of 64 entries for NumPy, and each list is looked at once here.

    Parameters
    ----------
    value : object
        Whatever is no list and no tuple fits.
    """
    level = {id(value): (value, 1)} if isinstance(value, list | tuple) else {}
    for _ in range(MOST_AXES):
        if sum(times * len(entries) for entries, times in level.values()) > MOST_ENTRIES:
            return False
        inner = {}
        for entries, times in level.values():
            for entry in entries:
                if isinstance(entry, list | tuple):
                    inner[id(entry)] = (entry, times + inner.get(id(entry), (entry, 0))[1])
        if not inner:
            return True
        level = inner
    return False


def _kind(value, array):
    if isinstance(value, np.ndarray):
        return phrase("is an array of dtype {dtype}", dtype=str(array.dtype))
    kind = with_article(type(value).__name__)
    if array.dtype == object:
        return phrase("is {kind} that is not an array of numbers", kind=kind)
    return phrase("is {kind}", kind=kind)


def with_article(noun):
    """Put "a" or "an" before the name of a type, as its first letter asks for."""
    if noun[:1].lower() in tuple("aeiou"):
        return phrase("an {noun}", noun=noun)
    return phrase("a {noun}", noun=noun)


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
        expected = {"letters": output.letters(), "sizes": str(output.sizes(dims))}
        return phrase("{problem}; expected an array of shape {letters} = {sizes}", problem=error.args[0], **expected)
    if got.shape != want.shape:
        return _wrong_shape(got, output.letters(), want)
    bad = ~np.isfinite(got)
    if bad.any():
        index = tuple(int(i) for i in np.argwhere(bad)[0])
        return phrase(
            "holds {value} at {place}; expected finite numbers ({count} of {all} are not)",
            value=str(got[index]),
            place=place(index),
            count=int(bad.sum()),
            all=got.size,
        )
    if close(got, want):
        return None
    wrong = np.abs(got.astype(np.float64) - want) > TOLERANCE[got.dtype] * np.abs(want).max(initial=0.0)
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    if not index:
        return phrase("is {got:.6g}, and that is not the right number", got=float(got[index]))
    about = {"shape": str(got.shape), "place": place(index), "got": float(got[index])}
    if wrong.all():
        return phrase(
            "has the right shape {shape} and wrong values: all entries differ, "
            "the first at {place}, where yours is {got:.4g}",
            **about,
        )
    return phrase(
        "has the right shape {shape} and wrong values: {count} of {all} entries differ, "
        "the first at {place}, where yours is {got:.4g}",
        **about,
        count=int(wrong.sum()),
        all=wrong.size,
    )


def place(index):
    """Write an index as a learner does: "[0, 2]"; "the only entry" for a scalar."""
    return f"[{', '.join(str(i) for i in index)}]" if index else phrase("the only entry")


def _wrong_shape(got, letters, want):
    about = {"shape": str(got.shape), "letters": letters, "sizes": str(want.shape)}
    if not got.shape:
        return phrase("is a single number, {got:.6g}; expected {letters} = {sizes}", got=float(got), **about)
    if got.shape == want.shape[::-1]:
        return phrase("has shape {shape}; expected {letters} = {sizes} (it is transposed)", **about)
    if got.squeeze().shape == want.squeeze().shape:
        return phrase(
            "has shape {shape}; expected {letters} = {sizes} (an axis of length 1 too many or too few)", **about
        )
    return phrase("has shape {shape}; expected {letters} = {sizes}", **about)
