"""Exchange or leave out a function or its derivative."""

import ast
import re

OPPOSITES = {"max": "min", "min": "max", "argmax": "argmin", "maximum": "minimum", "minimum": "maximum"}


def mistake_a_derivative(place, node):
    """Take another function's derivative: the sigmoid's for tanh's or the reverse, ReLU's, or that of a second tanh."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and place.code(node.left) == "1":
        square = node.right
        if not (isinstance(square, ast.BinOp) and isinstance(square.op, ast.Pow)):
            return
        h, span = place.code(square.left), (place.start(node), place.end(node))
        if not place.is_variable(square.left):
            return
        yield (
            f"sigmoid derivative of {h}",
            f"has the sigmoid's derivative, {h} (1 - {h})",
            [(*span, f"{h} * (1 - {h})")],
        )
        yield f"relu derivative of {h}", f"has the ReLU's derivative, {h} > 0", [(*span, f"{h} > 0")]
        yield f"tanh of {h}", f"applies tanh to {h} again", [(*span, f"1 - np.tanh({h}) ** 2")]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) and isinstance(node.right, ast.BinOp):
        gate = place.code(node.right.right)
        left = node.left.right if isinstance(node.left, ast.BinOp) else node.left
        if isinstance(node.right.op, ast.Sub) and place.code(left) == gate and place.code(node.right.left) == "1":
            edit = (place.start(left), place.end(node), f"(1 - {gate}**2)")
            yield f"tanh derivative of {gate}", f"has tanh's derivative, 1 - {gate}^2", [edit]
            again = (place.end(node), place.end(node), f" * {gate} * (1 - {gate})")
            yield f"derivative of {gate} twice", f"has the sigmoid's derivative, {gate} (1 - {gate}), twice", [again]


def exchange_an_activation(place, node):
    """Exchange an activation for another one, or leave it out."""
    if not isinstance(node, ast.Call):
        return
    name = place.code(node.func)
    if name not in ("np.tanh", "sigmoid") or (name == "np.tanh" and place.power_of(node)):
        return
    span = (place.start(node.func), place.end(node.func))
    for other, word in (("np.tanh", "tanh"), ("sigmoid", "a sigmoid"), ("relu", "a ReLU"), ("", "no activation")):
        if other != name:
            argument = place.code(node.args[0])
            had = "tanh" if name == "np.tanh" else name
            of = f" of {argument}" if isinstance(node.args[0], ast.Name | ast.Subscript) else ""
            label = f"{other.removeprefix('np.') or 'nothing'} for {had}{of}"
            yield label, f"has {word} in the place of {had}{of}", [(*span, other)]
    end, inner = place.end(node), node.args[0]
    if isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Add):
        start, _, _ = place.operator(inner)
        edits = [(start, place.end(inner), ""), (end, end, f" + {place.code(inner.right)}")]
        after = f"adds {place.part(inner.right)} after {name.removeprefix('np.')}"
        yield f"{place.short(inner.right)} outside", after, edits
    yield (
        f"{name} twice",
        f"applies {name.removeprefix('np.')} twice",
        [(span[0], span[0], f"{name}("), (end, end, ")")],
    )


def drop_a_function(place, node):
    """Leave out a function of NumPy's, or take its opposite."""
    if not (isinstance(node, ast.Call) and place.code(node.func) in ("np.sqrt", "np.exp", "np.log", "np.abs")):
        return
    start, end = place.start(node.func), place.end(node.func)
    name = place.code(node.func).removeprefix("np.")
    yield f"without {name}", f"lacks the {name} of {place.part(node.args[0])}", [(start, end, "")]


def take_the_opposite(place, node):
    """Take the minimum for the maximum, or the maximum for the minimum."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in OPPOSITES:
        name, end = node.func.attr, place.end(node.func)
        other = OPPOSITES[name]
        yield f"{other} for {name}", f"takes the {other} where the {name} belongs", [(end - len(name), end, other)]


def activate_once_more(place, node):
    """Put a whole value through tanh or a sigmoid."""
    if place.is_value(node) and isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        for name in ("np.tanh", "sigmoid", "relu"):
            edits = [(place.start(node), place.start(node), f"{name}("), (place.end(node), place.end(node), ")")]
            word = name.removeprefix("np.")
            yield f"through {word}", f"goes through a {word} that does not belong there", edits
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult) and re.match(r"h\b|h_", place.code(node.left)):
        h, start, end = place.code(node.left), place.start(node.left), place.end(node.left)
        yield f"tanh of {h}", f"applies tanh to {h} again", [(start, end, f"np.tanh({h})")]


OPERATORS = (mistake_a_derivative, exchange_an_activation, drop_a_function, take_the_opposite, activate_once_more)
