"""Take a learner's answer apart where several calls make one probe."""

import contextlib

import numpy as np

from rnncourse.checks.execution.calling import AnswerError
from rnncourse.checks.execution.compare import fits_an_array, with_article
from rnncourse.language import phrase, row


def unpack(value, names, of=None):
    """Unpack what a learner's function returned, if it is as many values as wanted.

    Parameters
    ----------
    value : object
    names : sequence of str
        One for each value wanted.
    of : str, optional
        Which part of the answer this is: "params".

    Returns
    -------
    values : tuple

    Raises
    ------
    AnswerError
        If not, with what came back and what was wanted.
    """
    several = isinstance(value, tuple | list) or (isinstance(value, np.ndarray) and value.ndim > 1)
    if several and len(value) == len(names):
        return tuple(value)
    about = {"came": _came(value), "count": len(names), "names": row(names)}
    if of:
        said = phrase("returned {came} for {of}, where {count} values were wanted: {names}", of=of, **about)
        raise AnswerError(said)
    raise AnswerError(phrase("returned {came}, where {count} values were wanted: {names}", **about))


def _came(value):
    if isinstance(value, tuple | list):
        return values(len(value))
    if hasattr(value, "shape"):
        return phrase("one array")
    return "None" if value is None else with_article(type(value).__name__)


def values(count):
    """Say how many values there are."""
    return phrase("1 value") if count == 1 else phrase("{count} values", count=count)


def as_arrays(values):
    """Turn answers that go into the next call into arrays where they are nested lists; keep all else as it is."""
    return [_array(value) if isinstance(value, list | tuple) else value for value in values]


def _array(value):
    with contextlib.suppress(ValueError, TypeError):  # a ragged list stays what it is
        return np.array(value) if fits_an_array(value) else value
    return value
