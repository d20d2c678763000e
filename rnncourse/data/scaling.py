"""Standardise a series with numbers taken from its training part alone."""

from typing import NamedTuple

import numpy as np

from rnncourse.data.windowing import as_series


class Scaler(NamedTuple):
    """``mean`` (D,) and ``scale`` (D,): the training part's mean and standard deviation, column by column."""

    mean: np.ndarray
    scale: np.ndarray

    def transform(self, values):
        """Standardise an array of shape (..., D): (values - mean) / scale."""
        return (values - self.mean) / self.scale

    def inverse(self, values):
        """Back to the units of the series: values * scale + mean, for an array of shape (..., D)."""
        return values * self.scale + self.mean


def fit_scaler(train):
    """Measure mean and standard deviation on the training part, and on nothing later.

    Parameters
    ----------
    train : array of shape (L,) or (L, D)
        The training part of the series. A scaler fitted on the whole series tells the network the level and the
        spread of the years that it is asked to forecast.

    Returns
    -------
    Scaler
        A constant column gets scale 1.
    """
    train = as_series(train)  # (L, D)
    scale = train.std(axis=0)  # (D,)
    return Scaler(train.mean(axis=0), np.where(scale > 0, scale, 1).astype(train.dtype))
