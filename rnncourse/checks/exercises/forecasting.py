"""Define problem set 4, second half: data that leak nothing, and a forecaster that has to beat the naive forecast."""

import itertools

import numpy as np

from rnncourse.checks.execution.compare import NotAnArrayError, as_array, close
from rnncourse.checks.exercises.answers import unpack
from rnncourse.checks.exercises.exercise import Exercise, Output, Probe
from rnncourse.language import phrase
from rnncourse.reference.forecaster import predict, train_forecaster
from rnncourse.reference.series import make_windows, scale_series

POISON = 1e6
"""What stands in the place of the held-out values when they are poisoned: whatever sees it shows it."""


def _wave(rng, L):
    """Draw a series with a cycle of its own, some noise, and a level and a spread that drift."""
    t = np.arange(L)
    cycle = np.sin(2 * np.pi * t / rng.uniform(9, 12) + rng.uniform(0, 6))
    return 40 + (20 + 0.1 * t) * cycle + 0.2 * t + rng.normal(0, 2, L)


def _poisoned(series, n_val):
    poisoned = series.copy()
    poisoned[len(series) - n_val :] = POISON * (1 + np.arange(n_val))
    return poisoned


def _scale_probes(rng):
    drawn = []
    for L, n_val in ((30, 7), (24, 12), (9, 2)):
        drawn.append(Probe({"L": L, "S": L - n_val}, {"series": _wave(rng, L), "n_val": n_val}))
    return drawn


def _drive_scale(scale_series):
    def with_and_without_poison(series, n_val):
        poisoned, names, past = _poisoned(series, n_val), ("scaled", "mean", "scale"), series[:-n_val].copy()
        answer = unpack(scale_series(series, n_val), names)
        scaled, _, _ = unpack(scale_series(poisoned, n_val), names)
        return *answer, _unless_leaking(_first(scaled, len(past)), _first(answer[0], len(past)), past)

    return with_and_without_poison


def _first(values, n):
    return values[:n] if isinstance(values, np.ndarray | list) else values


def _unless_leaking(poisoned, clean, series):
    """Give the scaled past mean 0 and spread 1 where the poison has changed nothing in it: any scaling of its own will do.

    What leaks stays as it is, and so does a constant, and a series to which nothing has been done.
    """
    try:
        poisoned, clean = as_array(poisoned), as_array(clean)
    except NotAnArrayError:
        return poisoned
    if poisoned.shape != series.shape or not close(poisoned, clean.astype(np.float64)):
        return poisoned
    if not np.isfinite(poisoned).all() or np.ptp(poisoned) == 0 or np.array_equal(poisoned, series):
        return poisoned
    return (poisoned - poisoned.mean()) / poisoned.std()


def _window_probes(rng):
    drawn = []
    for L, T, n_val in ((31, 4, 7), (26, 5, 8), (11, 2, 3)):
        dims = {"L": L, "T": T, "N": L - n_val - T, "n": n_val, "D": 1}
        arguments = {"series": rng.standard_normal(L), "T": T, "n_val": n_val, "seed": int(rng.integers(1000))}
        drawn.append(Probe(dims, arguments))
    return drawn


def _drive_windows(make_windows):
    def with_and_without_poison(series, T, n_val, seed):
        poisoned, names = _poisoned(series, n_val), ("x", "y", "x_val", "y_val")
        answer = unpack(make_windows(series, T, n_val, seed), names)
        return *answer, *unpack(make_windows(poisoned, T, n_val, seed), names)[:2]

    return with_and_without_poison


def _forecast_probe(rng, L, T, n_val, H, batch_size, epochs):
    scaled, *_ = scale_series(_wave(rng, L), n_val)
    x, y, x_val, y_val = make_windows(scaled, T, n_val, 0)
    W_hh, _ = np.linalg.qr(rng.standard_normal((H, H)))
    params = [rng.standard_normal((H, 1)), W_hh, np.zeros(H), rng.standard_normal((1, H)) / H**0.5, np.zeros(1)]
    dims = {"T": T, "N": len(y), "n": n_val, "H": H, "K": 1, "D": 1, "E": epochs}
    settings = {"batch_size": batch_size, "epochs": epochs, "learning_rate": 0.02}
    return Probe(dims, {"params": params, "x": x, "y": y, "x_val": x_val} | settings | {"y_val": y_val})


