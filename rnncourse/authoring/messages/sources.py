"""Find what a source file says: templates in Python, in the pages that are written with Jinja, and in JavaScript."""

import ast

import jinja2

from rnncourse.interactive.explorers.words import told_messages

SAYING = ("say", "phrase")
REFUSING = {"ProtocolError": 0, "_demand": 1}
"""What refuses a message of a student's process, and which argument says why: the grader translates it."""
PROTOCOL = "grading/sandbox/protocol/"

RECORDED = ("says", "hint")
"""What of a mistake's record is a message: `package.catalogue_messages` lists them."""

PASSING_ON = ("grading/pages.py",)
"""Files that say what a page's template hands them: the templates are read themselves."""


class NotAMessageError(ValueError):
    """What `say` is given is not written out in the source, so that nobody can find it to translate it."""


def messages_of(source, file):
    """List the templates that a file says, in their order.

    Parameters
    ----------
    source : str
        Its text: Python, JavaScript, or a page's template, as the end of its name tells.
    file : str
        Its name, from the package's folder on.

    Returns
    -------
    messages : list of str

    Raises
    ------
    NotAMessageError
        If, in Python, the first argument of a `say` or a `phrase` is neither a string, nor a choice between strings,
        nor what a mistake's record says; if, in a template, that of a `say` is no string.
    """
    if file.endswith(".js"):
        return told_messages(source)
    if file.endswith(".j2"):
        return _in_template(source, file)
    tree = ast.parse(source)
    names = set(_known(tree))
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]
    found = [
        text for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)) for text in _texts(call, file)
    ]
    return found + (_refusals(tree) if file.startswith(PROTOCOL) else [])


def _refusals(tree):
    """List why the protocol refuses a message, each reason once."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    given = [call.args[REFUSING[call.func.id]] for call in calls if call.func.id in REFUSING]
    return list(dict.fromkeys(why.value for why in given if isinstance(why, ast.Constant)))


def _in_template(source, file):
    """List the messages that a template for Jinja says, in order."""
    found = []
    for call in jinja2.Environment(autoescape=True).parse(source).find_all(jinja2.nodes.Call):
        if isinstance(call.node, jinja2.nodes.Name) and call.node.name == "say":
            first = call.args[0] if call.args else None
            if not isinstance(getattr(first, "value", None), str):
                raise NotAMessageError(f"{file}, line {call.lineno}: say is given no text; write it into the call")
            found.append((call.lineno, first.value))
    return [message for _, message in sorted(found, key=lambda each: each[0])]


def _known(tree):
    """Yield the names under which a module knows `say` and `phrase`: it imports them, or is where they are defined."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "rnncourse.language":
            yield from (alias.asname or alias.name for alias in node.names if alias.name in SAYING)
    yield from (node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in SAYING)


def _texts(call, file):
    """Yield the strings that a call of `say` or `phrase` may be given."""
    waiting = list(call.args[:1])
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.IfExp):
            waiting += [node.body, node.orelse]
        elif not (isinstance(node, ast.Attribute) and node.attr in RECORDED) and file not in PASSING_ON:
            name, given = ast.unparse(call.func), ast.unparse(node)
            raise NotAMessageError(
                f"{file}, line {call.lineno}: {name}({given}) holds no string; write the template into the call"
            )
