import numpy as np
import pytest

from rnncourse.data import copy_baseline, copy_problem


def test_the_symbols_come_back_in_order_after_the_signal():
    x, y, mask = copy_problem(lag=7, N=6, rng=np.random.default_rng(0), length=4, symbols=3)
    assert x.shape == y.shape == mask.shape == (15, 6)
    np.testing.assert_array_equal(y[11:], x[:4])
    assert ((x[:4] >= 1) & (x[:4] <= 3)).all()
    assert (x[10] == 4).all() and (np.delete(x[4:], 6, axis=0) == 0).all()
    assert (y[:11] == 0).all()
    np.testing.assert_array_equal(mask.sum(axis=0), 4)
    assert (mask[11:] == 1).all()


def test_each_symbol_waits_as_long_as_the_lag_says():
    x, y, _ = copy_problem(lag=1, N=3, rng=np.random.default_rng(0), length=1)
    assert x.shape == (3, 3)
    np.testing.assert_array_equal(y[2], x[0])


def test_the_baseline_is_that_of_a_guess():
    assert copy_baseline(length=10, symbols=8) == pytest.approx(20.794415416798358, rel=1e-12)


def test_one_symbol_to_choose_from_is_refused():
    with pytest.raises(ValueError, match="expected at least 1, 1, 1 and 2"):
        copy_problem(5, 2, np.random.default_rng(0), symbols=1)
