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
_LABELS = {"title", "xlabel", "ylabel", "label", "labels", "unit"}
"""Keywords of a plot that hold words, however few."""
_SAYING = {"annotate": 0, "set_title": 0, "set_xlabel": 0, "set_ylabel": 0, "set_xticks": 1, "set_yticks": 1}
"""Methods of a plot, and which argument of each does; all that `print` is given does, too."""
_NAME = re.compile(r"[\s=:]*[\w.]*[_.][\w.]*[\s=:]*")
"""A name of the code, which is printed beside its value."""


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
    found = sorted(
        (start, end, message, quote)
        for start, end, message, quote in {*_comments(source), *_strings(source)}
        if not any(a <= start < b for a, b in solutions) and has_words(message)
    )
    said = [translate(message) for _, _, message, _ in found]
    for (start, end, message, quote), text in reversed(list(zip(found, said, strict=True))):
        if text != message:
            source = source[:start] + quote + text + quote.lstrip("f") + source[end:]
    return source


def _comments(source):
    """Find the comments, without their signs: where each starts and ends, what it says, and no quotation mark."""
    starts = _starts(source)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and not _FOR_TOOLS.match(token.string):
            start = starts[token.start[0] - 1] + token.start[1]
            lead = len(token.string) - len(token.string.lstrip("# "))
            yield start + lead, start + len(token.string), token.string[lead:], ""


def _strings(source):
    """Find docstrings and other literals with words; one that is joined from several is found with its marks."""
    starts, lines = _starts(source), source.split("\n")

    def place(line, column):
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    for node in _literals(ast.parse(source)):
        start, end = place(node.lineno, node.col_offset), place(node.end_lineno, node.end_col_offset)
        if found := _LITERAL.fullmatch(source, start, end):
            yield *found.span(3), found[3], ""
        elif joined := _joined(source[start:end]):
            yield start, end, *joined


def _joined(source):
    """Join literals that stand one after another: their text and the mark before it; None where the marks differ."""
    pieces = list(_LITERAL.finditer(source))
    if _LITERAL.sub("", source).strip() or {(piece[2], piece[1] in ("", "f")) for piece in pieces} != {('"', True)}:
        return None
    formats = any(piece[1] for piece in pieces)
    plain = [piece[3] if piece[1] or not formats else re.sub("([{}])", r"\1\1", piece[3]) for piece in pieces]
    return "".join(plain), 'f"' if formats else '"'


def _literals(node, told=False):
    """Walk a tree for the literals that say something: sentences, labels of plots, docstrings."""
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        text = _PARTS.sub("", ast.unparse(node)).removeprefix("f")[1:-1]
        if (told and has_words(text) and not _NAME.fullmatch(text)) or _SENTENCE.search(text):
            yield node
        return
    words = [node.value] if isinstance(node, ast.keyword) and node.arg in _LABELS else _said(node)
    for each in ast.iter_child_nodes(node):
        yield from _literals(each, each in words or (told and isinstance(node, ast.List | ast.Tuple)))


def _said(node):
    """List the arguments of a call that somebody reads."""
    if not isinstance(node, ast.Call):
        return []
    if isinstance(node.func, ast.Name) and node.func.id == "print":
        return node.args
    at = _SAYING.get(node.func.attr) if isinstance(node.func, ast.Attribute) else None
    return [] if at is None else node.args[at : at + 1]


def _starts(source):
    """List where each line starts."""
    starts = [0]
    for line in source.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts
