"""A page can be printed: no line of code is cut off, answers are unfolded, and sources that nobody needs stay away."""

import pytest

pytestmark = pytest.mark.browser

WIDER = """() => [...document.querySelectorAll('.bd-article pre')]
    .filter((pre) => pre.offsetParent && pre.scrollWidth > pre.clientWidth + 1)
    .map((pre) => pre.textContent.slice(0, 80))"""
HEIGHT = """(details) => details.getBoundingClientRect().height
    - details.querySelector('summary').getBoundingClientRect().height"""


@pytest.fixture(scope="module")
def printed(browser, address):
    """The chapter on BPTT, as wide as paper between its margins."""
    page = browser.new_page(viewport={"width": 680, "height": 1000})
    page.goto(f"{address}book/03_bptt.html", wait_until="load")
    page.emulate_media(media="print")
    yield page
    page.close()


def test_no_line_of_code_is_cut_off(printed):
    assert printed.locator(".bd-article pre").count() > 5
    assert printed.evaluate(WIDER) == []


def test_answers_are_unfolded(printed):
    answers = printed.locator("details.dropdown, details.sd-dropdown").all()
    assert len(answers) > 10
    assert all(answer.evaluate(HEIGHT) > 10 for answer in answers)


def test_a_source_that_nobody_needs_stays_away(printed):
    folded = printed.locator("div.cell details.hide:not([open])").all()
    assert folded
    assert not any(source.is_visible() for source in folded)
