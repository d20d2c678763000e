"""Take a learner's answer apart where several calls make one probe."""

import contextlib

import numpy as np

from rnncourse.checks.execution.calling import AnswerError
from rnncourse.checks.execution.compare import with_article


def unpack(value, names, of=""):
    """Unpack what a learner's function returned, if it is as many values as wanted.

    Parameters
    ----------
    value : object
    names : sequence of str
        One for each value wanted.
    of : str, optional
        Which part of the answer this is: " for params".

    Returns
    -------
    values : tuple

    Raises
    ------
    AnswerError
        If not, with what came back and what was wanted.
    """
    if isinstance(value, tuple | list) and len(value) == len(names):
        return tuple(value)
    if isinstance(value, tuple | list):
        came = f"{len(value)} value{'s' * (len(value) != 1)}"
    elif hasattr(value, "shape"):
        came = "one array"
    else:
        came = "None" if value is None else with_article(type(value).__name__)
    raise AnswerError(f"returned {came}{of}, where {len(names)} values were wanted: {', '.join(names)}")


def as_arrays(values):
    """Turn answers that go into the next call into arrays where they are nested lists; keep all else as it is."""
    return [_array(value) if isinstance(value, list | tuple) else value for value in values]


def _array(value):
    with contextlib.suppress(ValueError, TypeError):  # a ragged list stays what it is
        return np.array(value)
    return value
