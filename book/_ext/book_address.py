"""Tell search engines what a page is about and where it lives, and keep a report's links inside the copy one reads."""

import html
import re

from docutils import nodes
from editions import FOLDERS

LONGEST = 155
"""Characters of a description that a list of results shows."""


def shorten(text, longest=LONGEST):
    """Keep as many whole sentences as fit, or the words that do."""
    text = " ".join(text.split())
    kept = ""
    for sentence in re.split(r"(?<=[.?]) ", text):
        if len(f"{kept} {sentence}".strip()) > longest:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or text[:longest].rsplit(" ", 1)[0] + " …"


def describe(doctree):
    """Describe a page by its lead, or by the first paragraph of a section, or by its title; None where it has none."""
    leads = [node for node in doctree.findall(nodes.container) if "lead" in node["classes"]]
    sections = list(doctree.findall(nodes.section))
    found = [child for place in (*leads, *sections) for child in place.children if isinstance(child, nodes.paragraph)]
    found += list(doctree.findall(nodes.title))
    return shorten(found[0].astext()) if found else None


def add_description(app, pagename, templatename, context, doctree):
    """Put the description into the page's head."""
    if text := doctree and describe(doctree):
        context["metatags"] = f'{context.get("metatags", "")}\n<meta name="description" content="{html.escape(text)}">'


def stay_inside(page, address):
    """Turn a rendered answer's links to the published book, in any language, into links to the page beside this one."""
    places = "|".join(re.escape(place) for place in FOLDERS.values())
    return re.sub(rf"(<a href=['\"]){re.escape(address)}(?:{places})book/", r"\1", page)


def setup(app):
    app.connect("html-page-context", add_description)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
