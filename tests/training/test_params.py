import numpy as np
import pytest

from rnncourse.notation import LSTMParams, OutputParams, RNNParams
from rnncourse.training import LSTM, RNN, Dense, Dropout, Model, init_params
from rnncourse.training.params import check_params, draw_masks, flatten, names, unflatten

MODEL = Model(
    [
        RNN(4),
        Dropout(0.5),
        Dropout(0.5, "sequence"),
        LSTM(3, return_sequences=False, forget_bias=2.0),
        Dropout(0.5),
        Dense(2),
    ]
)


def test_each_layer_has_the_shapes_of_the_notation():
    params = init_params(MODEL, 5, np.random.default_rng(0))
    assert [type(layer) for layer in params] == [RNNParams, tuple, tuple, LSTMParams, tuple, OutputParams]
    assert params[0].W_xh.shape == (4, 5) and params[3].W_f.shape == (3, 7) and params[5].W_hy.shape == (2, 3)
    assert (params[3].b_f == 2).all()


def test_the_dtype_goes_through():
    assert {a.dtype for a in flatten(init_params(MODEL, 5, np.random.default_rng(0), "float32"))} == {np.dtype("f4")}


def test_unflatten_undoes_flatten():
    params = init_params(MODEL, 5, np.random.default_rng(0))
    again = unflatten(flatten(params), params)
    assert [type(layer) for layer in again] == [type(layer) for layer in params]
    assert all(a is b for a, b in zip(flatten(again), flatten(params), strict=True))
    assert names(params)[:4] == ["0/W_xh", "0/W_hh", "0/b_h", "3/W_f"]


def test_masks_keep_the_mean_and_have_the_shape_of_what_they_meet():
    masks = draw_masks(MODEL, T=50, B=40, D=5, rng=np.random.default_rng(0))
    shapes = [None if mask is None else mask.shape for mask in masks]
    assert shapes == [None, (50, 40, 4), (1, 40, 4), None, (1, 40, 3), None]  # after h^(T) alone, one step is left
    assert set(np.unique(masks[1])) == {0.0, 2.0}
    assert abs(masks[1].mean() - 1) < 0.04


def test_wrong_parameters_are_named():
    params = init_params(MODEL, 5, np.random.default_rng(0))
    with pytest.raises(ValueError, match=r"0/W_xh has shape \(4, 5\); expected \(4, 6\)"):
        check_params(params, MODEL, 6)
    with pytest.raises(TypeError, match="expected one entry per layer"):
        check_params(params[:-1], MODEL, 5)
