"""Show the code of a translated page with its comments and words translated; book_cache.py executes its cells."""

from pathlib import Path

from blocks import translate_block
from cells import codes, translate_cells
from docutils import nodes
from editions import is_english

from rnncourse.language import read_po

CATALOGUE = "locale/{language}/LC_MESSAGES/book_code/{page}.po"


def catalogue(folder, docname, language):
    """Say where the translations of a page's code lie."""
    return Path(folder) / CATALOGUE.format(language=language, page=Path(docname).name)


def translations(folder, docname, language):
    """Read what the messages of a page's code are in a language; nothing where there is no catalogue."""
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


def translate_blocks(app, doctree):
    """Translate the code of a page that is not executed, which includes pieces of the package."""
    if is_english(app.config):
        return
    known = translations(app.srcdir, app.env.docname, app.config.language)
    for node in doctree.findall(nodes.literal_block) if known else ():
        code = translate_block(node.astext(), node.get("language"), lambda message: known.get(message, message))
        node.rawsource, node.children = code, []  # else it would not be highlighted
        node += nodes.Text(code)


def setup(app):
    app.connect("source-read", translate_page)
    app.connect("doctree-read", translate_blocks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
