"""Appendix A is the catalogue: every mistake is there, can be linked, and says what gives it away."""

import re

import pytest

from rnncourse.checks.diagnosis.symptoms import symptom
from rnncourse.misconceptions import CATALOGUE


@pytest.fixture(scope="module")
def page(site):
    return (site / "book" / "appendix_mistakes.html").read_text(encoding="utf-8")


def card(page, one):
    """The card of a mistake, as text."""
    after = page.split(f'id="{one.exercise}-{one.label}"', 1)[1]
    return re.sub(r"<[^>]+>", "", after.split("</details>", 1)[0])


@pytest.mark.parametrize("exercise", CATALOGUE)
def test_every_mistake_has_an_anchor(page, exercise):
    assert f'id="mistakes-{exercise}"' in page
    for one in CATALOGUE[exercise]:
        assert page.count(f'id="{one.exercise}-{one.label}"') == 1


def test_a_card_shows_the_wrong_line_the_right_line_and_the_symptom(page):
    one = next(one for one in CATALOGUE["rnn_backward"] if one.label == "overwrites-dW_hh")
    text = card(page, one)
    assert text.index("dW_hh = delta_h.T @ h_prev") < text.index("dW_hh += delta_h.T @ h_prev")
    assert str(symptom(one)).replace("`", "") in text
    assert "The weights" in text


@pytest.mark.parametrize("exercise", CATALOGUE)
def test_the_list_at_the_head_leads_to_every_exercise(page, exercise):
    index = page.split('class="mistakes-index', 1)[1].split("</ul>")[0]
    assert f'href="#mistakes-{exercise}"' in index
