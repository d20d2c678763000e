"""In a table of measurements cells with words get a source, by which Sphinx translates them; others do not."""

from types import SimpleNamespace

import pytest
from book_tables import NameSources
from docutils import nodes
from docutils.utils import new_document


@pytest.mark.parametrize(("classes", "named"), [(["measured"], "page.md"), ([], None)])
def test_cells_with_words_name_their_page(classes, named):
    document = new_document("page.md")
    cells = [nodes.paragraph(text, text) for text in ("a row", "2.69", "elsewhere")]
    row = nodes.row("", *(nodes.entry("", cell) for cell in cells))
    document += nodes.table("", nodes.tgroup("", nodes.tbody("", row)), classes=classes)
    for cell, source in zip(cells, (None, None, "other.md"), strict=True):
        cell.source = source
    NameSources(document, SimpleNamespace()).apply()
    assert [cell.source for cell in cells] == [named, None, "other.md"]
