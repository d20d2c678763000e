import numpy as np
import pytest

pytest.importorskip("matplotlib")

from rnncourse.experiments import gradient_lag
from rnncourse.plotting import lag


def norms(radius, T=30):
    x, h0, (W_xh, W_hh, b_h), g = gradient_lag.example(radius, 0.0, T=T, B=2, H=8)
    h = gradient_lag.textbook_forward(x, h0, W_xh, W_hh, b_h)
    return gradient_lag.gradient_norm_by_lag(gradient_lag.textbook_backward, x, h0, h, W_xh, W_hh, g)


def texts(picture):
    return {text.get_text() for ax in picture.figure.axes for text in ax.texts}


def line(picture, label):
    return next(line for ax in picture.figure.axes for line in ax.lines if line.get_label() == label)


def test_gradient_by_lag_draws_the_numbers_and_says_them():
    curves = {"ρ = 0.5": norms(0.5), "ρ = 1.5": norms(1.5)}
    picture = lag.gradient_norm_by_lag(curves)
    for label, expected in curves.items():
        np.testing.assert_array_equal(line(picture, label).get_ydata(), expected)
    assert texts(picture) == set(curves)
    assert "ρ = 0.5: vanishing" in picture.alt and "ρ = 1.5: exploding" in picture.alt


def test_direct_labels_never_touch():
    curves = {f"curve {n}": np.geomspace(1, 0.1 + n / 1000, 20) for n in range(4)}
    picture = lag.gradient_norm_by_lag(curves)
    heights = sorted(text.xy[1] for text in picture.figure.axes[0].texts)
    assert min(np.diff(heights)) >= 0.07


def test_a_curve_that_is_zero_is_drawn_without_a_warning(recwarn):
    dead = np.zeros(10)
    dead[0] = 1
    picture = lag.gradient_norm_by_lag({"library": norms(0.9, T=9), "yours": dead})
    assert "yours: vanishing, 0 of it is left" in picture.alt
    assert line(picture, "yours").get_marker() == "x"
    assert not recwarn.list


def test_a_text_of_your_own_replaces_the_made_one():
    assert lag.gradient_norm_by_lag({"a": np.ones(3)}, alt="Flat.").alt == "Flat."
