"""Appendix A is the catalogue: every mistake is there, can be linked, and says what gives it away."""

import re

import pytest

from rnncourse.checks.diagnosis.symptoms import symptom
from rnncourse.misconceptions import CATALOGUE
from rnncourse.misconceptions.slips.catalogue import slips_of


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


@pytest.mark.parametrize("exercise", CATALOGUE)
def test_the_link_of_every_label_leads_to_this_page(page, exercise):
    for slip in (slip for part in slips_of(exercise) for slip in part):
        assert page.count(f' id="{exercise}-{slip.label}"') == 1


@pytest.mark.browser
def test_words_leave_the_mistakes_that_have_them_and_an_address_opens_its_list(browser, address):
    context = browser.new_context()
    page = context.new_page()
    slip = slips_of("rnn_backward")[2][0]
    page.goto(f"{address}book/appendix_mistakes.html#rnn_backward-{slip.label}", wait_until="load")
    page.locator(f"#rnn_backward-{slip.label}").wait_for(state="visible")
    field, status = (
        page.get_by_label("Show only mistakes with these words"),
        page.locator(".mistakes-filter [role=status]"),
    )
    field.fill("rnn_backward overwrites-dW_hh")
    assert page.locator("details.mistake:not(.places):visible").count() == 1 and status.inner_text().startswith("1 of ")
    field.fill("")
    assert page.locator("details.mistake:not(.places):visible").count() == sum(map(len, CATALOGUE.values()))
    context.close()
