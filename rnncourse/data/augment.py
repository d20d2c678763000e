"""Augment series by jitter, scaling and window slicing: training windows only; inputs are never changed."""

import numpy as np


def jitter(x, sigma, rng):
    """Add noise to each value: x + sigma * epsilon, epsilon ~ N(0, 1).

    Parameters
    ----------
    x : array of shape (T, N, D)
        Standardised windows, so that sigma is in standard deviations.
    sigma : float
    rng : numpy.random.Generator

    Returns
    -------
    x : array of shape (T, N, D)
    """
    _check(x, sigma)
    return x + (sigma * rng.standard_normal(x.shape)).astype(x.dtype)


def rescale(x, sigma, rng, y=None):
    """Multiply each window by its own factor, drawn from N(1, sigma^2).

    Parameters
    ----------
    x : array of shape (T, N, D)
    sigma : float
    rng : numpy.random.Generator
    y : array of shape (N, D), optional
        Targets in the units of x: multiplied by the same factors. A class label stays as it is: leave it out.

    Returns
    -------
    x, or (x, y) if y was given
    """
    _check(x, sigma)
    factors = (1 + sigma * rng.standard_normal((x.shape[1], 1))).astype(x.dtype)  # (N, 1)
    return x * factors if y is None else (x * factors, y * factors)


def slice_windows(x, length, rng, y=None):
    """Take a random stretch of each window.

    Parameters
    ----------
    x : array of shape (T, N, D)
    length : int
        Steps to keep, 1 <= length <= T.
    rng : numpy.random.Generator
    y : array of shape (T, N, ...), optional
        One target per step: cut at the same places. A label of the whole window stays as it is: leave it out. The
        value that follows the window is not such a label; to forecast from shorter windows, cut the training part
        again with `rnncourse.data.windows`.

    Returns
    -------
    x of shape (length, N, D), or (x, y) if y was given
    """
    _check(x, 0)
    T, N, _ = x.shape
    if not 1 <= length <= T:
        raise ValueError(f"length is {length}; expected 1 <= length <= T = {T}")
    if y is not None and np.shape(y)[:2] != (T, N):
        raise ValueError(f"y has shape {np.shape(y)}; expected (T, N, ...) = ({T}, {N}, ...): one target per step")
    places = rng.integers(0, T - length + 1, N) + np.arange(length)[:, None]  # (length, N)
    samples = np.arange(N)
    return x[places, samples] if y is None else (x[places, samples], y[places, samples])


def _check(x, sigma):
    if np.ndim(x) != 3 or not np.issubdtype(x.dtype, np.floating):
        raise ValueError(f"x has shape {np.shape(x)} and dtype {x.dtype}; expected floating-point (T, N, D)")
    if not sigma >= 0:
        raise ValueError(f"sigma is {sigma}; expected 0 or more")
