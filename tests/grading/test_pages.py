"""A student's markdown in a page: formatted, and harmless."""

import pytest

from rnncourse.grading.pages import Markup, markdown_to_html, say_html
from rnncourse.language import messages, speaking


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](java&#115;cript:alert(1))",
        "<a href=' javascript:alert(1)'>x</a>",
        "<svg onload=alert(1)>",
        "<iframe src='https://example.org'></iframe>",
        "<style>* {display: none}</style>",
    ],
)
def test_nothing_runs(source):
    html = markdown_to_html(source).lower()
    for danger in ("<script", "<img src=x onerror", 'onerror="', 'href="java', "<svg", "<iframe", "<style"):
        assert danger not in html


def test_what_exercises_use_stays():
    html = markdown_to_html(
        "## A\n\n| a | b |\n|---|---|\n| $x<1$ | `y` |\n\n<details><summary>Hint</summary>\n\n**z**\n\n</details>"
    )
    for part in (
        "<h2",
        "<table",
        "$x&lt;1$",
        "<code>y</code>",
        "<details><summary>Hint</summary>",
        "<strong>z</strong>",
    ):
        assert part in html


def test_what_looks_like_a_tag_and_is_none_is_shown_as_it_was_typed():
    html = markdown_to_html("a vector<int>, not a <b>list</b> <!-- and a comment -->")
    assert "vector&lt;int&gt;, not a <b>list</b>" in html and "comment" not in html


def test_a_chinese_name_closes_the_gaps_and_is_escaped(monkeypatch):
    known = dict(messages("zh_CN")) | {"{who} in {where}": "{where} 里的 {who} 交了"}
    monkeypatch.setattr("rnncourse.language.messages", lambda name: known)
    with speaking("zh_CN"):
        assert say_html("{who} in {where}", who="张三", where="一班") == "一班里的张三交了"
        assert say_html("{who} in {where}", who="<b>", where=Markup("<i>ps1</i>")) == "<i>ps1</i> 里的 &lt;b&gt; 交了"
