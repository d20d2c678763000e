"""What other parts of the project find in chapter 4 by name."""

import re
from pathlib import Path

import pytest

from rnncourse.misconceptions import CATALOGUE

TEXT = (Path(__file__).parents[3] / "book" / "04_training.md").read_text(encoding="utf-8")
EXERCISES = ("clip_gradients", "sgd_step", "adam_step", "dropout", "scale_series", "make_windows", "train_forecaster")
SECTIONS = (
    "sec-sgd",
    "sec-clipping",
    "sec-adam",
    "sec-initialisation",
    "sec-dropout",
    "sec-weight-decay",
    "sec-early-stopping",
    "sec-search",
    "sec-augmentation",
    "sec-leaks",
    "sec-forecasting",
)
EQUATIONS = ("sgd", "momentum", "adam", "global-norm", "clipping", "inverted-dropout", "standardise", "window")


@pytest.mark.parametrize("target", ("sec-training", *SECTIONS))
def test_targets_of_the_checks(target):
    assert TEXT.count(f"({target})=\n") == 1


@pytest.mark.parametrize("label", EQUATIONS)
def test_equations_that_docstrings_cite(label):
    assert TEXT.count(f":label: {label}\n") == 1


@pytest.mark.parametrize("target", SECTIONS)
def test_each_section_ends_with_questions(target):
    section = TEXT.split(f"({target})=\n## ", 1)[1].split("\n## ", 1)[0]
    assert section.count(":::{dropdown}") >= 3


def test_the_mistakes_named_in_the_text_are_those_of_the_checks():
    named = set()
    for block in re.findall(r":::\{admonition\} What goes wrong here, and what.*?\n:::\n", TEXT, re.S):
        for line in re.findall(r"\n(`[^\n]*`)\n: ", block):
            named |= set(re.findall(r"`([^`]+)`", line))
    known = {one.label for exercise in EXERCISES for one in CATALOGUE[exercise]}
    assert len(named) > 30
    assert named <= known
