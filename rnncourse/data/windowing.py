"""Cut a series into windows, and split it by time."""

import numpy as np


def as_series(series):
    """Check a series and give it its columns: (L,) or (L, D) -> (L, D), finite, floating point."""
    series = np.asarray(series)
    if series.ndim not in (1, 2) or series.size == 0:
        raise ValueError(f"series has shape {series.shape}; expected (L,) or (L, D) with L >= 1: one row per time")
    if not np.issubdtype(series.dtype, np.floating):
        series = series.astype(np.float64)
    if not np.isfinite(series).all():
        first = int(np.argmin(np.isfinite(series).reshape(len(series), -1).all(axis=1)))
        raise ValueError(f"series holds NaN or inf, first at time {first}; fill or cut the gap before making windows")
    return series.reshape(len(series), -1)  # (L, D)


def windows(series, T, horizon=1):
    """Cut a series into overlapping windows and their targets, in the order of time.

    x^(t) of window n is series[n + t], and its target is series[n + T - 1 + horizon]: strictly later than its inputs.

    Parameters
    ----------
    series : array of shape (L,) or (L, D)
    T : int
        Length of a window.
    horizon : int, optional
        How many steps after the window's last input the target lies.

    Returns
    -------
    x : array of shape (T, N, D)
        N = L - T - horizon + 1 windows; a copy.
    y : array of shape (N, D)

    Raises
    ------
    ValueError
        If T or horizon is below 1, or the series is too short for one window.
    """
    series = as_series(series)
    L = len(series)
    if T < 1 or horizon < 1:
        raise ValueError(f"T is {T} and horizon is {horizon}; expected both to be at least 1")
    N = L - T - horizon + 1
    if N < 1:
        raise ValueError(f"series has length L = {L}; expected at least T + horizon = {T + horizon} for one window")
    x = np.stack([series[t : t + N] for t in range(T)])  # (T, N, D)
    y = series[T + horizon - 1 :].copy()  # (N, D)
    return x, y


def split_series(series, validation=0.2):
    """Split a series by time: the last part is for validation. Nothing is shuffled.

    Parameters
    ----------
    series : array of shape (L, ...)
    validation : float in (0, 1), or int
        Share of the series, or number of time steps, at its end.

    Returns
    -------
    train : array of shape (L - n, ...)
    held_out : array of shape (n, ...)
        Both are views.
    """
    n = count_validation(len(series), validation)
    return series[: len(series) - n], series[len(series) - n :]


def count_validation(N, validation):
    """Count how many of N entries `validation` (a share or a number) sets aside; at least one stays on either side."""
    n = validation if isinstance(validation, int | np.integer) else round(N * validation)
    if not 0 < n < N:
        raise ValueError(
            f"validation is {validation}, which sets {n} of {N} apart; expected a share in (0, 1) or a number in "
            f"[1, {N - 1}] that leaves something on both sides"
        )
    return int(n)
