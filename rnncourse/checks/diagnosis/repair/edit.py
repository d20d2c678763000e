"""Put another node into a syntax tree, on the line of the old one, and take it back."""

import ast
from typing import NamedTuple


class Edit(NamedTuple):
    """Put `new` in the place of `old`: the field `name` of `owner`, at `index` where that is a list."""

    owner: ast.AST
    name: str
    index: int | None
    old: ast.AST
    new: ast.AST

    def exchange(self):
        """Make the edit; return the one that takes it back."""
        if not hasattr(self.new, "lineno"):
            ast.fix_missing_locations(ast.copy_location(self.new, self.old))
        if self.index is None:
            setattr(self.owner, self.name, self.new)
        else:
            getattr(self.owner, self.name)[self.index] = self.new
        return self._replace(old=self.new, new=self.old)


def load(name):
    """Build the node that reads a variable."""
    return ast.Name(name, ast.Load())


def numpy_call(function, argument):
    """Build the node of ``np.function(argument)``."""
    return ast.Call(ast.Attribute(load("np"), function, ast.Load()), [argument], [])


def plus(node, step):
    """Build the node of ``node + step``, step a number."""
    return ast.BinOp(node, ast.Add(), ast.Constant(step))


def one_minus(node):
    """Build the node of ``1 - node``."""
    return ast.BinOp(ast.Constant(1), ast.Sub(), node)


def squared(node):
    """Build the node of ``node ** 2``."""
    return ast.BinOp(node, ast.Pow(), ast.Constant(2))
