"""List the book's symbols with the directive ``{symbols}``: a table made from `rnncourse.notation` at build."""

from book_words import say
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from rnncourse.notation import SIZES, SYMBOLS


def _row(*cells):
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))


def _table(head, rows, widths, *classes):
    group = nodes.tgroup("", cols=len(head))
    group += [nodes.colspec(colwidth=width) for width in widths]
    group += nodes.thead("", _row(*([nodes.Text(title)] for title in head)))
    group += nodes.tbody("", *rows)
    return nodes.table("", group, classes=["symbols", *classes])


def _codes(names):
    parts = []
    for name in names.split(", "):
        parts += [nodes.Text(", "), nodes.literal(name, name)]
    return parts[1:]


class Symbols(SphinxDirective):
    """``{symbols}`` lists the symbols, ``{symbols} sizes`` the letters that shapes are made of."""

    optional_arguments = 1

    def run(self):
        if self.arguments == ["sizes"]:
            rows = [_row([nodes.math(k, k)], _codes(k), [nodes.Text(say(meaning))]) for k, meaning in SIZES.items()]
            return [_table((say("letter"), say("in code"), say("counts")), rows, (1, 1, 3))]
        rows = [
            _row(
                [nodes.math(symbol.latex, symbol.latex)],
                _codes(symbol.code),
                [nodes.literal(symbol.shape, symbol.shape)],
                [nodes.Text(say(symbol.meaning))],
            )
            for symbol in SYMBOLS
        ]
        return [_table((say("symbol"), say("in code"), say("shape"), say("meaning")), rows, (3, 2, 2, 4), "wide")]


def setup(app):
    app.add_directive("symbols", Symbols)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
