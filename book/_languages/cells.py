"""Translate what a reader reads in a page's code cells: comments, labels of plots, what is printed."""

import re

from rnncourse.authoring.messages.code import translate_code

CELL = re.compile(
    r"^(?P<head>(?P<fence>`{3,})\{code-cell\}[^\n]*\n(?:---\n.*?^---\n|(?::[^\n]*\n)*))(?P<code>.*?)(?=^(?P=fence) *$)",
    re.MULTILINE | re.DOTALL,
)


def translate_cells(page, say):
    """Translate the code cells of a page; all else, and the code itself, stays as it is.

    Parameters
    ----------
    page : str
        MyST Markdown.
    say : callable
        From a message, as it stands in the source, to its translation.

    Returns
    -------
    page : str
    """
    return CELL.sub(lambda found: found["head"] + translate_code(found["code"], say), page)


def cell_messages(page):
    """List the messages of a page's code cells, in their order, each once."""
    found = {}
    translate_cells(page, lambda message: found.setdefault(message, message))
    return list(found)
