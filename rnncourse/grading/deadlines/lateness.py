"""Say how late something was handed in, and what that has cost."""

from datetime import timedelta

from rnncourse.grading.deadlines.durations import spoken
from rnncourse.language import say


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
    how = say("{time} late", time=spoken(seconds)) if seconds else say("on time")
    if extension:
        how = say("{how}, after an extension of {time}", how=how, time=spoken(extension.total_seconds()))
    cost = say("{points:g} points off", points=penalty) if penalty else say("no points off")
    if policy and expected is not None and abs(expected - penalty) < 0.01:
        return say("{how}: {cost} ({policy})", how=how, cost=cost, policy=policy.described())
    return say("{how}: {cost}", how=how, cost=cost)
