"""Translate what a learner reads in a code cell: comments, docstrings, and what it prints or writes on a plot."""

import ast
import io
import re
import tokenize

from rnncourse.authoring.messages.words import has_words

_SOLUTION = re.compile(r"^[ ]*### BEGIN SOLUTION$.*?^[ ]*### END SOLUTION$", re.MULTILINE | re.DOTALL)
_LITERAL = re.compile(r"""([a-zA-Z]*)(\"{3}|'{3}|"|')((?:\\.|(?!\2).)*)\2""", re.DOTALL)
_FOR_TOOLS = re.compile(r"#+ *(noqa|fmt|type|BEGIN|END)\b")
_PARTS = re.compile(r"\{[^}]*\}|\$[^$]*\$")
_SENTENCE = re.compile(r"[A-Za-z]{2,}[.,:;?]? | [A-Za-z]{2,}")
_LABELS = {"title", "xlabel", "ylabel", "label", "unit"}
"""Keywords of a plot that hold words, however few."""


def translate_code(source, translate):
    """Translate a cell's messages; code, solutions and all else stay.

    Parameters
    ----------
    source : str
    translate : callable
        From a message, as it stands in the source, to its translation.

    Returns
    -------
    translated : str
        What is not Python alone, such as a cell with a line for IPython, stays as it is.
    """
    try:
        ast.parse(source)
    except SyntaxError:
        return source
    solutions = [found.span() for found in _SOLUTION.finditer(source)]
    spans = sorted(
        (start, end)
        for start, end in {*_comments(source), *_strings(source)}
        if not any(a <= start < b for a, b in solutions) and has_words(source[start:end])
    )
    said = [translate(source[start:end]) for start, end in spans]
    for (start, end), text in reversed(list(zip(spans, said, strict=True))):
        source = source[:start] + text + source[end:]
    return source


def _comments(source):
    """Find the comments, without their signs."""
    starts = _starts(source)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and not _FOR_TOOLS.match(token.string):
            start = starts[token.start[0] - 1] + token.start[1]
            lead = len(token.string) - len(token.string.lstrip("# "))
            yield start + lead, start + len(token.string)


def _strings(source):
    """Find docstrings and other literals with words, without their quotation marks."""
    starts, lines = _starts(source), source.split("\n")

    def place(line, column):
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    for node in _literals(ast.parse(source)):
        start = place(node.lineno, node.col_offset)
        found = _LITERAL.fullmatch(source, start, place(node.end_lineno, node.end_col_offset))
        if found:
            yield found.span(3)


def _literals(node, told=False):
    """Walk a tree for the literals that say something: sentences, labels of plots, docstrings."""
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        if told or _SENTENCE.search(_PARTS.sub("", ast.unparse(node))):
            yield node
        return
    for name, below in ast.iter_fields(node):
        words = isinstance(node, ast.keyword) and node.arg in _LABELS and name == "value"
        for each in below if isinstance(below, list) else [below]:
            if isinstance(each, ast.AST):
                first = isinstance(node, ast.Call) and name == "args" and each is below[0]
                annotates = first and isinstance(node.func, ast.Attribute) and node.func.attr == "annotate"
                yield from _literals(each, words or annotates)


def _starts(source):
    """List where each line starts."""
    starts = [0]
    for line in source.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts
