"""Find what the book's scripts say: the templates that they give to `say`."""

import functools
import json
import re
from pathlib import Path

BOOK = Path(__file__).resolve().parents[1]
SAID = re.compile(r'\bsay\(\s*("(?:[^"\\\n]|\\.)*")')


def said_in(script):
    """List the templates that a script says.

    Parameters
    ----------
    script : str

    Returns
    -------
    messages : list of str
    """
    return [json.loads(text) for text in SAID.findall(script)]


@functools.cache
def script_messages():
    """List the templates that the book's scripts say, with the file in which each stands first.

    Returns
    -------
    messages : dict of str to Path
    """
    paths = [*sorted((BOOK / "_exercise").glob("*.mjs")), *sorted((BOOK / "_static").glob("*.js"))]
    found = {}
    for path in paths:
        for message in said_in(path.read_text(encoding="utf-8")):
            found.setdefault(message, path)
    return found
