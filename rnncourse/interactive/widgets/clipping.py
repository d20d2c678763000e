"""Step from the edge of a cliff, plain and clipped: the lab `clipping_cliff`."""

import numpy as np

from rnncourse.experiments import loss_cliff
from rnncourse.interactive.widgets.common import announce, needs, slider, stopped
from rnncourse.language import say

START = (0.5, 2.1, 0.0005)
LEARNING_RATE = (0.01, 0.3, 0.01)
MAX_NORM = (0.1, 20.0, 0.1)
STEPS = 120


def clipping_cliff(clip_gradients=None):
    """Let gradient descent run at a cliff, without and with clipping.

    Parameters
    ----------
    clip_gradients : callable, optional
        Yours, drawn beside the library's: ``clip_gradients(grads, max_norm) -> grads``

    Returns
    -------
    ClippingLab
        As the last line of a cell it shows itself.

    Raises
    ------
    ImportError
        If ipywidgets or matplotlib is not installed.
    TypeError
        If clip_gradients cannot be called.
    """
    if clip_gradients is not None and not callable(clip_gradients):
        kind = type(clip_gradients).__name__
        raise TypeError(f"clip_gradients is a {kind}; expected your function (without brackets) or None")
    return ClippingLab(clip_gradients)


class ClippingLab:
    """What `clipping_cliff` shows.

    Attributes
    ----------
    start, learning_rate, max_norm : ipywidgets.FloatSlider
    paths : dict of str to array of shape (121,)
        The weights of "plain" and "clipped" descent, and of "yours" if you passed a function that ran.
    picture, finding : ipywidgets.HTML
        The plot, and the same in words.
    """

    def __init__(self, clip_gradients):
        widgets = needs("clipping_cliff")
        from rnncourse.plotting.cliff import paths_on_the_cliff

        self._draw, self._yours = paths_on_the_cliff, clip_gradients
        self.paths = {}
        self.start = slider(widgets, say("start w"), 1.4985, START)
        self.start.readout_format = ".4f"
        self.learning_rate = slider(widgets, say("learning rate"), 0.05, LEARNING_RATE)
        self.max_norm = slider(widgets, "max_norm", 1.0, MAX_NORM)
        self.picture = widgets.HTML()
        self.finding = widgets.HTML()
        sliders = (self.start, self.learning_rate, self.max_norm)
        self.box = widgets.VBox([*sliders, self.finding, self.picture])
        for knob in sliders:
            knob.observe(self._redraw, "value")
        self._redraw()

    def _repr_mimebundle_(self, **kwargs):
        return self.box._repr_mimebundle_(**kwargs)

    def _redraw(self, change=None):
        w, eta, max_norm = self.start.value, self.learning_rate.value, self.max_norm.value
        self.paths = {
            "plain": loss_cliff.descend(w, eta, STEPS),
            "clipped": loss_cliff.descend(w, eta, STEPS, max_norm),
        }
        said = _sentences(eta, max_norm, **self.paths)
        if self._yours is not None:
            try:
                self.paths["yours"] = loss_cliff.descend(w, eta, STEPS, max_norm, self._yours)
                said.append(_compare(self.paths["yours"], self.paths["clipped"]))
            except Exception as error:  # a learner's code may raise anything; the lab goes on
                said.append(stopped(error))
        self.finding.value = announce(said)
        self.picture.value = self._draw(self.paths).svg


def _sentences(eta, max_norm, plain, clipped):
    """Say in words what the picture shows."""
    lengths = np.abs(np.diff(plain))
    longest = int(lengths.argmax())
    return [
        say(
            "Plain: step {step} is the longest, {length:.3g}, since the slope there is {slope:.3g}. {end}",
            step=longest + 1,
            length=lengths[longest],
            slope=loss_cliff.loss_and_slope(plain[longest])[1],
            end=_end(plain),
        ),
        say(
            "Clipped: no step is longer than learning rate times max_norm, {length:.3g}. {end}",
            length=eta * max_norm,
            end=_end(clipped),
        ),
    ]


def _end(path):
    loss, slope = loss_cliff.loss_and_slope(path[-1])
    parts = {"steps": STEPS, "w": path[-1], "loss": loss}
    if abs(slope) < 1e-6 and loss > 0.1:
        return say("After {steps} steps w = {w:.2f} with loss {loss:.2g}, where no slope leads back.", **parts)
    return say("After {steps} steps w = {w:.2f} with loss {loss:.2g}.", **parts)


def _compare(yours, clipped):
    """Say whether the learner's path is the library's, and if not, from which step on."""
    apart = np.flatnonzero(~np.isclose(yours, clipped, rtol=1e-9, atol=0))
    if len(apart) == 0:
        return say("Yours walks where the library walks.")
    n = apart[0]
    return say(
        "Yours departs from the library at step {step}: w = {yours:.4g} instead of {library:.4g}.",
        step=n,
        yours=yours[n],
        library=clipped[n],
    )
