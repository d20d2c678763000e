"""Set a measured table of `benchmarks/results` with the directive ``{measured} checks.md``, as narrow as it can be.

A column that says the same in every row is said in a sentence above the table.
"""

import re
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

RESULTS = Path(__file__).resolve().parents[2] / "benchmarks" / "results"


def split_table(text):
    """Take a Markdown file apart: the sentences before its table, the head, the rows."""
    lines = [line for line in text.splitlines() if not line.startswith("<!--")]
    table = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines if line.startswith("|")]
    return " ".join(line for line in lines if not line.startswith("|")).strip(), table[0], table[2:]


def constant_columns(head, rows):
    """Find the columns that say the same in every row.

    Returns
    -------
    constant : dict of str to str
        By name, in the order of the table.
    """
    columns = zip(head, zip(*rows, strict=True), strict=True)
    return {name: cells[0] for name, cells in columns if len(set(cells)) == 1}


def _cell(text, name):
    code = re.fullmatch("`(.+)`", text)
    words = nodes.literal(code[1], code[1]) if code else nodes.Text(text)
    return nodes.entry("", nodes.paragraph("", "", words), classes=[re.sub(r"\W+", "-", name)])


class Measured(SphinxDirective):
    """``{measured} FILE`` shows the table of a file of results."""

    required_arguments = 1

    def run(self):
        path = RESULTS / self.arguments[0]
        self.env.note_dependency(str(path))
        said, head, rows = split_table(path.read_text(encoding="utf-8"))
        constant = constant_columns(head, rows)
        kept = [k for k, name in enumerate(head) if name not in constant]
        group = nodes.tgroup("", cols=len(kept))
        group += [nodes.colspec(colwidth=3 if column == 0 else 1) for column in kept]
        group += nodes.thead("", nodes.row("", *(_cell(head[column], head[column]) for column in kept)))
        group += nodes.tbody(
            "", *(nodes.row("", *(_cell(row[column], head[column]) for column in kept)) for row in rows)
        )
        same = "; ".join(f"{name}: {value}" for name, value in constant.items())
        found = [nodes.paragraph("", said), nodes.table("", group, classes=["measured"])]
        if constant:
            found.insert(1, nodes.paragraph("", f"The same in every row: {same}."))
        return found


def setup(app):
    app.add_directive("measured", Measured)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
