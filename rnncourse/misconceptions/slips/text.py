"""Find where the nodes of a syntax tree stand in the text of a function."""

import ast
from bisect import bisect_right
from itertools import accumulate


class Text:
    """The text of one function, and its syntax tree.

    Parameters
    ----------
    text : str
        The source.
    """

    def __init__(self, text):
        self.text, self.tree = text, ast.parse(text).body[0]
        self._lines = [0, *accumulate(map(len, text.splitlines(keepends=True)))]

    def start(self, node):
        """Find where a node begins in the text."""
        return self._lines[node.lineno - 1] + node.col_offset

    def end(self, node):
        """Find where a node ends in the text."""
        return self._lines[node.end_lineno - 1] + node.end_col_offset

    def line(self, position):
        """Find the line of a position, from 0."""
        return bisect_right(self._lines, position) - 1

    def code(self, node):
        """Write a node as it stands in the text."""
        return self.text[self.start(node) : self.end(node)]

    def operator(self, node):
        """Find the operator of a sum or product: its begin and end, spaces included, and itself."""
        start, end = self.end(node.left), self.start(node.right)
        between = self.text[start:end]
        before = len(between) - len(between.lstrip(")"))
        after = len(between.rstrip("("))
        return start + before, start + after, between.strip(" ()")

    def symbol(self, node, new):
        """Replace the operator of a sum or product."""
        start, end, old = self.operator(node)
        at = self.text.index(old, start, end)
        return at, at + len(old), new

    def terms(self, node):
        """List the terms of a sum; of what is none, itself."""
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return [*self.terms(node.left), *self.terms(node.right)]
        return [node]
