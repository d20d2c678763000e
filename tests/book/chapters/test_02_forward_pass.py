"""Chapter 2 names the mistakes of the forward pass, and asks questions."""

import re
from pathlib import Path

from rnncourse.misconceptions import CATALOGUE

TEXT = (Path(__file__).parents[3] / "book" / "02_forward_pass.md").read_text(encoding="utf-8")
SECTIONS = ("sec-initial-state", "sec-forward-steps", "sec-forward-batch", "sec-stacking")


def test_the_mistakes_it_names_are_those_of_the_exercise():
    named = set(re.findall(r"^`([\w-]+)`\n: ", TEXT, flags=re.MULTILINE))
    assert len(named) >= 6
    assert named <= {one.label for one in CATALOGUE["rnn_forward"]}


def test_each_section_ends_with_questions():
    for target in SECTIONS:
        section = re.split(r"\n\(sec-[\w-]+\)=\n## ", TEXT.split(f"({target})=\n", 1)[1])[0]
        assert section.count(":::{dropdown}") >= 3, target
