"""List what could stand in the place of a call: another function, other arguments, or the argument alone."""

import ast

from rnncourse.checks.diagnosis.repair.edit import load, numpy_call, plus

LIKE = (
    {"tanh", "sigmoid", "relu"},
    {"sigmoid", "softmax"},
    {"sum", "mean", "max", "min", "prod", "median"},
    {"std", "var"},
    {"argmax", "argmin"},
    {"zeros", "ones"},
    {"zeros_like", "ones_like"},
    {"log", "log2", "log10", "log1p", "exp", "sqrt", "square", "abs"},
    {"maximum", "minimum"},
    {"hstack", "vstack", "concatenate", "stack"},
)
"""Functions that are taken for one another."""

WITH_A_VOICE = {"norm", "svd", "eig", "eigvals", "cond", "inv", "solve"}
"""Those that LAPACK computes, which writes to the terminal what it does not like."""

ALONG_AN_AXIS = {"sum", "mean", "max", "min", "cumsum", "argmax", "softmax"}


def other_calls(node):
    """Yield what could stand in the place of a call.

    Parameters
    ----------
    node : ast.Call

    Yields
    ------
    other : ast.expr
    """
    function, arguments, keywords = node.func, node.args, node.keywords
    yield from arguments[:1]
    name = getattr(function, "attr", getattr(function, "id", ""))
    if name in WITH_A_VOICE:
        return
    if isinstance(function, ast.Attribute) and not _is_numpy(function.value):
        yield function.value
    for other in dict.fromkeys(other for like in LIKE if name in like for other in sorted(like - {name})):
        if isinstance(function, ast.Attribute):
            yield ast.Call(ast.Attribute(function.value, other, ast.Load()), arguments, keywords)
        elif len(arguments) == 1 and not keywords:
            yield from (ast.Call(load(other), arguments, []), numpy_call(other, arguments[0]))
    yield from _other_arguments(node, name)
    if name == "range":
        yield from _other_ranges(node)


def _other_arguments(node, name):
    """Yield the same call with other arguments, or in another order."""
    function, arguments, keywords = node.func, node.args, node.keywords
    for i, keyword in enumerate(keywords):
        rest = keywords[:i] + keywords[i + 1 :]
        yield ast.Call(function, arguments, rest)
        if keyword.arg == "axis":
            for axis in (0, 1, -1, None):
                yield ast.Call(function, arguments, [*rest, _keyword("axis", axis)])
    if name in ALONG_AN_AXIS and not keywords:
        for axis in (0, 1, -1):
            along = [_keyword("axis", axis)]
            yield ast.Call(function, arguments, along)
            yield ast.Call(function, arguments, [*along, _keyword("keepdims", True)])
    if len(arguments) == 2:
        yield ast.Call(function, arguments[::-1], keywords)


def _other_ranges(node):
    """Yield a range from another start, to another end, and backwards."""
    *first, last = node.args[:2]
    for start in (0, 1):
        yield ast.Call(node.func, [ast.Constant(start), last], [])
    for step in (1, -1):
        yield ast.Call(node.func, [*first, plus(last, step), *node.args[2:]], [])
    yield ast.Call(load("reversed"), [node], [])


def _keyword(name, value):
    return ast.keyword(name, ast.Constant(value))


def _is_numpy(node):
    return isinstance(node, ast.Name) and node.id == "np"
