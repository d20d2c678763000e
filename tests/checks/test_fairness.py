"""Points are for what is right: none for a lucky constant, all for what a mistake elsewhere has not touched."""

import numpy as np
import pytest

from rnncourse import check


def points(result):
    return {verdict.output: verdict.points for verdict in result.verdicts}


@pytest.mark.parametrize("yes", [lambda *a: True, lambda f, df, theta: np.bool_(df(theta) is not None)])
def test_who_accepts_every_gradient_has_checked_nothing(yes):
    result = check.gradient_check(yes)
    assert result == 0 and result.messages[0].labels == ("always-yes",)
    assert "are accepted, as everything is" in str(result)


def test_who_rejects_some_gradients_keeps_the_points_for_the_right_ones():
    result = check.gradient_check(lambda f, df, theta: bool(np.isfinite(df(theta)).all()))
    assert points(result) == {"right gradients": 5, "planted bugs": 0}


def scaled_with(mean=np.mean, scale=np.std, leaks=False):
    def scale_series(series, n_val):
        past = series if leaks else series[: len(series) - n_val]
        return (series - mean(past)) / scale(past), mean(past), scale(past)

    return scale_series


LEAK = "scaled past, the future poisoned"


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_whoever_divides_by_n_minus_1_leaks_nothing(seed):
    result = check.check("scale_series", scaled_with(scale=lambda past: past.std(ddof=1)), seed)
    assert points(result) == {"scaled": 0, "mean": 2, "scale": 0, LEAK: 2}
    assert result.messages[0].labels == ("divides-by-n-minus-1",)


@pytest.mark.parametrize(
    "function, earned",
    [
        (scaled_with(mean=np.min, scale=np.ptp), 2),
        (scaled_with(mean=np.median), 2),
        (scaled_with(leaks=True), 0),
        (scaled_with(scale=lambda past: past.std(ddof=1), leaks=True), 0),
        (lambda series, n_val: (series, 0.0, 1.0), 0),
        (lambda series, n_val: (np.zeros_like(series), 0.0, 1.0), 0),
        (lambda series, n_val: (np.full_like(series, np.nan), 0.0, 1.0), 0),
        (lambda series, n_val: (None, 0.0, 1.0), 0),
        (lambda series, n_val: (np.sin(series), 0.0, 1.0), 0),
    ],
)
def test_the_points_for_no_leak_are_for_scaling_by_the_past_alone(function, earned):
    assert points(check.scale_series(function))[LEAK] == earned


def dropped(x, u, rate, per, train, top=False):
    """Dropout by somebody who takes the rate for the probability of keeping."""
    if not train:
        return x, np.ones_like(x)
    u = u if per == "step" else u[:1]
    mask = ((u >= 1 - rate) if top else (u < rate)) / rate
    return x * mask, mask


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_a_rate_taken_for_the_probability_of_keeping_is_one_mistake(seed):
    result = check.check("dropout", dropped, seed)
    assert result.messages[0].labels == ("rate-for-keep-probability",)
    result = check.check("dropout", lambda *a: dropped(*a, top=True), seed)
    assert result.messages[0].labels == ("rate-for-keep-probability-at-the-top",)
