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
