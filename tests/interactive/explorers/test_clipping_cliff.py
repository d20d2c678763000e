"""The clipping explorer walks where rnncourse.experiments.loss_cliff walks."""

import numpy as np
import pytest
from support.node import evaluate

from rnncourse.experiments import loss_cliff
from rnncourse.interactive.explorers import ClippingCliff

MODULE = "clipping_cliff.js"
PATHS = "[module.descend(args.w, args.eta, 120, 50), module.descend(args.w, args.eta, 120, 50, args.max_norm)]"


@pytest.mark.parametrize("T", [5, 50])
def test_loss_and_slope_equal_numpys(T):
    off_the_wall = np.array([0.4, 0.65, 0.9, 1.2, 1.45, 1.55, 1.8, 2.2])
    computed = evaluate(MODULE, "args.w.map((w) => module.lossAndSlope(w, args.T))", w=off_the_wall.tolist(), T=T)
    np.testing.assert_allclose(np.array(computed).T, loss_cliff.loss_and_slope(off_the_wall, T), rtol=1e-12, atol=1e-12)


def test_on_the_wall_they_are_as_close_as_the_wall_allows():
    """There a last bit of tanh is amplified as a change of w is: by the slope."""
    wall = np.linspace(1.497, 1.4995, 26)
    loss, slope = np.array(evaluate(MODULE, "args.w.map((w) => module.lossAndSlope(w, 50))", w=wall.tolist())).T
    expected, steepness = loss_cliff.loss_and_slope(wall)
    assert steepness.max() > 5000
    assert (np.abs(loss - expected) <= 1e-14 * np.abs(steepness) + 1e-12).all()
    np.testing.assert_allclose(slope, steepness, rtol=1e-11)


@pytest.mark.parametrize("w, eta, max_norm", [(1.4985, 0.05, 1.0), (1.7, 0.1, 0.5), (0.5, 0.3, 20.0)])
def test_paths_equal_numpys(w, eta, max_norm):
    plain, clipped = evaluate(MODULE, PATHS, w=w, eta=eta, max_norm=max_norm)
    np.testing.assert_allclose(plain, loss_cliff.descend(w, eta, 120), rtol=1e-12)
    np.testing.assert_allclose(clipped, loss_cliff.descend(w, eta, 120, max_norm), rtol=1e-12)


@pytest.mark.parametrize("w, says", [
    (1.4985, ("the plain path, 8775, makes a step of length 439; it ends at w = -437", "where no slope leads back")),
    (1.4985, ("no step is longer than η · max_norm = 0.05; it ends at w = 0.70",)),
    (0.5, ("no slope on this path is steeper than max_norm = 1, so both paths are one: it ends at w = 0.70",)),
])  # fmt: skip
def test_says_where_each_path_ends(w, says):
    said = evaluate(MODULE, "module.finding(args)", w=w, eta=0.05, max_norm=1.0, T=50)
    assert all(part in said for part in says), said


@pytest.mark.parametrize("wrong, says", [
    ({"w": 3}, "w is 3; expected"),
    ({"learning_rate": 0}, "learning_rate is 0; expected"),
    ({"T": 7}, "T is 7; expected"),
])  # fmt: skip
def test_refuses_what_the_sliders_cannot_show(wrong, says):
    with pytest.raises(ValueError, match=says):
        ClippingCliff(**wrong)
