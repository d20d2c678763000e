"""A translated page shows its code cells translated, and its outputs are those of its own code."""

import re
from types import SimpleNamespace

from book_cells import translate_page, translations

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
