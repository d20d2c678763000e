"""Yearly sunspot numbers, 1700 to 2008: the real series of the course."""

from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np


class Sunspots(NamedTuple):
    """``year`` (309,) and ``activity`` (309,), the mean number of sunspots of each year."""

    year: np.ndarray
    activity: np.ndarray


def sunspots():
    """Load the yearly sunspot numbers that come with statsmodels (public domain, no network).

    Returns
    -------
    Sunspots
        ``year`` (309,) of int and ``activity`` (309,) of float64.

    Raises
    ------
    ImportError
        If statsmodels is not installed.

    Notes
    -----
    Source: National Geophysical Data Center (US), as ``statsmodels.datasets.sunspots``. The file is read as it lies:
    importing statsmodels would take seconds to do the same.
    """
    package = find_spec("statsmodels")
    if package is None:
        raise ImportError(
            "sunspots() reads a file of statsmodels, which is not installed: pip install 'rnncourse[learn]'"
        )
    path = Path(package.submodule_search_locations[0]) / "datasets" / "sunspots" / "sunspots.csv"
    table = np.loadtxt(path, delimiter=",", skiprows=1)  # (309, 2)
    return Sunspots(table[:, 0].astype(int), table[:, 1].copy())
