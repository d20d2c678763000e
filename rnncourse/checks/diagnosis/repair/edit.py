"""Put another node into a syntax tree, and take it back."""

import ast
from typing import NamedTuple


class Edit(NamedTuple):
    """Put `new` into the field `name` of `owner`, at `index` where that is a list."""

    owner: ast.AST
    name: str
    index: int | None
    new: ast.AST

    def exchange(self):
        """Make the edit; return the one that takes it back."""
        if self.index is None:
            old = getattr(self.owner, self.name)
            setattr(self.owner, self.name, self.new)
        else:
            entries = getattr(self.owner, self.name)
            old, entries[self.index] = entries[self.index], self.new
        return self._replace(new=old)


def instead(owner, name, index, old, new):
    """Build the edit that puts a new node in the place of an old one, on its line."""
    return Edit(owner, name, index, ast.fix_missing_locations(ast.copy_location(new, old)))


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
