"""Show a Python object as a self-contained interactive figure."""

import json
import re
from pathlib import Path

from rnncourse.interactive.explorers.words import with_words
from rnncourse.plotting.figure import PALETTE

FOLDER = Path(__file__).parent / "browser"
"""The ES modules and the style sheet that run in the browser."""


class Explorer:
    """An interactive figure.

    A subclass names its ES module, which exports ``render(element, config)`` beside its pure functions. It may
    import others of the same folder, ``./parts.js`` above all: they travel along.

    Parameters
    ----------
    config : dict
        What the module starts from; JSON.

    Attributes
    ----------
    module : str
        File name of the ES module, in `FOLDER`.
    summary : str
        What a reader without JavaScript is told.
    """

    module: str

    def __init__(self, config):
        self.config = config

    def _repr_html_(self):
        style = (FOLDER / "explorer.css").read_text(encoding="utf-8")
        colours = "".join(f"--{name}: {value};" for name, value in PALETTE.items())
        return (
            f'<div class="rnn-explorer" style="{colours}">'
            f"<noscript>{self.summary}</noscript></div>\n"
            "<script>(() => {\n"
            "  const element = document.currentScript.previousElementSibling;\n"
            # A style element in the body may not style what stands before it, a second explorer's would.
            f"  const style = Object.assign(document.createElement('style'), {{ textContent: {_literal(style)} }});\n"
            "  const styles = [...document.head.querySelectorAll('style')];\n"
            "  if (!styles.some((one) => one.textContent === style.textContent)) document.head.append(style);\n"
            "  const made = {};\n"
            f"  for (const [name, source] of {_literal(with_words(_modules(self.module)))}) {{\n"
            '    const linked = source.replace(/^([^/\\n]*from )"\\.\\/(\\w+\\.js)"/gm, '
            "(_, start, other) => start + JSON.stringify(made[other]));\n"
            "    made[name] = URL.createObjectURL(new Blob([linked], { type: 'text/javascript' }));\n"
            "  }\n"
            f"  import(made[{_literal(self.module)}])\n"
            f"    .then((module) => module.render(element, {_literal(self.config)}))\n"
            "    .finally(() => Object.values(made).forEach((url) => URL.revokeObjectURL(url)));\n"
            "})();</script>"
        )

    def __repr__(self):
        return f"{type(self).__name__}: {self.summary}"


def _modules(name):
    """Read the name and source of a module and all that it imports from its folder; what is imported comes first."""
    source = (FOLDER / name).read_text(encoding="utf-8")
    imported = re.findall(r'^[^/\n]*from "\./(\w+\.js)"', source, re.M)
    first = [module for other in imported for module in _modules(other)]
    return list(dict.fromkeys([*first, (name, source)]))


def _literal(value):
    """Write a value as JSON that may stand inside a script element."""
    return json.dumps(value).replace("</", "<\\/").replace("<!--", "<\\!--")
