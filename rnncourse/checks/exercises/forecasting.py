"""Define problem set 4, second half: data that leak nothing, and a forecaster that has to beat the naive forecast."""

import numpy as np

from rnncourse.checks.execution.compare import NotAnArrayError, as_array, close, fits_an_array
from rnncourse.checks.exercises.answers import unpack
from rnncourse.checks.exercises.exercise import Exercise, Output, Probe
from rnncourse.checks.exercises.forecaster_probes import forecaster_probes, root_mean_square, wave
from rnncourse.language import phrase

POISON = 1e6
"""What stands in the place of the held-out values when they are poisoned: whatever sees it shows it."""


def _poisoned(series, n_val):
    poisoned = series.copy()
    poisoned[len(series) - n_val :] = POISON * (1 + np.arange(n_val))
    return poisoned


def _scale_probes(rng):
    drawn = []
    for L, n_val in ((30, 7), (24, 12), (9, 2)):
        drawn.append(Probe({"L": L, "S": L - n_val}, {"series": wave(rng, L), "n_val": n_val}))
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
    if not fits_an_array(y_hat):
        return float("nan")
    try:
        y_hat = np.asarray(y_hat, np.float64)
    except (TypeError, ValueError):
        return float("nan")
    if y_hat.shape != y_val.shape or not np.isfinite(y_hat).all():
        return float("nan")
    if len(y_val) < TO_BEAT:
        return 1.0
    return max(1.0, root_mean_square(y_hat, y_val) / root_mean_square(naive, y_val))


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
    probes=forecaster_probes,
    adapt=lambda textbook: textbook,
    drive=_drive_forecaster,
)

EXERCISES = (SCALE_SERIES, MAKE_WINDOWS, TRAIN_FORECASTER)