def _forecaster_probes(rng):
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
    naive = _error(x_val[-1], y_val)
    _, y_hat = train_forecaster(*arguments)
    return _error(predict(params, x_val), y_val) >= UNTRAINED * naive and _error(y_hat, y_val) <= TRAINED * naive


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


def _error(y_hat, y_val):
    return float(np.sqrt(np.mean((y_hat - y_val) ** 2)))


TO_BEAT = 20
"""Held-out values from which on an error against the naive forecast is more than luck."""


def _drive_forecaster(train_forecaster):
    def trained_and_judged(params, x, y, x_val, batch_size, epochs, learning_rate, y_val):
        naive = x_val[-1].copy()
        answer = train_forecaster(params, x, y, x_val, batch_size, epochs, learning_rate)
        losses, y_hat = unpack(answer, ("losses", "y_hat"))
        return losses, y_hat, _against_naive(y_hat, y_val, naive)

    return trained_and_judged


def _against_naive(y_hat, y_val, naive):
    """Compute the error as a multiple of the naive forecast's; 1 for whatever is no worse than that."""
    try:
        y_hat = np.asarray(y_hat, np.float64)
    except (TypeError, ValueError):
        return float("nan")
    if y_hat.shape != y_val.shape or not np.isfinite(y_hat).all():
        return float("nan")
    if len(y_val) < TO_BEAT:
        return 1.0
    return max(1.0, _error(y_hat, y_val) / _error(naive, y_val))


class AgainstNaive(Output):
    """How large the error is beside the naive forecast's."""

    def problem(self, got, dims, want):
        """Say what is wrong with it, in words of forecasting."""
        if isinstance(got, float) and np.isfinite(got) and got > want:
            return phrase(
                "is {got:.3g}: the naive forecast, tomorrow as today, errs less. Train until yours does", got=got
            )
        if isinstance(got, float) and np.isnan(got):
            return phrase("cannot be taken: y_hat has another shape, or holds what is no finite number")
        return super().problem(got, dims, want)


_X, _Y = ("T", "N", "D"), ("N", "D")

SCALE_SERIES = Exercise(
    name="scale_series",
    arguments=("series", "n_val"),
    outputs=(
        Output("scaled", ("L",), 3),
        Output("mean", (), 2),
        Output("scale", (), 2),
        Output(phrase("scaled past, the future poisoned"), ("S",), 2),
    ),
    probes=_scale_probes,
    adapt=lambda textbook: textbook,
    drive=_drive_scale,
)

MAKE_WINDOWS = Exercise(
    name="make_windows",
    arguments=("series", "T", "n_val", "seed"),
    outputs=(
        Output("x", _X, 3),
        Output("y", _Y, 3),
        Output("x_val", ("T", "n", "D"), 2),
        Output("y_val", ("n", "D"), 2),
        Output(phrase("x, the future poisoned"), _X, 2),
        Output(phrase("y, the future poisoned"), _Y, 2),
    ),
    probes=_window_probes,
    adapt=lambda textbook: textbook,
    drive=_drive_windows,
)

TRAIN_FORECASTER = Exercise(
    name="train_forecaster",
    slow=True,
    arguments=("params", "x", "y", "x_val", "batch_size", "epochs", "learning_rate"),
    outputs=(
        Output("losses", ("E",), 4),
        Output("y_hat", ("n", "K"), 4),
        AgainstNaive(phrase("error against naive"), (), 8),
    ),
    probes=_forecaster_probes,
    adapt=lambda textbook: textbook,
    drive=_drive_forecaster,
)

EXERCISES = (SCALE_SERIES, MAKE_WINDOWS, TRAIN_FORECASTER)
