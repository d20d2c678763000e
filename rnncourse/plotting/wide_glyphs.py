"""Draw Chinese in a figure without a Chinese font: other glyphs hold the places, and the reader's font fills them.

matplotlib draws with the font that it brings, which has no Chinese; and a label may hold maths beside Chinese. So each
Chinese character is laid out as a glyph of that font that nobody uses, about as wide. In the SVG the outline of that
glyph is exchanged for the character, as text that the browser draws.
"""

import html
import re
from contextlib import contextmanager
from functools import cache
from pathlib import Path

WIDE = re.compile("[\u2e80-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")
"""Chinese characters and full-width punctuation; what lies between are the first of the stand-ins."""
STAND_INS = [*map(chr, range(0x4DC0, 0x4E00)), *map(chr, range(0x1D300, 0x1D357))]
"""Hexagrams and the signs of the Tai Xuan Jing: all are 0.9 em wide."""
SIZE = 90
"""The size of a character, in hundredths of an em: as wide as its stand-in."""


@contextmanager
def stand_ins():
    """Lay out and draw wide characters as their stand-ins, in all figures, for a while.

    Yields
    ------
    characters : dict of str to str
        What each stand-in stands for, as it is used.
    """
    from matplotlib.text import Text

    used, preprocess = {}, Text._preprocess_math

    def exchanged(text, s):
        return preprocess(text, WIDE.sub(lambda found: _stand_in(found[0], used), s))

    Text._preprocess_math = exchanged
    try:
        yield used
    finally:
        Text._preprocess_math = preprocess


def _stand_in(character, used):
    """Choose the stand-in of a character; with more characters than there are, the last one stands for many."""
    known = {held: stand_in for stand_in, held in used.items()}
    if character not in known:
        known[character] = STAND_INS[min(len(used), len(STAND_INS) - 1)]
        used.setdefault(known[character], character)
    return known[character]


@cache
def _font():
    """Open the font that matplotlib brings."""
    import matplotlib
    from matplotlib.ft2font import FT2Font

    return FT2Font(str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"))


def put_back(svg, characters):
    """Exchange the outlines of the stand-ins for the characters.

    Parameters
    ----------
    svg : str
    characters : dict of str to str
        Of `stand_ins`.

    Returns
    -------
    svg : str
    """
    names = {_glyph_name(stand_in): character for stand_in, character in characters.items()}

    def exchanged(found):
        if found[1] not in names:
            return found[0]
        return f'<text id="{found[1]}" font-size="{SIZE}" transform="scale(1 -1)">{html.escape(names[found[1]])}</text>'

    return re.sub(r'<path id="([^"]+)" d="[^"]*" transform="[^"]*"/>', exchanged, svg) if names else svg


def _glyph_name(stand_in):
    """Name a glyph as matplotlib's SVG does: from 3.11 on by its place in the font, before by its character."""
    from matplotlib.textpath import TextToPath

    code = ord(stand_in)
    number = _font().get_char_index(code) if hasattr(TextToPath, "_get_glyph_repr") else code
    return f"{_font().postscript_name}-{number:x}"
