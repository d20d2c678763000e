"""Say what the book itself says, besides its pages: buttons, labels, the table of contents.

`say` translates a template as `rnncourse.language.say` does for the package, from a catalogue of the book's own.
Scripts find the translations of what they say in the page, as `say.mjs` reads them.
"""

import functools
import json
from pathlib import Path

from scripts import script_messages

from rnncourse.language import ENGLISH, language, read_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = "locale/{}/LC_MESSAGES/interface.po"


@functools.cache
def messages(name):
    """Read the translations of a language; English has none."""
    if name == ENGLISH:
        return {}
    text = (ROOT / CATALOGUE.format(name)).read_text(encoding="utf-8")
    return {message: said for message, said in read_po(text) if message and said}


def say(template, /, **parts):
    """Translate a template and fill in its parts, in the language of the edition.

    Parameters
    ----------
    template : str
        In English.
    **parts : object

    Returns
    -------
    said : str
        In English where there is no translation.
    """
    said = messages(language()).get(template, template)
    return said.format(**parts) if parts else said


def site_map_titles(site_map):
    """List the places of a table of contents that hold a title.

    Parameters
    ----------
    site_map : sphinx_external_toc.api.SiteMap

    Returns
    -------
    places : list of (object, str)
        The object and the name of its attribute; no empty ones.
    """
    documents = list(site_map.values())
    trees = [tree for document in documents for tree in document.subtrees]
    items = [item for tree in trees for item in tree.items]
    places = [(document, "title") for document in documents]
    places += [(tree, "caption") for tree in trees] + [(item, "title") for item in items]
    return [(place, name) for place, name in places if isinstance(getattr(place, name), str) and getattr(place, name)]


def translate_config(app, config):
    """Say the title, the contents and the theme's words in the language of the edition."""
    if language() == ENGLISH:
        return
    for place, name in site_map_titles(config.external_site_map):
        setattr(place, name, say(getattr(place, name)))
    options = config.html_theme_options
    for name in ("search_bar_text", "toc_title"):
        options[name] = say(options[name])
    options["logo"]["text"] = say(options["logo"]["text"])
    for name in ("html_title", "project", "author"):
        setattr(config, name, say(getattr(config, name)))
    config.nb_code_prompt_show, config.nb_code_prompt_hide = say("Show the code"), say("Hide the code")


def translate_buttons(app, pagename, templatename, context, doctree):
    """Say the words of the theme's buttons at the head of a page, those that it has no translation of."""
    said = {
        "Repository": say("Repository"),
        "Suggest edit": say("Suggest edit"),
        "Open issue": say("Open issue"),
    }
    for group in context.get("header_buttons", ()):
        for button in group.get("buttons", ()):
            button["text"] = said.get(button["text"], button["text"])


def add_words(app, pagename, templatename, context, doctree):
    """Put what scripts may say into the page, where they do not say it in English."""
    said = {message: messages(language())[message] for message in script_messages() if message in messages(language())}
    if said and "body" in context:
        text = json.dumps(said, ensure_ascii=False).replace("</", "<\\/")
        context["body"] += f'<script type="application/json" id="book-words">{text}</script>'


def setup(app):
    app.connect("config-inited", translate_config, priority=950)  # after the table of contents is read
    app.connect("html-page-context", add_words)
    app.connect("html-page-context", translate_buttons, priority=503)  # when the theme has made them
    return {"parallel_read_safe": True, "parallel_write_safe": True}
