"""Let gettext see the words in tables of measurements: where a directive holds them, their cells name no source."""

from docutils import nodes
from sphinx.transforms import SphinxTransform

from rnncourse.authoring.messages.words import has_words

MEASURED = {"measured", "wide-table"}
"""Classes of a table that a directive has made from a file of results, and of what holds one."""


class NameSources(SphinxTransform):
    """Name the page as the source of cells that have words and no source, before Sphinx (priority 20) translates."""

    default_priority = 14

    def apply(self, **kwargs):
        """Go through the cells of tables of measurements; others come from a catalogue of their own."""
        for table in self.document.findall(nodes.table):
            if MEASURED.isdisjoint([*table["classes"], *table.parent.get("classes", ())]):
                continue
            for cell in table.findall(nodes.paragraph):
                if not cell.source and has_words(cell.astext()):
                    cell.source, cell.line = self.document["source"], cell.line or 1
                    cell.rawsource = cell.rawsource or cell.astext()


def setup(app):
    app.add_transform(NameSources)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
