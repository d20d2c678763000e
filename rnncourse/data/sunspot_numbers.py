"""Provide the real series of the course: yearly sunspot numbers, 1700 to 2008."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

FILE = Path(__file__).with_name("sunspots.csv")
"""Comes with the package, so that the series needs neither a network nor another package."""


class Sunspots(NamedTuple):
    """``year`` (309,) and ``activity`` (309,), the mean number of sunspots of each year."""

    year: np.ndarray
    activity: np.ndarray


def sunspots():
    """Load the yearly sunspot numbers (public domain, no network).

    Returns
    -------
    Sunspots
        ``year`` (309,) of int and ``activity`` (309,) of float64.

    Notes
    -----
    Source: National Geophysical Data Center (US), as distributed with statsmodels (``statsmodels.datasets.sunspots``).
    """
    table = np.loadtxt(FILE, delimiter=",", skiprows=3)  # (309, 2)
    return Sunspots(table[:, 0].astype(int), table[:, 1].copy())
