"""List the pages of a chapter at the head of each: ``{parts}``. Its argument names the chapter's own first part.

The chapter's page is its first part; the others stand below it in `_toc.yml`.
"""

import html

from book_words import say
from docutils import nodes
from sphinx.util.docutils import SphinxDirective


class parts(nodes.General, nodes.Element):
    """Stand where the list will be, until all titles are known."""


class Parts(SphinxDirective):
    """List the pages of this page's chapter, with the time that each takes."""

    optional_arguments = 1
    final_argument_whitespace = True

    def run(self):
        if self.arguments:
            self.env.metadata[self.env.docname]["first part"] = say(self.arguments[0])
        return [parts()]


def chapter_of(env, docname):
    """Find the pages of a chapter, from one of them.

    Parameters
    ----------
    env : sphinx.environment.BuildEnvironment
    docname : str

    Returns
    -------
    docnames : list of str
        The chapter's page, then those below it.
    """
    above = (page for page, below in env.toctree_includes.items() if docname in below and page != env.config.root_doc)
    chapter = next(above, docname)
    return [chapter, *env.toctree_includes.get(chapter, ())]


def write_list(env, docname, builder):
    """Write the list of a chapter's pages as HTML; the page itself is marked and no link."""
    rows = []
    for page in chapter_of(env, docname):
        known = env.metadata[page]
        title = html.escape(known.get("first part") or env.titles[page].astext())
        minutes = f" <span>{say('{minutes} min', minutes=known['minutes'])}</span>" if "minutes" in known else ""
        link = f"<a href='{builder.get_relative_uri(docname, page)}'>{title}</a>"
        here = f"<strong aria-current='page'>{title}</strong>"
        rows.append(f"<li>{here if page == docname else link}{minutes}</li>")
    return f"<nav class='parts' aria-label='{say('This chapter')}'><ol>{''.join(rows)}</ol></nav>"


def fill_in(app, doctree, docname):
    """Put the list where the page wants it."""
    for node in list(doctree.findall(parts)):
        text = write_list(app.env, docname, app.builder) if app.builder.format == "html" else ""
        node.replace_self(nodes.raw("", text, format="html"))


def setup(app):
    app.add_node(parts)
    app.add_directive("parts", Parts)
    app.connect("doctree-resolved", fill_in)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
