"""Losses with their gradients, right ones and planted bugs: what a gradient check is tried on."""

import numpy as np

from rnncourse.checks.exercises.probing import rnn_params, state
from rnncourse.misconceptions import CATALOGUE, mutant
from rnncourse.notation import RNNParams
from rnncourse.reference.rnn import rnn_backward, rnn_forward

PLANTED = ("no-recurrent-term", "overwrites-dW_hh", "transposed-dW_hh", "carries-dh", "derivative-of-h")
"""Bugs of `rnn_backward` that spoil dW_hh."""

RIGHT = 8
"""How many cases are right ones."""


def right_cases(rng):
    """(f, df, theta) with the right gradient: smooth, curved, tiny, huge, lopsided, zero, and an RNN's."""
    theta = rng.standard_normal(4)
    shifted = lambda scale, offset=0.0: (  # noqa: E731
        lambda theta: offset + scale * np.sin(theta).sum(),
        lambda theta: scale * np.cos(theta),
    )
    lopsided = np.array([1.0, 1e-9, 2.0, -1.0])
    return [
        _quadratic(rng),
        (lambda theta: np.exp(300 * theta).sum(), lambda theta: 300 * np.exp(300 * theta), 1e-3 * theta[:3]),
        (*shifted(1e-6), theta),
        (*shifted(1e7), theta[:, None]),
        (*shifted(1.0, 100.0), theta),
        (lambda theta: 1 + (lopsided * np.sin(theta)).sum(), lambda theta: lopsided * np.cos(theta), 0.1 * theta),
        (lambda theta: 3.0, np.zeros_like, theta),
        _network(rng, rnn_backward),
    ]


def wrong_cases(rng):
    """(f, df, theta) with a planted bug: in sign, length, one entry, order, size, shape, nan, or in an RNN's BPTT."""
    f, df, theta = _quadratic(rng)
    tiny = lambda theta: 1e-6 * np.sin(theta).sum()  # noqa: E731
    bugs = {bug.label: bug for bug in CATALOGUE["rnn_backward"]}
    return [
        (f, lambda theta: -df(theta), theta),
        (f, lambda theta: 2 * df(theta), theta),
        (f, lambda theta: df(theta) * np.array([1, 1, 1, 1 + 0.05 * _share(df(theta))]), theta),
        (f, lambda theta: df(theta)[::-1], theta),
        (f, lambda theta: np.full(theta.shape, df(theta).sum()), theta),
        (f, lambda theta: df(theta) * np.nan, theta),
        (tiny, lambda theta: 1.5e-6 * np.cos(theta), theta),
        (lambda theta: 2 * theta.sum(), lambda theta: np.array(2.0), theta),
        *(_network(rng, mutant(bugs[label])) for label in PLANTED),
    ]


def _share(gradient):
    """How large a gradient is in all against its last entry: makes a change of that entry 5% of the whole."""
    return np.linalg.norm(gradient) / abs(gradient[-1])


def _quadratic(rng):
    A = rng.standard_normal((4, 4))
    A = A + A.T
    return lambda theta: theta @ A @ theta / 2, lambda theta: A @ theta, rng.standard_normal(4)


def _network(rng, backward):
    """A linear loss of an RNN's states, as a function of W_hh."""
    T, B, D, H = 4, 2, 2, 3
    x, h0, params = rng.standard_normal((T, B, D)), state(rng, B, H), rnn_params(rng, D, H)
    dh = rng.standard_normal((T, B, H))

    def f(W_hh):
        return float((dh * rnn_forward(x, h0, params._replace(W_hh=W_hh))[0]).sum())

    def df(W_hh):
        cache = rnn_forward(x, h0, RNNParams(params.W_xh, W_hh, params.b_h))[2]
        return backward(dh.copy(), np.zeros_like(h0), cache)[2].W_hh

    return f, df, params.W_hh
