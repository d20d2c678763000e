"""Lead an old address on: a section that moved from a chapter's page to a page below it is still found at the old one.

`03_loss_and_bptt.html#sec-jacobian` opens `03_vanishing.html#sec-jacobian`. Without scripts the reader stays at the
head of the chapter, where its pages are listed.
"""

import json
import re

from docutils import nodes

SCRIPT = """<script>
{
  const moved = %s;
  const lead = () => {
    const anchor = decodeURIComponent(location.hash.slice(1));
    const page = Object.keys(moved).find((page) => moved[page].includes(anchor));
    if (page && !document.getElementById(anchor)) location.replace(page + location.hash);
  };
  addEventListener("DOMContentLoaded", lead);
  addEventListener("hashchange", lead);
}
</script>"""
NUMBERED = re.compile(r"(id|index-|sd-tab-|cell-id-)\S*\d+")
"""What docutils counts through: it says nothing about the place."""


def anchors(doctree):
    """Collect the names under which places of a page can be linked to, in their order."""
    found = [anchor for node in doctree.findall(nodes.Element) for anchor in node.get("ids", ())]
    return [anchor for anchor in dict.fromkeys(found) if not NUMBERED.fullmatch(anchor)]


def moved_anchors(env, docname):
    """List the anchors of the pages below a chapter's page.

    Parameters
    ----------
    env : sphinx.environment.BuildEnvironment
    docname : str

    Returns
    -------
    moved : dict of str to list of str
        By page.
    """
    return {page: anchors(env.get_doctree(page)) for page in env.toctree_includes.get(docname, ())}


def add_script(app, pagename, templatename, context, doctree):
    """Let the page of a chapter that has pages below it lead old addresses on."""
    if doctree is None or pagename == app.config.root_doc or app.builder.format != "html":
        return
    moved = moved_anchors(app.env, pagename)
    if moved:
        there = {app.builder.get_relative_uri(pagename, page): kept for page, kept in moved.items()}
        context["body"] += SCRIPT % json.dumps(there)


def setup(app):
    app.connect("html-page-context", add_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
