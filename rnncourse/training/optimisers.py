"""Describe an optimiser; both backends carry the description out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SGD:
    """Stochastic gradient descent, with momentum if ``momentum`` is above 0; weight decay enters the gradient."""

    learning_rate: float = 0.01
    momentum: float = 0.0
    weight_decay: float = 0.0

    def __post_init__(self):
        _check(self)
        if not 0 <= self.momentum < 1:
            raise ValueError(f"momentum is {self.momentum}; expected 0 <= momentum < 1")


@dataclass(frozen=True)
class Adam:
    """Adam; with ``weight_decay`` above 0, AdamW (the decay shrinks the weights themselves)."""

    learning_rate: float = 1e-3
    beta_1: float = 0.9
    beta_2: float = 0.999
    eps: float = 1e-8
    weight_decay: float = 0.0

    def __post_init__(self):
        _check(self)
        if not (0 <= self.beta_1 < 1 and 0 <= self.beta_2 < 1):
            raise ValueError(f"beta_1 and beta_2 are {self.beta_1} and {self.beta_2}; expected both in [0, 1)")


def _check(optimiser):
    if not optimiser.learning_rate > 0:
        raise ValueError(f"learning_rate is {optimiser.learning_rate}; expected a number above 0")
    if not optimiser.weight_decay >= 0:
        raise ValueError(f"weight_decay is {optimiser.weight_decay}; expected 0 or more")
