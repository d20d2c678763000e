"""One mistake with a name leaves half of the points; no answer without work in it, and none with two mistakes, does."""

import importlib.util

import numpy as np
import pytest
from support.tiers import some_of

from rnncourse.checks import check
from rnncourse.checks.diagnosis.candidates import candidates_for
from rnncourse.checks.diagnosis.partial_credit import SAYS, SHARE, keeps_part
from rnncourse.checks.execution.seed import PUBLIC_SEED
from rnncourse.checks.exercises import EXERCISES
from rnncourse.misconceptions import CATALOGUE, TEXTBOOK, mutant

NOTHING_KEPT = {
    ("clip_gradients", "never-clips"),
    ("dropout", "switched-off-in-training"),
    ("lstm_backward", "no-path-through-h"),
}
"""Mistakes that leave a function which gives back its arguments, or zeros."""

NAMES = [
    pytest.param(name, marks=[pytest.mark.skipif(not importlib.util.find_spec("torch"), reason="needs torch")])
    if name == "rnn_function"
    else name
    for name in CATALOGUE
]
EACH = pytest.mark.parametrize("name", NAMES)


def in_parts(name):
    """Tell whether the rule is for this exercise."""
    return len(EXERCISES[name].outputs) > 1 and name != "gradient_check"


def earned(result):
    return sum(verdict.points for verdict in result.verdicts)


@EACH
def test_all_mistakes_of_the_catalogue_but_three_keep_a_part(name):
    candidates = candidates_for(EXERCISES[name], PUBLIC_SEED)
    nothing = {candidates.slips[i].label for i in range(candidates.named) if not keeps_part(candidates, (i,))}
    if not in_parts(name):
        assert len(nothing) == candidates.named
    else:
        assert nothing == {label for exercise, label in NOTHING_KEPT if exercise == name}


@pytest.mark.parametrize("name", some_of(CATALOGUE, 1, 2))
def test_one_named_mistake_earns_half_or_what_is_right_where_that_is_more(name):
    if name == "rnn_function":
        pytest.importorskip("torch")
    exercise = EXERCISES[name]
    for misconception in CATALOGUE[name][:: max(1, len(CATALOGUE[name]) // 2)]:
        result = check(name, exercise.adapt(mutant(misconception)))
        lost = not in_parts(name) or (name, misconception.label) in NOTHING_KEPT
        share = 0.8 if "changed what it was given" in str(result) else 1
        wanted = share * max(earned(result), 0 if lost else SHARE * exercise.maximum)
        assert result == pytest.approx(wanted, abs=0.005), misconception.label
        assert (SAYS in str(result)) == result.keeps_part


def changed(value, change):
    """Change every array of numbers in an answer, whatever it comes in."""
    if isinstance(value, dict):
        return {key: changed(entry, change) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        entries = [changed(entry, change) for entry in value]
        return type(value)(*entries) if hasattr(value, "_fields") else type(value)(entries)
    return change(value)


def lazy(name, change):
    """Make a function that returns what has the right shapes and no work in it."""
    right = EXERCISES[name].adapt(TEXTBOOK[name])

    def answer(*arguments):
        return changed(right(*arguments), lambda value: change(value, arguments))

    return answer


def zeros(value, arguments):
    return np.zeros_like(value) if isinstance(value, np.ndarray) else 0 * value


def ones(value, arguments):
    return np.ones_like(value) if isinstance(value, np.ndarray) else 0 * value + 1


def noise(value, arguments):
    return np.random.default_rng(0).standard_normal(np.shape(value))


def first_argument_of_its_shape(value, arguments):
    """Copy an argument, or an entry of one, where some has the shape; zeros elsewhere."""
    flat = [e for a in arguments for e in (a if isinstance(a, list | tuple) else [a])]
    fits = [np.array(e) for e in flat if isinstance(e, np.ndarray) and e.shape == np.shape(value)]
    return fits[0] if fits else zeros(value, arguments)


def last_argument_of_its_shape(value, arguments):
    return first_argument_of_its_shape(value, arguments[::-1])


WAYS = (zeros, ones, noise, first_argument_of_its_shape, last_argument_of_its_shape)
ARRAYS = [name for name in CATALOGUE if name not in ("gradient_check", "rnn_function")]
"""The others answer with yes and no, and with tensors."""


@pytest.mark.parametrize(
    "name, way",
    [
        pytest.param(name, way, marks=[pytest.mark.slow] * ((i + j) % (2 * len(WAYS)) > 0))  # one in half of them
        for i, name in enumerate(ARRAYS)
        for j, way in enumerate(WAYS)
    ],
)
def test_constants_and_copies_keep_nothing(name, way):
    result = check(name, lazy(name, way))
    assert not result.keeps_part and result <= earned(result)


@pytest.mark.parametrize("verdict", [True, False])
def test_who_always_gives_one_verdict_keeps_nothing(verdict):
    result = check("gradient_check", lambda f, df, theta: verdict)
    assert not result.keeps_part and result == earned(result)


def test_torch_s_copies_keep_nothing():
    pytest.importorskip("torch")
    result = check("rnn_function", lambda x, h0, W_xh, W_hh, b_h: x @ W_xh.T)
    assert not result.keeps_part and result == earned(result)


def backward(slope, back=1.0):
    """Write `rnn_backward` with some derivative, and with a part of the way back."""

    def rnn_backward(dh, x, h0, h, W_xh, W_hh):
        dx, dW_xh, dW_hh, db_h = np.zeros_like(x), np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(len(W_hh))
        dh_next = np.zeros_like(h0)
        for t in reversed(range(len(x))):
            delta = (dh[t] + back * dh_next) * slope(h[t])
            dx[t], dh_next = delta @ W_xh, delta @ W_hh
            dW_xh += delta.T @ x[t]
            dW_hh += delta.T @ (h[t - 1] if t else h0)
            db_h += delta.sum(axis=0)
        return dx, dh_next, dW_xh, dW_hh, db_h

    return rnn_backward


def test_a_slip_that_spoils_all_outputs_keeps_half_and_two_keep_nothing():
    one = check("rnn_backward", backward(lambda h: 1 - h))
    assert one == 22.5 and one.keeps_part and earned(one) == 0
    two = check("rnn_backward", backward(lambda h: 1 - h, back=-1.0))
    assert two == 0 and not two.keeps_part
    unnamed = check("rnn_backward", backward(lambda h: 1 - 0.9 * h**2 + 0.1 * h))
    assert unnamed == 0 and not unnamed.keeps_part


@pytest.mark.parametrize("seed", range(15))
def test_the_same_is_kept_at_every_seed(seed):
    assert check("rnn_backward", backward(lambda h: 1 - h), seed) == 22.5
