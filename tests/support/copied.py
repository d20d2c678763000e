"""Change an answer as somebody does who has it from somebody else: other names, lines in another order, no comments."""

import ast


def renamed(source):
    """Rename everything that the answer names itself; comments and layout go, too."""
    tree, names = ast.parse(source), {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.setdefault(node.id, f"my_{len(names)}")
        if isinstance(node, ast.arg):
            names.setdefault(node.arg, f"my_{len(names)}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = names.get(node.id, node.id)
        if isinstance(node, ast.arg):
            node.arg = names[node.arg]
    return ast.unparse(tree)


def reordered(source):
    """Exchange neighbouring assignments to different names: two by two, in every block."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        block = getattr(node, "body", ())
        for place in range(0, len(block) - 1, 2) if isinstance(block, list) else ():
            if all(isinstance(statement, ast.Assign) for statement in block[place : place + 2]):
                block[place], block[place + 1] = block[place + 1], block[place]
    return ast.unparse(tree)
