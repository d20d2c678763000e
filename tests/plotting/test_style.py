import subprocess
import sys

import pytest

pytest.importorskip("matplotlib")

import matplotlib

from rnncourse.notation import COLOURS
from rnncourse.plotting import style


def test_importing_and_drawing_leave_matplotlib_as_it_was():
    code = (
        "import sys, matplotlib as mpl, numpy as np\n"
        "def rc(): return {key: mpl.rcParams[key] for key in mpl.rcParams if key != 'backend'}\n"
        "before = rc()\n"
        "from rnncourse.plotting import lag\n"
        "lag.gradient_norm_by_lag({'a': np.ones(5)})\n"
        "assert rc() == before\n"
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_style_holds_inside_the_block_only():
    before = matplotlib.rcParams["svg.fonttype"], matplotlib.rcParams["figure.facecolor"]
    with style.use_style():
        assert matplotlib.rcParams["svg.fonttype"] == "path"
        assert matplotlib.rcParams["figure.facecolor"] == "none"
        matplotlib.rcParams["font.size"] = 99
    assert (matplotlib.rcParams["svg.fonttype"], matplotlib.rcParams["figure.facecolor"]) == before
    assert matplotlib.rcParams["font.size"] != 99


def test_colour_is_the_notations():
    assert {symbol: style.colour(symbol) for symbol in COLOURS} == COLOURS
    with pytest.raises(KeyError, match=r"no colour for 'q'; expected one of x, h"):
        style.colour("q")


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
    assert style.spoken(value) == said
