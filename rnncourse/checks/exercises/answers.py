"""Take a learner's answer apart where several calls make one probe."""

from rnncourse.checks.calling import AnswerError


def several(value, names, of=""):
    """What a learner's function returned, if it is as many values as wanted.

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
        came = "None" if value is None else f"a {type(value).__name__}"
    raise AnswerError(f"returned {came}{of}, where {len(names)} values were wanted: {', '.join(names)}")
