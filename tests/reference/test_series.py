"""The plain functions against the data package, which splits first and scales and cuts each part by itself."""

import numpy as np

from rnncourse.data import forecasting_data
from rnncourse.reference.series import make_windows, scale_series

SERIES = np.random.default_rng(0).normal(5, 2, 40)


def test_windows_of_the_scaled_series_are_those_of_the_data_package():
    data = forecasting_data(SERIES, T=6, validation=9)
    scaled, mean, scale = scale_series(SERIES, 9)
    x, y, x_val, y_val = make_windows(scaled, 6, 9, seed=3)
    order = np.random.default_rng(3).permutation(25)
    np.testing.assert_allclose(x, data.x[:, order], rtol=1e-12)
    np.testing.assert_allclose(y, data.y[order], rtol=1e-12)
    np.testing.assert_allclose(x_val, data.x_val, rtol=1e-12)
    np.testing.assert_allclose(y_val, data.y_val, rtol=1e-12)
    np.testing.assert_allclose((mean, scale), (data.scaler.mean[0], data.scaler.scale[0]), rtol=1e-12)


def test_a_poisoned_future_changes_nothing_in_the_past():
    poisoned = SERIES.copy()
    poisoned[-9:] = 1e9
    np.testing.assert_array_equal(scale_series(SERIES, 9)[0][:31], scale_series(poisoned, 9)[0][:31])
    for clean, other in zip(make_windows(SERIES, 6, 9, 0)[:2], make_windows(poisoned, 6, 9, 0)[:2], strict=True):
        np.testing.assert_array_equal(clean, other)


def test_the_example_of_the_exercise():
    x, y, x_val, y_val = make_windows(np.arange(1.0, 6), 2, 1, seed=0)
    assert sorted(zip(*x[:, :, 0], y[:, 0], strict=True)) == [(1, 2, 3), (2, 3, 4)]
    assert x_val[:, 0, 0].tolist() == [3, 4] and y_val.tolist() == [[5]]
    scaled, mean, scale = scale_series(np.array([2.0, 4, 6, 10]), 1)
    np.testing.assert_allclose([*scaled, mean, scale], [-1.2247, 0, 1.2247, 3.6742, 4, 1.633], atol=5e-5)
