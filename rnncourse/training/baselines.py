"""Forecast what a network must beat: last year's value, the value one season ago, and a linear autoregression."""

import numpy as np

from rnncourse.data.windowing import windows


def naive(data):
    """Forecast each held-out step by the value one step earlier.

    Parameters
    ----------
    data : rnncourse.data.ForecastingData

    Returns
    -------
    forecasts : array of shape (n, D)
        In the units of the series, one per held-out step; each uses what was known one step before.
    """
    return seasonal(data, 1)


def seasonal(data, season=11):
    """Forecast each held-out step by the value one season earlier.

    Parameters
    ----------
    data : rnncourse.data.ForecastingData
    season : int, optional
        11 years for sunspots.

    Returns
    -------
    forecasts : array of shape (n, D)
    """
    known, n = np.concatenate([data.train, data.held_out]), len(data.held_out)
    if not 1 <= season <= len(data.train):
        raise ValueError(f"season is {season}; expected 1 to {len(data.train)}, the length of the training part")
    start = len(data.train) - season
    return known[start : start + n]


def autoregression(data, order=20):
    """Forecast each held-out step by a linear function of the `order` values before it, column by column.

    x^(t) = a_0 + a_1 x^(t-1) + ... + a_p x^(t-p), the a by least squares on the training part alone.

    Parameters
    ----------
    data : rnncourse.data.ForecastingData
    order : int, optional
        p.

    Returns
    -------
    forecasts : array of shape (n, D)

    Notes
    -----
    Source: Yule (1927), "On a method of investigating periodicities in disturbed series", who made it for sunspots.
    """
    if len(data.train) < 2 * order + 1:
        raise ValueError(f"order is {order}; least squares needs a training part of at least {2 * order + 1} steps")
    known = np.concatenate([data.train[len(data.train) - order :], data.held_out])
    columns = []
    for d in range(data.train.shape[1]):
        past, target = windows(data.train[:, d], order)  # (order, N, 1), (N, 1)
        coefficients, *_ = np.linalg.lstsq(_with_one(past), target[:, 0], rcond=None)  # (1 + order,)
        columns.append(_with_one(windows(known[:, d], order)[0]) @ coefficients)
    return np.stack(columns, axis=1)  # (n, D)


def _with_one(past):
    """Build a design matrix: a column of ones, then the values of each window."""
    return np.column_stack([np.ones(past.shape[1]), past[:, :, 0].T])  # (N, 1 + order)
