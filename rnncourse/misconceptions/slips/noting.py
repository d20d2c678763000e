"""Compile a function so that it notes every value it computes on its way."""

import ast
import copy

NOTE = "_note"
"""The name of the function that each value passes."""


class _Noting(ast.NodeTransformer):
    """Pass each computed value through the noting function; make an addition in place an ordinary one."""

    def visit(self, node):
        """Visit a node, and wrap it if it computes something."""
        node = super().visit(node)
        if isinstance(node, ast.BinOp | ast.Call | ast.UnaryOp | ast.IfExp):
            return ast.copy_location(ast.Call(ast.Name(NOTE, ast.Load()), [node], []), node)
        return node

    def visit_AugAssign(self, node):
        """Make `x += y` an `x = x + y`."""
        old = copy.deepcopy(node.target)
        old.ctx = ast.Load()
        added = ast.copy_location(ast.BinOp(old, node.op, node.value), node)
        return ast.copy_location(ast.Assign([node.target], self.visit(added)), node)


def compiled_noting(text, name):
    """Compile the text of a function so that it passes each value to `NOTE`, a function that gives it back."""
    tree = ast.fix_missing_locations(_Noting().visit(ast.parse(text)))
    return compile(tree, name, "exec")
