"""A translated page shows its code cells translated, and its outputs are those of its own code."""

import re
from types import SimpleNamespace

from book_cells import translate_blocks, translate_page, translations
from docutils import nodes

CELL = '```{code-cell} ipython3\nprint("two words")  # a remark here\n```\n'
CATALOGUE = 'msgid ""\nmsgstr ""\n\nmsgid "two words"\nmsgstr "两个词"\n'


def app(folder, language):
    env = SimpleNamespace(note_dependency=lambda path: None)
    return SimpleNamespace(config=SimpleNamespace(language=language), srcdir=str(folder), env=env)


def test_a_page_with_translations_is_noted(tmp_path):
    path = tmp_path / "locale" / "zh_CN" / "LC_MESSAGES" / "book_code" / "page.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE, encoding="utf-8")
    assert translations(tmp_path, "book/page", "zh_CN") == {"two words": "两个词"}
    chinese, source = app(tmp_path, "zh_CN"), [CELL]
    translate_page(chinese, "book/page", source)
    assert source == [CELL.replace("two words", "两个词")] and chinese.translated_code == {"book/page"}
    translate_page(chinese, "book/other", other := [CELL])
    assert other == [CELL] and chinese.translated_code == {"book/page"}
    translate_page(app(tmp_path, "en"), "book/page", english := [CELL])
    assert english == [CELL]


def test_a_chinese_page_prints_what_its_cells_say(site):
    page = (site / "zh" / "book" / "02_forward_pass.html").read_text(encoding="utf-8")
    text = re.sub(r"<[^>]+>", "", page)
    assert text.count("两个方向：") >= 2  # in the code, and in what it printed
    assert "both directions:" not in text


def test_what_is_not_executed_is_translated_too(tmp_path):
    path = tmp_path / "locale" / "zh_CN" / "LC_MESSAGES" / "book_code" / "page.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE, encoding="utf-8")
    for language, said in (("zh_CN", "a = 1  # 两个词"), ("en", "a = 1  # two words")):
        doctree = nodes.section("", nodes.literal_block("a = 1  # two words", "a = 1  # two words", language="toml"))
        edition = app(tmp_path, language)
        edition.env.docname = "book/page"
        translate_blocks(edition, doctree)
        assert doctree.astext() == doctree[0].rawsource == said
