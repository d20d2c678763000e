"""An exercise of the Chinese edition is answered in Chinese, by the scripts and the Python of the English one."""

import json
import re

import pytest
from support.page_answers import PAGE, WRONG

pytestmark = pytest.mark.browser

LONG = 90_000
"""Milliseconds that a first answer may take on a busy machine: it is no limit on speed."""


@pytest.fixture
def section(browser, address, site):
    """The exercise softmax on its Chinese page, and what the page asked for."""
    described = json.loads((site / "_static" / "python" / "python.json").read_text())
    if not described["available"]:
        pytest.skip(f"no Python in the pages: {described['why']}")
    context, asked = browser.new_context(locale="zh-CN"), []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(f"{address}zh/{PAGE}.html")
    yield page.locator("#exercise-softmax"), asked
    context.close()


def opened(section):
    """Open the exercise as who reads Chinese does; return it, its editor, and what the page has asked for."""
    exercise, asked = section
    exercise.get_by_role("button", name="在这里写").click()
    editor = exercise.locator(".cm-content")
    editor.wait_for()
    return exercise, editor, asked


def test_it_is_a_chinese_one_of_the_english_scripts(section):
    _, editor, asked = opened(section)
    assert "在这里写你的代码" in editor.inner_text()
    assert "zh/_static/exercise/sets.json" in asked and "_static/exercise/exercise.js" in " ".join(asked)


@pytest.mark.slow  # what a page's Python says in Chinese is tried at each change in tests/checks/test_language.py
def test_it_is_answered_in_chinese(section):
    exercise, editor, asked = opened(section)
    editor.focus()
    exercise.page.keyboard.press("Control+A")
    exercise.page.keyboard.insert_text(WRONG)
    exercise.get_by_role("button", name="检查", exact=True).click()
    exercise.locator(".rnncourse-check").wait_for(timeout=LONG)
    words = exercise.locator(".exercise-answer").inner_text()
    assert "sum-over-time" in words and len(re.findall("[\u4e00-\u9fff]", words)) > 30
    links = exercise.locator(".rnncourse-check a").evaluate_all("all => all.map((link) => link.href)")
    origin = exercise.page.url.partition("zh/")[0]
    assert links and all(link.startswith(f"{origin}zh/book/") for link in links)
    assert not [url for url in asked if url.startswith("zh/_static/python")]
