import numpy as np
import pytest

from rnncourse.experiments import gradient_lag_lstm
from rnncourse.reference.forget_bias import forget_bias_sweep
from rnncourse.reference.lstm import lstm_backward, lstm_forward

SMALL = {"T": 7, "B": 2, "D": 3, "H": 5}


def test_every_path_is_what_bptt_brings_to_the_start():
    x, state0, params, g = gradient_lag_lstm.example(1.0, 1.0, **SMALL)
    h, _, cache = lstm_forward(x, state0, params)
    _, (dh0, dc0), _ = lstm_backward(np.zeros_like(h), (g, np.zeros_like(g)), cache)
    norms_h, norms_c = gradient_lag_lstm.gradient_norm_by_lag(x, state0, params, g)
    assert norms_h[0] == pytest.approx(1, rel=1e-12) and norms_c[0] == 0
    np.testing.assert_allclose(norms_h[-1], np.linalg.norm(dh0, axis=1).mean(), rtol=1e-12)
    np.testing.assert_allclose(norms_c[-1], np.linalg.norm(dc0, axis=1).mean(), rtol=1e-12)


def test_the_cell_alone_passes_the_forget_gates_and_nothing_else():
    x, state0, params, g = gradient_lag_lstm.example(1.0, 0.0, **SMALL)  # without input all gates stand at their bias
    norms_h, norms_c = gradient_lag_lstm.gradient_norm_by_lag(x, state0, params, g, through="cell")
    left = forget_bias_sweep(np.array([1.0]), np.zeros((7, 2, 5)))[0]
    np.testing.assert_allclose(norms_c[1:] / norms_c[1], left[:-1], rtol=1e-12)
    assert not norms_h[1:].any()


def test_through_h_alone_nothing_stays_in_the_cell():
    _, norms_c = gradient_lag_lstm.gradient_norm_by_lag(*gradient_lag_lstm.example(1.0, **SMALL), through="h")
    assert not norms_c.any()


def test_the_same_seed_gives_the_same_weights_for_every_bias():
    one, other = gradient_lag_lstm.example(0.0, **SMALL), gradient_lag_lstm.example(3.0, **SMALL)
    np.testing.assert_array_equal(one[0], other[0])
    np.testing.assert_array_equal(one[2].W_f, other[2].W_f)
    assert (other[2].b_f == 3).all()


def test_an_unknown_path_is_refused():
    with pytest.raises(ValueError, match="through is 'c'; expected one of every, cell, h"):
        gradient_lag_lstm.gradient_norm_by_lag(*gradient_lag_lstm.example(1.0, **SMALL), through="c")
