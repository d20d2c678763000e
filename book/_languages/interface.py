"""Collect what the book says besides its pages: in its extensions and scripts, its contents, tables and drawings."""

import ast
import re
from pathlib import Path

import yaml
from drawings import drawing_messages
from scripts import script_messages
from theme import WORDS

from rnncourse.notation import SIZES, SYMBOLS

BOOK = Path(__file__).resolve().parents[1]
ALT = re.compile(r"^```\{diagram\}.*?^:alt: ([^\n]+)$|^:::\{diagram\}.*?^:alt: ([^\n]+)$", re.MULTILINE | re.DOTALL)
FIRST_PART = re.compile(r"^```\{parts\} (.+)$", re.MULTILINE)
MINUTES = re.compile(r"\{minutes\}`([^`]+)`")


def said_in(source):
    """List the templates that a module gives to `say`, in their order.

    Parameters
    ----------
    source : str
        Python.

    Returns
    -------
    messages : list of str
    """
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    calls = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "say" and call.args]
    texts = [call.args[0] for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset))]
    return [text.value for text in texts if isinstance(text, ast.Constant)]


def contents_messages(text):
    """List the titles and captions of a table of contents."""

    def below(entry):
        for key in ("caption", "title"):
            if key in entry:
                yield entry[key]
        for inner in (*entry.get("parts", ()), *entry.get("chapters", ()), *entry.get("sections", ())):
            yield from below(inner)

    return list(below(yaml.safe_load(text)))


def config_messages(text):
    """List what the configuration says to readers."""
    config = yaml.safe_load(text)
    options = config["sphinx"]["config"]["html_theme_options"]
    return [config["title"], config["author"], options["search_bar_text"], options["toc_title"]]


def page_messages(page):
    """List what a page's own directives and roles say: a drawing's words for who cannot see it, a part's title."""
    alts = [first or second for first, second in ALT.findall(page)]
    return [*alts, *FIRST_PART.findall(page), *MINUTES.findall(page)]


def interface_messages(root=BOOK.parent):
    """Collect all messages.

    Parameters
    ----------
    root : Path
        The folder of `_config.yml`.

    Returns
    -------
    messages : dict of str to list of str
        The files that say it, by message.
    """
    root, found = Path(root), {}

    def add(path, messages):
        for message in messages:
            files = found.setdefault(message, [])
            if (name := path.relative_to(root).as_posix()) not in files:
                files.append(name)

    add(root / "_config.yml", config_messages((root / "_config.yml").read_text(encoding="utf-8")))
    add(root / "_toc.yml", contents_messages((root / "_toc.yml").read_text(encoding="utf-8")))
    for path in sorted((root / "book").glob("*.md")):
        add(path, page_messages(path.read_text(encoding="utf-8")))
    for path in sorted((root / "book").glob("_*/*.py")):
        add(path, said_in(path.read_text(encoding="utf-8")))
    add(root / "book" / "_languages" / "theme.py", WORDS)
    for path in sorted((root / "book" / "_static" / "diagrams").glob("*.svg")):
        add(path, drawing_messages(path.read_text(encoding="utf-8")))
    for message, path in script_messages().items():
        add(path, [message])
    add(root / "rnncourse" / "notation.py", [*SIZES.values(), *(symbol.meaning for symbol in SYMBOLS)])
    return found
