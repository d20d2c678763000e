"""Turn a series into training and validation windows without a leak, once or for several origins."""

from dataclasses import dataclass

import numpy as np

from rnncourse.data.scaling import Scaler, fit_scaler
from rnncourse.data.windowing import as_series, count_validation, split_series, windows


@dataclass(frozen=True)
class ForecastingData:
    """Windows of a scaled series, split by time.

    Attributes
    ----------
    x, y : arrays of shape (T, N, D) and (N, D)
        Training windows and targets, scaled; all of them lie in the training part.
    x_val, y_val : arrays of shape (T, n, D) and (n, D)
        One window for each held-out step; the first of them reach back into the training part for their inputs.
    scaler : Scaler
        Fitted on the training part only.
    train, held_out : arrays of shape (L - n, D) and (n, D)
        The two parts of the series, in its own units.
    """

    x: np.ndarray
    y: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray
    scaler: Scaler
    train: np.ndarray
    held_out: np.ndarray

    @property
    def validation(self):
        """Pair x_val and y_val: what `rnncourse.training.fit` takes as `validation`."""
        return self.x_val, self.y_val


def forecasting_data(series, T=20, validation=0.2):
    """Split, scale and cut a series for one-step-ahead forecasting, in the only order that leaks nothing.

    1. split by time; 2. fit the scaler on the training part; 3. cut windows in each part. A value of the held-out
    part has no way into x, y or the scaler.

    Parameters
    ----------
    series : array of shape (L,) or (L, D)
    T : int, optional
        Length of a window.
    validation : float in (0, 1), or int, optional
        Share of the series, or number of steps, held out at its end.

    Returns
    -------
    ForecastingData

    Raises
    ------
    ValueError
        If the training part is too short for one window.
    """
    series = as_series(series)
    train, held_out = split_series(series, validation)
    if len(train) < T + 1:
        raise ValueError(
            f"the training part has {len(train)} of the series' L = {len(series)} steps; expected at least "
            f"T + 1 = {T + 1}: take a shorter window or hold out less"
        )
    scaler = fit_scaler(train)
    x, y = windows(scaler.transform(train), T)
    x_val, y_val = windows(scaler.transform(series[len(train) - T :]), T)
    return ForecastingData(x, y, x_val, y_val, scaler, train.copy(), held_out.copy())


def rolling_origin(series, T=20, folds=3, validation=0.1):
    """Make several training and validation sets from one series, each validated on what came after it.

    Fold k trains on everything before its origin and is validated on the block that follows; the blocks are of equal
    length, follow one another and end where the series ends. Each fold has its own scaler.

    Parameters
    ----------
    series : array of shape (L,) or (L, D)
    T, validation
        As in `forecasting_data`; a share is a share of the whole series.
    folds : int, optional

    Returns
    -------
    list of ForecastingData
        In the order of time.
    """
    series = as_series(series)
    if folds < 1:
        raise ValueError(f"folds is {folds}; expected at least 1")
    n = count_validation(len(series), validation)
    ends = [len(series) - n * later for later in reversed(range(folds))]
    if ends[0] - n < T + 1:
        raise ValueError(
            f"{folds} folds of {n} steps leave {ends[0] - n} steps to train the first; expected at least "
            f"T + 1 = {T + 1}: take fewer folds, a smaller validation or a shorter window"
        )
    return [forecasting_data(series[:end], T, n) for end in ends]
