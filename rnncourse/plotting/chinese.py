"""Draw the words of a figure in Chinese as text, which a browser sets in the reader's own font.

Outlines would need a font with some thousand characters on each machine. To lay out a figure matplotlib needs only
their measures: `measures.ttf` has a box for each character, as large as in DejaVu Sans, and a square for Chinese ones.
"""

import re
from functools import cache
from pathlib import Path

from rnncourse.language import ENGLISH, language

FONT = Path(__file__).with_name("measures.ttf")
FAMILY = "rnncourse measures"
LATIN = [range(0x20, 0x7F), range(0xA0, 0x180), range(0x370, 0x400), range(0x2010, 0x2030), range(0x2190, 0x2300)]
CHINESE = [range(0x2E80, 0xA000), range(0xF900, 0xFB00), range(0xFE30, 0xFE50), range(0xFF00, 0xFFF0)]
EM, BELOW, ABOVE = 1000, -120, 880


def settings():
    """Give the settings of matplotlib for the words of a figure in the language in use; none for English."""
    if language() == ENGLISH:
        return {}
    _add_font()
    return {"font.family": [FAMILY, "DejaVu Sans"], "svg.fonttype": "none"}


@cache
def _add_font():
    from matplotlib import font_manager

    font_manager.fontManager.addfont(FONT)


def inherit_font(svg):
    """Let the text of an SVG take the font of the page around it."""
    return re.sub(r"font-family: [^;\"]+", "font-family: inherit", svg)


def write_font(path=FONT):
    """Make `measures.ttf` from the DejaVu Sans that matplotlib brings; the same bytes each time.

    Parameters
    ----------
    path : path
    """
    import matplotlib
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    latin = TTFont(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf")
    scale, names = EM / latin["head"].unitsPerEm, latin.getBestCmap()
    boxes = {"space": (0, 0, 0, 0), "han": (0, BELOW, EM, ABOVE)}
    widths, characters = {"space": 0, "han": EM}, {}
    for code in (code for codes in LATIN for code in codes if code in names):
        glyph = latin["glyf"][names[code]]
        name = f"u{code:04X}"
        box = [getattr(glyph, side, 0) for side in ("xMin", "yMin", "xMax", "yMax")]
        boxes[name] = tuple(round(scale * value) for value in box)
        widths[name] = round(scale * latin["hmtx"][names[code]][0])
        characters[code] = name
    characters |= {code: "han" for codes in CHINESE for code in codes}
    order = [".notdef", *boxes]
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupGlyf({name: _box(*boxes.get(name, boxes["han"])) for name in order})
    builder.setupHorizontalMetrics({name: (widths.get(name, EM), boxes.get(name, (0,))[0]) for name in order})
    builder.setupHorizontalHeader(ascent=ABOVE, descent=BELOW)
    table = CmapSubtable.newSubtable(13)  # many characters share a glyph
    table.platformID, table.platEncID, table.language, table.reserved, table.length = 3, 10, 0, 0, 0
    table.cmap = characters
    builder.setupCharacterMap({})
    builder.font["cmap"].tables = [table]
    builder.setupNameTable({"familyName": FAMILY, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=ABOVE, sTypoDescender=BELOW)
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    builder.save(path)


def _box(left, bottom, right, top):
    """Draw a rectangle as a glyph."""
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    if right > left:
        pen.moveTo((left, bottom))
        for corner in ((left, top), (right, top), (right, bottom)):
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()
