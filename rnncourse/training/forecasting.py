"""Build the notes' forecasting model, and compare its forecasts honestly."""

from dataclasses import dataclass

import numpy as np

from rnncourse.language import phrase, said, say
from rnncourse.training.baselines import autoregression, naive, seasonal
from rnncourse.training.columns import columns_of, padded
from rnncourse.training.model import RNN, Dense, Dropout, Model


def forecasting_model(H=50, rate=0.2, K=1):
    """Build the notes' model: RNN(H) - dropout - RNN(H), last step - dropout - dense(K), mean squared error.

    With the defaults of `fit` (Adam, batches of 32, 50 epochs, the last 20% for validation) it is their whole program.

    Parameters
    ----------
    H : int, optional
        Hidden units of either RNN.
    rate : float, optional
        Of either dropout.
    K : int, optional
        Outputs: columns of the series.

    Returns
    -------
    Model

    Examples
    --------
    >>> from rnncourse.data import forecasting_data, sunspots
    >>> from rnncourse.training import fit, forecasting_model
    >>> data = forecasting_data(sunspots().activity)
    >>> fitted = fit(forecasting_model(), data.x, data.y, validation=data.validation)  # doctest: +SKIP

    Notes
    -----
    Source: the notes, RNN, code.
    """
    return Model([RNN(H), Dropout(rate), RNN(H, return_sequences=False), Dropout(rate), Dense(K)], "mse")


@dataclass(frozen=True)
class Forecasts:
    """One-step-ahead forecasts of the held-out part, in the units of the series.

    Attributes
    ----------
    actual : array of shape (n, D)
    by_method : dict of str to array of shape (n, D)
    """

    actual: np.ndarray
    by_method: dict

    def rmse(self):
        """Compute the root mean squared error of each method: a dict, best first."""
        errors = {name: float(np.sqrt(np.mean((f - self.actual) ** 2))) for name, f in self.by_method.items()}
        return dict(sorted(errors.items(), key=lambda item: item[1]))

    def __str__(self):
        """Write an aligned table: RMSE, mean absolute error, and RMSE as a share of the naive forecast's."""
        errors = self.rmse()
        width = max(columns_of(said(name)) for name in errors)
        head = padded(say("forecast"), width), padded(say("of naive"), 8, right=True)
        lines = [f"{head[0]}  {'RMSE':>8}  {'MAE':>8}  {head[1]}"]
        for name, error in errors.items():
            mae = np.abs(self.by_method[name] - self.actual).mean()
            lines.append(f"{padded(said(name), width)}  {error:8.2f}  {mae:8.2f}  {error / errors['naive']:8.2f}")
        return "\n".join(lines)


def forecasts(data, networks=None, season=11, order=20):
    """Forecast the held-out part by the baselines and by trained networks.

    Every method forecasts one step ahead from true past values, and was fitted on the training part alone. A network
    depends on its seed and the baselines do not: pass several seeds before saying that one beats the other. Where
    early stopping or a search looked at this held-out part, the network's error here is too good.

    Parameters
    ----------
    data : rnncourse.data.ForecastingData
    networks : dict of str to Fitted, optional
        What to call each network, and the network.
    season, order : int, optional
        Of the seasonal forecast and the autoregression.

    Returns
    -------
    Forecasts
    """
    by_method = {
        phrase("naive"): naive(data),
        phrase("seasonal({season})", season=season): seasonal(data, season),
        f"AR({order})": autoregression(data, order),
    }
    for name, fitted in (networks or {}).items():
        by_method[name] = data.scaler.inverse(fitted.predict(data.x_val))
    return Forecasts(data.held_out, by_method)
