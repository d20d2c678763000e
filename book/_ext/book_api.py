"""Docstrings name the book's equations as {eq}`label`: on the API page these become links to the equations."""

import re
from pathlib import Path

BOOK = Path(__file__).resolve().parents[1]
EQUATION = re.compile(r"\s*\{eq\}`([\w-]+)`")
LABEL = re.compile(r"^(?:\$\$ *\(([\w-]+)\)|:label: *([\w-]+))", re.MULTILINE)


def known_labels(docnames):
    """Labels of the equations on the pages that are built."""
    found = set()
    for docname in docnames:
        path = BOOK.parent / f"{docname}.md"
        if path.exists():
            found.update(a or b for a, b in LABEL.findall(path.read_text(encoding="utf-8")))
    return found


def link_equations(app, what, name, obj, options, lines):
    """Set a docstring's equations as code, one a line, each followed by a link to its place in the book."""
    end = next((i for i, line in enumerate(lines) if line.strip() == "Parameters"), len(lines))
    labels = known_labels(app.env.found_docs)
    for i, line in enumerate(lines):
        match = EQUATION.search(line)
        if match:
            link = f" :eq:`{match[1]}`" if match[1] in labels else ""
            line = EQUATION.sub("", line)
            lines[i] = f"| ``{line.strip()}``{link}"
        elif 0 < i < end and re.match(r"\S.* = ", line) and not line.rstrip().endswith((".", ",")):
            lines[i] = f"| ``{line.strip()}``"


def setup(app):
    app.connect("autodoc-process-docstring", link_equations, priority=400)  # before numpydoc
    return {"parallel_read_safe": True, "parallel_write_safe": True}
