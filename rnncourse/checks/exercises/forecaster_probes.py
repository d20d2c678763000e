"""Draw a forecaster's probes: series on which it takes training to beat the naive forecast, and rounding stays small."""

import itertools

import numpy as np

from rnncourse.checks.execution.compare import close
from rnncourse.checks.exercises.exercise import Probe
from rnncourse.reference.forecaster import predict, train_forecaster
from rnncourse.reference.series import make_windows, scale_series


def wave(rng, L):
    """Draw a series with a cycle of its own, some noise, and a level and a spread that drift."""
    t = np.arange(L)
    cycle = np.sin(2 * np.pi * t / rng.uniform(9, 12) + rng.uniform(0, 6))
    return 40 + (20 + 0.1 * t) * cycle + 0.2 * t + rng.normal(0, 2, L)


def root_mean_square(y_hat, y_val):
    """Compute how far a forecast is off: the root of the mean of its squared errors."""
    return float(np.sqrt(np.mean((y_hat - y_val) ** 2)))


def _forecast_probe(rng, L, T, n_val, H, batch_size, epochs):
    scaled, *_ = scale_series(wave(rng, L), n_val)
    x, y, x_val, y_val = make_windows(scaled, T, n_val, 0)
    W_hh, _ = np.linalg.qr(rng.standard_normal((H, H)))
    params = [rng.standard_normal((H, 1)), W_hh, np.zeros(H), rng.standard_normal((1, H)) / H**0.5, np.zeros(1)]
    dims = {"T": T, "N": len(y), "n": n_val, "H": H, "K": 1, "D": 1, "E": epochs}
    settings = {"batch_size": batch_size, "epochs": epochs, "learning_rate": 0.02}
    return Probe(dims, {"params": params, "x": x, "y": y, "x_val": x_val} | settings | {"y_val": y_val})


def forecaster_probes(rng):
    """Draw a series on which the forecast has to beat the naive one, between two for a few updates only."""
    return [
        _draw_until(_keeps_digits, rng, 24, 4, 6, 3, 5, 2),
        _draw_until(lambda probe: _takes_training(probe) and _keeps_digits(probe), rng, 130, 8, 24, 8, 16, 9),
        _draw_until(_keeps_digits, rng, 16, 3, 4, 2, 4, 2),
    ]


_tried = {}  # by state of a generator and sizes, how many probes did not hold: a class is graded with one seed


def _draw_until(holds, rng, *sizes):
    """Draw probes until one holds; where that is known, its forerunners are drawn and not looked at."""
    drawn = (_forecast_probe(rng, *sizes) for _ in itertools.count())
    key = str(rng.bit_generator.state), sizes
    if key not in _tried:
        _tried[key], probe = next((k, probe) for k, probe in enumerate(drawn) if holds(probe))
        return probe
    return next(itertools.islice(drawn, _tried[key], None))


UNTRAINED, TRAINED = 1.05, 0.5
"""How many times the naive forecast's error an untrained forecast makes at least, and one that is trained at most.

At most half of it: so training that learns, but more slowly than the textbook's, beats the naive forecast as well.
"""


def _takes_training(probe):
    """Tell whether it takes training to beat the naive forecast, and the textbook's is enough by far."""
    *arguments, y_val = probe.arguments.values()
    params, x_val = arguments[0], arguments[3]
    naive = root_mean_square(x_val[-1], y_val)
    _, y_hat = train_forecaster(*arguments)
    return root_mean_square(predict(params, x_val), y_val) >= UNTRAINED * naive and root_mean_square(y_hat, y_val) <= TRAINED * naive


NUDGE = 1e-13
"""A change of the windows, relative to them: several hundred times what rounding does."""


def _keeps_digits(probe):
    """Tell whether rounding still is rounding after updates that go uphill.

    Their values grow without end. As units saturate, one in the last digit may become the difference between two
    networks: then the same mistake gives something else wherever a sum is taken in another order, and has no name.
    """
    params, x, *others = list(probe.arguments.values())[:7]
    *others, learning_rate = others
    nudged = x * (1 + NUDGE * np.cos(np.arange(x.size)).reshape(x.shape))
    with np.errstate(all="ignore"):
        uphill, other = (train_forecaster(params, windows, *others, -learning_rate) for windows in (x, nudged))
    return all(close(value, want) for value, want in zip(other, uphill, strict=True))
