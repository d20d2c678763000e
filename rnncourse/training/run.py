"""Hold the state of one training run: everything that a checkpoint must hold so that nothing is lost."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from rnncourse.training.backends import get_backend
from rnncourse.training.batches import Batch
from rnncourse.training.early_stopping import EarlyStoppingState
from rnncourse.training.fitted import Fitted, evaluate
from rnncourse.training.history import History
from rnncourse.training.params import check_params, draw_masks, flatten, init_params, input_features, unflatten


@dataclass(frozen=True)
class Settings:
    """How a run is made, without its length: what must agree when it is resumed."""

    optimiser: Any
    batch_size: int
    clip: float | None
    early_stopping: Any
    augment: Any
    shuffle: bool
    seed: int
    backend: str
    dtype: str
    device: str | None

    def __post_init__(self):
        if self.batch_size < 1:
            raise ValueError(f"batch_size is {self.batch_size}; expected at least 1")
        if self.clip is not None and not self.clip > 0:
            raise ValueError(f"clip is {self.clip}; expected a global norm above 0, or None")
        if self.dtype not in ("float32", "float64"):
            raise ValueError(f"dtype is {self.dtype}; expected float32 or float64")

    def to_dict(self):
        """Describe the settings by names and plain values, ready for JSON; a function is known by its name."""
        described = {name: getattr(self, name) for name in self.__dataclass_fields__}
        described["optimiser"], described["early_stopping"] = repr(self.optimiser), repr(self.early_stopping)
        described["augment"] = getattr(self.augment, "__qualname__", repr(self.augment))
        return described


class Run:
    """Weights, optimiser, generator, history and early stopping of one run."""

    def __init__(self, model, settings, train, held_out, params=None):
        self.model, self.settings, self.train, self.held_out = model, settings, train, held_out
        self.backend = get_backend(settings.backend, model, settings.dtype, settings.device)
        self.rng = np.random.default_rng(settings.seed)
        self.D = input_features(model, train.x)
        drawn = init_params(model, self.D, self.rng, settings.dtype)
        if params is not None:
            check_params(params, model, self.D)
            drawn = unflatten([np.array(theta, settings.dtype) for theta in flatten(params)], drawn)
        self.like = drawn
        self.params = self.put_all(flatten(drawn))
        self.optimiser = self.backend.optimiser(settings.optimiser, self.params)
        self.history = History()
        self.early_stopping = EarlyStoppingState(settings.early_stopping) if settings.early_stopping else None

    @property
    def stopped(self):
        """Tell whether early stopping has ended the run."""
        return self.early_stopping is not None and self.early_stopping.should_stop(len(self.history))

    def epoch(self):
        """Pass once over the training set, then compute the losses with dropout off."""
        try:
            with np.errstate(over="ignore", invalid="ignore"):  # looked for, and explained below
                self._epoch()
        except (FloatingPointError, ValueError) as error:
            if isinstance(error, ValueError) and "NaN" not in str(error):
                raise
            s = self.settings  # the data held no NaN, so the numbers have outgrown their dtype
            raise FloatingPointError(
                f"training diverged in epoch {len(self.history) + 1}: {error}; lower the learning rate (it is "
                f"{s.optimiser.learning_rate}), clip the gradients (clip is {s.clip}), and check the scale of x"
            ) from error

    def _epoch(self):
        N, size = len(self.train), self.settings.batch_size
        order = self.rng.permutation(N) if self.settings.shuffle else np.arange(N)
        loss, norm = 0.0, 0.0
        for start in range(0, N, size):
            batch = self.train.take(order[start : start + size])
            batch_loss, batch_norm = self._step(batch)
            loss, norm = loss + batch_loss * len(batch) / N, norm + batch_norm * len(batch) / N
        off = _finite(evaluate(self.backend, self.params, self.train), "loss")
        val_loss = None
        if self.held_out is not None:
            val_loss = _finite(evaluate(self.backend, self.params, self.held_out), "validation loss")
        self.history.append(loss, off, val_loss, norm)
        if self.early_stopping is not None:
            self.early_stopping.record(val_loss, len(self.history), self.params)

    def _step(self, batch):
        if self.settings.augment is not None:
            batch = self._augment(batch)
        T, B = batch.x.shape[:2]
        masks = draw_masks(self.model, T, B, self.D, self.rng, self.settings.dtype)
        put = self.backend.put
        loss, grads = self.backend.loss_and_gradients(
            self.params, put(batch.x), put(batch.y), put(batch.mask), [put(mask) for mask in masks]
        )
        norm, grads = self.backend.clip(grads, self.settings.clip)
        _finite(norm, "gradient's norm")
        self.params = self.optimiser.step(self.params, grads)
        return loss, norm

    def _augment(self, batch):
        one = self.model.many_to_one
        x, y = self.settings.augment(batch.x, batch.y[0] if one else batch.y, self.rng)
        return Batch(x, y[None] if one else y, batch.mask)

    def describe(self):
        """Describe the last epoch in a few words, for the progress bar."""
        said = f"loss {self.history.train_loss[-1]:.4g}"
        return f"{said}  val {self.history.val_loss[-1]:.4g}" if self.history.val_loss else said

    def fitted(self):
        """Return the model as it stands, with the best weights if early stopping watched."""
        params = self.early_stopping.best_params if self.early_stopping else self.params
        params = unflatten([self.backend.get(theta) for theta in flatten(params)], self.like)
        s = self.settings
        return Fitted(self.model, params, self.history, self.stopped, s.backend, s.device)

    def put_all(self, flat):
        """Convert a flat list of NumPy arrays to this backend's params."""
        return unflatten([self.backend.put(theta) for theta in flat], self.like)


def _finite(value, name):
    if not np.isfinite(value):
        raise FloatingPointError(f"the {name} is {value}")
    return value
