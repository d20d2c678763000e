"""Translate what the theme says beside its icons, of which it has no translations: titles and labels of buttons."""

import html
import re

WORDS = (
    "Color mode",
    "Launch interactive content",
    "Launch on Binder",
    "Link to this equation",
    "Link to this heading",
    "Link to this image",
    "Link to this term",
    "Main",
    "Page",
    "Source repositories",
    "Suggest edit",
    "System Settings",
    "Toggle primary sidebar",
    "Toggle secondary sidebar",
)
SAID = re.compile(rf'(?<= )((?:title|aria-label|data-bs-title)=")({"|".join(WORDS)})(?=")')


def translate_theme(page, say):
    """Translate the words of a finished page's buttons and links.

    Parameters
    ----------
    page : str
    say : callable
        From a message to its translation.

    Returns
    -------
    page : str
    """
    return SAID.sub(lambda found: found[1] + html.escape(say(found[2])), page)
