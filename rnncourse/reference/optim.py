"""Clip gradients and update parameters: SGD, momentum and Adam, each with weight decay.

`params` and `grads` are sequences of arrays in one order, for instance an `RNNParams` and its gradient; what comes back
has the type of `params`. Nothing is updated in place: a step returns new parameters, and new optimiser state.
"""

from typing import NamedTuple

import numpy as np


def _like(params, arrays):
    """Put arrays into a container of params' type: a NamedTuple, a tuple or a list."""
    return params._make(arrays) if hasattr(params, "_make") else type(params)(arrays)


def global_norm(grads):
    """Compute the length of all gradients as one long vector.

    ||g|| = sqrt(sum over tensors and entries of g^2)            {eq}`global-norm`

    Parameters
    ----------
    grads : sequence of arrays

    Returns
    -------
    norm : float
    """
    return float(np.sqrt(sum((g.astype(np.float64) ** 2).sum() for g in grads)))


def clip_gradients(grads, max_norm):
    """Scale all gradients by one factor so that their global norm is at most max_norm; the direction stays.

    g <- g * min(1, max_norm / ||g||)            {eq}`clipping`

    Parameters
    ----------
    grads : sequence of arrays
    max_norm : float

    Returns
    -------
    clipped : sequence of arrays, of grads' type

    Raises
    ------
    ValueError
        If max_norm is not positive.

    Notes
    -----
    Source: Pascanu, Mikolov and Bengio (2013), arXiv:1211.5063; the notes leave it out.
    """
    if not max_norm > 0:
        raise ValueError(f"max_norm is {max_norm}; expected a number above 0")
    norm = global_norm(grads)
    scale = max_norm / norm if norm > max_norm else 1.0
    clipped = [g * scale for g in grads]
    return _like(grads, clipped)


def sgd_step(params, grads, learning_rate, weight_decay=0.0):
    """Take one step of gradient descent.

    theta <- theta - eta (dtheta + lambda theta)            {eq}`sgd`

    Parameters
    ----------
    params, grads : sequences of arrays
    learning_rate : float
        eta.
    weight_decay : float, optional
        lambda.

    Returns
    -------
    params : sequence of arrays

    Notes
    -----
    Source: the notes, RNN, section 3, step 3.
    """
    updated = []
    for theta, dtheta in zip(params, grads, strict=True):
        g = dtheta + weight_decay * theta
        updated.append(theta - learning_rate * g)
    return _like(params, updated)


def momentum_step(params, grads, velocity, learning_rate, beta=0.9, weight_decay=0.0):
    """Take one step of gradient descent with momentum.

    s <- beta s + dtheta + lambda theta,   theta <- theta - eta s            {eq}`momentum`

    Parameters
    ----------
    params, grads : sequences of arrays
    velocity : sequence of arrays or None
        s of the step before; None at the first step stands for zeros.
    learning_rate : float
        eta.
    beta : float, optional
        What remains of the velocity after a step.
    weight_decay : float, optional
        lambda.

    Returns
    -------
    params, velocity : sequences of arrays

    Notes
    -----
    Source: Polyak (1964), in the form of torch.optim.SGD.
    """
    if velocity is None:
        velocity = [np.zeros_like(theta) for theta in params]
    updated, new_velocity = [], []
    for theta, dtheta, s in zip(params, grads, velocity, strict=True):
        g = dtheta + weight_decay * theta
        s = beta * s + g
        updated.append(theta - learning_rate * s)
        new_velocity.append(s)
    return _like(params, updated), _like(params, new_velocity)


class AdamState(NamedTuple):
    """What Adam remembers: steps taken t, running means m of the gradients and v of their squares."""

    t: int
    m: list
    v: list


def adam_step(params, grads, state=None, learning_rate=1e-3, beta_1=0.9, beta_2=0.999, eps=1e-8, weight_decay=0.0):
    """Take one step of Adam; with weight decay, AdamW.

    m <- beta_1 m + (1 - beta_1) g,   m_hat = m / (1 - beta_1^t)
    v <- beta_2 v + (1 - beta_2) g^2,   v_hat = v / (1 - beta_2^t)                       {eq}`adam`
    theta <- theta - eta m_hat / (sqrt(v_hat) + eps) - eta lambda theta

    Parameters
    ----------
    params, grads : sequences of arrays
    state : AdamState or None
        From the step before; None at the first step.
    learning_rate, beta_1, beta_2, eps : float, optional
    weight_decay : float, optional
        lambda, decoupled: it shrinks theta itself and does not enter m or v.

    Returns
    -------
    params : sequence of arrays
    state : AdamState

    Notes
    -----
    Source: Kingma and Ba (2015), arXiv:1412.6980; decoupled decay: Loshchilov and Hutter (2019), arXiv:1711.05101.
    """
    if state is None:
        state = AdamState(0, [np.zeros_like(theta) for theta in params], [np.zeros_like(theta) for theta in params])
    t = state.t + 1
    updated, new_m, new_v = [], [], []
    for theta, g, m, v in zip(params, grads, state.m, state.v, strict=True):
        m = beta_1 * m + (1 - beta_1) * g
        v = beta_2 * v + (1 - beta_2) * g**2
        m_hat = m / (1 - beta_1**t)
        v_hat = v / (1 - beta_2**t)
        theta = theta - learning_rate * weight_decay * theta
        updated.append(theta - learning_rate * m_hat / (np.sqrt(v_hat) + eps))
        new_m.append(m)
        new_v.append(v)
    return _like(params, updated), AdamState(t, new_m, new_v)
