"""Set brackets wrongly: a function closed too early, a divisor cut in two, a power of a whole difference."""

import ast

from rnncourse.language import phrase

FUNCTIONS = ("np.exp", "np.log", "np.sqrt")


def close_too_early(place, node):
    """Close a function's bracket after the first term of its argument."""
    if not (isinstance(node, ast.Call) and place.code(node.func) in FUNCTIONS and len(node.args) == 1):
        return
    inner = node.args[0]
    if isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Add | ast.Sub):
        name, (start, end, sign) = place.code(node.func), place.operator(inner)
        word, last = name.removeprefix("np."), place.text[end : place.end(inner)]
        says = phrase("has {part} outside {function}", part=place.part(inner.right), function=word)
        edit = (place.start(node), place.end(node), f"({name}({place.text[place.start(inner) : start]}) {sign} {last})")
        yield f"{place.short(inner.right)} outside {word}", says, [edit]


def divide_by_the_first_factor(place, node):
    """Divide by one factor and multiply by the other, where a divisor of two factors lacks its brackets."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        divisor = node.right
        if isinstance(divisor, ast.BinOp) and isinstance(divisor.op, ast.Mult):
            first, last = place.code(divisor.left), place.code(divisor.right)
            says = phrase("is multiplied by {part} instead of divided", part=place.part(divisor.right))
            _, end, _ = place.operator(node)
            yield f"times {place.short(divisor.right)}", says, [(end, place.end(node), f"{first} * {last}")]


def raise_a_difference(place, node):
    """Raise a whole difference to a power, where only what is taken away has one."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and isinstance(node.right, ast.BinOp):
        power = node.right
        if isinstance(power.op, ast.Pow) and not isinstance(power.right, ast.Constant):
            first, base, exponent = place.code(node.left), place.code(power.left), place.code(power.right)
            about = {"first": first, "base": base, "power": exponent}
            says = phrase("has ({first} - {base})^{power}, the power of the whole difference", **about)
            edit = (place.start(node), place.end(node), f"({first} - {base}) ** {exponent}")
            yield f"power of {first} - {base}", says, [edit]


OPERATORS = (close_too_early, divide_by_the_first_factor, raise_a_difference)
