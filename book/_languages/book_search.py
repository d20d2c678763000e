"""Let the search of a Chinese edition find words: the glossary's terms are whole ones, and a query is cut up."""

import tomllib
from pathlib import Path

from editions import is_english

GLOSSARY = "locale/{}/glossary.toml"


def terms(text):
    """List the translations that a glossary allows, each once.

    Parameters
    ----------
    text : str
        TOML.

    Returns
    -------
    terms : list of str
    """
    return list(dict.fromkeys(word for term in tomllib.loads(text)["term"] for word in term["zh"]))


def write_terms(app):
    """Give the terms to the index of the search, which else would cut them where jieba does."""
    glossary = Path(app.srcdir) / GLOSSARY.format(app.config.language)
    if is_english(app.config) or not glossary.is_file():
        return
    path = Path(app.doctreedir) / "terms.txt"
    words = terms(glossary.read_text(encoding="utf-8"))
    path.write_text("".join(f"{word} 1000\n" for word in words if " " not in word), encoding="utf-8")
    app.config.html_search_options = {"dict": str(path)}


def add_script(app, pagename, templatename, context, doctree):
    """Let the page of the search cut what is looked for."""
    if pagename == "search" and not is_english(app.config):
        app.add_js_file("search_words.js")


def setup(app):
    app.connect("builder-inited", write_terms)
    app.connect("html-page-context", add_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
