"""Change a sum, a product or a sign."""

import ast
import re

from rnncourse.language import phrase


def drop_or_change_a_term(place, node):
    """Drop a term of a sum, turn its sign round, or take it twice."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)):
        return
    if ".shape" in place.code(node):
        return  # a number of classes or steps, and no term
    (left, right), (a, b) = _both(place.short, node), _both(place.part, node)
    begin, (start, end, sign) = place.start(node), place.operator(node)
    if right == "1":
        yield from _count_one_off(place, node, sign, start)
        return
    if not isinstance(node.left, ast.Constant):
        yield f"without {left}", phrase("lacks {part}", part=a), [(begin, end, "-" * (sign == "-"))]
        yield f"sign of {left}", phrase("has {part} with the wrong sign", part=a), [(begin, begin, "-")]
        if not isinstance(node.left, ast.BinOp):
            yield f"{left} twice", phrase("takes {part} twice", part=a), [(begin, begin, "2 * ")]
    elif sign == "-":
        yield (
            f"complement of {right}",
            phrase("takes {part} in the place of its complement", part=b),
            [(begin, end, "")],
        )
    yield f"without {right}", phrase("lacks {part}", part=b), [(start, place.end(node), "")]
    yield (
        f"sign of {right}",
        phrase("has {part} with the wrong sign", part=b),
        [place.symbol(node, "-" if sign == "+" else "+")],
    )
    yield f"{right} twice", phrase("takes {part} twice", part=b), [(end, end, "2 * ")]
    yield f"{right} halved", phrase("takes half of {part}", part=b), [(end, end, "0.5 * ")]
    if sign == "+" and place.is_variable(node.right):
        yield (
            f"times {right}",
            phrase("multiplies by {part} where it has to be added", part=b),
            [place.symbol(node, "*")],
        )


def _count_one_off(place, node, sign, start):
    """Leave out the one that is added to a count or taken from it, or turn its sign round."""
    read = any(isinstance(inner, ast.Subscript) and inner.slice is node for inner in ast.walk(place.statement))
    few = phrase("reads one step early" if read else "counts one too few")
    many = phrase("reads one step late" if read else "counts one too many")
    less = sign == "+"
    yield "without 1", few if less else many, [(start, place.end(node), "")]
    turned = phrase("{once}, and once more: 1 has the wrong sign", once=few if less else many)
    yield "sign of 1", turned, [place.symbol(node, "-" if less else "+")]


def _both(name, node):
    """Name both sides of a sum or product."""
    return name(node.left), name(node.right)


def drop_or_repeat_a_factor(place, node):
    """Drop a factor, take it twice, or multiply where the textbook divides."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div)):
        return
    (left, right), (a, b) = _both(place.short, node), _both(place.part, node)
    begin, (start, end, sign), last = place.start(node), place.operator(node), place.end(node)
    factor = place.text[end:last]
    if sign == "*":
        if place.is_variable(node.right) and place.is_variable(node.left):
            yield f"plus {right}", phrase("adds {part} where it has to multiply", part=b), [place.symbol(node, "+")]
        yield f"without factor {left}", phrase("lacks the factor {part}", part=a), [(begin, end, "")]
        yield f"without factor {right}", phrase("lacks the factor {part}", part=b), [(start, last, "")]
        yield f"factor {right} twice", phrase("has the factor {part} twice", part=b), [(last, last, f" * {factor}")]
        if not isinstance(node.left, ast.BinOp):
            yield (
                f"factor {left} twice",
                phrase("has the factor {part} twice", part=a),
                [(begin, begin, f"{place.code(node.left)} * ")],
            )
    else:
        yield f"not divided by {right}", phrase("is not divided by {part}", part=b), [(start, last, "")]
        yield f"times {right}", phrase("is multiplied by {part} instead of divided", part=b), [place.symbol(node, "*")]
        yield f"divided by {right} twice", phrase("is divided by {part} twice", part=b), [(last, last, f" / {factor}")]


def drop_a_power(place, node):
    """Drop an exponent."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        start, _, _ = place.operator(node)
        base = place.short(node.left)
        yield (
            f"{base} without power",
            phrase("lacks an exponent of {part}", part=place.part(node.left)),
            [(start, place.end(node), "")],
        )


def drop_a_minus(place, node):
    """Drop the minus before a term."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and not isinstance(node.operand, ast.Constant):
        yield "without minus", phrase("lacks a minus"), [(place.start(node), place.start(node) + 1, "")]


def turn_the_sign(place, node):
    """Turn the sign of a whole value round."""
    computed = isinstance(node, ast.BinOp | ast.Call) and not re.match(r"np\.(zeros|ones|array)", place.code(node))
    if computed and place.is_value(node):
        start, end = place.start(node), place.end(node)
        yield "sign", phrase("has the wrong sign"), [(start, start, "-("), (end, end, ")")]


def add_the_old_one(place, node):
    """Add a variable of the same letter, the old state say, to a whole value."""
    computed = isinstance(node, ast.BinOp | ast.Call) and not isinstance(place.statement, ast.AugAssign)
    if not (computed and place.is_value(node)):
        return
    target, at = place.target(node), place.end(node)
    stem, _, side = target.rpartition("_")
    alike = [other for other in place.readable() if other != target and other.rpartition("_")[0] == stem]
    for other in alike if stem and side in ("t", "prev", "next") else ():
        yield f"plus {other}", phrase("has {other} added", other=other), [(at, at, f" + {other}")]


OPERATORS = (
    drop_or_change_a_term,
    drop_or_repeat_a_factor,
    drop_a_power,
    drop_a_minus,
    turn_the_sign,
    add_the_old_one,
)
