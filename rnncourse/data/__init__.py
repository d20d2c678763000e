"""Provide data that need no network, and cut, split and scale them without a leak from the future."""

from rnncourse.data.adding import ADDING_BASELINE, adding_problem
from rnncourse.data.augment import jitter, rescale, slice_windows
from rnncourse.data.characters import Alphabet, CharacterData, character_data, character_windows, corpus
from rnncourse.data.copying import copy_baseline, copy_problem
from rnncourse.data.forecasting import ForecastingData, forecasting_data, rolling_origin
from rnncourse.data.scaling import Scaler, fit_scaler
from rnncourse.data.sunspot_numbers import Sunspots, sunspots
from rnncourse.data.windowing import split_series, windows

__all__ = [
    "ADDING_BASELINE",
    "Alphabet",
    "CharacterData",
    "ForecastingData",
    "Scaler",
    "Sunspots",
    "adding_problem",
    "character_data",
    "character_windows",
    "copy_baseline",
    "copy_problem",
    "corpus",
    "fit_scaler",
    "forecasting_data",
    "jitter",
    "rescale",
    "rolling_origin",
    "slice_windows",
    "split_series",
    "sunspots",
    "windows",
]
