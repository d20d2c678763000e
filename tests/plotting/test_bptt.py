import numpy as np
import pytest

pytest.importorskip("matplotlib")

from rnncourse.plotting import bptt


def test_gradient_check_v_marks_the_tip():
    eps = np.logspace(-10, -1, 19)
    error = eps**2 + 1e-16 / eps
    picture = bptt.gradient_check_v(eps, {"central": error})
    tip = next(line for line in picture.figure.axes[0].lines if line.get_marker() == "o")
    assert tip.get_xdata()[0] == eps[np.argmin(error)]
    assert "smallest error" in picture.alt and {text.get_text() for text in picture.figure.axes[0].texts} == {"central"}


def test_eigenvalue_disc_counts_what_lies_outside():
    picture = bptt.eigenvalue_disc({"inside": np.diag([0.5, -0.9]), "outside": np.diag([1.5, 0.2])})
    assert "inside: 0 of 2 eigenvalues lie outside" in picture.alt
    assert "outside: 1 of 2 eigenvalues lie outside" in picture.alt
    crosses = [line for line in picture.figure.axes[1].lines if line.get_marker() == "x"]
    np.testing.assert_allclose(crosses[0].get_xdata(), [1.5])


def test_truncation_error_says_both_ends():
    picture = bptt.truncation_error((1, 10), {"ρ = 0.9": np.array([0.8, 0.25])})
    assert "ρ = 0.9: from 0.8 at 1 to 0.25 at 10" in picture.alt
