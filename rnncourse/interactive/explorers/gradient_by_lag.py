"""Show how far back a gradient reaches: the gradient-by-lag explorer."""

import numpy as np

from rnncourse.experiments import gradient_lag
from rnncourse.interactive.explorers.explorer import Explorer
from rnncourse.language import say


class GradientByLag(Explorer):
    """Length of a gradient k steps before the step that caused it, in a random tanh RNN, and its bound.

    dL/dh^(t-1) = W_hh^T (dL/dh^(t) * (1 - h^(t)^2))            {eq}`rnn-step-backward`
    ||dL/dh^(T-k)|| <= sigma_max(W_hh)^k ||dL/dh^(T)||            {eq}`vanishing-bound`

    The network is `rnncourse.experiments.gradient_lag.example` with these sizes: the one that the lab
    ``spectral_radius`` turns.

    Parameters
    ----------
    radius : float, optional
        Spectral radius of W_hh at the start, from 0.1 to 2.
    input_scale : float, optional
        Standard deviation of the input at the start, from 0 to 1.
    T, B, D, H, seed : int, optional
        Steps, samples, inputs, hidden units, and the seed of the random network.

    Raises
    ------
    ValueError
        If radius or input_scale is outside what the sliders reach.
    """

    module = "gradient_by_lag.js"

    @property
    def summary(self):
        """Say it to a reader without JavaScript."""
        return say(
            "Interactive figure (needs JavaScript): the length of a gradient against the steps it went back. "
            "Below a spectral radius of 1 it vanishes; above, it explodes, unless inputs saturate the units."
        )

    def __init__(self, radius=0.9, input_scale=0.0, T=50, B=4, D=4, H=16, seed=0):
        if not 0.1 <= radius <= 2:
            raise ValueError(f"radius is {radius}; expected a number from 0.1 to 2")
        if not 0 <= input_scale <= 1:
            raise ValueError(f"input_scale is {input_scale}; expected a number from 0 to 1")
        # At radius 1 and scale 1: the sliders multiply.
        x, _, (W_xh, W_hh, _), g = gradient_lag.example(1.0, 1.0, T, B, D, H, seed)
        arrays = {"x": x, "W_xh": W_xh, "W_hh": W_hh, "g": g}
        config = {"radius": float(radius), "input_scale": float(input_scale), "sigma": float(np.linalg.norm(W_hh, 2))}
        super().__init__(config | {name: array.tolist() for name, array in arrays.items()})
