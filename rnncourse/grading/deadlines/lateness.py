"""Say how late something was handed in, and what that has cost."""

from datetime import timedelta

from rnncourse.grading.deadlines.durations import spoken


def seconds_late(handed_in, due, extension=None):
    """Compute by how many seconds something was late; 0 where a time is not known.

    Parameters
    ----------
    handed_in, due : datetime.datetime or None
    extension : datetime.timedelta, optional
    """
    if handed_in is None or due is None:
        return 0.0
    return max((handed_in - due - (extension or timedelta())).total_seconds(), 0.0)


def said(seconds, penalty, extension=None, policy=None, expected=None):
    """Say it: "2 days 3 hours late: 20 points off (10 % of the points reached for each day that has begun)".

    Parameters
    ----------
    seconds : float
        By which it was late.
    penalty : float
        As it is in the gradebook.
    extension : datetime.timedelta, optional
    policy : LatePolicy, optional
    expected : float, optional
        What the policy takes off: it is quoted only where that is what was taken off.

    Returns
    -------
    said : str
        Empty where it was in time.
    """
    if not seconds and not penalty:
        return ""
    how = f"{spoken(seconds)} late" if seconds else "in time"
    if extension:
        how += f", after an extension of {spoken(extension.total_seconds())}"
    cost = f"{penalty:g} points off" if penalty else "no points off"
    quoted = f" ({policy.described()})" if policy and expected is not None and abs(expected - penalty) < 0.01 else ""
    return f"{how}: {cost}{quoted}"
