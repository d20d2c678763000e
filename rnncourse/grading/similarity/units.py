"""Read a student's cell as units, a statement or the head of one each, whose tokens do not depend on its names."""

import ast
import builtins
import re
import warnings
from dataclasses import dataclass

MOST = 2000
"""Units of a cell that are read."""
DEEPEST = 200
"""Levels of a statement's expression that are read: an answer has few."""

_MAGIC = re.compile(r"^\s*[%!].*$", re.MULTILINE)
_KEPT = frozenset(dir(builtins)) | {"np", "numpy", "torch", "math", "scipy"}


@dataclass(frozen=True)
class Unit:
    """One statement without those inside it: its tokens, and the line on which it begins, from 1."""

    tokens: tuple
    line: int


def units_of(source):
    """Split a cell into units.

    Names that the student may choose are all the same token, so that renaming changes nothing; what belongs to Python
    or a library, an attribute, a number keeps its name. Comments, docstrings, annotations and layout are gone.

    Parameters
    ----------
    source : str

    Returns
    -------
    units : tuple of Unit or None
        None where the cell is no Python.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a student's odd escape is none of the reader's business
            tree = ast.parse(_MAGIC.sub("", source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return tuple(Unit(tuple(_tokens(statement)), statement.lineno) for statement in _statements(tree))


def names_in(source):
    """Collect the names and the comments of a cell that its student has chosen.

    Parameters
    ----------
    source : str

    Returns
    -------
    names : set of str
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nodes = list(ast.walk(ast.parse(_MAGIC.sub("", source))))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    names = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    names |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    return names | {node.name for node in nodes if isinstance(node, (ast.FunctionDef, ast.ClassDef))}


def _statements(tree):
    """List the statements of a tree in the order of the source, docstrings left out."""
    waiting, found = [tree], []
    while waiting and len(found) < MOST:
        node = waiting.pop()
        if isinstance(node, ast.stmt) and not _is_text(node):
            found.append(node)
        inside = [child for child in _bodies(node) if isinstance(child, ast.AST)]
        waiting += reversed(inside)
    return found


def _bodies(node):
    """List the statements inside a node, and what holds statements: handlers and cases."""
    for field in ("body", "handlers", "cases", "orelse", "finalbody"):
        value = getattr(node, field, ())
        yield from value if isinstance(value, list) else ()


def _is_text(statement):
    """Tell whether a statement is a text that stands alone."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _tokens(node, depth=0):
    """List the tokens of a node, without the statements inside it."""
    if depth > DEEPEST:
        return
    if isinstance(node, ast.Name):
        yield node.id if node.id in _KEPT else "name"
    elif isinstance(node, ast.Constant):
        yield type(node.value).__name__ if isinstance(node.value, (str, bytes)) else repr(node.value)[:20]
    else:
        yield type(node).__name__
        if isinstance(node, ast.Attribute):
            yield f".{node.attr}"
        for field, value in ast.iter_fields(node):
            if field in ("returns", "annotation", "type_comment", "ctx"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST) and not isinstance(child, (ast.stmt, ast.excepthandler, ast.match_case)):
                    yield from _tokens(child, depth + 1)
