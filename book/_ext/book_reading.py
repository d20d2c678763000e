"""Say how long a page takes to read, counted from its words: ``{minutes}`to read` `` writes "35 minutes to read".

What is folded does not count, nor what a cell prints: who opens it stays longer.
"""

import re

from book_words import say
from docutils import nodes
from sphinx.util.docutils import SphinxRole

WORDS = 150
"""Words of prose that one reads in a minute, where each sentence is to be understood."""
FORMULA, LINE = 45, 4
"""Seconds for a displayed formula and for a line of code that stands open."""
CHARACTERS = 1.6
"""Chinese characters to an English word."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ASIDE = (nodes.raw, nodes.comment, nodes.Invisible, nodes.image)


class reading_time(nodes.Inline, nodes.TextElement):
    """Stand where the minutes will be."""


class Minutes(SphinxRole):
    """Write the minutes that the page takes, then the role's own words."""

    def run(self):
        return [reading_time(self.text, self.text)], []


def _folded(node):
    """Tell whether a node is closed on the page: an answer, the source of a figure, an exercise."""
    names = set(node.get("classes", ())) | {type(node).__name__}
    closed = {"sd-dropdown", "exercise", "exercise-progress", "tag_hide-input", "tag_remove-input"}
    return bool(names & closed) or node.get("nb_element") == "cell_code_output"


def _parts(node):
    """Yield what is read: paragraphs' words, formulas, code; leave out what lies between <details> and </details>."""
    depth = 0
    for child in node.children:
        if isinstance(child, nodes.raw):
            depth += child.astext().count("<details") - child.astext().count("</details>")
        elif depth <= 0 and isinstance(child, nodes.Element) and not isinstance(child, ASIDE) and not _folded(child):
            if isinstance(child, nodes.TextElement):
                yield child
            else:
                yield from _parts(child)


def words(text):
    """Count the words of a text; of one in Chinese, where no gap shows them, as many as its English would have."""
    chinese = len(CHINESE.findall(text))
    return len(CHINESE.sub(" ", text).split()) + chinese / CHARACTERS


def minutes(document):
    """Estimate how long a page takes to read, in minutes, to the next five.

    Parameters
    ----------
    document : docutils.nodes.Element

    Returns
    -------
    minutes : int
    """
    seconds = 0.0
    for part in _parts(document):
        if isinstance(part, nodes.math_block):
            seconds += FORMULA
        elif isinstance(part, (nodes.literal_block, nodes.FixedTextElement)):
            seconds += LINE * len(part.astext().splitlines())
        else:
            seconds += 60 / WORDS * words(part.astext())
    return max(5, 5 * round(seconds / 300))


def fill_in(app, doctree):
    """Put the minutes where the page says so."""
    for node in list(doctree.findall(reading_time)):
        needed = minutes(doctree)
        app.env.metadata[app.env.docname]["minutes"] = needed
        text = say("{minutes} minutes {words}", minutes=needed, words=say(node.astext()))
        node.replace_self(nodes.Text(text))


def setup(app):
    app.add_node(reading_time)
    app.add_role("minutes", Minutes())
    app.connect("doctree-read", fill_in, priority=600)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
