"""Put a learner's line into a function, if it is a line of arithmetic and nothing else.

A fix is text that the grader itself has to run. So it may name what the function names, call what is on the list, and
be an assignment or a return: no import, no attribute beyond the list, no loop, no large number.
"""

import ast

from rnncourse.language import phrase

STATEMENTS = (ast.Assign, ast.AugAssign, ast.Return)
PARTS = (
    ast.Name, ast.Load, ast.Store, ast.BinOp, ast.UnaryOp, ast.operator, ast.unaryop, ast.Constant, ast.Subscript,
    ast.Slice, ast.Tuple, ast.IfExp, ast.Compare, ast.cmpop, ast.Attribute, ast.Call, ast.keyword,
)  # fmt: skip
ATTRIBUTES = {
    "T", "shape", "copy", "sum", "mean", "max", "min", "tanh", "exp", "square", "maximum", "minimum", "where",
    "concatenate", "zeros_like", "ones_like", "cumsum", "dot", "matmul", "multiply", "transpose", "power",
}  # fmt: skip
FUNCTIONS = {"len", "min", "max", "sigmoid"}
LONGEST, LARGEST, HIGHEST = 200, 1000, 4


class NotAFixError(ValueError):
    """The text cannot stand in a function; the message, a `Phrase`, says why."""


def insert(source, number, line):
    """Exchange one line of a function's source.

    Parameters
    ----------
    source : str
    number : int
        Which line, counted from 0.
    line : str
        The line that is to stand there; its indentation does not matter.

    Returns
    -------
    source : str

    Raises
    ------
    NotAFixError
        If the line is not one assignment or return, or holds more than arithmetic on the function's own names.
    """
    lines = source.splitlines()
    known = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    known |= {argument.arg for argument in ast.parse(source).body[0].args.args} | FUNCTIONS | {"np"}
    statement = _arithmetic(line, known)
    indent = lines[number][: len(lines[number]) - len(lines[number].lstrip())]
    lines[number] = indent + ast.unparse(statement)  # what was read and found harmless, not what was typed
    return "\n".join(lines)


def _arithmetic(line, known):
    """Read the one statement of a line, if it is arithmetic on known names."""
    # splitlines, since Python ends a line at a carriage return too.
    if not isinstance(line, str) or len(line) > LONGEST or len(line.strip().splitlines()) != 1:
        said = phrase("the cure has to be one line of code, as text of at most {count} characters", count=LONGEST)
        raise NotAFixError(said)
    try:
        (function,) = ast.parse(f"def f():\n {line.strip()}").body
        (statement,) = function.body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise NotAFixError(phrase("the cure is not one line of Python")) from None
    if not isinstance(statement, STATEMENTS):
        raise NotAFixError(phrase("the cure has to be an assignment or a return, as the line that it replaces"))
    for node in list(ast.walk(statement))[1:]:
        if not isinstance(node, PARTS):
            raise NotAFixError(phrase("the cure holds a {kind}; arithmetic is enough here", kind=type(node).__name__))
        if isinstance(node, ast.Name) and node.id not in known:
            raise NotAFixError(phrase("the cure names {name}, which the patient does not know", name=node.id))
        if isinstance(node, ast.Attribute) and (node.attr not in ATTRIBUTES or isinstance(node.ctx, ast.Store)):
            raise NotAFixError(phrase("the cure uses .{name}; arithmetic is enough here", name=node.attr))
        if isinstance(node, ast.Constant) and not _small(node.value):
            number = f"{node.value!r:.40}"
            raise NotAFixError(phrase("the cure holds {number}; small numbers are enough here", number=number))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and not _low(node.right):
            raise NotAFixError(phrase("the cure takes a high power; squares are enough here"))
    return statement


def _small(value):
    return value is None or (isinstance(value, (bool, int, float)) and abs(value) <= LARGEST)


def _low(exponent):
    return isinstance(exponent, ast.Constant) and isinstance(exponent.value, int) and exponent.value <= HIGHEST
