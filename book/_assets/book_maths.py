"""Render formulas to MathML while the book is built: a page shows them at once, with no script, and in one font.

Temml turns TeX into MathML, and STIX Two Math is cut down to the characters that the pages use.
"""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

from docutils import nodes
from formula_pieces import pieces
from maths_font import subset, used_characters
from sphinx.errors import ExtensionError
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

HERE = Path(__file__).resolve().parent
NODE_MODULES = HERE.parents[1] / "node_modules"
TEMML = NODE_MODULES / "temml"
FONT = NODE_MODULES / "@fontsource" / "stix-two-math"
FONT_FACE = re.compile(r"/\*.*?\*/\s*@font-face \{.*?\}\s*", re.S)
"""Where Temml's stylesheet names a font that it does not bring."""
OUR_FONT_FACE = """/* Temml's stylesheet with our font. Licences: temml.txt and stix-two-math.txt beside this file. */
@font-face {
  font-family: STIX2;
  src: url("stix-two-math.woff2") format("woff2");
  font-display: block;
}

"""
logger = logging.getLogger(__name__)


class Temml:
    """Keep one Node process that turns TeX into MathML."""

    def __init__(self):
        node = shutil.which("node")
        if node is None or not TEMML.is_dir():
            raise ExtensionError("the book needs Node.js (18 or later) and what `npm ci` installs: see README.md")
        self._process = subprocess.Popen(
            [node, HERE / "maths.mjs"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def render(self, tex, display=False):
        r"""Turn a formula into MathML.

        Parameters
        ----------
        tex : str
            Without dollar signs.
        display : bool
            Whether it stands on a line of its own.

        Returns
        -------
        mathml : str

        Raises
        ------
        ValueError
            If `tex` is not TeX that Temml knows; the message says where.
        """
        self._process.stdin.write(json.dumps({"tex": tex, "display": display}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer["mathml"]

    def close(self):
        """End the process."""
        self._process.stdin.close()
        self._process.wait()


def _render(translator, node, tex, display):
    app = translator.builder.app
    if not hasattr(app, "temml"):
        app.temml = Temml()
    if display and r"\\" in tex and not node.get("nowrap"):
        tex = rf"\begin{{split}}{tex}\end{{split}}"  # as Sphinx does
    try:
        return app.temml.render(tex, display)
    except ValueError as error:
        logger.warning("%s in the formula: %s", error, tex, location=node)
        return f"<code>{html.escape(tex)}</code>"


def visit_inline(translator, node):
    """Write a formula within a line, in pieces where it is long."""
    for number, tex in enumerate(pieces(node.astext().strip())):
        may_end = "<wbr>" if number else ""
        translator.body.append(may_end + translator.starttag(node, "span", "", CLASS="math notranslate nohighlight"))
        translator.body.append(_render(translator, node, tex, display=False) + "</span>")
    raise nodes.SkipNode


def visit_block(translator, node):
    """Write a formula on a line of its own, with its number. A wide one scrolls, so the keyboard has to get to it."""
    translator.body.append(translator.starttag(node, "div", CLASS="math notranslate nohighlight", tabindex="0"))
    if node["number"]:
        number = get_node_equation_number(translator, node)
        translator.body.append(f'<span class="eqno">({number})')
        translator.add_permalink_ref(node, _("Link to this equation"))
        translator.body.append("</span>")
    translator.body.append(_render(translator, node, node.astext().strip(), display=True) + "</div>\n")
    raise nodes.SkipNode


def write_stylesheet(app):
    """Put Temml's stylesheet and the licences into the site, before the pages are written (they carry checksums)."""
    if app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static" / "maths"
    static.mkdir(parents=True, exist_ok=True)
    css, found = FONT_FACE.subn(OUR_FONT_FACE, (TEMML / "dist" / "Temml-STIX2.css").read_text("utf-8"), count=1)
    if not found:
        raise ExtensionError("Temml's stylesheet names its font in another way: mend FONT_FACE in book_maths.py")
    (static / "maths.css").write_text(css, encoding="utf-8")
    shutil.copyfile(TEMML / "LICENSE", static / "temml.txt")
    shutil.copyfile(FONT / "LICENSE", static / "stix-two-math.txt")


def finish(app, exception):
    """Write the font that the pages need, and end Node."""
    if hasattr(app, "temml"):
        app.temml.close()
    if exception or app.builder.format != "html":
        return
    font = subset(FONT / "files" / "stix-two-math-latin-400-normal.woff", used_characters(app.outdir))
    (Path(app.outdir) / "_static" / "maths" / "stix-two-math.woff2").write_bytes(font)


def setup(app):
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    app.connect("builder-inited", write_stylesheet)
    app.add_css_file("maths/maths.css")
    app.connect("build-finished", finish)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
