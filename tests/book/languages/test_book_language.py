"""Each page leads to itself in the other language, for readers and for search engines; a choice is remembered."""

import re

import pytest
from book_language import alternates
from support.contents import book_pages

from rnncourse.addresses import project_address

BOOK = project_address("Book")
NAMES = [*book_pages(), "search"]
CHINESE = {"locale": "zh-CN", "viewport": {"width": 1280, "height": 800}}


def test_the_english_page_is_for_everybody_else():
    links = re.findall(r'hreflang="([^"]+)" href="([^"]+)"', alternates("book/a", "https://b/"))
    assert links == [
        ("en", "https://b/book/a.html"),
        ("zh-CN", "https://b/zh/book/a.html"),
        ("x-default", "https://b/book/a.html"),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_names_its_twin_and_its_own_address(site, name):
    for place, language, twin in (("", "en", "zh/"), ("zh/", "zh-CN", "../")):
        page = (site / f"{place}{name}.html").read_text(encoding="utf-8")
        root = "../" * name.count("/")
        (switch,) = re.findall(r'<a class="btn btn-sm language-switch" href="([^"]+)"', page)
        assert switch == f"{root}{twin}{name}.html"
        assert f'<html lang="{language}"' in page
        assert re.findall(r'<link rel="canonical" href="([^"]+)"', page) == [f"{BOOK}{place}{name}.html"]
        assert alternates(name, BOOK) in page


def test_the_first_page_of_each_edition_is_in_its_language(site):
    assert '<html lang="en">' in (site / "index.html").read_text(encoding="utf-8")
    page = (site / "zh" / "index.html").read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in page and "url=book/index.html" in page


@pytest.fixture
def page(browser, request):
    """A page of a reader who was never here."""
    context = browser.new_context(**request.param)
    yield context.new_page()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("page", [CHINESE], indirect=True)
def test_who_reads_chinese_is_offered_it_once_and_not_led_there(page, address):
    page.goto(f"{address}book/index.html")
    offer = page.locator(".language-offer")
    assert offer.get_attribute("lang") == "zh-CN" and page.url.endswith("/book/index.html")
    offer.get_by_role("button").click()
    assert offer.count() == 0
    page.reload()
    page.locator(".language-switch").wait_for()
    assert offer.count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("page", [{"locale": "en-GB"}], indirect=True)
def test_a_choice_is_kept_for_the_next_visit(page, address):
    page.goto(f"{address}book/index.html")
    assert page.locator(".language-offer").count() == 0
    page.get_by_role("link", name="中文", exact=True).click()
    page.wait_for_url("**/zh/book/index.html")
    page.goto(address)
    page.wait_for_url("**/zh/book/index.html")
    page.get_by_role("link", name="English", exact=True).click()
    page.wait_for_url(f"{address}book/index.html")
    page.goto(address)
    page.wait_for_url(f"{address}book/index.html")
