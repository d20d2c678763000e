import numpy as np
import pytest

from rnncourse.data import forecasting_data, rolling_origin, sunspots


def test_a_poisoned_future_changes_nothing_that_training_sees():
    series = sunspots().activity
    poisoned = series.copy()
    poisoned[247:] = 1e9
    clean, other = forecasting_data(series), forecasting_data(poisoned)
    np.testing.assert_array_equal(clean.x, other.x)
    np.testing.assert_array_equal(clean.y, other.y)
    np.testing.assert_array_equal(clean.scaler, other.scaler)
    assert not np.array_equal(clean.y_val, other.y_val)


def test_there_is_one_validation_window_for_each_held_out_step():
    data = forecasting_data(sunspots().activity, T=20)
    assert data.x.shape == (20, 227, 1) and data.x_val.shape == (20, 62, 1)
    np.testing.assert_allclose(data.scaler.inverse(data.y_val), data.held_out, rtol=1e-12)
    np.testing.assert_allclose(data.scaler.inverse(data.x_val[:, 0]), data.train[-20:], rtol=1e-12)


def test_the_series_is_left_as_it_was():
    series = np.arange(60.0)
    forecasting_data(series, T=5)
    np.testing.assert_array_equal(series, np.arange(60.0))


def test_a_short_training_part_is_refused():
    with pytest.raises(ValueError, match=r"has 8 of the series' L = 10 steps; expected at least T \+ 1 = 9"):
        forecasting_data(np.arange(10.0), T=8)


def test_each_origin_is_validated_on_what_follows_it():
    series = np.arange(100.0)
    folds = rolling_origin(series, T=5, folds=3, validation=0.1)
    assert [len(fold.train) for fold in folds] == [70, 80, 90]
    for fold in folds:
        assert len(fold.held_out) == 10
        assert fold.held_out[0] == fold.train[-1] + 1
    assert folds[-1].held_out[-1] == 99


def test_each_origin_has_a_scaler_of_its_own_past():
    series = np.arange(100.0)
    early = rolling_origin(series, T=5, folds=3)[0]
    series[70:] = -1e6
    np.testing.assert_array_equal(early.scaler, rolling_origin(series, T=5, folds=3)[0].scaler)
    assert early.scaler.mean == np.arange(70.0).mean()


def test_too_many_origins_are_refused():
    with pytest.raises(ValueError, match="10 folds of 10 steps leave 0 steps"):
        rolling_origin(np.arange(100.0), T=5, folds=10)
