"""Show how a pulse travels up a stack of recurrent layers: the stacked states explorer."""

from rnncourse.interactive.explorers.explorer import Explorer
from rnncourse.language import say


class StackedStates(Explorer):
    """The states of one to three layers of one tanh unit each, over 24 steps; the input is 1 at first, then 0.

    h_l^(t) = tanh(w_xh h_{l-1}^(t) + w_hh h_l^(t-1))            {eq}`stacked-rnn`

    Parameters
    ----------
    L : int, optional
        Layers at the start, from 1 to 3.
    w_hh : float, optional
        Recurrent weight of every layer at the start, from -1 to 1.2.
    pulse : int, optional
        Steps for which the input is 1 at the start, from 1 to 12.
    w_xh : float, optional
        Weight from the layer below.

    Raises
    ------
    ValueError
        If L, w_hh or pulse is outside what the sliders reach.
    """

    module = "stacked_states.js"

    @property
    def summary(self):
        """Say it to a reader without JavaScript."""
        return say(
            "Interactive figure (needs JavaScript): a pulse enters the lowest of up to three recurrent layers. In each"
            " layer it comes later and lasts longer than in the one below."
        )

    def __init__(self, L=3, w_hh=0.8, pulse=1, w_xh=0.7):
        for name, value, low, high in (("L", L, 1, 3), ("w_hh", w_hh, -1, 1.2), ("pulse", pulse, 1, 12)):
            if not low <= value <= high:
                raise ValueError(f"{name} is {value}; expected a number from {low} to {high}")
        super().__init__({"L": int(L), "w_hh": float(w_hh), "pulse": int(pulse), "w_xh": float(w_xh)})
