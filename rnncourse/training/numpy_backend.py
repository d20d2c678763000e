"""Run the stacked model on NumPy: every layer's backward is called by hand, top to bottom."""

from importlib import import_module

import numpy as np

from rnncourse.reference import optim
from rnncourse.reference.output import (
    mean_squared_error,
    output_layer,
    output_layer_backward,
    sigmoid,
    sigmoid_binary_cross_entropy,
    softmax,
    softmax_cross_entropy,
)
from rnncourse.training.model import GRU, LSTM, RNN, Dense, Dropout, OneHot
from rnncourse.training.optimisers import Adam
from rnncourse.training.params import flatten, unflatten

HEADS = {
    "mse": mean_squared_error,
    "cross_entropy": softmax_cross_entropy,
    "binary_cross_entropy": sigmoid_binary_cross_entropy,
}
PSI = {"mse": np.asarray, "cross_entropy": softmax, "binary_cross_entropy": sigmoid}
CELLS = {RNN: "rnn", LSTM: "lstm", GRU: "gru"}


class NumpyBackend:
    """Forward, backward and update of one model on NumPy arrays."""

    name = "numpy"

    def __init__(self, model, dtype, device=None):
        if device not in (None, "cpu"):
            raise ValueError(f'device is {device!r}; the NumPy backend has "cpu" alone: take backend="torch"')
        self.model, self.dtype = model, np.dtype(dtype)

    def put(self, array):
        """Convert to a NumPy array, in this backend's dtype if it holds real numbers."""
        if array is None:
            return None
        array = np.asarray(array)
        return array if np.issubdtype(array.dtype, np.integer) else array.astype(self.dtype, copy=False)

    def get(self, array):
        """Back to NumPy."""
        return array

    def forward(self, params, x, masks=None):
        """Compute logits z (T, B, K), or (1, B, K) when many-to-one, and `backward`'s cache. No masks: dropout off."""
        caches = []
        for place, layer in enumerate(self.model.layers):
            mask = None if masks is None else masks[place]
            x, cache = self._layer_forward(layer, params[place], x, mask)
            caches.append(cache)
        return x, caches

    def backward(self, delta_y, params, caches):
        """Compute the gradients of every layer's parameters from that of the logits."""
        grads = [()] * len(params)
        d = delta_y
        for place in reversed(range(len(params))):
            d, grads[place] = self._layer_backward(self.model.layers[place], params[place], d, caches[place])
        return tuple(grads)

    def loss(self, z, y, mask=None):
        """Compute the loss of the logits: sum over time, mean over the batch."""
        return HEADS[self.model.loss](z, y, mask)[0]

    def loss_and_gradients(self, params, x, y, mask=None, masks=None):
        """Compute the loss of a batch and its gradients, layer by layer; `masks` are the dropout masks."""
        z, caches = self.forward(params, x, masks)
        loss, delta_y = HEADS[self.model.loss](z, y, mask)
        if not np.isfinite(loss):
            raise FloatingPointError(f"the loss is {loss}")
        return loss, self.backward(delta_y, params, caches)

    def outputs(self, params, x):
        """Compute the logits with dropout off."""
        return self.forward(params, x)[0]

    def prediction(self, z):
        """Predict y_hat = psi(z): identity, softmax or sigmoid."""
        return PSI[self.model.loss](z)

    def clip(self, grads, max_norm):
        """Measure the gradients' global norm, and scale the gradients to at most max_norm (None: leave them)."""
        flat = flatten(grads)
        clipped = flat if max_norm is None else optim.clip_gradients(flat, max_norm)
        return optim.global_norm(flat), unflatten(clipped, grads)

    def optimiser(self, description, params):
        """Make an object whose `step(params, grads)` returns the updated params."""
        return NumpyOptimiser(description, params)

    def _layer_forward(self, layer, params, x, mask):
        if isinstance(layer, Dense):
            return output_layer(x, params), x  # (T, B, K)
        if isinstance(layer, Dropout):
            return (x if mask is None else x * mask), mask  # (T, B, H)
        if isinstance(layer, OneHot):
            return np.eye(layer.K, dtype=self.dtype)[x], None  # (T, B, K)
        cell = _cell(layer)
        options = {"activation": layer.activation} if isinstance(layer, RNN) else {}
        h, _, cache = cell.forward(x, _zero_state(layer, x), params, **options)  # (T, B, H)
        return (h if layer.return_sequences else h[-1:]), (cache, h.shape)  # (T, B, H) or (1, B, H)

    def _layer_backward(self, layer, params, d, cache):
        if isinstance(layer, Dense):
            return output_layer_backward(d, cache, params)
        if isinstance(layer, Dropout):
            return (d if cache is None else d * cache), ()
        if isinstance(layer, OneHot):
            return None, ()
        cell_cache, shape = cache
        dh = d
        if not layer.return_sequences:  # no output before T, so no gradient from one: delta_y^(t) = 0 for t < T
            dh = np.zeros(shape, d.dtype)  # (T, B, H)
            dh[-1] = d[0]
        dx, _, dparams = _cell(layer).backward(dh, _zero_state(layer, dh), cell_cache)
        return dx, dparams


class NumpyOptimiser:
    """The plain functions of `rnncourse.reference.optim`, and the state that they carry from step to step."""

    def __init__(self, description, params):
        self.description, self.like, self.state = description, params, None

    def step(self, params, grads):
        """Update the params once; returns the new ones."""
        flat, flat_grads, o = flatten(params), flatten(grads), self.description
        if isinstance(o, Adam):
            settings = (o.learning_rate, o.beta_1, o.beta_2, o.eps, o.weight_decay)
            flat, self.state = optim.adam_step(flat, flat_grads, self.state, *settings)
        elif o.momentum:
            settings = (o.learning_rate, o.momentum, o.weight_decay)
            flat, self.state = optim.momentum_step(flat, flat_grads, self.state, *settings)
        else:
            flat = optim.sgd_step(flat, flat_grads, o.learning_rate, o.weight_decay)
        return unflatten(flat, params)

    def to_arrays(self):
        """Collect the state as a dict of lists of arrays, for a checkpoint; empty before the first step."""
        if self.state is None:
            return {}
        if isinstance(self.description, Adam):
            return {"t": [np.array(self.state.t)], "m": self.state.m, "v": self.state.v}
        return {"velocity": self.state}

    def from_arrays(self, arrays):
        """Take back what `to_arrays` gave."""
        if "t" in arrays:
            self.state = optim.AdamState(int(arrays["t"][0]), arrays["m"], arrays["v"])
        elif "velocity" in arrays:
            self.state = arrays["velocity"]


class _Cell:
    def __init__(self, kind):
        module = import_module(f"rnncourse.numpy.{kind}")
        self.forward, self.backward = getattr(module, f"{kind}_forward"), getattr(module, f"{kind}_backward")


def _cell(layer):
    return _Cell(CELLS[type(layer)])


def _zero_state(layer, like):
    zeros = np.zeros((like.shape[1], layer.H), like.dtype)  # (B, H)
    return (zeros, zeros.copy()) if isinstance(layer, LSTM) else zeros
