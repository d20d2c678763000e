import numpy as np
import pytest

pytest.importorskip("matplotlib")

from rnncourse.plotting import memory

STEPS = np.arange(0, 150, 50)


def test_a_race_says_its_ends_and_draws_a_line_and_a_band_per_cell():
    errors = {"RNN": np.full((5, 3), 0.2), "LSTM": np.array([[1, 0.1, 0.01]] * 4 + [[1, 0.1, 0.05]])}
    picture = memory.race(STEPS, errors, 1 / 6)
    assert "LSTM ends at 0.01, seeds from 0.01 to 0.05" in picture.alt and "baseline 0.17" in picture.alt
    (ax,) = picture.figure.axes
    assert len(ax.collections) == 2 and len(ax.lines) == 3


def test_bits_are_drawn_with_every_table_and_said():
    picture = memory.bits_per_character({"GRU": np.array([[2.5, 2.0], [2.4, 1.9], [2.6, 2.2]])}, {4: 2.03, 5: 1.9})
    said = "GRU: from 2.50 to 2.00, seeds from 1.90 to 2.20. Counting: 4-gram 2.03, 5-gram 1.90."
    assert picture.alt == f"Bits per character on held-out text. {said}"
    assert len(picture.figure.axes[0].lines) == 3
