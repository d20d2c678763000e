"""The stacked states explorer's JavaScript computes what the reference computes, layer on layer."""

import numpy as np
import pytest
from support.node import evaluate

from rnncourse.interactive.explorers import StackedStates
from rnncourse.notation import RNNParams
from rnncourse.reference.rnn import rnn_forward

MODULE = "stacked_states.js"


@pytest.mark.parametrize("seed", range(4))
def test_layers_equal_the_reference(seed):
    rng = np.random.default_rng(seed)
    w_xh, w_hh, pulse = rng.uniform(-1, 1), rng.uniform(-1, 1.2), int(rng.integers(1, 13))
    layers = evaluate(
        MODULE,
        "module.stack({L: 3, w_xh: args.w_xh, w_hh: args.w_hh, x: module.input(args.pulse)})",
        w_xh=w_xh,
        w_hh=w_hh,
        pulse=pulse,
    )
    params = RNNParams(np.array([[w_xh]]), np.array([[w_hh]]), np.zeros(1))
    below = np.zeros((24, 1, 1))
    below[:pulse] = 1
    for h in layers:
        below, _, _ = rnn_forward(below, np.zeros((1, 1)), params)
        np.testing.assert_allclose(h, below[:, 0, 0], atol=1e-13, rtol=0)
    assert len(layers) == 3


def found(L, w_hh, pulse):
    stack = f"module.stack({{L: {L}, w_xh: 0.7, w_hh: {w_hh}, x: module.input({pulse})}})"
    return evaluate(MODULE, f"module.finding({stack}, {{w_hh: {w_hh}, pulse: {pulse}}})")


@pytest.mark.parametrize(
    ("L", "w_hh", "pulse", "says"),
    [
        (3, 0.8, 1, "Layer 1 is largest at step 1, layer 2 is largest at step 3, layer 3 is largest at step 5"),
        (1, 0.8, 12, "The input is 1 for 12 steps. Layer 1 is largest at step 12. With w_hh = 0.80"),
        (2, -0.5, 1, "The sign turns"),
        (1, 0, 1, "0 % of the peak is left"),
        (1, 1.2, 4, "% of the peak is left at step 24."),
    ],
)
def test_sentence_says_when_each_layer_speaks(L, w_hh, pulse, says):
    assert says in found(L, w_hh, pulse)


@pytest.mark.parametrize(
    "wrong, says", [({"L": 4}, "L is 4"), ({"w_hh": 2}, "w_hh is 2"), ({"pulse": 0}, "pulse is 0")]
)
def test_refuses_what_the_sliders_cannot_show(wrong, says):
    with pytest.raises(ValueError, match=says):
        StackedStates(**wrong)
