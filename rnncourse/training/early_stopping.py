"""Stop when the validation loss no longer falls, and go back to the weights of its lowest point."""

from dataclasses import dataclass


@dataclass(frozen=True)
class EarlyStopping:
    """Stop after ``patience`` epochs in a row without a fall of at least ``min_delta`` below the best so far.

    The weights of the best epoch come back in any case, also when all epochs were run. The best validation loss of a
    run was chosen by looking at it: report the error on data that came later still.
    """

    patience: int = 10
    min_delta: float = 0.0

    def __post_init__(self):
        if self.patience < 1 or not self.min_delta >= 0:
            raise ValueError(
                f"patience is {self.patience} and min_delta is {self.min_delta}; expected at least 1 and at least 0"
            )


@dataclass
class EarlyStoppingState:
    """What early stopping remembers: the best loss, its epoch (counted from 1) and its weights."""

    rule: EarlyStopping
    best: float | None = None
    best_epoch: int = 0
    best_params: tuple | None = None

    def record(self, val_loss, epoch, params):
        """Record an epoch; params are kept, not copied, since no update changes them in place."""
        if self.best is None or val_loss < self.best - self.rule.min_delta:
            self.best, self.best_epoch, self.best_params = val_loss, epoch, params

    def should_stop(self, epoch):
        """Tell whether `patience` epochs have passed since the best one."""
        return self.best is not None and epoch - self.best_epoch >= self.rule.patience
