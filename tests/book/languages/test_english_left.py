"""What a reader of the Chinese edition reads is Chinese; what is English on purpose is on a list."""

import pytest
from support.contents import book_pages
from support.english_left import english

PAGES = {
    "book/appendix_api": "docstrings of the package",
    "book/bibliography": "titles of papers",
}
"""Pages that are English on purpose but for their heads, which stand on every other page, too."""
WITH_REASON = {
    r"（[^（）]*）": "the English of a term, where it is first said",
    r"^[^一-鿿]+ (?:1[89]|20)\d\d\.[^一-鿿]*$": "a paper, which a citation names when it is pointed at",
    r"et al\.|[A-Z][\w ]+ and \w+, \d{4}": "a citation",
    r"“[A-Z][^”]*”|ID number|Email address|Feedback comments": "what other programs call it",
    r"“(?:its own products alone|our torch Function|from scratch)”": "rows, as the table names them beside the Chinese",
    r"torch Function": "a class of torch",
    r"\w+\([\w, ]*\)|^\w+ = .*|^1 def .*|-> [^。]*|tanh c|nan nan": "code and numbers, as a cell has printed them",
    r"^--- 温度.*|^465,048 个字符.*": "the text that the model read, and what it wrote",
}
"""What is English on purpose within Chinese pages, and why."""


def texts_of(site, page):
    return (site / "zh" / f"{page}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [page for page in [*book_pages(), "search"] if page not in PAGES])
def test_no_english_is_left_on_a_chinese_page(site, page):
    assert english(texts_of(site, page), WITH_REASON) == []


@pytest.mark.parametrize("pattern", WITH_REASON)
def test_each_entry_of_the_list_is_needed(site, pattern):
    others = [other for other in WITH_REASON if other != pattern]
    assert any(english(texts_of(site, page), others) for page in book_pages() if page not in PAGES)


def test_english_is_found_wherever_it_is_read():
    page = """<p title="a spoken title">两个 words alone <code>for x in code</code></p><pre><span class="c1"># of one
    line</span> not this one</pre><img alt="an alt text"><math>sum of it</math><script>let it be</script>"""
    found = ["spoken title", "words alone", "of one line", "an alt text"]
    assert english(page, ["¶¶"]) == found
    assert english(page, ["spoken|alone|alt"]) == ["of one line"]
