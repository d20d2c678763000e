import numpy as np
import pytest

from rnncourse.data import forecasting_data, sunspots
from rnncourse.training.baselines import autoregression, naive, seasonal


def test_naive_and_seasonal_are_the_series_shifted():
    series = np.random.default_rng(0).standard_normal(60)
    data = forecasting_data(series, T=5, validation=10)
    np.testing.assert_array_equal(naive(data)[:, 0], series[49:59])
    np.testing.assert_array_equal(seasonal(data, 11)[:, 0], series[39:49])


def test_autoregression_finds_the_recursion_that_made_the_series():
    series = np.empty((80, 2))
    series[:2] = [[1.0, 2.0], [0.5, -1.0]]
    for t in range(2, 80):
        series[t] = 3 + 1.6 * series[t - 1] - 0.98 * series[t - 2] * [1, 0.9]
    data = forecasting_data(series, T=4, validation=20)
    np.testing.assert_allclose(autoregression(data, order=2), data.held_out, rtol=1e-8, atol=1e-8)


def test_autoregression_agrees_with_statsmodels_on_the_sunspots():
    AutoReg = pytest.importorskip("statsmodels.tsa.ar_model").AutoReg
    data = forecasting_data(sunspots().activity)
    fitted = AutoReg(data.train[:, 0], lags=20).fit()
    ours = autoregression(data, 20)[0, 0]
    assert ours == pytest.approx(fitted.forecast(1)[0], rel=1e-8)


def test_no_method_sees_what_it_forecasts():
    series = np.random.default_rng(0).standard_normal(100)
    changed = series.copy()
    changed[-1] = 1e6
    before, after = (forecasting_data(s, T=5, validation=20) for s in (series, changed))
    for method in (naive, seasonal, autoregression):
        np.testing.assert_array_equal(method(before), method(after))


def test_a_season_or_an_order_that_is_too_long_is_refused():
    data = forecasting_data(np.arange(50.0), T=5)
    with pytest.raises(ValueError, match="season is 41; expected 1 to 40"):
        seasonal(data, 41)
    with pytest.raises(ValueError, match="at least 41 steps"):
        autoregression(data, 20)
