import numpy as np
import pytest

pytest.importorskip("matplotlib")

from matplotlib.backends.backend_agg import FigureCanvasAgg

from rnncourse.plotting import diagrams_lstm, lstm

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


@pytest.mark.parametrize("draw", [diagrams_lstm.lstm_cell, diagrams_lstm.lstm_two_arrows])
def test_a_diagram_has_a_text_and_takes_another(draw):
    assert "c at t minus 1" in draw().alt or "Two arrows leave the cell" in draw().alt
    assert 'aria-label="mine"' in draw("mine").svg


def test_no_arrow_of_the_cell_crosses_a_name():
    figure = diagrams_lstm.lstm_cell().figure
    renderer = FigureCanvasAgg(figure).get_renderer()
    texts = figure.axes[0].texts
    names = [text.get_window_extent(renderer) for text in texts if "^{(t" in text.get_text()]
    arrows = [text for text in texts if getattr(text, "arrow_patch", None)]
    assert len(names) >= 8 and len(arrows) >= 10
    for arrow in arrows:
        arrow.update_positions(renderer)
        path = arrow.arrow_patch.get_path().transformed(arrow.arrow_patch.get_transform())
        assert not [name for name in names if path.intersects_bbox(name, filled=False)]
