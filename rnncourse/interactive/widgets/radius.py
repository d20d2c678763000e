"""Show how far back a gradient reaches: the lab `spectral_radius`."""

import numpy as np

from rnncourse.experiments import gradient_lag
from rnncourse.interactive.widgets.common import announce, needs, slider, stopped
from rnncourse.language import say

RADIUS = (0.1, 2.0, 0.05)
INPUT_SCALE = (0.0, 2.0, 0.05)


def spectral_radius(rnn_backward=None, rnn_forward=None, T=50, B=4, D=4, H=16, seed=0):
    """Turn the spectral radius of W_hh and watch how far back a gradient reaches.

    Parameters
    ----------
    rnn_backward : callable, optional
        Yours, drawn beside the library's:
        ``rnn_backward(dh, x, h0, h, W_xh, W_hh) -> dx, dh0, dW_xh, dW_hh, db_h``
    rnn_forward : callable, optional
        Yours: ``rnn_forward(x, h0, W_xh, W_hh, b_h) -> h``. Used for your curve only.
    T, B, D, H : int, optional
        Steps, samples, inputs and hidden units of the random network.
    seed : int, optional

    Returns
    -------
    SpectralRadiusLab
        As the last line of a cell it shows itself.

    Raises
    ------
    ImportError
        If ipywidgets or matplotlib is not installed.
    TypeError
        If something that cannot be called is passed for a function.
    """
    for name, function in (("rnn_backward", rnn_backward), ("rnn_forward", rnn_forward)):
        if function is not None and not callable(function):
            raise TypeError(f"{name} is a {type(function).__name__}; expected your function (without brackets) or None")
    return SpectralRadiusLab(rnn_backward, rnn_forward, {"T": T, "B": B, "D": D, "H": H, "seed": seed})


class SpectralRadiusLab:
    """What `spectral_radius` shows.

    Attributes
    ----------
    radius, input_scale : ipywidgets.FloatSlider
    curves : dict of str to array of shape (T + 1,)
        What is drawn now: "library", and "yours" if you passed a function that ran.
    picture, finding : ipywidgets.HTML
        The plot, and the same in words.
    """

    def __init__(self, rnn_backward, rnn_forward, sizes):
        widgets = needs("spectral_radius")
        from rnncourse.plotting.lag import gradient_norm_by_lag

        self._draw = gradient_norm_by_lag
        self._yours = (rnn_forward or gradient_lag.textbook_forward, rnn_backward or gradient_lag.textbook_backward)
        self._has_yours = rnn_backward is not None or rnn_forward is not None
        self._sizes = sizes
        self.curves = {}
        self.radius = slider(widgets, say("spectral radius of W_hh"), 0.9, RADIUS)
        self.input_scale = slider(widgets, say("size of the input x"), 0.05, INPUT_SCALE)
        self.picture = widgets.HTML()
        self.finding = widgets.HTML()
        self.box = widgets.VBox([self.radius, self.input_scale, self.finding, self.picture])
        self.radius.observe(self._redraw, "value")
        self.input_scale.observe(self._redraw, "value")
        self._redraw()

    def _repr_mimebundle_(self, **kwargs):
        return self.box._repr_mimebundle_(**kwargs)

    def _redraw(self, change=None):
        problem = gradient_lag.example(self.radius.value, self.input_scale.value, **self._sizes)
        self.curves = {"library": _curve(gradient_lag.textbook_forward, gradient_lag.textbook_backward, problem)}
        failure = None
        if self._has_yours:
            try:
                self.curves["yours"] = _curve(*self._yours, problem)
            except Exception as error:  # a learner's code may raise anything; the lab goes on
                failure = stopped(error)
        sentences = _sentences(self.radius.value, problem[2].W_hh, self.curves, failure)
        self.finding.value = announce(sentences)
        self.picture.value = self._draw(self.curves).svg


def _curve(rnn_forward, rnn_backward, problem):
    """Measure the norms by lag of one pair of functions, on copies, so that writing into an input does no harm."""
    x, h0, (W_xh, W_hh, b_h), g = problem
    h = rnn_forward(x.copy(), h0.copy(), W_xh.copy(), W_hh.copy(), b_h.copy())
    shape = (len(x), *h0.shape)
    if np.shape(h) != shape:
        raise ValueError(f"rnn_forward returned an array of shape {np.shape(h)}; expected (T, B, H) = {shape}")
    return gradient_lag.gradient_norm_by_lag(rnn_backward, x, h0, np.asarray(h), W_xh, W_hh, g)


def _sentences(radius, W_hh, curves, failure):
    """Say in words what the picture shows."""
    norms = curves["library"]
    factor = norms[-1] / norms[0]
    largest = np.linalg.norm(W_hh, 2)
    verdicts = {"vanishing": say("Vanishing"), "steady": say("Steady"), "exploding": say("Exploding")}
    said = [
        say(
            "{verdict}: at spectral radius {radius:.2f} (largest singular value {largest:.2f}) a gradient of length 1 "
            "at the last step has length {length:.1e} at lag {lag}, a factor of {factor:.2f} per step.",
            verdict=verdicts[gradient_lag.verdict(norms)],
            radius=radius,
            largest=largest,
            length=factor,
            lag=len(norms) - 1,
            factor=factor ** (1 / (len(norms) - 1)),
        )
    ]
    if "yours" in curves:
        said.append(_compare(curves["yours"], norms))
    if failure:
        said.append(failure)
    return said


def _compare(yours, norms):
    """Say whether the learner's curve is the library's, and if not, from which lag on."""
    apart = np.flatnonzero(~np.isclose(yours, norms, rtol=1e-8, atol=0))
    if len(apart) == 0:
        return say("Yours agrees with the library at every lag.")
    k = apart[0]
    return say(
        "Yours departs from the library at lag {lag}: {yours:.3e} instead of {library:.3e}.",
        lag=k,
        yours=yours[k],
        library=norms[k],
    )
