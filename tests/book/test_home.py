"""The home page: what it is, a wrong answer, its verdict and a figure to touch, before anybody scrolls."""

import re

import pytest

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 800}


@pytest.fixture
def home(browser, address):
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.goto(f"{address}book/index.html", wait_until="load")
    page.locator(".rnn-explorer svg").first.wait_for()
    yield page
    context.close()


def box(locator):
    return locator.bounding_box()


def test_everything_is_there_before_anybody_scrolls(home):
    for name in ("Start reading", "Try it, in the page"):
        assert box(home.get_by_role("link", name=name))["y"] < 500
    explorer = box(home.locator(".rnn-explorer"))
    assert explorer["y"] + explorer["height"] < DESK["height"]
    code, verdict = (home.locator(f".tag_beside .cell_{side}") for side in ("input", "output"))
    assert abs(box(code)["y"] - box(verdict)["y"]) < 20 and box(code)["x"] + box(code)["width"] <= box(verdict)["x"]
    assert box(code)["y"] + box(code)["height"] < DESK["height"]
    named = home.get_by_text("overwrites-dW_hh").first
    assert box(named)["y"] + box(named)["height"] < DESK["height"]
    assert home.evaluate("scrollY") == 0


def test_no_line_of_the_wrong_answer_is_cut(home):
    assert home.locator(".tag_beside .cell_input pre").evaluate("node => node.scrollWidth <= node.clientWidth")


def test_the_figure_answers(home):
    said = home.locator(".rnn-explorer p").inner_text()
    home.locator(".rnn-explorer input").first.press("Home")
    assert home.locator(".rnn-explorer p").inner_text() != said


def test_try_it_opens_an_exercise(home):
    home.get_by_role("link", name="Try it, in the page").click()
    home.wait_for_url("**/01_structure.html#exercise-rnn_step")
    assert home.locator("#exercise-rnn_step").bounding_box()["y"] < DESK["height"]


def test_each_stop_on_the_road_has_a_picture_and_a_page(site):
    page = (site / "book" / "index.html").read_text(encoding="utf-8")
    road = page[page.index('id="the-chapters"') : page.index('id="what-you-have-done"')]
    cards = road.split('class="sd-card-body')[1:]
    assert len(cards) >= 9
    for card in cards:
        assert re.search(r'<svg role="img" aria-label="[^"]{10,}"', card)
        target = re.search(r'href="([\w]+\.html)', card).group(1)
        assert (site / "book" / target).is_file()
