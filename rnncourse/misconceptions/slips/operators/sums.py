"""Change a sum, a product or a sign."""

import ast
import re


def drop_or_change_a_term(place, node):
    """Drop a term of a sum, turn its sign round, or take it twice."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)):
        return
    left, right = place.code(node.left), place.code(node.right)
    if ".shape" in left + right:
        return  # a number of classes or steps, and no term
    start, end, sign = place.operator(node)
    if not isinstance(node.left, ast.Constant):
        yield f"without {left}", f"lacks the term {left}", [(place.start(node), end, "-" * (sign == "-"))]
        yield f"sign of {left}", f"has {left} with the wrong sign", [(place.start(node), place.start(node), "-")]
        if not isinstance(node.left, ast.BinOp):
            yield f"{left} twice", f"takes {left} twice", [(place.start(node), place.start(node), "2 * ")]
    elif sign == "-":
        yield f"without {left} minus", f"has {right} where {left} - {right} belongs", [(place.start(node), end, "")]
    yield f"without {right}", f"lacks the term {right}", [(start, place.end(node), "")]
    yield f"sign of {right}", f"has {right} with the wrong sign", [place.symbol(node, "-" if sign == "+" else "+")]
    yield f"{right} twice", f"takes {right} twice", [(end, end, "2 * ")]


def drop_or_repeat_a_factor(place, node):
    """Drop a factor, take it twice, or multiply where the textbook divides."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div)):
        return
    left, right = place.code(node.left), place.code(node.right)
    start, end, sign = place.operator(node)
    factor = place.text[end : place.end(node)]
    if sign == "*":
        yield f"without {left}", f"lacks the factor {left}", [(place.start(node), end, "")]
        yield f"without {right}", f"lacks the factor {right}", [(start, place.end(node), "")]
        yield f"{right} twice", f"has the factor {right} twice", [(place.end(node), place.end(node), f" * {factor}")]
        if not isinstance(node.left, ast.BinOp):
            yield (
                f"{left} twice",
                f"has the factor {left} twice",
                [(place.start(node), place.start(node), f"{left} * ")],
            )
    else:
        yield f"without {right}", f"is not divided by {right}", [(start, place.end(node), "")]
        yield f"times {right}", f"is multiplied by {right} instead of divided", [place.symbol(node, "*")]
        yield f"{right} twice", f"is divided by {right} twice", [(place.end(node), place.end(node), f" / {factor}")]


def drop_a_power(place, node):
    """Drop an exponent."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        start, _, _ = place.operator(node)
        base = place.code(node.left)
        yield f"{base} without power", f"has {base} without its exponent", [(start, place.end(node), "")]


def drop_a_minus(place, node):
    """Drop the minus before a term."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and not isinstance(node.operand, ast.Constant):
        yield "without minus", "lacks the minus", [(place.start(node), place.start(node) + 1, "")]


def turn_the_sign(place, node):
    """Turn the sign of a whole value round."""
    computed = isinstance(node, ast.BinOp | ast.Call) and not re.match(r"np\.(zeros|ones|array)", place.code(node))
    if computed and place.is_value(node):
        start, end = place.start(node), place.end(node)
        yield "sign", "has the wrong sign", [(start, start, "-("), (end, end, ")")]


OPERATORS = (drop_or_change_a_term, drop_or_repeat_a_factor, drop_a_power, drop_a_minus, turn_the_sign)
