"""Put an SVG drawing into the page itself with a directive, so that it takes the page's colours.

:::{diagram} unrolled.svg
:name: fig-unrolled
:alt: What a reader who cannot see it needs to know.
:width: 460

The caption.
:::
"""

import html
import re
from pathlib import Path

from book_words import say
from docutils import nodes
from docutils.parsers.rst import directives
from drawings import translate_drawing
from sphinx.util.docutils import SphinxDirective

FOLDER = Path(__file__).resolve().parents[1] / "_static" / "diagrams"


class Diagram(SphinxDirective):
    """Inline ``book/_static/diagrams/<argument>`` as a numbered figure."""

    required_arguments = 1
    has_content = True
    option_spec = {  # noqa: RUF012 (docutils' own form)
        "alt": directives.unchanged_required,
        "name": directives.unchanged_required,
        "width": directives.positive_int,
    }

    def run(self):
        path = FOLDER / self.arguments[0]
        if "alt" not in self.options:
            raise self.error(f"the diagram {path.name} has no :alt: text")
        self.env.note_dependency(str(path))
        svg = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL).strip()
        svg = translate_drawing(svg, say)
        alt = html.escape(say(self.options["alt"]), quote=True)
        width = self.options.get("width", 460)
        svg = svg.replace("<svg ", f'<svg role="img" aria-label="{alt}" style="max-width: {width}px" ', 1)
        # ids (arrow heads) must be unique on a page with several drawings
        svg = re.sub(r'(id="|url\(#)', rf"\g<1>{path.stem}-", svg)
        figure = nodes.figure("", nodes.raw("", f'<div class="diagram">{svg}</div>', format="html"))
        if self.content:
            parsed = nodes.Element()
            self.state.nested_parse(self.content, self.content_offset, parsed)
            caption = nodes.caption(parsed[0].rawsource, "", *parsed[0].children)
            caption.source, caption.line = parsed[0].source, parsed[0].line  # else gettext does not see it
            figure += caption
        self.set_source_info(figure)
        self.add_name(figure)
        return [figure]


def setup(app):
    app.add_directive("diagram", Diagram)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
