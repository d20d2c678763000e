"""Show where a state goes that is left alone: the state trajectory explorer."""

from rnncourse.interactive.explorers.explorer import Explorer
from rnncourse.language import say


class StateTrajectory(Explorer):
    """The path of a two-unit tanh RNN without input, from a state that the reader drags.

    h^(t) = tanh(W_hh h^(t-1)), W_hh = rho times a rotation            {eq}`rnn-step`

    Parameters
    ----------
    rho : float, optional
        Spectral radius of W_hh at the start, from 0 to 2.
    angle : float, optional
        Angle of the rotation at the start, in degrees, from 0 to 180.
    h0 : pair of float, optional
        Initial state at the start, each entry from -1 to 1.
    T : int, optional
        Steps drawn, from 1 to 200.

    Raises
    ------
    ValueError
        If a number is outside what the sliders and the plane reach.
    """

    module = "state_trajectory.js"

    @property
    def summary(self):
        """Say it to a reader without JavaScript."""
        return say(
            "Interactive figure (needs JavaScript): the state of two tanh units without input moves in the plane. "
            "Below a spectral radius of 1 it falls into the origin; above, it settles on a loop or at a point."
        )

    def __init__(self, rho=0.9, angle=22.5, h0=(0.8, 0.0), T=48):
        for name, value, low, high in (("rho", rho, 0, 2), ("angle", angle, 0, 180), ("T", T, 1, 200)):
            if not low <= value <= high:
                raise ValueError(f"{name} is {value}; expected a number from {low} to {high}")
        if len(h0) != 2 or not all(-1 <= entry <= 1 for entry in h0):
            raise ValueError(f"h0 is {h0}; expected two numbers from -1 to 1")
        super().__init__({"rho": float(rho), "angle": float(angle), "h0": [float(v) for v in h0], "T": int(T)})
