"""Link each page to the same page in the other language, for readers and for search engines.

What a reader chose is remembered by `language.js`. A book without translations has no such links.
"""

from pathlib import Path

from book_words import say
from editions import ENGLISH, FOLDERS, NAMES, shared_root, tag

from rnncourse.addresses import project_address
from rnncourse.language import speaking

LEADING = '<link rel="alternate" hreflang="{tag}" href="{href}">'


def other(language):
    """Name the edition that a page of an edition is linked to."""
    return next(found for found in FOLDERS if found != language)


def alternates(pagename, address):
    """Write the links by which a search engine finds a page's editions; the English one is for everybody else.

    Parameters
    ----------
    pagename : str
    address : str
        Of the published book.

    Returns
    -------
    html : str
    """
    links = [(tag(language), place) for language, place in FOLDERS.items()] + [("x-default", FOLDERS[ENGLISH])]
    return "\n".join(LEADING.format(tag=name, href=f"{address}{place}{pagename}.html") for name, place in links)


def has_editions(app):
    """Tell whether the book that is built has translations."""
    return (Path(app.srcdir) / "locale").is_dir()


def set_base(app, config):
    """Let each page name its canonical address."""
    config.html_baseurl = project_address("Book") + FOLDERS[config.language or ENGLISH]


def link_twin(app, pagename, templatename, context, doctree):
    """Give the templates the page in the other language, and the head the links to both."""
    if not has_editions(app):
        return
    here = app.config.language or ENGLISH
    twin = other(here)
    root = shared_root(app.config, "../" * pagename.count("/"))
    context["twin"] = {
        "href": f"{root}{FOLDERS[twin]}{pagename}.html",
        "name": NAMES[twin],
        "tag": tag(twin),
        "is_home": pagename == app.config.root_doc,
    }
    with speaking(twin):
        context["twin"] |= {
            "offer": say("This book is available in English."),
            "go": say("Read it in English"),
            "stay": say("No, thank you"),
        }
    context["metatags"] = f"{context.get('metatags', '')}\n{alternates(pagename, project_address('Book'))}"


def setup(app):
    app.connect("config-inited", set_base, priority=900)
    app.connect("html-page-context", link_twin)
    app.add_js_file("language.js", loading_method="defer")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
