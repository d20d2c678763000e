"""Problem set 2: partial credit, and an answer to whatever the function does."""

import numpy as np
import pytest

from rnncourse import check
from rnncourse.checks import EXERCISES
from rnncourse.reference.heads import delta_y_heads
from rnncourse.reference.output import softmax
from rnncourse.reference.output import softmax_cross_entropy as cross_entropy


@pytest.mark.parametrize(
    "name, function, said",
    [
        ("softmax", lambda z: None, "is None; expected an array of shape (T, B, K)"),
        ("softmax", lambda z: softmax(z) * np.nan, "expected finite numbers"),
        ("softmax", lambda z: softmax(z).sum(-1), "expected (T, B, K)"),
        ("softmax", lambda z: (softmax(z), 1), "returned 2 values from one call, where one was wanted"),
        ("cross_entropy", lambda *a: cross_entropy(*a)[0], "where 2 values were wanted: loss, delta_y"),
        ("cross_entropy", lambda *a: (None, None), "is None; expected an array of shape () = ()"),
        ("cross_entropy", lambda *a: None, "returned None, where 2 values were wanted"),
        ("cross_entropy", lambda *a: cross_entropy(*a)[::-1], "expected () = ()"),
        ("delta_y_heads", lambda *a: None, "is None; expected an array of shape (T, B, K)"),
        ("delta_y_heads", lambda *a: delta_y_heads(*a) * np.inf, "expected finite numbers"),
        ("delta_y_heads", lambda *a: (0.1, delta_y_heads(*a)), "returned 2 values from one call"),
        ("delta_y_heads", lambda z, y, head: delta_y_heads(z, y, head).T, "has shape"),
    ],
)
def test_bad_answers_earn_nothing_and_are_told_why(name, function, said):
    result = check.check(name, function)
    assert result == 0
    assert said in str(result)


def test_what_overflows_loses_the_points_of_large_logits_alone():
    result = check.softmax(lambda z: np.exp(z) / np.exp(z).sum(-1, keepdims=True))
    assert result == 12
    assert result.messages[0].labels == ("no-max-shift",)
    assert [verdict.output for verdict in result.verdicts if not verdict.right] == ["y_hat at ±1000"]


def test_a_wrong_loss_leaves_the_points_of_its_gradient():
    result = check.cross_entropy(lambda z, y, mask: (-cross_entropy(z, y, mask)[0], cross_entropy(z, y, mask)[1]))
    assert result == 22
    assert result.messages[0].labels == ("sign-of-loss",)


def test_a_head_that_is_not_written_loses_its_own_points():
    result = check.delta_y_heads(lambda z, y, head: None if head == "identity" else delta_y_heads(z, y, head))
    assert result == 25


@pytest.mark.parametrize("name", ["softmax", "cross_entropy"])
def test_each_call_has_logits_that_overflow(name):
    exercise = EXERCISES[name]
    for seed in range(20):
        for probe in exercise.probes(np.random.default_rng(seed)):
            with np.errstate(over="ignore"):
                e = np.exp(probe.arguments["z"][1])
            assert np.isinf(e).any() and (e == 0).any()


def test_changing_the_logits_costs_points_once():
    def greedy(z):
        z -= z.max(axis=-1, keepdims=True)
        return softmax(z)

    result = check.softmax(greedy)
    assert result == 16
    assert "changed what it was given, z:" in str(result)
