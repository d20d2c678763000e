import subprocess
import sys

import numpy as np
import pytest

pytest.importorskip("matplotlib")

import matplotlib

from rnncourse import lag, plots
from rnncourse.notation import COLOURS


def norms(radius, T=30):
    x, h0, (W_xh, W_hh, b_h), g = lag.example(radius, 0.0, T=T, B=2, H=8)
    h = lag.textbook_forward(x, h0, W_xh, W_hh, b_h)
    return lag.gradient_norm_by_lag(lag.textbook_backward, x, h0, h, W_xh, W_hh, g)


def texts(picture):
    return {text.get_text() for ax in picture.figure.axes for text in ax.texts}


def line(picture, label):
    return next(line for ax in picture.figure.axes for line in ax.lines if line.get_label() == label)


def test_importing_and_drawing_leave_matplotlib_as_it_was():
    code = (
        "import sys, matplotlib as mpl, numpy as np\n"
        "def rc(): return {key: mpl.rcParams[key] for key in mpl.rcParams if key != 'backend'}\n"
        "before = rc()\n"
        "from rnncourse import plots\n"
        "plots.gradient_norm_by_lag({'a': np.ones(5)})\n"
        "assert rc() == before\n"
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_style_holds_inside_the_block_only():
    before = matplotlib.rcParams["svg.fonttype"], matplotlib.rcParams["figure.facecolor"]
    with plots.use_style():
        assert matplotlib.rcParams["svg.fonttype"] == "path"
        assert matplotlib.rcParams["figure.facecolor"] == "none"
        matplotlib.rcParams["font.size"] = 99
    assert (matplotlib.rcParams["svg.fonttype"], matplotlib.rcParams["figure.facecolor"]) == before
    assert matplotlib.rcParams["font.size"] != 99


def test_colour_is_the_notations():
    assert {symbol: plots.colour(symbol) for symbol in COLOURS} == COLOURS
    with pytest.raises(KeyError, match=r"no colour for 'q'; expected one of x, h"):
        plots.colour("q")


def test_gradient_by_lag_draws_the_numbers_and_says_them():
    curves = {"ρ = 0.5": norms(0.5), "ρ = 1.5": norms(1.5)}
    picture = plots.gradient_norm_by_lag(curves)
    for label, expected in curves.items():
        np.testing.assert_array_equal(line(picture, label).get_ydata(), expected)
    assert texts(picture) == set(curves)
    assert "ρ = 0.5: vanishing" in picture.alt and "ρ = 1.5: exploding" in picture.alt


def test_direct_labels_never_touch():
    curves = {f"curve {n}": np.geomspace(1, 0.1 + n / 1000, 20) for n in range(4)}
    picture = plots.gradient_norm_by_lag(curves)
    heights = sorted(text.xy[1] for text in picture.figure.axes[0].texts)
    assert min(np.diff(heights)) >= 0.07


def test_a_curve_that_is_zero_is_drawn_without_a_warning(recwarn):
    dead = np.zeros(10)
    dead[0] = 1
    picture = plots.gradient_norm_by_lag({"library": norms(0.9, T=9), "yours": dead})
    assert "yours: vanishing, 0 of it is left" in picture.alt
    assert line(picture, "yours").get_marker() == "x"
    assert not recwarn.list


def test_gradient_check_v_marks_the_tip():
    eps = np.logspace(-10, -1, 19)
    error = eps**2 + 1e-16 / eps
    picture = plots.gradient_check_v(eps, {"central": error})
    tip = next(line for line in picture.figure.axes[0].lines if line.get_marker() == "o")
    assert tip.get_xdata()[0] == eps[np.argmin(error)]
    assert "smallest error" in picture.alt and texts(picture) == {"central"}


def test_eigenvalue_disc_counts_what_lies_outside():
    picture = plots.eigenvalue_disc({"inside": np.diag([0.5, -0.9]), "outside": np.diag([1.5, 0.2])})
    assert "inside: 0 of 2 eigenvalues lie outside" in picture.alt
    assert "outside: 1 of 2 eigenvalues lie outside" in picture.alt
    crosses = [line for line in picture.figure.axes[1].lines if line.get_marker() == "x"]
    np.testing.assert_allclose(crosses[0].get_xdata(), [1.5])


def test_truncation_error_says_both_ends():
    picture = plots.truncation_error((1, 10), {"ρ = 0.9": np.array([0.8, 0.25])})
    assert "ρ = 0.9: from 0.8 at 1 to 0.25 at 10" in picture.alt


def test_a_text_of_your_own_replaces_the_made_one():
    assert plots.gradient_norm_by_lag({"a": np.ones(3)}, alt="Flat.").alt == "Flat."


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (0.0018, "0.0018"),
        (3227.3, "3227"),
        (3.1e-16, "3.1 times 10 to the minus 16"),
        (2.3e8, "2.3 times 10 to the 8"),
    ],
)
def test_numbers_for_a_screen_reader(value, said):
    assert plots.spoken(value) == said
