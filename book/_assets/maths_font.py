"""Cut a mathematical font down to the characters that the formulas of the pages use."""

import html
import io
import re
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FORMULA = re.compile(r"<math\b.*?</math>", re.S)
CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")
"""Words in a formula: they are set in the reader's own font."""
TAG = re.compile(r"<[^>]*>")


def italic(character):
    """Map a letter to its mathematical italic form, in which a browser shows a variable of one letter."""
    if character == "h":
        return "\u210e"  # Unicode had Planck's constant before the other letters
    for first, last, start in (("A", "Z", 0x1D434), ("a", "z", 0x1D44E), ("Α", "Ω", 0x1D6E2), ("α", "ω", 0x1D6FC)):
        if first <= character <= last:
            return chr(start + ord(character) - ord(first))
    return {"∂": "\U0001d715", "ϵ": "\U0001d716", "ϑ": "\U0001d717", "ϕ": "\U0001d719", "ϱ": "\U0001d71a"}.get(
        character, character
    )


def used_characters(folder):
    """Collect the characters of all formulas in a folder's pages, variables upright and italic; no Chinese ones."""
    found = set()
    for path in Path(folder).rglob("*.html"):
        for formula in FORMULA.findall(path.read_text(encoding="utf-8")):
            found.update(html.unescape(TAG.sub("", formula)))
    found = {character for character in found if not CHINESE.match(character)}
    return found | set(map(italic, found))


def subset(font, characters):
    """Cut a font down to some characters and what they stretch to; returns the bytes of a WOFF2 file."""
    options = Options(flavor="woff2", layout_features=["*"], notdef_outline=True)
    made = TTFont(font)
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(characters)))
    subsetter.subset(made)
    made.flavor = "woff2"
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()
