"""Train stacked models on NumPy or torch: one description, one call, the same numbers."""

from rnncourse.training.early_stopping import EarlyStopping
from rnncourse.training.fitted import Fitted
from rnncourse.training.fitting import fit
from rnncourse.training.forecasting import Forecasts, forecasting_model, forecasts
from rnncourse.training.history import History
from rnncourse.training.model import GRU, LSTM, RNN, Dense, Dropout, Model, OneHot
from rnncourse.training.optimisers import SGD, Adam
from rnncourse.training.params import init_params
from rnncourse.training.resume import load
from rnncourse.training.search import SearchResult, grid_search, random_search

__all__ = [
    "GRU",
    "LSTM",
    "RNN",
    "SGD",
    "Adam",
    "Dense",
    "Dropout",
    "EarlyStopping",
    "Fitted",
    "Forecasts",
    "History",
    "Model",
    "OneHot",
    "SearchResult",
    "fit",
    "forecasting_model",
    "forecasts",
    "grid_search",
    "init_params",
    "load",
    "random_search",
]
