"""Exchange one thing for another that stands beside it."""

import ast

from rnncourse.language import phrase
from rnncourse.misconceptions.slips.neighbours import later, neighbours, occurrences

WORDS = {"<": "below", "<=": "at most", ">": "above", ">=": "at least"}


def exchange_places(place, node):
    """Exchange two entries of a list, or the two sides of a cut."""
    if isinstance(node, ast.List) and len(node.elts) == 2:
        first, second = node.elts
        a, b = place.code(first), place.code(second)
        names = f"{place.short(second)} before {place.short(first)}"
        edits = [(place.start(first), place.end(first), b), (place.start(second), place.end(second), a)]
        says = phrase("has {first} before {second}", first=place.part(second), second=place.part(first))
        yield names, says, edits
    if isinstance(node, ast.Slice) and (node.lower is None) != (node.upper is None) and node.step is None:
        code, border = place.code(node), place.short(node.lower or node.upper)
        new = code[1:] + ":" if code.startswith(":") else ":" + code[:-1]
        yield (
            f"other side of {border}",
            phrase("takes the other side of the cut at {border}", border=border),
            [(place.start(node), place.end(node), new)],
        )


def compare_otherwise(place, node):
    """Turn a comparison round, or move its border."""
    turned = {"<=": ("<", ">="), "<": ("<=", ">="), ">=": (">", "<"), ">": (">=", "<=")}
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        right = node.comparators[0]
        between = place.text[place.end(node.left) : place.start(right)]
        if (sign := between.strip(" ()")) in turned:
            at = place.end(node.left) + between.index(sign)
            for new in turned[sign]:
                label = f"{place.short(node.left)} {WORDS[new]} {place.short(right)}"
                words = _asks(new, left=place.part(node.left), right=place.part(right))
                yield label, words, [(at, at + len(sign), new)]


def _asks(sign, **sides):
    if sign == "<":
        return phrase("asks whether {left} is below {right}", **sides)
    if sign == "<=":
        return phrase("asks whether {left} is at most {right}", **sides)
    if sign == ">":
        return phrase("asks whether {left} is above {right}", **sides)
    return phrase("asks whether {left} is at least {right}", **sides)


def read_a_neighbour(place, node):
    """Read another variable that is named like the right one."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and not place.called(node):
        for other in filter(None, [*neighbours(place, node.id), later(place, node.id)]):
            words = phrase("reads {other} in the place of {own}", other=other, own=node.id)
            yield f"{other} for {node.id}", words, [(place.start(node), place.end(node), other)]
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and place.code(node.slice) == "t":
        other = f"{node.value.id}_prev"
        if other in place.readable():
            words = phrase("reads {other} in the place of {own}", other=other, own=place.code(node))
            yield f"{other} for {place.code(node)}", words, [(place.start(node), place.end(node), other)]
    if place.is_value(node):
        for name, places in occurrences(place, node).items():
            for other in neighbours(place, name) * (len(places) > 1):
                edits = [(place.start(each), place.end(each), other) for each in places]
                words = phrase("reads {other} in the place of {own}, each time", other=other, own=name)
                yield f"{other} for every {name}", words, edits


OPERATORS = (exchange_places, compare_otherwise, read_a_neighbour)
