"""An edition knows where it lies, and which pages are its own."""

from types import SimpleNamespace

from editions import is_english, pages_of, shared_root, tag


def test_an_edition_below_the_english_one_finds_what_they_share():
    english, chinese = SimpleNamespace(language="en"), SimpleNamespace(language="zh_CN")
    assert is_english(english) and not is_english(chinese)
    assert (shared_root(english, "../"), shared_root(chinese, "../")) == ("../", "../../")
    assert tag("zh_CN") == "zh-CN"


def test_the_pages_of_an_edition_are_neither_the_lab_s_nor_another_edition_s(tmp_path):
    for name in ("index.html", "book/a.html", "zh/book/a.html", "lab/index.html", "_static/webpack.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert [path.relative_to(tmp_path).as_posix() for path in pages_of(tmp_path)] == ["book/a.html", "index.html"]
