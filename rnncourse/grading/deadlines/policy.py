"""Work out what being late costs."""

import math
from dataclasses import dataclass
from functools import reduce

from rnncourse.language import say

DAY, HOUR = 86400, 3600


@dataclass(frozen=True)
class LatePolicy:
    """What being late costs.

    Attributes
    ----------
    per_day : float
        Per cent that are taken off for each day.
    grace_hours : float
        Whoever is not later than that loses nothing; for whoever is later, the time counts from the due date.
    cap : float
        Per cent that are taken off at most.
    floor : float
        Per cent of the maximum below which being late brings nobody.
    of : str
        What the per cent are of: "points", those that were reached, or "maximum".
    days : str
        "begun" counts each day that has begun as a whole one, "exact" counts parts of a day.
    """

    per_day: float = 0.0
    grace_hours: float = 0.0
    cap: float = 100.0
    floor: float = 0.0
    of: str = "points"
    days: str = "begun"

    def penalty(self, points, maximum, seconds_late):
        """Compute the points that are taken off.

        Parameters
        ----------
        points, maximum : float
            Of a notebook.
        seconds_late : float

        Returns
        -------
        penalty : float
            From 0 to `points`.
        """
        if seconds_late <= max(self.grace_hours * HOUR, 0):
            return 0.0
        days = seconds_late / DAY if self.days == "exact" else math.ceil(seconds_late / DAY)
        share = min(self.per_day * days, self.cap) / 100
        taken = min(share * (points if self.of == "points" else maximum), points)
        return round(min(taken, max(points - maximum * self.floor / 100, 0.0)), 2)

    def described(self):
        """Say it in words."""
        said = [self._rate()]
        if self.grace_hours == 1:
            said.append(say("nothing within 1 hour"))
        elif self.grace_hours:
            said.append(say("nothing within {hours:g} hours", hours=self.grace_hours))
        if self.cap < 100:
            said.append(say("{share:g} % at most", share=self.cap))
        if self.floor:
            said.append(say("never below {share:g} % of all points", share=self.floor))
        return reduce(lambda clauses, clause: say("{clauses}, {clause}", clauses=clauses, clause=clause), said)

    def _rate(self):
        """Say what each day costs."""
        if self.of == "points" and self.days == "begun":
            return say("{share:g} % of the points reached for each day that has begun", share=self.per_day)
        if self.of == "points":
            return say("{share:g} % of the points reached for each day", share=self.per_day)
        if self.days == "begun":
            return say("{share:g} % of all points for each day that has begun", share=self.per_day)
        return say("{share:g} % of all points for each day", share=self.per_day)
