"""Execute a page again when the code it shows has changed.

The notebook cache compares cells only: a page that imports rnncourse would keep its old figures after rnncourse has
changed. So each state of the package (and of this folder) has a cache of its own, and older ones are deleted.

A translated edition takes a page from the English edition's cache where neither the page's code nor what was said
while it ran is translated. The other pages are executed in their language, into a cache within that cache.
"""

import ast
import hashlib
import os
import shutil
from pathlib import Path

from editions import ENGLISH, FOLDERS

from rnncourse.language import RECORD, messages

ROOT = Path(__file__).resolve().parents[2]
SUFFIXES = {".py", ".js", ".css", ".mplstyle", ".json", ".csv", ".lock"}


def package_hash(root=ROOT):
    """Hash every file that an executed page may depend on, and the versions of the libraries."""
    digest = hashlib.sha256()
    for pattern in ("requirements.lock*", "rnncourse/**/*", "book/_ext/**/*"):
        for path in sorted(root.glob(pattern)):
            if path.suffix in SUFFIXES:
                digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _delete(paths, kept):
    for old in paths:
        if old != kept:
            shutil.rmtree(old) if old.is_dir() else old.unlink()


def english_cache(outdir, language=ENGLISH):
    """Name the folder of the English edition's cache, from that of an edition's pages."""
    build = Path(outdir).parents[FOLDERS[language].count("/")]
    return build / ".jupyter_cache" / package_hash()


def choose_cache(app, config):
    """Name the cache after the hash. Sphinx sees the changed value and reads every page again."""
    language = config.language or ENGLISH
    chosen = english_cache(app.outdir, language)
    app.english_cache = chosen
    _delete(chosen.parent.glob("*"), chosen)
    if language != ENGLISH:
        words = hashlib.sha256(repr(sorted(messages(language).items())).encode()).hexdigest()[:12]
        english, chosen = chosen, chosen / f"{language}-{words}"
        _delete(english.glob(f"{language}-*"), chosen)
    config.nb_execution_cache_path = str(chosen)


def said_file(app, docname):
    """Name the file of what the English edition's page said while it was executed."""
    return app.english_cache / "said" / f"{docname.replace('/', '.')}.txt"


def is_same(file, language):
    """Tell whether nothing of what was said, as a file records it, is translated; without a file nobody knows."""
    if not file.is_file():
        return False
    said = map(ast.literal_eval, file.read_text(encoding="utf-8").splitlines())
    return not any(template in messages(language) for template in said)


def choose_for_page(app, docname, source):
    """Record what an English page says; let a translated one, when its code is translated, find its outputs."""
    language, file = app.config.language or ENGLISH, said_file(app, docname)
    chosen = app.config.nb_execution_cache_path
    if language == ENGLISH:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        os.environ[RECORD] = str(file)
    elif is_same(file, language) and docname not in getattr(app, "translated_code", ()):
        chosen = str(app.english_cache)
    app.env.mystnb_config = app.env.mystnb_config.copy(execution_cache_path=chosen)


def stop_recording(app, doctree):
    """Record nothing of what is said between the pages."""
    os.environ.pop(RECORD, None)


def setup(app):
    app.connect("config-inited", choose_cache)
    app.connect("source-read", choose_for_page, priority=600)  # after the code is translated
    app.connect("doctree-read", stop_recording)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
