"""List what could stand in the place of an expression, were it mended: the edits of one statement."""

import ast

from rnncourse.checks.diagnosis.repair.calls import other_calls
from rnncourse.checks.diagnosis.repair.edit import Edit, load, numpy_call, one_minus, plus, squared

OPERATORS = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.MatMult, ast.Add),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
}
COMPARISONS = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
GROW = {"append", "extend", "insert"}
VALUES = (ast.Name, ast.Subscript, ast.Attribute, ast.Call, ast.BinOp)
WHOLE = (ast.stmt, ast.Tuple, ast.List, ast.keyword, ast.Call, ast.BinOp, ast.comprehension)
"""Where something may be done to all of an expression."""


def expression_edits(statement, names):
    """Yield the edits of a statement's expressions, without those of statements inside it.

    Parameters
    ----------
    statement : ast.stmt
    names : collection of str
        The variables of the function.

    Yields
    ------
    edit : Edit
    """
    looped = set(ast.walk(statement.iter)) if isinstance(statement, ast.For) else set()
    grown = _grown(statement) if looped else set()
    for owner, name, index, node in _places(statement):
        if isinstance(getattr(node, "ctx", None), ast.Store):
            continue
        for new in _others(node, names, owner):
            if not (node in looped and isinstance(new, ast.Name) and new.id in grown):
                yield Edit(owner, name, index, node, new)


def _grown(loop):
    """Collect the names that grow in a loop: over one of them it would never end, and in a page nothing ends it."""
    nodes = list(ast.walk(loop))
    grown = {node.target for node in nodes if isinstance(node, ast.AugAssign)}
    grown |= {node.value for node in nodes if isinstance(node, ast.Attribute) and node.attr in GROW}
    return {node.id for node in grown if isinstance(node, ast.Name)}


def _places(statement):
    """Yield the expressions of a statement, the outer ones first, and where each stands."""
    waiting = [statement]
    while waiting:
        owner = waiting.pop(0)
        for name, value in ast.iter_fields(owner):
            for index, node in enumerate(value if isinstance(value, list) else [value]):
                if isinstance(node, ast.expr | ast.keyword | ast.comprehension):
                    waiting.append(node)
                    if isinstance(node, ast.expr):
                        yield owner, name, index if isinstance(value, list) else None, node


def _others(node, names, owner):
    """Yield what could stand in the place of an expression."""
    called = isinstance(owner, ast.Call) and owner.func is node
    if isinstance(node, ast.Name | ast.Subscript) and not called:
        yield from (load(other) for other in names if other != getattr(node, "id", None))
    if isinstance(node, ast.Subscript):
        yield node.value
    elif isinstance(node, ast.BinOp):
        yield from _other_operations(node)
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.Call):
        yield from other_calls(node)
    elif isinstance(node, ast.Attribute) and node.attr == "T":
        yield node.value
    elif isinstance(node, ast.Constant):
        yield from _other_constants(node.value)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        for operator in COMPARISONS.get(type(node.ops[0]), ()):
            yield ast.Compare(node.left, [operator()], node.comparators)
        yield from map(ast.Constant, (True, False))
    elif isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse, ast.IfExp(node.test, node.orelse, node.body))
    elif isinstance(node, ast.Slice):
        yield from _other_slices(node)
    elif isinstance(node, ast.Tuple | ast.List) and len(node.elts) == 2:
        yield type(node)(node.elts[::-1], ast.Load())
    if isinstance(node, VALUES) and not called:
        yield from _with_more(node, owner)


def _other_operations(node):
    """Yield one side of an operation, others on both sides, and both brackets of three terms."""
    left, operator, right = node.left, node.op, node.right
    yield from (left, right)
    for other in OPERATORS.get(type(operator), ()):
        yield ast.BinOp(left, other(), right)
    if not isinstance(operator, ast.Add | ast.Mult):
        yield ast.BinOp(right, operator, left)
    if isinstance(left, ast.BinOp):
        yield ast.BinOp(left.left, left.op, ast.BinOp(left.right, operator, right))


def _with_more(node, owner):
    """Yield an expression with something done to it."""
    if isinstance(owner, ast.Subscript) and owner.slice is node:
        yield from (plus(node, 1), plus(node, -1))
    if isinstance(owner, WHOLE):
        yield ast.Attribute(node, "T", ast.Load())
        yield from (ast.UnaryOp(ast.USub(), node), one_minus(node), squared(node))
        yield ast.Subscript(node, ast.Slice(step=ast.Constant(-1)), ast.Load())
        yield from (numpy_call(function, node) for function in ("tanh", "sqrt", "square", "log", "exp"))
        yield from (ast.BinOp(node, ast.Mult(), ast.Constant(factor)) for factor in (2, 0.5))
        yield from (plus(node, 1), plus(node, -1))
        yield ast.Call(ast.Attribute(node, "copy", ast.Load()), [], [])


def _other_constants(value):
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int | float):
        others = (0, 1, 2, 0.5, -1, value + 1, value - 1, -value, value / 10, value * 10)
        yield from (ast.Constant(other) for other in dict.fromkeys(others) if other != value)


def _other_slices(node):
    """Yield the other side of a cut, all of it, cuts one entry earlier and later, and the other direction."""
    lower, upper, step = node.lower, node.upper, node.step
    yield from (ast.Slice(upper, lower, step), ast.Slice())
    for shift in (1, -1):
        if lower:
            yield ast.Slice(plus(lower, shift), upper, step)
        if upper:
            yield ast.Slice(lower, plus(upper, shift), step)
    yield ast.Slice(lower, upper, None if step else ast.Constant(-1))
