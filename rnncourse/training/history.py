"""Record what happened in each epoch."""

from dataclasses import asdict, dataclass, field


@dataclass
class History:
    """One number per epoch in each list.

    Attributes
    ----------
    train_loss : list of float
        Mean over the epoch's batches, with dropout on, while the weights move. Not comparable with `val_loss`.
    train_loss_dropout_off : list of float
        Loss of the whole training part after the epoch, with dropout off: this one is comparable.
    val_loss : list of float
        Loss of the validation part after the epoch; empty without validation.
    gradient_norm : list of float
        Mean over the epoch's batches of the gradients' global norm, before clipping.
    """

    train_loss: list = field(default_factory=list)
    train_loss_dropout_off: list = field(default_factory=list)
    val_loss: list = field(default_factory=list)
    gradient_norm: list = field(default_factory=list)

    def append(self, train_loss, train_loss_dropout_off, val_loss, gradient_norm):
        """Take down one epoch; val_loss is None without validation."""
        self.train_loss.append(train_loss)
        self.train_loss_dropout_off.append(train_loss_dropout_off)
        self.gradient_norm.append(gradient_norm)
        if val_loss is not None:
            self.val_loss.append(val_loss)

    def __len__(self):
        return len(self.train_loss)

    @property
    def best_epoch(self):
        """Find the epoch (counted from 1) with the lowest validation loss, or None without validation."""
        return 1 + self.val_loss.index(min(self.val_loss)) if self.val_loss else None

    def to_dict(self):
        """Collect the four lists in a dict, ready for JSON."""
        return asdict(self)

    def plot(self):
        """Draw the three losses against the epoch: `rnncourse.plotting.training.plot_history`."""
        from rnncourse.plotting.training import plot_history

        return plot_history(self)
