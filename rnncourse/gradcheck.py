"""Check a hand-written gradient against central differences."""

import numpy as np


def numerical_gradient(f, theta, eps=1e-6):
    """Compute the gradient of a scalar function by central differences.

    df/dtheta_i ~ (f(theta + eps e_i) - f(theta - eps e_i)) / (2 eps)            {eq}`central-difference`

    Parameters
    ----------
    f : callable
        Takes an array of theta's shape, returns a scalar.
    theta : array of float
        Where to take the gradient; left as it was.
    eps : float, optional
        Step. The error is the sum of truncation, O(eps^2), and rounding, O(1e-16 / eps).

    Returns
    -------
    gradient : float64 array of theta's shape

    Raises
    ------
    TypeError
        If theta does not hold floating-point numbers (an integer would swallow the step).
    """
    theta = np.asarray(theta)
    if not np.issubdtype(theta.dtype, np.floating):
        raise TypeError(f"theta has dtype {theta.dtype}; expected a float dtype, for example theta.astype(float)")
    theta = theta.astype(np.float64)  # a copy: the caller's array is never touched
    gradient = np.empty_like(theta)
    for index in np.ndindex(theta.shape):
        kept = theta[index]
        theta[index] = kept + eps
        above = float(f(theta))
        theta[index] = kept - eps
        below = float(f(theta))
        theta[index] = kept
        gradient[index] = (above - below) / (2 * eps)
    return gradient


def relative_error(a, b):
    """Measure the distance of two arrays relative to their size: ||a - b|| / max(||a||, ||b||); 0 if both are zero.

    Parameters
    ----------
    a, b : arrays of one shape

    Returns
    -------
    error : float

    Raises
    ------
    ValueError
        If the shapes differ (broadcasting would hide a mistake).
    """
    a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
    if a.shape != b.shape:
        raise ValueError(f"the arrays have shapes {a.shape} and {b.shape}; expected the same shape twice")
    scale = max(np.linalg.norm(a), np.linalg.norm(b))
    return float(np.linalg.norm(a - b) / scale) if scale > 0 else 0.0
