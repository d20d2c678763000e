"""Translate the words in displayed formulas: Sphinx would write them as reStructuredText, which MyST does not read."""

from pathlib import Path

from docutils import nodes
from sphinx.locale import init
from sphinx.transforms import SphinxTransform
from sphinx.util.i18n import docname_to_domain


class TranslateFormulas(SphinxTransform):
    """Translate the words in displayed formulas, before Sphinx's own transform (priority 20) looks at them."""

    default_priority = 15

    def apply(self, **kwargs):
        """Exchange each formula of the page for its translation."""
        folders = [Path(self.env.srcdir) / folder for folder in self.config.locale_dirs]
        domain = docname_to_domain(self.env.docname, self.config.gettext_compact)
        catalogue, found = init(folders, self.config.language, domain)
        if not found:
            return
        for node in self.document.findall(nodes.math_block):
            formula = node.rawsource or node.astext()
            translation = catalogue.gettext(formula)
            node.rawsource, node.children = "", []  # without a source Sphinx has nothing to translate
            node += nodes.Text(translation)


def setup(app):
    app.add_transform(TranslateFormulas)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
