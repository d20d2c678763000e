"""Check a gradient, with yes or no for an answer."""

import numpy as np


def gradient_check(f, df, theta):
    """Tell whether df(theta) is the gradient of f at theta, by central differences.

    error = ||dtheta - numerical|| / max(||dtheta||, ||numerical||) <= 1e-5            {eq}`relative-error`

    Parameters
    ----------
    f : callable
        Takes an array of theta's shape, returns a number.
    df : callable
        Takes the same array, returns what claims to be the gradient.
    theta : array of float64

    Returns
    -------
    right : bool

    Notes
    -----
    `rnncourse.gradcheck` has the parts: `numerical_gradient` and `relative_error`.
    """
    eps, tolerance = 1e-6, 1e-5
    dtheta = np.asarray(df(theta.copy()))
    if dtheta.shape != theta.shape:
        return False
    numerical = np.empty_like(theta)
    for index in np.ndindex(theta.shape):
        step = np.zeros_like(theta)
        step[index] = eps
        numerical[index] = (f(theta + step) - f(theta - step)) / (2 * eps)
    distance = np.linalg.norm(dtheta - numerical)
    scale = max(np.linalg.norm(dtheta), np.linalg.norm(numerical))
    return bool(distance <= tolerance * scale)
