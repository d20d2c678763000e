"""Say durations in words, and read them: "2 days 3 hours"."""

import re
from datetime import timedelta

from rnncourse.language import say

UNITS = {"day": 86400, "hour": 3600, "minute": 60}
"""Seconds."""

_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(day|hour|minute)s?")


def spoken(seconds):
    """Say how long something takes, by its two largest units: "2 days 3 hours", "40 minutes", "less than a minute"."""
    left, said = int(seconds), []
    for unit, length in UNITS.items():
        count, left = divmod(left, length)
        if count and len(said) < 2:
            said.append(_spoken(count, unit))
        elif said:
            break
    return " ".join(said) or say("less than a minute")


def _spoken(count, unit):
    """Say a number of units."""
    if count == 1:
        return {"day": say("1 day"), "hour": say("1 hour"), "minute": say("1 minute")}[unit]
    return {
        "day": say("{count} days", count=count),
        "hour": say("{count} hours", count=count),
        "minute": say("{count} minutes", count=count),
    }[unit]


def duration(text):
    """Read a duration such as "3 days", "36 hours" or "1 day 12 hours"; None if it is none.

    Returns
    -------
    duration : datetime.timedelta or None
    """
    parts = _PART.findall(text)
    if not parts or _PART.sub("", text).strip(" ,"):
        return None
    return timedelta(seconds=sum(float(number) * UNITS[unit] for number, unit in parts))
