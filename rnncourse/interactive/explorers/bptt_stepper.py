"""Show the backward pass one line at a time: the BPTT stepper."""

from rnncourse.interactive.explorers.explorer import Explorer
from rnncourse.language import say


class BPTTStepper(Explorer):
    """Backpropagation through time in a scalar RNN with squared error, line by line.

    dL/dh^(t) = W_hy delta_y^(t) + W_hh delta_h^(t+1)            {eq}`bptt-recursion`
    delta_h^(t) = dL/dh^(t) (1 - h^(t)^2)            {eq}`delta-h`

    The first two inputs and the first target are those of the chapter's worked example.

    Parameters
    ----------
    W_hh : float, optional
        Recurrent weight at the start, from -1.5 to 1.5.
    y_T : float, optional
        Target of the last step at the start, from -1 to 1.

    Raises
    ------
    ValueError
        If W_hh or y_T is outside what the sliders reach.
    """

    module = "bptt_stepper.js"

    @property
    def summary(self):
        """Say it to a reader without JavaScript."""
        return say(
            "Interactive figure (needs JavaScript): backpropagation through time over four steps, one line at a time. "
            "At each state the gradient through its own output and the one from the next state are added."
        )

    def __init__(self, W_hh=0.8, y_T=1.0):
        if not -1.5 <= W_hh <= 1.5:
            raise ValueError(f"W_hh is {W_hh}; expected a number from -1.5 to 1.5")
        if not -1 <= y_T <= 1:
            raise ValueError(f"y_T is {y_T}; expected a number from -1 to 1")
        weights = {"W_xh": 0.5, "W_hh": float(W_hh), "b_h": 0.1, "W_hy": 1.0, "b_y": 0.0}
        super().__init__({**weights, "h0": 0.5, "x": [1.0, -1.0, 1.0, 0.5], "y": [1.0, 0.0, 0.0, float(y_T)]})
