"""List what templates and explorers say: the messages of the package that stand in no Python."""

from pathlib import Path

import jinja2
from jinja2 import nodes

import rnncourse
from rnncourse.interactive.explorers.explorer import FOLDER
from rnncourse.interactive.explorers.words import told_messages

PACKAGE = Path(rnncourse.__file__).parent


def template_messages(source):
    """List the messages that a template says, in order.

    Parameters
    ----------
    source : str
        For Jinja.

    Returns
    -------
    messages : list of str

    Raises
    ------
    ValueError
        If `say` is given something else than a text, which nobody could find to translate it.
    """
    found = []
    for call in jinja2.Environment(autoescape=True).parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "say":
            if not (call.args and isinstance(call.args[0], nodes.Const) and isinstance(call.args[0].value, str)):
                raise ValueError(f"line {call.lineno}: say is given no text; write the message into the call")
            found.append((call.lineno, call.args[0].value))
    return [message for _, message in sorted(found, key=lambda each: each[0])]


def interface_messages():
    """List the messages of all templates of pages and of all explorers.

    Returns
    -------
    messages : list of (str, str)
        Each message, and the file that says it, from the package's folder on.
    """
    templates = sorted((PACKAGE / "grading" / "templates").glob("*.j2"))
    found = [(text, path) for path in templates for text in template_messages(path.read_text(encoding="utf-8"))]
    scripts = sorted(FOLDER.glob("*.js"))
    found += [(text, path) for path in scripts for text in told_messages(path.read_text(encoding="utf-8"))]
    return [(text, path.relative_to(PACKAGE).as_posix()) for text, path in found]
