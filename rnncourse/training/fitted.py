"""Hold what training returns: a model with its numbers."""

from dataclasses import dataclass

import numpy as np

from rnncourse.training.backends import get_backend
from rnncourse.training.batches import check_input
from rnncourse.training.history import History
from rnncourse.training.model import Model
from rnncourse.training.params import flatten, unflatten

EVALUATION_BATCH = 512
"""Sequences per forward pass where no gradient is taken: bounds the memory, changes no result but by rounding."""


@dataclass(frozen=True)
class Fitted:
    """A trained model.

    Attributes
    ----------
    model : Model
    params : tuple
        One entry per layer, NumPy arrays whatever the backend.
    history : History
    stopped_early : bool
    backend, device : str
        Where `predict` runs.
    """

    model: Model
    params: tuple
    history: History
    stopped_early: bool = False
    backend: str = "numpy"
    device: str | None = None

    def predict(self, x):
        """Predict y_hat with dropout off.

        Parameters
        ----------
        x : array of shape (T, N, D), or integers of shape (T, N) for OneHot

        Returns
        -------
        y_hat : array of shape (N, K) when many-to-one, else (T, N, K)
            Identity, softmax or sigmoid of the logits, as the loss has it.
        """
        x = check_input(self.model, x)
        flat = flatten(self.params)
        backend = get_backend(self.backend, self.model, flat[0].dtype, self.device)
        params = unflatten([backend.put(theta) for theta in flat], self.params)
        pieces = []
        for start in range(0, x.shape[1], EVALUATION_BATCH):
            z = backend.outputs(params, backend.put(x[:, start : start + EVALUATION_BATCH]))
            pieces.append(backend.get(backend.prediction(z)))
        y_hat = np.concatenate(pieces, axis=1)  # (T, N, K) or (1, N, K)
        return y_hat[0] if self.model.many_to_one else y_hat


def evaluate(backend, params, batch):
    """Compute the loss of a whole set with dropout off: sum over time, mean over its sequences."""
    total = 0.0
    for start in range(0, len(batch), EVALUATION_BATCH):
        part = batch.take(slice(start, start + EVALUATION_BATCH))
        z = backend.outputs(params, backend.put(part.x))
        total += backend.loss(z, backend.put(part.y), backend.put(part.mask)) * len(part)
    return total / len(batch)
