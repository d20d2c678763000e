"""Hold the parameters of a stacked model: one NamedTuple per layer, and the same numbers as one flat list."""

import numpy as np

from rnncourse.reference.dropout import dropout
from rnncourse.reference.gru import init_gru
from rnncourse.reference.lstm import init_lstm
from rnncourse.reference.output import init_output
from rnncourse.reference.rnn import init_rnn
from rnncourse.training.model import GRU, LSTM, RECURRENT, RNN, Dense, Dropout, OneHot


def init_params(model, D, rng, dtype=np.float64):
    """Draw the parameters of every layer, in order, from one generator; both backends start from these numbers.

    Parameters
    ----------
    model : Model
    D : int
        Input features of the data (ignored below OneHot, which makes its own).
    rng : numpy.random.Generator
    dtype : dtype, optional

    Returns
    -------
    params : tuple
        One entry per layer: RNNParams, LSTMParams, GRUParams, OutputParams, or () for a layer without parameters.
    """
    params = []
    for layer, width in zip(model.layers, model.widths(D), strict=True):
        if isinstance(layer, RNN):
            params.append(init_rnn(width, layer.H, rng, dtype))
        elif isinstance(layer, LSTM):
            params.append(init_lstm(width, layer.H, rng, dtype, layer.forget_bias))
        elif isinstance(layer, GRU):
            params.append(init_gru(width, layer.H, rng, dtype))
        elif isinstance(layer, Dense):
            params.append(init_output(width, layer.K, rng, dtype))
        else:
            params.append(())
    return tuple(params)


def draw_masks(model, T, B, D, rng, dtype=np.float64):
    """Draw the dropout masks of one batch; the same numbers serve both backends.

    Returns
    -------
    masks : list
        One entry per layer: an array of shape (T, B, H) or (1, B, H), or None for a layer that drops nothing.
    """
    masks = []
    for layer, width in zip(model.layers, model.widths(D), strict=True):
        if isinstance(layer, Dropout):
            ones = np.ones((T, B, width), dtype)
            masks.append(dropout(ones, layer.rate, rng, layer.per)[1])
        else:
            masks.append(None)
        if isinstance(layer, RECURRENT) and not layer.return_sequences:
            T = 1  # h^(T) alone goes on
    return masks


def flatten(params):
    """List all arrays of all layers, in order: what the optimisers take."""
    return [array for layer in params for array in layer]


def unflatten(arrays, like):
    """Put a flat list back into the layers of `like`."""
    arrays = iter(arrays)
    return tuple(type(layer)(*(next(arrays) for _ in layer)) for layer in like)


def names(params):
    """Name each array of `flatten(params)`: the layer's place and the notes' symbol, such as "0/W_xh"."""
    return [f"{place}/{name}" for place, layer in enumerate(params) if layer for name in layer._fields]


def check_params(params, model, D):
    """Raise unless the parameters have the types and shapes that the model wants."""
    expected = init_params(model, D, np.random.default_rng(0))
    if len(params) != len(expected) or any(type(a) is not type(b) for a, b in zip(params, expected, strict=True)):
        kinds = [type(layer).__name__ for layer in expected]
        raise TypeError(
            f"params holds {[type(layer).__name__ for layer in params]}; expected one entry per layer: {kinds}"
        )
    for name, array, wanted in zip(names(expected), flatten(params), flatten(expected), strict=True):
        if array.shape != wanted.shape:
            raise ValueError(f"{name} has shape {tuple(array.shape)}; expected {wanted.shape}")


def input_features(model, x):
    """Count the features of the data, D: the last axis of x, or K where x holds class indices for OneHot."""
    return model.layers[0].K if isinstance(model.layers[0], OneHot) else x.shape[-1]
