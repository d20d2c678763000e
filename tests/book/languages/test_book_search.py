"""The search of the Chinese edition finds terms, and what is put together of them."""

import pytest
from book_search import terms

GLOSSARY = '[[term]]\nen = ["hidden state"]\nzh = ["隐藏状态"]\n\n[[term]]\nen = ["batch"]\nzh = ["批", "隐藏状态"]\n'


def test_each_term_is_listed_once():
    assert terms(GLOSSARY) == ["隐藏状态", "批"]


@pytest.mark.browser
@pytest.mark.parametrize("query", ["隐藏状态", "梯度消失", "前向传播", "隐藏状态的梯度", "LSTM遗忘门"])
def test_the_search_finds(browser, address, query):
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{address}zh/search.html?q={query}")
    link = page.locator("#search-results a").first
    link.wait_for()
    assert link.get_attribute("href").startswith("book/")
    context.close()
