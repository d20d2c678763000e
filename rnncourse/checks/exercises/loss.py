"""Define problem set 2: from logits to a loss, and from the loss back to the logits."""

import numpy as np

from rnncourse.checks.execution.calling import AnswerError
from rnncourse.checks.exercises.answers import unpack
from rnncourse.checks.exercises.exercise import Exercise, Output, Probe
from rnncourse.checks.exercises.probing import sizes
from rnncourse.language import phrase

LARGE = 1000
"""Size of the far logits: e^1000 overflows, and so does e^(-1000) the other way."""

MODERATE = 450
"""Size of logits that no exponential overflows, and of which the sum of two overflows."""

HEADS = ("softmax", "sigmoid", "identity")


def _far(rng, T, B, K, y):
    """Draw logits near ±1000, the first guess wrong with certainty, and one guess far below all others."""
    z = LARGE * rng.choice([-1, 1], (T, B, K)) + rng.standard_normal((T, B, K))
    z[0, 0] = LARGE
    z[0, 0, y[0, 0]] = -LARGE
    if B > 1:
        z[0, 1] = -LARGE + rng.standard_normal(K)
    return z


def _near_and_far(rng, T, B, K):
    """Draw targets, and logits for two calls, stacked: ordinary ones and large ones."""
    y = rng.integers(K, size=(T, B))
    return y, np.stack([1.5 * rng.standard_normal((T, B, K)), _far(rng, T, B, K, y)])


def _mask(rng, T, B):
    """Draw a mask of ones and zeros, both in the last step; the first step counts, and so does all of T = 1."""
    mask = (rng.random((T, B)) < 0.7).astype(float)
    mask[-1] = np.arange(B) % 2
    mask[0] = 1
    return mask


def _softmax_probe(rng, T, B, K):
    return Probe({"T": T, "B": B, "K": K}, {"z": _near_and_far(rng, T, B, K)[1]})


def _softmax_apart(rng):
    return [Probe({"T": 3, "B": 2, "K": 4}, {"z": np.stack([MODERATE * rng.uniform(0.9, 1, (3, 2, 4))] * 2)})]


def _cross_entropy_probe(rng, T, B, K):
    y, z = _near_and_far(rng, T, B, K)
    return Probe({"T": T, "B": B, "K": K}, {"z": z, "y": y, "mask": _mask(rng, T, B)})


def _heads_probe(rng, T, B, K, far=False):
    classes = rng.integers(K, size=(T, B))
    y = np.stack([np.eye(K)[classes], rng.integers(2, size=(T, B, K)), rng.standard_normal((T, B, K))])
    z = 1.5 * rng.standard_normal((3, T, B, K))
    if far:  # the sigmoid alone: what overflows in softmax has been told in the two exercises before
        z[1] = _far(rng, T, B, K, classes)
    return Probe({"T": T, "B": B, "K": K}, {"z": z, "y": y})


def _heads_probes(rng):
    *others, smallest = (_heads_probe(rng, **dims) for dims in sizes(rng, "TBK"))
    return [*others, _heads_probe(rng, T=4, B=3, K=5, far=True), smallest]


def _single(value):
    """Unpack the value of a call that returns one: a one-tuple is as good."""
    if not isinstance(value, tuple):
        return value
    if len(value) != 1:
        count = len(value)
        raise AnswerError(phrase("returned {count} values from one call, where one was wanted", count=count))
    return value[0]


def _drive_softmax(function):
    return lambda z: (_single(function(z[0])), _single(function(z[1])))


def _drive_cross_entropy(function):
    def near_and_far(z, y, mask):
        near, far = (unpack(function(logits, y, mask), ("loss", "delta_y")) for logits in z)
        return *near, *far

    return near_and_far


def _drive_heads(function):
    return lambda z, y: tuple(_single(function(z[k], y[k], head)) for k, head in enumerate(HEADS))


_TBK = ("T", "B", "K")

SOFTMAX = Exercise(
    name="softmax",
    arguments=("z",),
    outputs=(Output("y_hat", _TBK, 12), Output(phrase("y_hat at ±1000"), _TBK, 8)),
    probes=lambda rng: [_softmax_probe(rng, **dims) for dims in sizes(rng, "TBK")],
    adapt=lambda textbook: textbook,
    drive=_drive_softmax,
    apart=_softmax_apart,
)

CROSS_ENTROPY = Exercise(
    name="cross_entropy",
    arguments=("z", "y", "mask"),
    outputs=(
        Output("loss", (), 12),
        Output("delta_y", _TBK, 16),
        Output(phrase("loss at ±1000"), (), 6),
        Output(phrase("delta_y at ±1000"), _TBK, 6),
    ),
    probes=lambda rng: [_cross_entropy_probe(rng, **dims) for dims in sizes(rng, "TBK")],
    adapt=lambda textbook: textbook,
    drive=_drive_cross_entropy,
    builds_on=(SOFTMAX,),
)

DELTA_Y_HEADS = Exercise(
    name="delta_y_heads",
    arguments=("z", "y", "head"),
    outputs=tuple(
        Output(phrase("delta_y of {head}", head=head), _TBK, points)
        for head, points in zip(HEADS, (10, 15, 15), strict=True)
    ),
    probes=_heads_probes,
    adapt=lambda textbook: textbook,
    drive=_drive_heads,
    builds_on=(SOFTMAX, CROSS_ENTROPY),
)

EXERCISES = (SOFTMAX, CROSS_ENTROPY, DELTA_Y_HEADS)
