"""Make text valid that comes from a student: whatever it holds, it can be written, shown and read.

All that a student's process says passes here as it is decoded, and so do names of folders before a terminal shows them.
"""

import re

from rnncourse.language import say

MOST = 16 << 20
"""Characters of one text; more than a message can hold."""

_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[ -/]*[0-~])")
"""What a terminal obeys: colours and movements, titles and links, strings for devices, and what has a few letters."""
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}


def valid(text, most=MOST):
    """Make a text valid: no half of a character, nothing that a terminal obeys, no control but tab and line ends.

    Parameters
    ----------
    text : str
    most : int
        How many characters are kept; what is cut off is counted.

    Returns
    -------
    text : str
        UTF-8 can encode it. Text that is valid already comes back as it is.
    """
    if len(text) > most:
        text = f"{text[:most]} {say('... {count} characters left out ...', count=len(text) - most)}"
    if not _ODD.search(text):
        return text
    return _ODD.sub(lambda found: _PICTURES.get(ord(found[0]), "\ufffd"), _ESCAPE.sub("", text))


def described(error):
    """Describe an error on one line: its type, and what it says if it can say anything."""
    try:
        return f"{type(error).__name__}: {one_line(error)}"
    except Exception:  # an error of a student's may have no text
        return type(error).__name__


def one_line(text, most=300):
    """Make a text valid and put it on one line, as a table or a terminal shows it."""
    return " ".join(valid(str(text)[: 2 * most], 2 * most).split())[:most]
