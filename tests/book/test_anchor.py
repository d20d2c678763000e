"""On a phone sections are laid out one after the other, and an address opens at its place all the same."""

import pytest
from support.browser import LAID_OUT

pytestmark = pytest.mark.browser

IN_PLACE = """() => {
  const target = document.getElementById(location.hash.slice(1));
  const wanted = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
  return scrollY > 1000 && Math.abs(target.getBoundingClientRect().top - wanted) < 12;
}"""


@pytest.fixture
def phone(browser):
    context = browser.new_context(viewport={"width": 375, "height": 800})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("place", ["04_training.html#sec-adam", "04_training.html#sec-leaks", "03_bptt.html#sec-code"])
def test_an_address_opens_at_its_place(phone, address, place):
    phone.goto(f"{address}book/{place}")
    phone.wait_for_function(IN_PLACE)


def test_a_link_within_the_page_opens_at_its_place(phone, address):
    phone.goto(f"{address}book/04_training.html")
    phone.evaluate("location.hash = 'sec-dropout'")
    phone.wait_for_function(IN_PLACE)


def test_who_scrolls_away_is_left_alone(phone, address):
    phone.goto(f"{address}book/04_training.html#sec-adam")
    phone.wait_for_function(IN_PLACE)
    phone.mouse.wheel(0, -2000)
    phone.wait_for_function(f"() => !({IN_PLACE})()")


def test_in_the_end_every_section_is_laid_out(phone, address):
    phone.goto(f"{address}book/04_training.html")
    phone.wait_for_function(LAID_OUT)
