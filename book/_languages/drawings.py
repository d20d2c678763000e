"""Find the words that stand in an SVG drawing, and translate them; symbols stay as they are."""

import html
import re

WORDS = re.compile(r"(?<=>)[^<>]*[A-Za-z]{2} [^<>]*[A-Za-z]{2}[^<>]*(?=</text>)")


def drawing_messages(svg):
    """List what a drawing says in words, in its order.

    Parameters
    ----------
    svg : str

    Returns
    -------
    messages : list of str
    """
    return [html.unescape(words) for words in WORDS.findall(svg)]


def translate_drawing(svg, say):
    """Translate the words of a drawing.

    Parameters
    ----------
    svg : str
    say : callable
        From a message to its translation.

    Returns
    -------
    svg : str
    """
    return WORDS.sub(lambda found: html.escape(say(html.unescape(found[0])), quote=False), svg)
