import numpy as np

from rnncourse.notation import LSTMParams
from rnncourse.reference.forget_bias import forget_bias_sweep
from rnncourse.reference.lstm import lstm_backward, lstm_forward


def test_worked_example():
    left = forget_bias_sweep(np.array([0.0]), np.array([2.0, 0.0]).reshape(2, 1, 1))
    np.testing.assert_allclose(left, [[1, 0.5, 0.5 / (1 + np.exp(-2))]], rtol=1e-12)


def test_it_is_what_bptt_carries_along_the_cell_of_an_lstm_without_weights():
    rng = np.random.default_rng(0)
    T, B, D, H = 6, 2, 3, 4
    zero, b = np.zeros((H, H + D)), np.zeros(H)
    params = LSTMParams(zero, zero, zero, zero, np.full(H, 0.7), b, b, b)
    state0 = rng.standard_normal((2, B, H))
    _, _, cache = lstm_forward(rng.standard_normal((T, B, D)), tuple(state0), params)
    _, (_, dc0), _ = lstm_backward(np.zeros((T, B, H)), (np.zeros((B, H)), np.ones((B, H))), cache)
    left = forget_bias_sweep(np.array([0.7]), np.zeros((T, B, H)))
    np.testing.assert_allclose(left[0, T], dc0.mean(), rtol=1e-12)


def test_a_larger_bias_keeps_more_and_nothing_is_lost_at_lag_0():
    left = forget_bias_sweep(np.array([-1.0, 0.0, 2.0]), np.random.default_rng(1).standard_normal((5, 2, 3)))
    assert left.shape == (3, 6)
    assert (left[:, 0] == 1).all() and (np.diff(left, axis=1) < 0).all() and (np.diff(left[:, 1:], axis=0) > 0).all()
