import numpy as np
import pytest

pytest.importorskip("matplotlib")

from rnncourse.plotting import cliff

PATHS = {"plain": np.array([1.4985, -437.2]), "clipped": np.array([1.4985, 1.45, 1.44, 1.3])}


def test_paths_are_drawn_and_told():
    picture = cliff.paths_on_the_cliff(PATHS)
    curve, plain, clipped = picture.figure.axes[0].lines
    assert curve.get_ydata().min() < 1e-4 and curve.get_ydata().max() > 2
    np.testing.assert_array_equal(plain.get_xdata(), [1.4985])  # the rest is outside: an arrow
    np.testing.assert_array_equal(clipped.get_xdata(), [1.4985, 1.45, 1.3])
    assert len({line.get_marker() for line in (plain, clipped)}) == 2
    assert "plain ends at -437; clipped ends at 1.3." in picture.alt
    assert 'aria-label="mine"' in cliff.paths_on_the_cliff(PATHS, "mine").svg


def test_a_path_that_stays_has_no_arrow():
    arrows = [
        len(cliff.paths_on_the_cliff(paths).figure.axes[0].texts) for paths in (PATHS, {"plain": PATHS["clipped"]})
    ]
    assert arrows == [1, 0]
