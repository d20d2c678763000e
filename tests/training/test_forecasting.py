import numpy as np
import pytest

from rnncourse.data import forecasting_data, sunspots
from rnncourse.training import RNN, Dense, Dropout, Model, fit, forecasting_model, forecasts


def test_it_is_the_notes_model():
    layers = [RNN(50), Dropout(0.2), RNN(50, return_sequences=False), Dropout(0.2), Dense(1)]
    assert forecasting_model() == Model(layers, loss="mse")


@pytest.mark.parametrize("backend", ["numpy", "torch"])
def test_one_call_trains_it_and_it_beats_naive(backend):
    if backend == "torch":
        pytest.importorskip("torch")
    data = forecasting_data(sunspots().activity, T=11)
    fitted = fit(forecasting_model(), data.x, data.y, validation=data.validation, backend=backend)
    assert len(fitted.history) == 50
    errors = forecasts(data, {"RNN": fitted}).rmse()
    assert errors["RNN"] < errors["naive"]


def test_the_table_has_one_row_per_method_best_first():
    data = forecasting_data(sunspots().activity, T=20)
    network = fit(forecasting_model(H=4), data.x, data.y, epochs=1, validation=None)
    result = forecasts(data, {"RNN 4, one epoch": network})
    errors = result.rmse()
    assert set(errors) == {"naive", "seasonal(11)", "AR(20)", "RNN 4, one epoch"}
    assert list(errors.values()) == sorted(errors.values())
    lines = str(result).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert [line.split("  ")[0] for line in lines[1:]] == list(errors)
    assert errors["AR(20)"] == pytest.approx(20.31, abs=0.01)


def test_forecasts_are_in_the_units_of_the_series():
    data = forecasting_data(1000 + 10 * np.sin(np.arange(100.0)), T=20)
    network = fit(forecasting_model(H=8), data.x, data.y, epochs=3, validation=None)
    assert np.abs(forecasts(data, {"RNN": network}).by_method["RNN"] - 1000).max() < 30
