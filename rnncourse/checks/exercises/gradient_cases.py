"""Build losses with their gradients, right ones and planted bugs: what a gradient check is tried on."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rnncourse.checks.execution.compare import NotAnArrayError, as_array
from rnncourse.checks.exercises.exercise import Output
from rnncourse.checks.exercises.probing import rnn_params, state
from rnncourse.language import phrase
from rnncourse.misconceptions import CATALOGUE, mutant
from rnncourse.notation import RNNParams
from rnncourse.reference.rnn import rnn_backward, rnn_forward

PLANTED = ("no-recurrent-term", "overwrites-dW_hh", "transposed-dW_hh", "carries-dh", "derivative-of-h")
"""Bugs of `rnn_backward` that spoil dW_hh."""

RIGHT = (
    phrase("that of a quadratic loss"),
    phrase("that of a strongly curved loss: it takes both sides, a small step, and a tolerance that is not too strict"),
    phrase("that of a loss of size 1e-6: set the error in relation to the gradients"),
    phrase("that of a loss of size 1e7, with theta a column: set the error in relation to the gradients"),
    phrase("that of a loss with a large constant in it: a larger step loses fewer digits to rounding"),
    phrase("one with an entry near zero among large ones: set the whole error in relation to the whole gradient"),
    phrase("zero, that of a loss without theta in it: mind 0/0"),
    phrase("dW_hh of an RNN"),
)
WRONG = (
    phrase("one that points the other way: compare the entries, not the lengths"),
    phrase("one that is twice too long: compare the entries, not the directions"),
    phrase("one that is wrong in one entry only: compare all entries, and take a norm or the largest difference"),
    phrase("one in reverse order: compare entry by entry, before anything is added up"),
    phrase("one whose entries are all the sum of the right ones: move one entry at a time"),
    phrase("one that holds nan: a comparison with nan is False, so ask whether the error is small and not whether it is large"),
    phrase("one that is half as large again, of a loss of size 1e-6: set the error in relation to the gradients"),
    phrase("one that is one number for all entries: compare the shapes first"),
    phrase("one that is too long by 0.4%: a right gradient agrees to six digits and more, so tolerate less"),
    *(phrase("dW_hh of an RNN whose backward pass has a bug, {label}", label=label) for label in PLANTED),
)


@dataclass(frozen=True)
class Cases(Output):
    """Verdicts on some gradients: what is wrong with them is said of the first gradient that was misjudged."""

    says: tuple[str, ...] = ()
    accepts: bool = False

    def problem(self, got, dims, want):
        """Say what is wrong with the verdicts; None if nothing is."""
        try:
            got = as_array(got)
            (missed,) = np.nonzero(got != want)
        except (NotAnArrayError, ValueError):
            return super().problem(got, dims, want)
        if np.isnan(got).all():
            return phrase("are accepted, as everything is: that tells nobody anything")
        if not len(missed):
            return None
        about = {"count": len(missed), "all": len(want), "case": self.says[missed[0]]}
        if len(missed) == 1:
            accepted, rejected = phrase("accepts 1 of {all}, {case}", **about), phrase("rejects 1 of {all}, {case}", **about)
        else:
            accepted = phrase("accepts {count} of {all}, the first {case}", **about)
            rejected = phrase("rejects {count} of {all}, the first {case}", **about)
        return accepted if self.accepts else rejected


@dataclass(frozen=True)
class Loss:
    """A loss, what claims to be its gradient, and a point."""

    f: Callable
    df: Callable
    theta: np.ndarray


def right_cases(rng):
    """Build right gradients, in the order of `RIGHT`."""
    theta = rng.standard_normal(4)
    lopsided = np.array([1.0, 1e-9, 2.0, -1.0])
    return [
        _quadratic(rng),
        Loss(lambda theta: np.exp(300 * theta).sum(), lambda theta: 300 * np.exp(300 * theta), 1e-3 * theta[:3]),
        _sine(1e-6, theta),
        _sine(1e7, theta[:, None]),
        _sine(1.0, theta, 100.0),
        Loss(lambda theta: 1 + (lopsided * np.sin(theta)).sum(), lambda theta: lopsided * np.cos(theta), 0.1 * theta),
        Loss(lambda theta: 3.0, np.zeros_like, theta),
        _network(rng, rnn_backward),
    ]


def wrong_cases(rng):
    """Build planted bugs, in the order of `WRONG`."""
    right = _quadratic(rng)
    f, df, theta = right.f, right.df, right.theta
    bugs = {bug.label: bug for bug in CATALOGUE["rnn_backward"]}
    return [
        Loss(f, lambda theta: -df(theta), theta),
        Loss(f, lambda theta: 2 * df(theta), theta),
        Loss(f, lambda theta: df(theta) * np.array([1, 1, 1, 1 + 0.05 * _share(df(theta))]), theta),
        Loss(f, lambda theta: df(theta)[::-1], theta),
        Loss(f, lambda theta: np.full(theta.shape, df(theta).sum()), theta),
        Loss(f, lambda theta: df(theta) * np.nan, theta),
        Loss(_sine(1e-6, theta).f, _sine(1.5e-6, theta).df, theta),
        Loss(lambda theta: 2 * theta.sum(), lambda theta: np.array(2.0), theta),
        Loss(f, lambda theta: 1.004 * df(theta), theta),
        *(_network(rng, mutant(bugs[label])) for label in PLANTED),
    ]


def _share(gradient):
    """Compute a gradient's norm over its last entry: it makes a change of that entry 5% of the whole."""
    return np.linalg.norm(gradient) / abs(gradient[-1])


def _sine(scale, theta, offset=0.0):
    return Loss(lambda theta: offset + scale * np.sin(theta).sum(), lambda theta: scale * np.cos(theta), theta)


def _quadratic(rng):
    A = rng.standard_normal((4, 4))
    A = A + A.T
    return Loss(lambda theta: theta @ A @ theta / 2, lambda theta: A @ theta, rng.standard_normal(4))


def _network(rng, backward):
    """Build a linear loss of an RNN's states, as a function of W_hh."""
    T, B, D, H = 4, 2, 2, 3
    x, h0, params = rng.standard_normal((T, B, D)), state(rng, B, H), rnn_params(rng, D, H)
    dh = rng.standard_normal((T, B, H))

    def f(W_hh):
        return float((dh * rnn_forward(x, h0, params._replace(W_hh=W_hh))[0]).sum())

    def df(W_hh):
        cache = rnn_forward(x, h0, RNNParams(params.W_xh, W_hh, params.b_h))[2]
        return backward(dh.copy(), np.zeros_like(h0), cache)[2].W_hh

    return Loss(f, df, params.W_hh)
