"""Compute the cliff in the loss of one recurrent unit, and gradient descent near it, with and without clipping.

The unit reads nothing: h^(t) = tanh(w h^(t-1) + B_H) from h^(0) = H_0, and the loss is (h^(T) - Y)^2. Only w is learnt.
"""

import numpy as np

from rnncourse.reference import optim

B_H, H_0, Y = -0.2, 0.5, -0.5
"""Bias, first state and target of the last state."""


def loss_and_slope(w, T=50):
    """Compute the loss of each weight, and its slope by BPTT.

    L = (h^(T) - Y)^2,   dL/dw = sum_t dL/dh^(t) (1 - h^(t)^2) h^(t-1)            {eq}`bptt-weights`

    Parameters
    ----------
    w : float or array of any shape
    T : int, optional

    Returns
    -------
    loss, slope : arrays of w's shape
    """
    w = np.asarray(w, np.float64)
    h = [np.full_like(w, H_0)]
    for _ in range(T):
        h.append(np.tanh(w * h[-1] + B_H))
    dh, slope = 2 * (h[T] - Y), np.zeros_like(w)
    for t in range(T, 0, -1):
        delta_h = dh * (1 - h[t] * h[t])
        slope = slope + delta_h * h[t - 1]
        dh = w * delta_h
    return (h[T] - Y) ** 2, slope


def descend(w, learning_rate, steps, max_norm=None, clip_gradients=optim.clip_gradients, T=50):
    """Run gradient descent from w: the weights at the start and after every step.

    w <- w - eta g, and with max_norm first g <- g min(1, max_norm / |g|)            {eq}`clipping`

    Parameters
    ----------
    w : float
    learning_rate : float
        eta.
    steps : int
    max_norm : float, optional
        None does not clip.
    clip_gradients : callable, optional
        ``clip_gradients(grads, max_norm) -> grads``, each a list of arrays; here one array of shape (1, 1), W_hh.
    T : int, optional

    Returns
    -------
    path : array of shape (steps + 1,)

    Raises
    ------
    ValueError
        If clip_gradients does not return one array with one number.
    """
    path = [float(w)]
    for _ in range(steps):
        g = np.array([[loss_and_slope(path[-1], T)[1]]])  # (1, 1), the shape of W_hh
        if max_norm is not None:
            g = _one_array(clip_gradients([g], max_norm))
        path.append(path[-1] - learning_rate * float(g.item()))
    return np.array(path)


def _one_array(clipped):
    """Take the only array out of what a learner's clip_gradients returned."""
    if not isinstance(clipped, list | tuple) or len(clipped) != 1:
        raise ValueError(f"clip_gradients returned a {type(clipped).__name__}; expected a list with one array")
    array = np.asarray(clipped[0], np.float64)
    if array.size != 1:
        raise ValueError(f"clip_gradients returned an array of shape {array.shape}; expected (1, 1)")
    return array
