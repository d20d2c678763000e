"""A change in the package gives the executed pages a new cache."""

import importlib.util
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("book_cache", ROOT / "book" / "_ext" / "book_cache.py")
book_cache = importlib.util.module_from_spec(spec)
spec.loader.exec_module(book_cache)


def test_the_hash_follows_the_package(tmp_path):
    module = tmp_path / "rnncourse" / "reference" / "rnn.py"
    module.parent.mkdir(parents=True)
    module.write_text("a = 1\n")
    before = book_cache.package_hash(tmp_path)
    (module.parent / "notes.txt").write_text("no page depends on this")
    assert book_cache.package_hash(tmp_path) == before
    module.write_text("a = 2\n")
    after = book_cache.package_hash(tmp_path)
    assert after != before
    (tmp_path / "requirements.lock").write_text("numpy==2.9\n")
    assert book_cache.package_hash(tmp_path) != after


def test_older_caches_are_deleted(tmp_path):
    app = SimpleNamespace(outdir=str(tmp_path / "html"))
    config = SimpleNamespace(nb_execution_cache_path="", language="en")
    old = tmp_path / ".jupyter_cache" / "0123456789ab"
    old.mkdir(parents=True)
    book_cache.choose_cache(app, config)
    assert not old.exists()
    assert config.nb_execution_cache_path.endswith(book_cache.package_hash())


def test_a_translation_has_a_cache_within_the_english_one(tmp_path):
    english = SimpleNamespace(outdir=str(tmp_path / "html"))
    chinese = SimpleNamespace(outdir=str(tmp_path / "zh" / "html"))
    configs = [SimpleNamespace(nb_execution_cache_path="", language=language) for language in ("en", "zh_CN")]
    old = tmp_path / ".jupyter_cache" / book_cache.package_hash() / "zh_CN-0123456789ab"
    old.mkdir(parents=True)
    for app, config in zip((english, chinese), configs, strict=True):
        book_cache.choose_cache(app, config)
    first, second = (Path(config.nb_execution_cache_path) for config in configs)
    assert second.parent == first == chinese.english_cache and second.name.startswith("zh_CN-")
    assert not old.exists()


def test_a_page_is_the_same_where_nothing_that_it_said_is_translated(tmp_path, monkeypatch):
    monkeypatch.setattr(book_cache, "messages", lambda language: {"translated {n}": "译了 {n}"})
    file = tmp_path / "page.txt"
    assert not book_cache.is_same(file, "zh_CN")
    file.write_text("")
    assert book_cache.is_same(file, "zh_CN")
    file.write_text("'in English alone'\n\"it's\\n\"\n")
    assert book_cache.is_same(file, "zh_CN")
    file.write_text("'in English alone'\n'translated {n}'\n")
    assert not book_cache.is_same(file, "zh_CN")
