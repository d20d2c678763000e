"""Translate what a reader reads in a page's code cells: comments, labels of plots, what is printed, captions."""

import re

from rnncourse.authoring.messages.code import translate_code

CELL = re.compile(
    r"^(?P<head>(?P<fence>`{3,})\{code-cell\}[^\n]*\n(?:---\n.*?^---\n|(?::[^\n]*\n)*))(?P<code>.*?)(?=^(?P=fence) *$)",
    re.MULTILINE | re.DOTALL,
)
CAPTION = re.compile(r"^(?P<start>(?P<pad> +)caption: \|\n)(?P<text>(?:(?P=pad) +[^\n]+\n)+)", re.MULTILINE)
"""A figure's caption, among what is said of its cell: gettext does not see it, since a page is read without running."""


def codes(page):
    """List the code of a page's cells."""
    return [found["code"] for found in CELL.finditer(page)]


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

    def caption(found):
        message = " ".join(found["text"].split())
        said = say(message)
        return found[0] if said == message else f"{found['start']}{found['pad']}  {said}\n"

    return CELL.sub(lambda found: CAPTION.sub(caption, found["head"]) + translate_code(found["code"], say), page)


def cell_messages(page):
    """List the messages of a page's code cells, in their order, each once."""
    found = {}
    translate_cells(page, lambda message: found.setdefault(message, message))
    return list(found)
