"""What other parts of the project find in chapter 5 by name."""

import re
from pathlib import Path

import pytest

from rnncourse.misconceptions import CATALOGUE

TEXT = (Path(__file__).parents[3] / "book" / "05_lstm.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"^\((sec-[\w-]+)\)=\n#{2,3} ", TEXT, re.M)
EXERCISES = ("lstm_step", "lstm_forward", "lstm_step_backward", "lstm_backward", "forget_bias_sweep")
BUGS = [pytest.param(bug, id=f"{name}-{bug.label}") for name in EXERCISES for bug in CATALOGUE[name]]
EQUATIONS = ["lstm-gates", "lstm-state", "lstm-step-backward", "lstm-bptt", "cell-path"]
EQUATIONS += ["gru-gates", "gru-state", "gru-step-backward", "gru-bptt"]


def section(target):
    """The text from a target to the next one of a section of the same or a higher level."""
    after = TEXT.split(f"({target})=\n", 1)[1]
    level = len(re.match("#+", after)[0])
    return re.split(rf"\n\(sec-[\w-]+\)=\n#{{1,{level}}} ", after, maxsplit=1)[0]


@pytest.mark.parametrize("bug", BUGS)
def test_each_mistake_is_named_where_its_hint_points(bug):
    page, target = bug.see.split("#")
    assert page == "05_lstm"
    assert f"`{bug.label}`" in section(target)


@pytest.mark.parametrize("label", EQUATIONS)
def test_equations_that_docstrings_cite(label):
    assert TEXT.count(f":label: {label}\n") == 1


@pytest.mark.parametrize("target", SECTIONS)
def test_each_section_ends_with_questions(target):
    assert section(target).count(":::{dropdown}") >= 3
