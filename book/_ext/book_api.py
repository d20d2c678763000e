"""Link equations on the API page: docstrings name the book's equations as {eq}`label`."""

import re
from pathlib import Path

BOOK = Path(__file__).resolve().parents[1]
EQUATION = re.compile(r"\s*\{eq\}`([\w-]+)`")
LABEL = re.compile(r"^(?:\$\$ *\(([\w-]+)\)|:label: *([\w-]+))", re.MULTILINE)


def known_labels(docnames):
    """List the labels of the equations on the pages that are built."""
    found = set()
    for docname in docnames:
        path = BOOK.parent / f"{docname}.md"
        if path.exists():
            found.update(a or b for a, b in LABEL.findall(path.read_text(encoding="utf-8")))
    return found


def _equation(line, labels):
    """Turn a docstring's equation into a line of code with a link to its place in the book, or None if it is none."""
    match = EQUATION.search(line)
    words = EQUATION.sub("", line).strip()
    if not match and (not re.match(r"\S.* = ", line) or line.rstrip().endswith((".", ",", ";"))):
        return None
    link = f":eq:`{match[1]}`" if match and match[1] in labels else ""
    return " ".join(filter(None, ["|", f"``{words}``" if words else "", link]))


def link_equations(app, what, name, obj, options, lines):
    """Set a docstring's equations as code, one a line, each followed by a link to its place in the book."""
    if what == "module":
        return
    end = next((i for i, line in enumerate(lines) if line.strip() == "Parameters"), len(lines))
    labels = known_labels(app.env.found_docs)
    set_lines = []
    for i, line in enumerate(lines):
        found = _equation(line, labels) if 0 < i < end else None
        before = set_lines[-1] if set_lines else ""
        if before.strip() and line.strip() and before.startswith("| ") != bool(found):
            set_lines.append("")  # a block of equations stands by itself
        set_lines.append(found or line)
    lines[:] = set_lines


def setup(app):
    app.connect("autodoc-process-docstring", link_equations, priority=400)  # before numpydoc
    return {"parallel_read_safe": True, "parallel_write_safe": True}
