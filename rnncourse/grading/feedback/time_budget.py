"""Limit the time that formatting a page takes: of a hostile cell of 100 kB it grows with the square, to minutes."""

import html
import time

from rnncourse.checks.execution.calling import OutOfTimeError, time_limit
from rnncourse.grading.text import valid
from rnncourse.language import say

SECONDS = 5.0
"""Processor time for all cells of a notebook; an ordinary one takes a tenth of that."""
LEAST = 0.05
"""What a cell has when that is used up."""
AS_TYPED = 20_000
"""Characters that are shown of a cell that is not formatted."""


class TimeBudget:
    """What is left of a notebook's time.

    Parameters
    ----------
    seconds : float
    """

    def __init__(self, seconds=SECONDS):
        self._left = seconds

    def formatted(self, make, source):
        """Format a cell's source; where that takes too long or fails, show it as it was typed, and say why.

        Parameters
        ----------
        make : callable
            Makes HTML of a text.
        source : str

        Returns
        -------
        html : str
        why : str or None
        """
        began = time.thread_time()
        try:
            with time_limit(max(self._left, LEAST)):
                return make(source), None
        except OutOfTimeError:
            why = say("This cell is shown as it was typed: it takes too long to format.")
        except Exception as error:  # of many kinds: what a student has typed may be anything
            why = say(
                "This cell is shown as it was typed: it cannot be formatted ({error}).", error=type(error).__name__
            )
        finally:
            self._left -= time.thread_time() - began
        return html.escape(valid(source, AS_TYPED)), why
