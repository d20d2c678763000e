"""Tell how like an edit is to what mends the textbook: by the words and signs that each of them adds and takes away."""

import ast
import re
from functools import lru_cache
from typing import NamedTuple

WORD = re.compile(r"[A-Za-z_]\w*|\d+(?:\.\d*)?|\*\*|//|[<>=!+\-*/@]=|[^\s\w]")
SILENT = set("().,]{}") | {"np"}
"""Words that tell nothing, or that no node of a syntax tree stands for."""

SIGNS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.MatMult: "@",
    ast.Pow: "**",
    ast.FloorDiv: "//",
    ast.USub: "-",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
OTHER_NAME = 0.5
"""What one name counts in the place of another: a learner's are not the textbook's."""

REORDERED = 0.3
"""How like anything what only puts things into another order is."""


class Change(NamedTuple):
    """The words that an edit adds, and those that it takes away."""

    gained: frozenset
    lost: frozenset


def change_of_text(replaced):
    """Compare texts with what stands in their place.

    Parameters
    ----------
    replaced : iterable of (str, str)
        Each before and after.
    """
    gained, lost = set(), set()
    for before, after in replaced:
        gained.update(_words_of_text(after))
        lost.update(_words_of_text(before))
    return Change(frozenset(gained - lost), frozenset(lost - gained))


def change_of_tree(old, new):
    """Compare a node with what stands in its place, which may hold parts of it.

    Parameters
    ----------
    old, new : ast.AST
    """
    used = set()
    gained = set(_words(new, _parts(old), used))
    lost = set(_words(old, used, set()))
    return Change(frozenset(gained - lost), frozenset(lost - gained))


@lru_cache(maxsize=1)  # the edits of one node follow one another
def _parts(node):
    """List the identities of a node and of all nodes in it."""
    return set(map(id, ast.walk(node)))


@lru_cache(maxsize=4096)
def likeness(first, second):
    """Tell how like two changes are: from 0, nothing in common, to 1.

    Parameters
    ----------
    first, second : Change
    """
    if not any(first) or not any(second):
        return 1.0 if first == second else REORDERED
    common = total = 0
    for words, others in zip(first, second, strict=True):
        both = len(words & others)
        names = min(_names(words - others), _names(others - words))
        common += both + OTHER_NAME * names
        total += len(words) + len(others) - both - names
    return common / total


def _names(words):
    return sum(word.isidentifier() and word != "T" for word in words)


def _words_of_text(text):
    return [word for word in WORD.findall(text) if word not in SILENT]


def _words(node, known, met):
    """Yield the words of a node without those of its known parts, which are then met."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if id(node) in known:
            met.add(id(node))
            continue
        yield from _word(node)
        waiting += ast.iter_child_nodes(node)


def _word(node):
    """Give the words of one node, without its parts."""
    if sign := SIGNS.get(type(node)):
        return (sign,)
    if isinstance(node, ast.Name):
        return () if node.id in SILENT else (node.id,)
    if isinstance(node, ast.Attribute):
        return (node.attr,)
    if isinstance(node, ast.Constant):
        return _words_of_text(repr(node.value))
    if isinstance(node, ast.keyword):
        return (node.arg,) if node.arg else ()
    if isinstance(node, ast.Assign | ast.AugAssign):
        return ("=",)
    return {ast.Subscript: ("[",), ast.Slice: (":",), ast.IfExp: ("if", "else")}.get(type(node), ())
