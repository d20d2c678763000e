"""The list by place has an anchor for every label that a check may say, and shows no code."""

import re
import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_ext"))

from book_places import places_html

from rnncourse.misconceptions import CATALOGUE
from rnncourse.misconceptions.slips.catalogue import slips_of


@pytest.mark.parametrize("exercise", CATALOGUE)
def test_every_label_has_one_anchor_here_or_on_a_card(exercise):
    listed = re.findall(r' id="([^"]+)"', places_html(exercise))
    own, inherited, composed = slips_of(exercise)
    assert Counter(listed) == Counter(f"{exercise}-{slip.label}" for slip in inherited + composed)
    assert not set(listed) & {f"{exercise}-{slip.label}" for slip in own}
    assert all(re.fullmatch(r"[\w-]+", name) for name in listed)


def test_mistakes_stand_under_what_their_line_computes():
    html = places_html("rnn_backward")
    place = html.split("<dt><code>delta_h</code></dt>")[1].split("</dd>")[0]
    assert 'id="rnn_backward-delta_h-' in place and "<li" in place
    assert 'id="rnn_backward-dx-' not in place


def test_what_is_inherited_stands_first():
    assert places_html("rnn_forward").index("in a function that it calls") < places_html("rnn_forward").index("<li")
