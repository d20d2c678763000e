"""Show how long one unit remembers one pulse: the unroll explorer."""

from rnncourse.interactive.explorers.explorer import Explorer
from rnncourse.language import say


class Unroll(Explorer):
    """A scalar RNN, unrolled over T steps; one pulse goes in at step 1.

    h^(t) = tanh(w_xh x^(t) + w_hh h^(t-1) + b_h)            {eq}`rnn-step`

    Parameters
    ----------
    w_hh : float, optional
        Recurrent weight at the start, from -1.5 to 1.5.
    T : int, optional
        Steps at the start, from 1 to 8.
    w_xh, b_h : float, optional

    Raises
    ------
    ValueError
        If w_hh or T is outside what the sliders reach.
    """

    module = "unroll.js"

    @property
    def summary(self):
        """Say it to a reader without JavaScript."""
        return say(
            "Interactive figure (needs JavaScript): a pulse enters a recurrent unit at step 1 and fades or stays."
        )

    def __init__(self, w_hh=0.8, T=6, w_xh=1.0, b_h=0.0):
        if not -1.5 <= w_hh <= 1.5:
            raise ValueError(f"w_hh is {w_hh}; expected a number from -1.5 to 1.5")
        if T not in range(1, 9):
            raise ValueError(f"T is {T}; expected an integer from 1 to 8")
        super().__init__({"w_hh": float(w_hh), "T": int(T), "w_xh": float(w_xh), "b_h": float(b_h)})
