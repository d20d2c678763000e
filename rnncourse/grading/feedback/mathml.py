"""Turn TeX into MathML, which browsers draw by themselves: a formula needs no script, no font and no network."""

import html
import re
from xml.etree.ElementTree import tostring

from latex2mathml.converter import convert_to_element

TAGS = {
    *("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "ms", "mfrac", "msqrt", "mroot", "mstyle", "mpadded"),
    *("mphantom", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mprescripts"),
    *("none", "mtable", "mtr", "mtd", "menclose"),
}
ATTRIBUTES = {
    *("display", "xmlns", "mathvariant", "stretchy", "fence", "form", "lspace", "rspace", "width", "height", "depth"),
    *("minsize", "maxsize", "symmetric", "largeop", "movablelimits", "accent", "accentunder", "displaystyle"),
    *("scriptlevel", "linethickness", "columnalign", "columnspacing", "rowspacing", "notation", "separator"),
}
"""Nothing that links, styles or runs."""

MAX_TEX = 4000
_MACROS = re.compile(r"\\(re)?newcommand|\\[gex]?def|\\let|\\newenvironment|\\loop|\\csname")


def mathml(tex, block=False):
    """Turn a formula into MathML.

    Parameters
    ----------
    tex : str
        Without dollar signs.
    block : bool
        Whether it stands on a line of its own.

    Returns
    -------
    html : str
        Safe whatever was given: where `tex` cannot be converted it is shown as it is, in ``<code>``.
    """
    try:
        if len(tex) > MAX_TEX or _MACROS.search(tex):
            raise ValueError("too long, or it defines something: a few such lines can make a page of a gigabyte")
        root = convert_to_element(tex, display="block" if block else "inline")
        _clean(root)
    except Exception:  # of many kinds: what a student has typed may be no TeX
        return f"<code>{html.escape(tex.strip())}</code>"
    return tostring(root, encoding="unicode")


def _clean(element):
    """Keep what is known, and have text as text: the converter leaves entities in it."""
    if element.tag not in TAGS:
        raise ValueError(f"<{element.tag}> is not part of a formula")
    element.text = html.unescape(element.text).replace(r"\_", "_") if element.text else None
    element.tail = None
    for name in set(element.attrib) - ATTRIBUTES:
        del element.attrib[name]
    for child in element:
        _clean(child)
