"""Turn a series into what a network is trained on: scaled, cut into windows and split, with nothing from the future."""

import numpy as np


def scale_series(series, n_val):
    """Standardise a series with the mean and the standard deviation of its training part.

    s <- (s - mean) / scale,   mean and scale over the first L - n_val values            {eq}`standardise`

    Parameters
    ----------
    series : array of shape (L,)
    n_val : int
        Values at the end that are held out.

    Returns
    -------
    scaled : array of shape (L,)
        All of the series, in units of the training part.
    mean, scale : float
    """
    train = series[: len(series) - n_val]  # (L - n_val,)
    mean = train.mean()
    scale = train.std()
    return (series - mean) / scale, mean, scale


def make_windows(series, T, n_val, seed):
    """Cut a series into windows and targets, split by time; shuffle the training windows afterwards.

    x^(t) of window i is s[i + t], its target s[i + T]            {eq}`window`

    Parameters
    ----------
    series : array of shape (L,)
    T : int
        Length of a window.
    n_val : int
        Values at the end that are held out: each of them is the target of one validation window.
    seed : int
        The training windows come in the order ``numpy.random.default_rng(seed).permutation(N)``.

    Returns
    -------
    x, y : arrays of shape (T, N, 1) and (N, 1)
        Training windows and targets; N = L - n_val - T.
    x_val, y_val : arrays of shape (T, n_val, 1) and (n_val, 1)
        In the order of time.
    """
    split = len(series) - n_val
    inputs = np.stack([series[i : i + T] for i in range(len(series) - T)])  # (N + n_val, T)
    targets = np.stack([series[i + T] for i in range(len(series) - T)])  # (N + n_val,)
    N = split - T
    x, x_val = inputs[:N], inputs[N:]
    y, y_val = targets[:N], targets[N:]
    order = np.random.default_rng(seed).permutation(N)
    x, y = x[order], y[order]
    return x.T[:, :, None], y[:, None], x_val.T[:, :, None], y_val[:, None]
