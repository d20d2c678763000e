"""The cliff's own arithmetic is the reference's, and clipping does what chapter 4 says."""

import numpy as np
import pytest

from rnncourse.experiments import loss_cliff
from rnncourse.notation import RNNParams
from rnncourse.reference import rnn


def by_the_reference(w, T):
    params = RNNParams(np.zeros((1, 1)), np.array([[w]]), np.array([loss_cliff.B_H]))
    h, h_T, cache = rnn.rnn_forward(np.zeros((T, 1, 1)), np.array([[loss_cliff.H_0]]), params)
    _, _, dparams = rnn.rnn_backward(np.zeros_like(h), 2 * (h_T - loss_cliff.Y), cache)
    return (h_T[0, 0] - loss_cliff.Y) ** 2, dparams.W_hh[0, 0]


@pytest.mark.parametrize("T", [1, 7, 50])
def test_loss_and_slope_are_the_references(T):
    weights = np.array([-1.3, 0.0, 0.7, 1.2, 1.6, 2.1])
    expected = np.array([by_the_reference(w, T) for w in weights])
    np.testing.assert_allclose(np.array(loss_cliff.loss_and_slope(weights, T)).T, expected, rtol=1e-12, atol=1e-12)


def test_a_plain_step_leaves_and_clipped_steps_arrive():
    plain, clipped = loss_cliff.descend(1.4985, 0.05, 120), loss_cliff.descend(1.4985, 0.05, 120, max_norm=1.0)
    assert plain[1] == 1.4985 - 0.05 * loss_cliff.loss_and_slope(1.4985)[1] and abs(plain[-1]) > 100
    assert np.abs(np.diff(clipped)).max() <= 0.05 * (1 + 1e-12)
    assert loss_cliff.loss_and_slope(clipped[-1])[0] < 1e-3
    assert len(plain) == len(clipped) == 121


def test_the_callers_function_clips():
    stays = loss_cliff.descend(1.4985, 0.05, 3, max_norm=1.0, clip_gradients=lambda grads, max_norm: [0 * grads[0]])
    np.testing.assert_array_equal(stays, [1.4985] * 4)


@pytest.mark.parametrize("wrong, says", [
    (lambda grads, max_norm: None, "returned a NoneType; expected a list with one array"),
    (lambda grads, max_norm: [], "returned a list; expected a list with one array"),
    (lambda grads, max_norm: [np.zeros(3)], r"an array of shape \(3,\); expected \(1, 1\)"),
])  # fmt: skip
def test_what_is_no_gradient_is_refused(wrong, says):
    with pytest.raises(ValueError, match=says):
        loss_cliff.descend(1.0, 0.1, 1, max_norm=1.0, clip_gradients=wrong)
