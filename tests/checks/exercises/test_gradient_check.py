"""A learner's gradient check is called by its mistake's name, whatever its step and its tolerance are."""

import numpy as np
import pytest

from rnncourse import check

ERRORS = {
    "norm": lambda d, n: np.linalg.norm(d - n) / max(np.linalg.norm(d), np.linalg.norm(n), 1e-300),
    "sum of norms": lambda d, n: np.linalg.norm(d - n) / (np.linalg.norm(d) + np.linalg.norm(n) + 1e-300),
    "largest of largest": lambda d, n: np.abs(d - n).max() / max(np.abs(d).max(), np.abs(n).max(), 1e-300),
    "no division": lambda d, n: np.linalg.norm(d - n),
    "largest, no division": lambda d, n: np.abs(d - n).max(),
    "mean, no division": lambda d, n: np.abs(d - n).mean(),
    "entry by entry": lambda d, n: (np.abs(d - n) / np.maximum(1e-12, np.abs(d) + np.abs(n))).max(),
    "mean, entry by entry": lambda d, n: (np.abs(d - n) / (np.abs(d) + np.abs(n) + 1e-12)).mean(),
    "median": lambda d, n: np.median(np.abs(d - n)) / max(np.abs(d).max(), np.abs(n).max(), 1e-300),
    "0/0": lambda d, n: np.linalg.norm(d - n) / (np.linalg.norm(d) + np.linalg.norm(n)),
}


def written(error="norm", tolerance=1e-5, eps=1e-6, dtype=float, sides=2, entries=None):
    """A gradient check as learners write it: theta is moved in a copy, entry by entry."""

    def gradient_check(f, df, theta):
        d, moved = np.asarray(df(theta)), theta.astype(dtype)
        if d.shape != theta.shape:
            return False
        numerical = d.copy()
        for place in list(np.ndindex(theta.shape))[:entries]:
            before = moved[place]
            moved[place] = before + eps
            above = f(moved)
            moved[place] = before - eps * (sides - 1)
            numerical[place] = (above - f(moved)) / (sides * eps)
            moved[place] = before
        return bool(ERRORS[error](d, numerical) <= tolerance)

    return gradient_check


@pytest.mark.parametrize("error", ["norm", "sum of norms", "largest of largest"])
@pytest.mark.parametrize("eps", [1e-5, 1e-6, 1e-7])
@pytest.mark.parametrize("tolerance", [1e-3, 1e-4])
def test_right_ones_pass_with_any_sensible_step_and_tolerance(error, eps, tolerance):
    assert check.gradient_check(written(error, tolerance, eps)).passed


@pytest.mark.parametrize(
    "options, labels",
    [
        ({"sides": 1}, ("one-sided",)),
        pytest.param({"sides": 1, "eps": 1e-7, "tolerance": 1e-6}, ("one-sided",), marks=pytest.mark.slow),
        ({"error": "no division", "tolerance": 1e-3}, ("absolute-error",)),
        pytest.param({"error": "largest, no division", "tolerance": 1e-7}, ("absolute-error",), marks=pytest.mark.slow),
        pytest.param({"error": "mean, no division", "eps": 1e-5}, ("absolute-error",), marks=pytest.mark.slow),
        ({"error": "entry by entry"}, ("entry-by-entry",)),
        pytest.param({"error": "mean, entry by entry"}, ("entry-by-entry",), marks=pytest.mark.slow),
        ({"error": "0/0"}, ("zero-over-zero",)),
        ({"entries": 1, "tolerance": 1e-3}, ("first-entry-only",)),
        ({"eps": 1e-3}, ("eps-too-large",)),
        ({"eps": 1e-12}, ("eps-too-small",)),
        ({"tolerance": 0.08}, ("too-lenient",)),
        ({"dtype": np.float32}, ("single-precision",)),
        ({"dtype": np.float32, "eps": 1e-3, "tolerance": 1e-3}, ("eps-too-large", "single-precision")),
        ({"sides": 1, "entries": 1}, ("one-sided", "first-entry-only")),
    ],
)
def test_each_mistake_has_its_name(options, labels):
    result = check.gradient_check(written(**options))
    assert not result.passed
    assert set(result.messages[0].labels) == set(labels)


def test_a_verdict_says_which_gradient_was_misjudged():
    result = check.gradient_check(written("median"))
    assert result == 5 and not result.messages
    assert "accepts 1 of 14, one that is wrong in one entry only: compare all entries, and take a norm" in str(result)
    result = check.gradient_check(written(tolerance=1e-9))
    assert "rejects 2 of 8, the first that of a strongly curved loss" in str(result)


def test_an_entry_that_is_put_back_by_arithmetic_is_put_back():
    def in_place(drift):
        def gradient_check(f, df, theta):
            d, numerical = df(theta), np.empty_like(theta)
            if np.shape(d) != theta.shape:
                return False
            for place in np.ndindex(theta.shape):
                theta[place] += 1e-6
                above = f(theta)
                theta[place] -= 2e-6
                numerical[place] = (above - f(theta)) / 2e-6
                theta[place] += drift
            return bool(ERRORS["norm"](d, numerical) <= 1e-5)

        return gradient_check

    assert check.gradient_check(in_place(1e-6)).passed
    result = check.gradient_check(in_place(0))
    assert result == 12 and "changed what it was given, theta" in str(result)
