"""A Python object that shows itself as a self-contained interactive figure."""

import json
from pathlib import Path

from rnncourse.notation import COLOURS
from rnncourse.picture import LINE_SHARE, TEXT_SHARE

FOLDER = Path(__file__).parent


class Explorer:
    """An interactive figure.

    A subclass names its ES module, which exports ``render(element, config)`` beside its pure functions.

    Parameters
    ----------
    config : dict
        What the module starts from; JSON.

    Attributes
    ----------
    module : str
        File name of the ES module, in this folder.
    summary : str
        What a reader without JavaScript is told.
    """

    module: str
    summary: str

    def __init__(self, config):
        self.config = config

    def _repr_html_(self):
        source = (FOLDER / self.module).read_text(encoding="utf-8")
        style = (FOLDER / "explorer.css").read_text(encoding="utf-8")
        colours = "".join(
            f"--{symbol}{kind}: color-mix(in srgb, {colour} {share}%, currentColor);"
            for symbol, colour in COLOURS.items()
            for kind, share in (("", LINE_SHARE), ("-text", TEXT_SHARE))
        )
        return (
            f"<style>\n{style}</style>\n"
            f'<div class="rnn-explorer" style="{colours}"><noscript>{self.summary}</noscript></div>\n'
            "<script>(() => {\n"
            "  const element = document.currentScript.previousElementSibling;\n"
            f"  const source = new Blob([{_literal(source)}], {{ type: 'text/javascript' }});\n"
            "  const url = URL.createObjectURL(source);\n"
            f"  import(url).then((module) => module.render(element, {_literal(self.config)}))\n"
            "    .finally(() => URL.revokeObjectURL(url));\n"
            "})();</script>"
        )

    def __repr__(self):
        return f"{type(self).__name__}: {self.summary}"


def _literal(value):
    """JSON that may stand inside a script element."""
    return json.dumps(value).replace("</", "<\\/").replace("<!--", "<\\!--")
