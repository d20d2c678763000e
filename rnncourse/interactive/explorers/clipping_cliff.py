"""Show what gradient descent does at a cliff, with and without clipping: the clipping explorer."""

from rnncourse.interactive.explorers.explorer import Explorer
from rnncourse.language import say

REACH = {"w": (0.4, 2.2), "learning_rate": (0.01, 0.3), "max_norm": (0.1, 20)}


class ClippingCliff(Explorer):
    """Gradient descent on the loss of one recurrent unit without input, plain and clipped.

    The maths is that of `rnncourse.experiments.loss_cliff`: {eq}`sgd`, {eq}`clipping`.

    Parameters
    ----------
    w : float, optional
        Where both paths start, from 0.4 to 2.2. The wall is near 1.4985.
    learning_rate : float, optional
        From 0.01 to 0.3.
    max_norm : float, optional
        From 0.1 to 20.
    T : int, optional
        Steps of the unit, 5, 10, ..., 80: the more, the steeper the wall.

    Raises
    ------
    ValueError
        If an argument is outside what its slider reaches.
    """

    module = "clipping_cliff.js"

    @property
    def summary(self):
        """Say it to a reader without JavaScript."""
        return say(
            "Interactive figure (needs JavaScript): at a wall in the loss a plain step of gradient descent leaps far "
            "away; clipped steps walk down into the valley."
        )

    def __init__(self, w=1.4985, learning_rate=0.05, max_norm=1.0, T=50):
        config = {"w": w, "learning_rate": learning_rate, "max_norm": max_norm}
        for name, (low, high) in REACH.items():
            if not low <= config[name] <= high:
                raise ValueError(f"{name} is {config[name]}; expected a number from {low} to {high}")
        if T not in range(5, 81, 5):
            raise ValueError(f"T is {T}; expected 5, 10, ... or 80")
        super().__init__({name: float(value) for name, value in config.items()} | {"T": int(T)})
