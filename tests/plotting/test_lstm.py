import numpy as np
import pytest

pytest.importorskip("matplotlib")

from rnncourse.plotting import lstm

X = np.array([0.0, 1.5, 0.0, 0.0])
STATES = np.array([0.0, 0.3, 0.2, 0.1]), np.array([0.0, 0.8, 0.7, 0.6])


def test_states_are_drawn_and_told():
    picture = lstm.states_over_time(X, {"library": STATES, "yours": STATES})
    lines = [line.get_ydata() for line in picture.figure.axes[0].lines]
    assert sum(np.array_equal(line, STATES[1]) for line in lines) == 2
    assert "the input is 1.5 at step 2" in picture.alt and "largest, 0.8, at step 2, where h is 0.3" in picture.alt


def test_lengths_are_drawn_and_told():
    picture = lstm.lengths_by_lag({"cell alone": ("c", np.array([0.0, 0.5, 0.25]))}, ylabel="length")
    assert picture.alt == "Length of a gradient against the lag, logarithmic. cell alone: 0.25 at lag 2."
    assert "cell alone" in [text.get_text() for text in picture.figure.axes[0].texts]
