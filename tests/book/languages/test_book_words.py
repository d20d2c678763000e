"""What the book says itself is said in the language of the edition."""

import json
import re

import pytest
from book_words import messages, say, site_map_titles
from scripts import script_messages
from sphinx_external_toc.parsing import parse_toc_yaml

from rnncourse.language import speaking


def test_parts_are_filled_in_after_the_translation():
    assert say("{done} of {all} done", done=1, all=3) == "1 of 3 done"
    with speaking("zh_CN"):
        assert say("{done} of {all} done", done=1, all=3) == "完成 1/3"
        assert say("nobody translated {this}", this="it") == "nobody translated it"


def test_each_title_of_the_contents_is_found(tmp_path):
    (tmp_path / "_toc.yml").write_text(
        "format: jb-book\nroot: a\nparts:\n- caption: One\n  chapters:\n  - file: b\n    title: B\n  - file: c\n"
    )
    places = site_map_titles(parse_toc_yaml(tmp_path / "_toc.yml"))
    assert {getattr(place, name) for place, name in places} == {"One", "B"}


@pytest.mark.parametrize(
    "text",
    ["课程", "提交问题", "本页内容", "搜索本书", "手写 RNN 与 LSTM", "3 · 梯度消失与梯度爆炸", "显示代码"],
)
def test_what_surrounds_a_page_is_chinese(site, text):
    assert text in (site / "zh" / "book" / "03_vanishing.html").read_text(encoding="utf-8")


def test_no_english_of_ours_is_left_around_a_page(site):
    page = (site / "zh" / "book" / "03_vanishing.html").read_text(encoding="utf-8")
    text = re.sub(r"<script.*?</script>|<pre>.*?</pre>|<[^>]+>", "\n", page, flags=re.S)
    lines = {line.strip() for line in text.split("\n")}
    assert not lines & {message for message in messages("zh_CN") if message != messages("zh_CN")[message]}


def test_scripts_find_their_words_in_the_page(site):
    page = (site / "zh" / "book" / "03_vanishing.html").read_text(encoding="utf-8")
    words = json.loads(re.search(r'<script type="application/json" id="book-words">(.*?)</script>', page)[1])
    assert words.keys() == script_messages().keys()
    assert words["Check"] == "检查"
    english = (site / "book" / "03_vanishing.html").read_text(encoding="utf-8")
    assert "book-words" not in english
