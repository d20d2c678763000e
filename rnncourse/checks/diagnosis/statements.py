"""Find statements in the learner's source: the one on a line, and the head of the loop that leads there."""

import ast
import linecache
import textwrap
from functools import lru_cache


def statement(file, line):
    """Find the statement on a line: its first line, its last one, and its text."""
    text = _text(file)
    first, last = next((span for span in _simple(text) if span[0] <= line <= span[1]), (line, line))
    lines = text.splitlines()[first - 1 : last]
    return first, last, textwrap.dedent("\n".join(lines)).strip()


def loop_head(file, line):
    """Find the line with the head of the innermost loop round a line, or of the last one before it; else that line."""
    loops = _loops(_text(file))
    around = [(first, last) for first, last in loops if first < line <= last]
    before = [(last, first) for first, last in loops if last < line]
    return max(around)[0] if around else max(before)[1] if before else line


def element_loop_head(file, line):
    """Find the head of the loop over arrays, not over their numbers, whose element a line reads; else that line."""
    for loop in _nodes(_text(file), ast.For):
        if loop.lineno < line <= loop.end_lineno and not _counts(loop.iter):
            given = {node.id for node in ast.walk(loop.target) if isinstance(node, ast.Name)}
            here = [node for part in loop.body for node in ast.walk(part) if getattr(node, "lineno", 0) == line]
            if not any(isinstance(node, ast.Subscript) for node in here) and given & {
                node.id for node in here if isinstance(node, ast.Name)
            }:
                return loop.lineno
    return line


def _counts(node):
    """Tell whether a loop runs over numbers."""
    return any(isinstance(inner, ast.Name) and inner.id == "range" for inner in ast.walk(node))


def _text(file):
    return "".join(linecache.getlines(file))


@lru_cache(maxsize=8)
def _nodes(text, kind):
    """List the nodes of a kind in a text; none where it cannot be parsed."""
    try:
        return [node for node in ast.walk(ast.parse(text)) if isinstance(node, kind)]
    except SyntaxError:
        return []


def _simple(text):
    """List the first and the last line of each statement that holds no others."""
    return [(node.lineno, node.end_lineno) for node in _nodes(text, ast.stmt) if not hasattr(node, "body")]


def _loops(text):
    return [(node.lineno, node.end_lineno) for node in _nodes(text, (ast.For, ast.While))]
