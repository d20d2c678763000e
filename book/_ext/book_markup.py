"""Mend small mistakes of the theme and its extensions in the markup of the finished pages."""

import re

from book_words import say
from theme import translate_theme

SUMMARY = re.compile(r"<summary\b.*?</summary>", re.S)
TOGGLE = '><span class="toctree-toggle"'
"""What opens the pages of a chapter in the sidebar, and has no words."""
FORMULA = re.compile(
    r"""(?<!class="unbroken">)(?<!class="unbroken">[(（“「])([(（“「]?)"""
    r"""(<span class="math notranslate nohighlight"[^>]*><math.*?</math></span>)([,.;:!?)，。；：！？、）”」]*)""",
    re.S,
)
"""A formula in a line, with the signs beside it."""
SEARCH = re.compile(r"<button[^>]*search-button-field[^>]*>")


def _summary(found):
    """Drop paragraphs and links from a summary, where neither may stand, and the label that hides its text."""
    words = re.sub(r"<(/?)p\b", r"<\1span", re.sub(r"</?a\b[^>]*>", "", found[0]))
    return words.replace(' aria-label="Toggle hidden content"', "")


def _unbroken(found):
    """Keep a formula on one line with the bracket before it and the stop after it; a browser would part them."""
    before, formula, after = found.groups()
    return f'<span class="unbroken">{before}{formula}{after}</span>' if before or after else found[0]


def mend(page):
    """Remove from a page's HTML what the Nu checker and axe-core object to, and say what the theme does not.

    A second call changes nothing more.

    Parameters
    ----------
    page : str

    Returns
    -------
    page : str
    """
    page = FORMULA.sub(_unbroken, SUMMARY.sub(_summary, translate_theme(page, say)))
    page = page.replace(f"<summary{TOGGLE}", f'<summary aria-label="{say("Pages of this chapter")}"{TOGGLE}')
    page = SEARCH.sub(lambda found: re.sub(r' aria-label="[^"]*"', "", found[0]), page)  # its text says more: Ctrl+K
    return page.replace('role="doc-biblioentry"', 'role="listitem"')  # ARIA 1.3 retired the old name
