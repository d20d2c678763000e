"""Describe a stacked model: which layers, in which order, and which loss. A description holds no numbers."""

import dataclasses
from dataclasses import dataclass

LOSSES = ("mse", "cross_entropy", "binary_cross_entropy")
"""Identity + MSE, softmax + cross-entropy, sigmoid + binary cross-entropy: sum over time, mean over the batch."""


@dataclass(frozen=True)
class RNN:
    """A vanilla RNN layer of H units; with ``return_sequences=False`` it hands on h^(T) alone."""

    H: int
    activation: str = "tanh"
    return_sequences: bool = True


@dataclass(frozen=True)
class LSTM:
    """An LSTM layer of H units; b_f starts at ``forget_bias``."""

    H: int
    return_sequences: bool = True
    forget_bias: float = 1.0


@dataclass(frozen=True)
class GRU:
    """A GRU layer of H units, in the reset-after form."""

    H: int
    return_sequences: bool = True


@dataclass(frozen=True)
class Dropout:
    """Inverted dropout between layers: a mask per ``"step"``, or one mask per ``"sequence"``; off at evaluation."""

    rate: float
    per: str = "step"


@dataclass(frozen=True)
class OneHot:
    """Turns class indices (T, B) into one-hot rows (T, B, K); the first layer of a model that reads symbols."""

    K: int


@dataclass(frozen=True)
class Dense:
    """The output layer of K outputs, z = W_hy h + b_y, at each step that it is handed."""

    K: int


RECURRENT = (RNN, LSTM, GRU)
LAYERS = {layer.__name__: layer for layer in (RNN, LSTM, GRU, Dropout, OneHot, Dense)}


@dataclass(frozen=True)
class Model:
    """A stack of layers and its loss; both backends, NumPy and torch, run the same description.

    Attributes
    ----------
    layers : sequence of RNN, LSTM, GRU, Dropout, OneHot and Dense
        Dense comes last. Once a layer returns h^(T) alone no recurrent layer may follow.
    loss : {"mse", "cross_entropy", "binary_cross_entropy"}

    Raises
    ------
    ValueError, TypeError
        If the layers do not fit together.

    Examples
    --------
    >>> Model([RNN(50), Dropout(0.2), RNN(50, return_sequences=False), Dropout(0.2), Dense(1)]).many_to_one
    True
    """

    layers: tuple
    loss: str = "mse"

    def __post_init__(self):
        object.__setattr__(self, "layers", tuple(self.layers))
        for place, layer in enumerate(self.layers):
            _check_layer(place, layer, self.layers)
        if not self.layers or not isinstance(self.layers[-1], Dense):
            last = self.layers[-1] if self.layers else None
            raise ValueError(f"the last layer is {last}; expected Dense(K), which makes the K outputs")
        if self.loss not in LOSSES:
            raise ValueError(f"loss is {self.loss!r}; expected one of {LOSSES}")

    @property
    def many_to_one(self):
        """Tell whether there is one output per sequence (from h^(T)) instead of one per step."""
        return any(isinstance(layer, RECURRENT) and not layer.return_sequences for layer in self.layers)

    @property
    def K(self):
        """Count the outputs of the last layer."""
        return self.layers[-1].K

    def widths(self, D):
        """List the input features of each layer, given those of the data: a list as long as `layers`."""
        inputs = []
        for layer in self.layers:
            inputs.append(D)
            D = getattr(layer, "H", getattr(layer, "K", D))
        return inputs


def to_dict(model):
    """Describe a model in plain lists, strings and numbers, ready for JSON."""
    layers = [{"layer": type(layer).__name__, **dataclasses.asdict(layer)} for layer in model.layers]
    return {"layers": layers, "loss": model.loss}


def from_dict(described):
    """Build the model that `to_dict` described."""
    layers = [LAYERS[d["layer"]](**{k: v for k, v in d.items() if k != "layer"}) for d in described["layers"]]
    return Model(layers, described["loss"])


def _check_layer(place, layer, layers):
    if type(layer) not in LAYERS.values():
        raise TypeError(f"layer {place} is {layer!r}; expected one of {', '.join(LAYERS)}")
    size = getattr(layer, "H", getattr(layer, "K", 1))
    if not isinstance(size, int) or size < 1:
        raise ValueError(f"layer {place} is {layer}; expected a size of at least 1")
    if isinstance(layer, Dropout) and not (0 <= layer.rate < 1 and layer.per in ("step", "sequence")):
        raise ValueError(f'layer {place} is {layer}; expected 0 <= rate < 1 and per="step" or per="sequence"')
    if isinstance(layer, RNN) and layer.activation not in ("tanh", "relu"):
        raise ValueError(f'layer {place} is {layer}; expected activation="tanh" or activation="relu"')
    if isinstance(layer, OneHot) and place > 0:
        raise ValueError(f"layer {place} is {layer}; expected OneHot first, or not at all")
    before = [lower for lower in layers[:place] if isinstance(lower, RECURRENT) and not lower.return_sequences]
    if isinstance(layer, RECURRENT) and before:
        raise ValueError(
            f"layer {place} is {layer}, but {before[0]} below it hands on h^(T) alone; "
            "give that one return_sequences=True"
        )
