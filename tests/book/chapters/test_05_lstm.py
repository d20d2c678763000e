"""What other parts of the project find in chapter 5 by name."""

import re
from pathlib import Path

import numpy as np
import pytest

from rnncourse.misconceptions import CATALOGUE
from rnncourse.reference import lstm

PAGES = {path.stem: path.read_text(encoding="utf-8") for path in (Path(__file__).parents[3] / "book").glob("05_*.md")}
TEXT = "\n".join(PAGES.values())
SECTIONS = re.findall(r"^\((sec-[\w-]+)\)=\n#{2,3} ", TEXT, re.M)
EXERCISES = ("lstm_step", "lstm_forward", "lstm_step_backward", "lstm_backward", "forget_bias_sweep")
BUGS = [pytest.param(bug, id=f"{name}-{bug.label}") for name in EXERCISES for bug in CATALOGUE[name]]
EQUATIONS = ["lstm-gates", "lstm-state", "lstm-step-backward", "lstm-bptt", "cell-path"]
EQUATIONS += ["gru-gates", "gru-state", "gru-step-backward", "gru-bptt"]


def section(target):
    """The text from a target to the next one of a section of the same or a higher level."""
    (page,) = (text for text in PAGES.values() if f"({target})=\n" in text)
    after = page.split(f"({target})=\n", 1)[1]
    level = len(re.match("#+", after)[0])
    return re.split(rf"\n\(sec-[\w-]+\)=\n#{{1,{level}}} ", after, maxsplit=1)[0]


@pytest.mark.parametrize("bug", BUGS)
def test_each_mistake_is_named_where_its_hint_points(bug):
    page, target = bug.see.split("#")
    assert f"({target})=" in PAGES[page]
    assert f"`{bug.label}`" in section(target)


@pytest.mark.parametrize("label", EQUATIONS)
def test_equations_that_docstrings_cite(label):
    assert TEXT.count(f":label: {label}\n") == 1


@pytest.mark.parametrize("target", SECTIONS)
def test_each_section_ends_with_questions(target):
    assert section(target).count(":::{dropdown}") >= 3


def gradients(b_o):
    """The size of each weight's gradient for an LSTM whose output gate stands still at sigmoid(b_o)."""
    rng = np.random.default_rng(0)
    T, B, D, H = 5, 2, 3, 4
    x, dh, zeros = rng.standard_normal((T, B, D)), rng.standard_normal((T, B, H)), np.zeros((B, H))
    params = lstm.init_lstm(D, H, rng)._replace(W_o=np.zeros((H, H + D)), b_o=np.full(H, float(b_o)))
    _, _, cache = lstm.lstm_forward(x, (zeros, zeros), params)
    _, _, dparams = lstm.lstm_backward(dh, (zeros, zeros), cache)
    return np.array([np.linalg.norm(dparams[k]) for k in range(4)])


def test_no_weight_learns_behind_a_shut_output_gate():
    assert not gradients(-1000).any()  # o is exactly 0


def test_all_gradients_fall_with_an_output_gate_that_is_almost_shut():
    np.testing.assert_allclose(gradients(-10) / gradients(-12), 7.4, atol=0.05)
    assert "$o$ falls by the factor 7.4, and so do the gradients" in TEXT
