"""Show along which path a gradient comes back through an LSTM: the cell-path explorer."""

from rnncourse.experiments import gradient_lag_lstm
from rnncourse.interactive.explorers.explorer import Explorer
from rnncourse.language import say

SIZES = {"T": 50, "B": 2, "D": 2, "H": 16}


class CellPath(Explorer):
    """Lengths of a gradient by lag: along the cell alone, through h at every step, along every path, and in a tanh RNN.

    The network is that of `rnncourse.experiments.gradient_lag_lstm.example` with H = 16, its numbers rounded to three
    decimals. The RNN has the candidate's weights.            {eq}`cell-path`

    Parameters
    ----------
    b_f : float, optional
        The forget bias at the start, from -2 to 6.
    scale : float, optional
        Factor of all weights at the start, from 0 to 2.

    Raises
    ------
    ValueError
        If an argument is outside what its slider reaches.
    """

    module = "cell_path.js"

    @property
    def summary(self):
        """Say it to a reader without JavaScript."""
        return say(
            "Interactive figure (needs JavaScript): along the cell alone a gradient shrinks by the forget gate at each "
            "step; along all paths together more arrives, and it can even grow."
        )

    def __init__(self, b_f=1.0, scale=1.0):
        if not -2 <= b_f <= 6:
            raise ValueError(f"b_f is {b_f}; expected a number from -2 to 6")
        if not 0 <= scale <= 2:
            raise ValueError(f"scale is {scale}; expected a number from 0 to 2")
        x, _, params, g = gradient_lag_lstm.example(b_f, **SIZES)
        numbers = {name: theta.round(3).tolist() for name, theta in params._asdict().items()}
        super().__init__(
            {
                "b_f": float(b_f),
                "scale": float(scale),
                "params": numbers,
                "x": x.round(3).tolist(),
                "g": g.round(3).tolist(),
            }
        )
