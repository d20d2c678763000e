"""Show the code cells of a translated page with their comments and words translated; book_cache.py executes those."""

from pathlib import Path

from cells import codes, translate_cells
from editions import is_english

from rnncourse.language import read_po

CATALOGUE = "locale/{language}/LC_MESSAGES/book_code/{page}.po"


def catalogue(folder, docname, language):
    """Say where the translations of a page's cells lie."""
    return Path(folder) / CATALOGUE.format(language=language, page=Path(docname).name)


def translations(folder, docname, language):
    """Read what the messages of a page's cells are in a language; nothing where there is no catalogue."""
    path = catalogue(folder, docname, language)
    if not path.is_file():
        return {}
    return {message: said for message, said in read_po(path.read_text(encoding="utf-8")) if message and said}


def translate_page(app, docname, source):
    """Translate the cells of a page that is read, and note whether that changed their code."""
    if is_english(app.config):
        return
    known = translations(app.srcdir, docname, app.config.language)
    app.env.note_dependency(str(catalogue(app.srcdir, docname, app.config.language)))
    translated = translate_cells(source[0], lambda message: known.get(message, message))
    app.translated_code = getattr(app, "translated_code", set())
    if codes(translated) != codes(source[0]):
        app.translated_code.add(docname)
    source[0] = translated


def setup(app):
    app.connect("source-read", translate_page)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
