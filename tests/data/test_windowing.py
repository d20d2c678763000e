import numpy as np
import pytest

from rnncourse.data import split_series, windows


def test_a_window_holds_the_steps_before_its_target():
    x, y = windows(np.arange(10.0), T=3)
    assert x.shape == (3, 7, 1) and y.shape == (7, 1)
    np.testing.assert_array_equal(x[:, 2, 0], [2, 3, 4])
    assert y[2] == 5


@pytest.mark.parametrize("horizon", [1, 2, 4])
def test_the_target_is_never_inside_its_window(horizon):
    x, y = windows(np.arange(12.0), T=4, horizon=horizon)
    assert (y[:, 0] - x[-1, :, 0] == horizon).all()
    assert y[-1] == 11  # the last value is used


def test_columns_stay_columns():
    series = np.arange(20.0).reshape(10, 2)
    x, y = windows(series, T=4)
    np.testing.assert_array_equal(x[:, 1], series[1:5])
    np.testing.assert_array_equal(y[1], series[5])


def test_windows_are_copies():
    series = np.arange(10.0)
    x, y = windows(series, T=3)
    x[:], y[:] = -1, -1
    np.testing.assert_array_equal(series, np.arange(10.0))


def test_one_window_fits_exactly():
    x, y = windows(np.arange(4.0), T=3)
    assert x.shape == (3, 1, 1) and y.shape == (1, 1)


def test_integers_become_float64_and_float32_stays():
    assert windows(np.arange(5), T=2)[0].dtype == np.float64
    assert windows(np.arange(5, dtype=np.float32), T=2)[0].dtype == np.float32


def test_a_series_too_short_is_refused_in_letters():
    with pytest.raises(ValueError, match=r"L = 3; expected at least T \+ horizon = 4"):
        windows(np.arange(3.0), T=3)


def test_a_gap_is_named():
    series = np.arange(10.0)
    series[4] = np.nan
    with pytest.raises(ValueError, match="NaN or inf, first at time 4"):
        windows(series, T=2)


@pytest.mark.parametrize("bad", [np.zeros((2, 2, 2)), np.zeros(0), np.float64(3)])
def test_what_is_not_a_series_is_refused(bad):
    with pytest.raises(ValueError, match=r"expected \(L,\) or \(L, D\)"):
        windows(bad, T=1)


def test_the_split_takes_the_last_part():
    train, held_out = split_series(np.arange(309), 0.2)
    assert len(train) == 247 and len(held_out) == 62
    assert train[-1] == 246 and held_out[0] == 247


def test_the_split_takes_a_number_too():
    assert len(split_series(np.arange(10), 3)[1]) == 3


@pytest.mark.parametrize("validation", [0, 1.0, 10, 0.01, -0.2])
def test_a_split_with_an_empty_side_is_refused(validation):
    with pytest.raises(ValueError, match="leaves something on both sides"):
        split_series(np.arange(10), validation)
