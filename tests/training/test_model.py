import json

import pytest

from rnncourse.training import GRU, LSTM, RNN, Dense, Dropout, Model, OneHot
from rnncourse.training.model import from_dict, to_dict


def test_a_description_survives_json(model):
    assert from_dict(json.loads(json.dumps(to_dict(model)))) == model


def test_many_to_one_means_that_some_layer_hands_on_its_last_state():
    assert Model([RNN(3, return_sequences=False), Dense(1)]).many_to_one
    assert not Model([RNN(3), Dense(1)]).many_to_one


def test_each_layer_reads_what_the_one_below_makes():
    model = Model([OneHot(7), LSTM(5), Dropout(0.1), GRU(4), Dense(2)])
    assert model.widths(1) == [1, 7, 5, 5, 4]


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([], "the last layer is None; expected Dense"),
        ([RNN(3)], r"expected Dense\(K\)"),
        ([RNN(0), Dense(1)], "layer 0 .* size of at least 1"),
        ([RNN(2.5), Dense(1)], "layer 0 .* size of at least 1"),
        ([RNN(3), Dropout(1.0), Dense(1)], "0 <= rate < 1"),
        ([RNN(3), Dropout(0.1, per="batch"), Dense(1)], 'per="sequence"'),
        ([RNN(3, activation="sigmoid"), Dense(1)], 'activation="relu"'),
        ([RNN(3), OneHot(2), Dense(1)], "expected OneHot first"),
        ([RNN(3, return_sequences=False), LSTM(2), Dense(1)], "give that one return_sequences=True"),
    ],
)
def test_layers_that_do_not_fit_are_named(layers, message):
    with pytest.raises(ValueError, match=message):
        Model(layers)


def test_a_layer_of_another_library_is_refused():
    with pytest.raises(TypeError, match="layer 0 is 'SimpleRNN'; expected one of RNN, LSTM"):
        Model(["SimpleRNN", Dense(1)])


def test_an_unknown_loss_is_refused():
    with pytest.raises(ValueError, match="loss is 'mae'"):
        Model([RNN(3), Dense(1)], "mae")
