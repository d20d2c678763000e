"""What other parts of the project find in chapter 3 by name."""

import re
from pathlib import Path

import pytest

from rnncourse.misconceptions import CATALOGUE

PAGES = {path.stem: path.read_text(encoding="utf-8") for path in (Path(__file__).parents[3] / "book").glob("03_*.md")}
TEXT = "\n".join(PAGES.values())
TARGETS = (
    "sec-loss",
    "sec-delta-y",
    "sec-bptt",
    "sec-bptt-recursion",
    "sec-bptt-weights",
    "sec-bptt-h0",
    "sec-gradient-check",
    "sec-jacobian",
    "sec-truncated-bptt",
    "sec-update",
)
EQUATIONS = ["delta-y", "bptt-recursion", "rnn-step-backward", "central-difference"]


def section(target):
    """The text from a target to the next one of a section of the same or a higher level."""
    (page,) = (text for text in PAGES.values() if f"({target})=\n" in text)
    after = page.split(f"({target})=\n", 1)[1]
    level = len(re.match("#+", after)[0])
    return re.split(rf"\n\(sec-[\w-]+\)=\n#{{1,{level}}} ", after, maxsplit=1)[0]


@pytest.mark.parametrize("bug", CATALOGUE["rnn_backward"], ids=lambda bug: bug.label)
def test_each_mistake_is_named_where_its_hint_points(bug):
    page, target = bug.see.split("#")
    assert f"({target})=" in PAGES[page]
    assert f"`{bug.label}`" in section(target)


@pytest.mark.parametrize("target", TARGETS)
def test_targets_of_the_checks(target):
    assert TEXT.count(f"({target})=") == 1


@pytest.mark.parametrize("label", EQUATIONS)
def test_equations_that_docstrings_cite(label):
    assert TEXT.count(f":label: {label}\n") == 1


def test_each_section_ends_with_questions():
    sections = [target for target in TARGETS if target != "sec-bptt"]
    assert all(section(target).count(":::{dropdown}") >= 3 for target in sections)
