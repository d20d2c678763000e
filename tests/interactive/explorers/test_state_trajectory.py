"""The state trajectory explorer's JavaScript computes what the reference computes."""

import numpy as np
import pytest
from support.node import evaluate

from rnncourse.experiments.gradient_lag import spectral_radius
from rnncourse.interactive.explorers import StateTrajectory
from rnncourse.notation import RNNParams
from rnncourse.reference.rnn import rnn_forward

MODULE = "state_trajectory.js"


def weights(rho, degrees):
    c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    return rho * np.array([[c, -s], [s, c]])


@pytest.mark.parametrize("seed", range(6))
def test_trajectory_equals_the_reference(seed):
    rng = np.random.default_rng(seed)
    rho, degrees, h0 = rng.uniform(0.2, 2), rng.uniform(0, 180), rng.uniform(-1, 1, 2)
    W_hh, path = evaluate(
        MODULE,
        "[module.recurrentWeights(args.rho, args.degrees), "
        "module.trajectory(module.recurrentWeights(args.rho, args.degrees), args.h0, 48)]",
        rho=rho,
        degrees=degrees,
        h0=h0.tolist(),
    )
    assert spectral_radius(np.array(W_hh)) == pytest.approx(rho, rel=1e-12)
    params = RNNParams(np.zeros((2, 1)), weights(rho, degrees), np.zeros(2))
    expected, _, _ = rnn_forward(np.zeros((48, 1, 1)), h0[None], params)
    # Entries near 0 are differences of larger ones: the error is measured against the state's length.
    length = np.linalg.norm(expected[:, 0], axis=1, keepdims=True)
    np.testing.assert_allclose(path[1:] / length, expected[:, 0] / length, atol=1e-12, rtol=0)
    assert path[0] == h0.tolist()


@pytest.mark.parametrize(
    ("rho", "degrees", "says"),
    [
        (0.5, 22.5, "falls into the origin"),
        (1, 22.5, "slower and slower"),
        (1.2, 0, "comes to rest at (0.66, 0.66)"),
        (1.2, 90, "cycle of 4 states"),
        (1.2, 180, "cycle of 2 states"),
        (1.2, 31, "closed loop"),
    ],
)
def test_sentence_says_where_the_state_ends(rho, degrees, says):
    W_hh = f"module.recurrentWeights({rho}, {degrees})"
    path = f"module.trajectory({W_hh}, [0.8, 0.3], 48)"
    assert says in evaluate(MODULE, f"module.finding({path}, {rho}, {degrees}, module.settled({W_hh}, [0.8, 0.3]))")


def test_fixed_point_is_one():
    (end,) = evaluate(MODULE, "module.settled(module.recurrentWeights(1.2, 0), [0.8, 0.3])")
    np.testing.assert_allclose(np.tanh(weights(1.2, 0) @ end), end, atol=1e-7)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"rho": 3}, "rho is 3; expected"),
        ({"angle": -1}, "angle is -1"),
        ({"h0": (2, 0)}, "h0 is"),
        ({"T": 0}, "T is 0"),
    ],
)
def test_refuses_what_the_controls_cannot_show(wrong, says):
    with pytest.raises(ValueError, match=says):
        StateTrajectory(**wrong)
