"""Say how a problem set can be done: ``{problem-sets}`` lists those of a page's chapter, or of the home page all.

The rocket at the top of a chapter opens its problem sets as well as the chapter.
"""

import html
from pathlib import Path

from book_words import say
from docutils import nodes
from editions import ENGLISH, shared_root
from lab_notebooks import lab_address
from problem_sets import HOME, set_titles, sets_of_page
from sphinx.util.docutils import SphinxDirective

BINDER_ICON = "_static/images/logo_binder.svg"


class set_ways(nodes.Element, nodes.General):
    """Hold the problem sets of a page until the site's addresses are known."""


def binder_address(config, name):
    """Write the address at which Binder opens a released problem set in JupyterLab."""
    theme = config.html_theme_options
    owner_and_name = theme["repository_url"].removeprefix("https://github.com/")
    server = theme["launch_buttons"]["binderhub_url"].rstrip("/")
    notebook = f"exercises/{name}/{name}.ipynb"
    return f"{server}/v2/gh/{owner_and_name}/{theme['repository_branch']}?urlpath=lab/tree/{notebook}"


def _links(names, address, attributes=""):
    """Write a link for each set, as words that read on."""
    titles = set_titles()
    links = [f"<a href='{html.escape(address(name))}'{attributes}>{html.escape(titles[name][0])}</a>" for name in names]
    first, last = say(", ").join(links[:-1]), links[-1]
    return say("{first} and {last}", first=first, last=last) if first else last


def ways(page, config, root):
    """Write the ways to do the problem sets of a page.

    Parameters
    ----------
    page : str
        "03_loss_and_bptt", or "index".
    config : sphinx.config.Config
    root : str
        The way from the page to the root of the site, "../".

    Returns
    -------
    rows : list of str
        HTML.
    """
    names = sets_of_page(page)
    downloads = _links(names, lambda name: f"{root}_static/exercise/{name}.ipynb", " download")
    binder = _links(names, lambda name: binder_address(config, name))
    lab = _links(names, lambda name: shared_root(config, root) + lab_address(name, config.language or ENGLISH))
    in_page = (
        say(
            "<strong>In the page.</strong> Each exercise stands in its chapter, with an editor and the check. There is "
            "nothing to install, and what you write can be downloaded as a notebook."
        )
        if page == HOME
        else say(
            "<strong>In the page.</strong> The exercises stand in this chapter, with an editor and the check. There is "
            "nothing to install, and what you write can be downloaded as a notebook."
        )
    )
    in_browser = say(
        "<strong>In JupyterLab, in your browser.</strong> Open {lab}: the whole notebook, with nothing to install. "
        "The first start takes a while, and what you write stays in this browser.",
        lab=lab,
    )
    on_machine = say(
        "<strong>In JupyterLab, on your machine.</strong> Download {notebooks}; the first cell says what to install. "
        "Or clone the repository and type <code>make lab</code>.",
        notebooks=downloads,
    )
    on_binder = say(
        "<strong>In JupyterLab, on Binder.</strong> Open {binder}. This public server needs some minutes to start and "
        "forgets what you wrote: download it before you leave.",
        binder=binder,
    )
    return [in_page, *([in_browser] if getattr(config, "lab_is_built", False) else []), on_machine, on_binder]


class ProblemSets(SphinxDirective):
    """List the ways to do the problem sets of this page."""

    def run(self):
        return [set_ways(page=Path(self.env.docname).name)]


def visit(translator, node):
    """Write the ways as a list."""
    root = "../" * translator.builder.current_docname.count("/")
    rows = ways(node["page"], translator.builder.config, root)
    translator.body.append(
        "<ul class='problem-set-ways'>" + "".join(f"<li><p>{row}</p></li>" for row in rows) + "</ul>\n"
    )
    raise nodes.SkipNode


def add_to_rocket(app, pagename, templatename, context, doctree):
    """Put the problem sets of a chapter before the chapter into the menu of the launch button."""
    menus = [entry for entry in context.get("header_buttons", []) if entry.get("label") == "launch-buttons"]
    for menu in menus:
        names = sets_of_page(Path(pagename).name)
        menu["buttons"][:0] = [
            {
                "type": "link",
                "text": say("{title}, on Binder", title=set_titles()[name][0]),
                "tooltip": say("Open {title} on Binder", title=set_titles()[name][0]),
                "icon": BINDER_ICON,
                "url": binder_address(app.config, name),
            }
            for name in names
        ]
        for button in menu["buttons"][len(names) :]:
            button["text"] = say("This page, on {place}", place=button["text"])


def setup(app):
    app.add_node(set_ways, html=(visit, None))
    app.add_directive("problem-sets", ProblemSets)
    app.connect("html-page-context", add_to_rocket, priority=502)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
