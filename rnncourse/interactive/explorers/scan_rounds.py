"""Show which steps a parallel scan has joined after each round: the scan explorer."""

from rnncourse.interactive.explorers.explorer import Explorer
from rnncourse.language import say


class ScanRounds(Explorer):
    """A linear recurrence, joined in rounds: each doubles how many steps every step has taken in.

    h^(t) = a h^(t-1) + b^(t)            {eq}`linear-recurrence`

    Parameters
    ----------
    a : float, optional
        Share of the state that is kept, at the start, from 0 to 1.
    T : int, optional
        Steps at the start, from 2 to 16.
    round : int, optional
        Rounds that have been made at the start, from 0 to 4.

    Raises
    ------
    ValueError
        If one of them is outside what the sliders reach.
    """

    module = "scan_rounds.js"

    @property
    def summary(self):
        """Say it to a reader without JavaScript."""
        return say(
            "Interactive figure (needs JavaScript): a recurrence over some steps, joined in rounds. After each round "
            "every step has taken in twice as many steps as before; a chain takes in one more."
        )

    def __init__(self, a=0.8, T=10, round=1):
        if not 0 <= a <= 1:
            raise ValueError(f"a is {a}; expected a number from 0 to 1")
        if T not in range(2, 17):
            raise ValueError(f"T is {T}; expected an integer from 2 to 16")
        if round not in range(5):
            raise ValueError(f"round is {round}; expected an integer from 0 to 4")
        b = [1.0, 0.0, 0.5, -1.0, 0.0, 0.5, 1.0, 0.0, -0.5, 0.5, 0.0, 1.0, -1.0, 0.0, 0.5, 0.5]
        super().__init__({"a": float(a), "T": int(T), "round": int(round), "b": b})
