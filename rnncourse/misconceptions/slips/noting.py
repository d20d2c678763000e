"""Compile a function so that it notes every value it computes on its way, and every one that it assigns or returns."""

import ast
import copy

NOTE, NOTE_ASSIGNED = "_note", "_note_assigned"
"""The names of the functions that each computed value passes, and each value that is assigned or returned."""


class _Noting(ast.NodeTransformer):
    """Pass each value through a noting function; make an addition in place an ordinary one."""

    def visit(self, node):
        """Visit a node, and wrap it if it computes something."""
        node = super().visit(node)
        return _wrapped(node, NOTE) if isinstance(node, ast.BinOp | ast.Call | ast.UnaryOp | ast.IfExp) else node

    def visit_AugAssign(self, node):
        """Make `x += y` an `x = x + y`."""
        old = copy.deepcopy(node.target)
        old.ctx = ast.Load()
        added = ast.copy_location(ast.BinOp(old, node.op, node.value), node)
        return self.visit_Assign(ast.copy_location(ast.Assign([node.target], added), node))

    def visit_Assign(self, node):
        """Note what is assigned."""
        node.value = _wrapped(self.visit(node.value), NOTE_ASSIGNED)
        return node

    visit_Return = visit_Assign


def _wrapped(node, name):
    return ast.copy_location(ast.Call(ast.Name(name, ast.Load()), [node], []), node)


def compiled_noting(text, name):
    """Compile the text of a function so that values pass `NOTE` and `NOTE_ASSIGNED`, functions that give them back."""
    tree = ast.fix_missing_locations(_Noting().visit(ast.parse(text)))
    return compile(tree, name, "exec")
