"""Small models and data that several files train on."""

import numpy as np
import pytest

from rnncourse.training import GRU, LSTM, RNN, Dense, Dropout, Model, OneHot

MODELS = {
    "notes": Model([RNN(5), Dropout(0.2), RNN(4, return_sequences=False), Dropout(0.2), Dense(1)]),
    "relu": Model([RNN(4, activation="relu"), Dropout(0.3, per="sequence"), Dense(2)]),
    "lstm": Model([LSTM(4), Dropout(0.4, per="sequence"), LSTM(3, return_sequences=False), Dense(2)]),
    "gru": Model([Dropout(0.1), GRU(4), GRU(3), Dense(2)], "binary_cross_entropy"),
    "characters": Model([OneHot(6), LSTM(4), Dropout(0.2), GRU(5), Dense(6)], "cross_entropy"),
    "classify": Model([OneHot(6), RNN(4, return_sequences=False), Dense(3)], "cross_entropy"),
}


def draw_data(model, T=6, N=8, D=3, seed=0):
    """Inputs and targets that fit a model."""
    rng = np.random.default_rng(seed)
    if isinstance(model.layers[0], OneHot):
        x = rng.integers(0, model.layers[0].K, (T, N))
    else:
        x = rng.standard_normal((T, N, D))
    shape = (N,) if model.many_to_one else (T, N)
    if model.loss == "cross_entropy":
        return x, rng.integers(0, model.K, shape)
    y = rng.standard_normal((*shape, model.K))
    return x, (y > 0).astype(float) if model.loss == "binary_cross_entropy" else y


@pytest.fixture(params=MODELS)
def model(request):
    return MODELS[request.param]


@pytest.fixture
def data(model):
    return draw_data(model)


@pytest.fixture
def notes_model():
    return MODELS["notes"]


@pytest.fixture
def notes_data():
    return draw_data(MODELS["notes"], N=20)
