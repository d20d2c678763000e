"""Show what each gate of an LSTM does to the cell: the lab `gates`."""

import numpy as np

from rnncourse.interactive.widgets.common import announce, needs, slider, stopped
from rnncourse.language import say
from rnncourse.notation import LSTMParams
from rnncourse.reference import lstm

GATE = (0.01, 0.99, 0.01)
IMPULSES = {3: 1.5, 14: -1.0}
"""What the lab's LSTM reads: two impulses, at these steps, and zeros at all others."""


def gates(lstm_step=None, T=24):
    """Set the gates of an LSTM with one unit and watch its cell keep, write and show.

    Parameters
    ----------
    lstm_step : callable, optional
        Yours, drawn beside the library's:
        ``lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o) -> h_t, c_t``
    T : int, optional
        How many steps are run.

    Returns
    -------
    GatesLab
        As the last line of a cell it shows itself.

    Raises
    ------
    ImportError
        If ipywidgets or matplotlib is not installed.
    TypeError
        If lstm_step cannot be called.
    """
    if lstm_step is not None and not callable(lstm_step):
        kind = type(lstm_step).__name__
        raise TypeError(f"lstm_step is a {kind}; expected your function (without brackets) or None")
    return GatesLab(lstm_step, T)


class GatesLab:
    """What `gates` shows.

    Attributes
    ----------
    f, i, o : ipywidgets.FloatSlider
        How far each gate is open, from 0 to 1.
    curves : dict of str to (h, c)
        Two arrays of shape (T,) for "library", and for "yours" if you passed a function that ran.
    picture, finding : ipywidgets.HTML
        The plot, and the same in words.
    """

    def __init__(self, lstm_step, T):
        widgets = needs("gates")
        from rnncourse.plotting.lstm import states_over_time

        self._draw, self._yours = states_over_time, lstm_step
        self._x = np.array([IMPULSES.get(t, 0.0) for t in range(1, T + 1)])
        self.curves = {}
        self.f = slider(widgets, say("forget gate f"), 0.9, GATE)
        self.i = slider(widgets, say("input gate i"), 0.8, GATE)
        self.o = slider(widgets, say("output gate o"), 0.6, GATE)
        self.picture = widgets.HTML()
        self.finding = widgets.HTML()
        self.box = widgets.VBox([self.f, self.i, self.o, self.finding, self.picture])
        for gate in (self.f, self.i, self.o):
            gate.observe(self._redraw, "value")
        self._redraw()

    def _repr_mimebundle_(self, **kwargs):
        return self.box._repr_mimebundle_(**kwargs)

    def _redraw(self, change=None):
        params = standing_gates(self.f.value, self.i.value, self.o.value)
        self.curves = {"library": run(library_step, self._x, params)}
        said = _sentences(self.f.value, self.i.value, self.o.value, *self.curves["library"])
        if self._yours is not None:
            try:
                self.curves["yours"] = run(self._yours, self._x, params)
                said.append(_compare(self.curves["yours"], self.curves["library"]))
            except Exception as error:  # a learner's code may raise anything; the lab goes on
                said.append(stopped(error))
        self.finding.value = announce(said)
        self.picture.value = self._draw(self._x, self.curves).svg


def standing_gates(f, i, o):
    """Make the parameters of one unit whose gates stand still: each set by its bias; only the candidate reads x."""
    closed, reads_x = np.zeros((1, 2)), np.array([[0.0, 1.0]])  # (H, H + D) = (1, 2), h first
    b_f, b_i, b_o = (np.array([np.log(gate / (1 - gate))]) for gate in (f, i, o))
    return LSTMParams(closed, closed, reads_x, closed, b_f, b_i, np.zeros(1), b_o)


def library_step(x_t, h_prev, c_prev, *params):
    """Call the reference's step with the learner's arguments."""
    return lstm.lstm_step(x_t, (h_prev, c_prev), LSTMParams(*params))


def run(lstm_step, x, params):
    """Run a step function over the input and collect both states, each of shape (T,); the function gets copies."""
    h_t, c_t, shown, kept = np.zeros((1, 1)), np.zeros((1, 1)), [], []
    for x_t in x:
        states = lstm_step(np.array([[x_t]]), h_t.copy(), c_t.copy(), *(theta.copy() for theta in params))
        if not isinstance(states, tuple | list) or len(states) != 2:
            raise ValueError(f"lstm_step returned a {type(states).__name__}; expected two arrays, h_t and c_t")
        h_t, c_t = (np.asarray(state, np.float64) for state in states)
        for name, state in (("h_t", h_t), ("c_t", c_t)):
            if state.shape != (1, 1):
                raise ValueError(f"{name} has shape {state.shape}; expected (B, H) = (1, 1)")
        shown.append(h_t[0, 0])
        kept.append(c_t[0, 0])
    return np.array(shown), np.array(kept)


def _sentences(f, i, o, h, c):
    """Say in words what the picture shows."""
    first = min(IMPULSES)
    return [
        say(
            "f = {f:.2f}: the cell keeps {f:.0%} of itself from step to step, so half of it is gone after "
            "{steps:.1f} steps.",
            f=f,
            steps=np.log(0.5) / np.log(f),
        ),
        say("i = {i:.2f}: the impulse at t = {t} writes {c:+.2f} into the cell.", i=i, t=first, c=c[first - 1]),
        say(
            "o = {o:.2f}: there h shows {h:+.2f} of it; the gate changes what is shown, and not what is kept.",
            o=o,
            h=h[first - 1],
        ),
    ]


def _compare(yours, library):
    """Say whether the learner's states are the library's, and if not, from which step on."""
    for name, mine, right in zip("hc", yours, library, strict=True):
        apart = np.flatnonzero(~np.isclose(mine, right, rtol=1e-9, atol=1e-12))
        if len(apart):
            t = apart[0]
            return say(
                "Your {name} departs from the library's at t = {t}: {yours:.3g} instead of {library:.3g}.",
                name=name,
                t=t + 1,
                yours=mine[t],
                library=right[t],
            )
    return say("Yours agrees with the library at every step.")
