"""List the edits of a whole statement: left out, assigned otherwise, run otherwise, or with one more term."""

import ast

from rnncourse.checks.diagnosis.repair.edit import Edit, load, one_minus, squared
from rnncourse.checks.diagnosis.repair.expressions import OPERATORS


def statement_edits(body, index):
    """Yield the edits of a statement as a whole.

    Parameters
    ----------
    body : list of ast.stmt
        That holds it.
    index : int
        Of it there.

    Yields
    ------
    edit : Edit
    """
    statement = body[index]
    for new in _others(statement):
        yield Edit(ast.Module(body), "body", index, statement, new)
    if isinstance(statement, ast.For):
        listed = ast.Call(load("list"), [statement.iter], [])
        yield Edit(statement, "iter", None, statement.iter, ast.Call(load("reversed"), [listed], []))
    if isinstance(statement, ast.If):
        for value in (True, False):
            yield Edit(statement, "test", None, statement.test, ast.Constant(value))


def _others(statement):
    """Yield statements that could stand in the place of one."""
    if isinstance(statement, ast.AugAssign):
        target, operator, value = statement.target, statement.op, statement.value
        yield ast.Assign([target], value)
        for other in OPERATORS.get(type(operator), ()):
            yield ast.AugAssign(target, other(), value)
        if isinstance(target, ast.Name):
            yield ast.Assign([target], ast.BinOp(load(target.id), operator, value))  # not in place
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name | ast.Subscript):
        yield ast.AugAssign(statement.targets[0], ast.Add(), statement.value)
    if isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr):
        yield ast.Pass()


def insertions(statement, names):
    """Yield the edits that put a factor, or a term, to what a statement assigns, adds up or returns.

    Parameters
    ----------
    statement : ast.stmt
    names : collection of str
        The variables of the function.

    Yields
    ------
    edit : Edit
    """
    value = getattr(statement, "value", None)
    if not isinstance(statement, ast.Assign | ast.AugAssign | ast.Return) or value is None:
        return
    for name in names:
        term = load(name)
        factors = (term, one_minus(term), one_minus(squared(term)), ast.BinOp(term, ast.Mult(), one_minus(term)))
        more = [ast.BinOp(value, ast.Mult(), factor) for factor in factors]
        more += [ast.BinOp(value, operator, term) for operator in (ast.Add(), ast.Div(), ast.Sub())]
        for new in more:
            yield Edit(statement, "value", None, value, new)


def bodies(function):
    """Yield the lists of statements in a function, the outer ones first.

    Parameters
    ----------
    function : ast.FunctionDef
    """
    for node in ast.walk(function):
        for name in ("body", "orelse", "finalbody"):
            body = getattr(node, name, None)
            if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
                yield body


def variables(function):
    """List the names that a function takes or assigns.

    Parameters
    ----------
    function : ast.FunctionDef
    """
    given = function.args
    names = [argument.arg for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    nodes = ast.walk(function)
    names += [node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    return [name for name in dict.fromkeys(names) if name != "self"]
