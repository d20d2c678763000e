"""Show how small a step a gradient check may take: the finite-difference explorer."""

from rnncourse.interactive.explorers.explorer import Explorer
from rnncourse.language import say

KINDS = ("central", "one-sided")


class FiniteDifferences(Explorer):
    """The relative error of a finite difference against its step, for a loss whose slope is known.

    L(theta) = theta / sqrt(1 + theta^2) at theta = 1            {eq}`central-difference`, {eq}`truncation-error`

    Parameters
    ----------
    eps : float, optional
        The step at the start, from 1e-12 to 0.1.
    kind : {"central", "one-sided"}, optional

    Raises
    ------
    ValueError
        If eps or kind is none that the figure can show.
    """

    module = "finite_differences.js"

    @property
    def summary(self):
        """Say it to a reader without JavaScript."""
        return say(
            "Interactive figure (needs JavaScript): the error of a finite difference against its step is a V. To the "
            "right of its tip truncation rules, to the left rounding."
        )

    def __init__(self, eps=1e-6, kind="central"):
        if not 1e-12 <= eps <= 0.1:
            raise ValueError(f"eps is {eps}; expected a number from 1e-12 to 0.1")
        if kind not in KINDS:
            raise ValueError(f"kind is {kind!r}; expected one of {', '.join(KINDS)}")
        super().__init__({"eps": float(eps), "kind": kind})
