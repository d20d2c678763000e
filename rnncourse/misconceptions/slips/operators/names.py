"""Exchange one thing for another that stands beside it."""

import ast

from rnncourse.misconceptions.slips.neighbours import later, neighbours, occurrences


def exchange_places(place, node):
    """Exchange two entries of a list, or the two sides of a cut."""
    if isinstance(node, ast.List) and len(node.elts) == 2:
        first, second = node.elts
        a, b = place.code(first), place.code(second)
        edits = [(place.start(first), place.end(first), b), (place.start(second), place.end(second), a)]
        yield f"{b} before {a}", f"has {b} before {a}", edits
    if isinstance(node, ast.Slice) and (node.lower is None) != (node.upper is None) and node.step is None:
        code = place.code(node)
        new = code[1:] + ":" if code.startswith(":") else ":" + code[:-1]
        yield f"{new} for {code}", f"takes [{new}] where [{code}] belongs", [(place.start(node), place.end(node), new)]


def compare_otherwise(place, node):
    """Turn a comparison round, or move its border."""
    turned = {"<=": ("<", ">="), "<": ("<=", ">="), ">=": (">", "<"), ">": (">=", "<=")}
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        left, right = place.code(node.left), place.code(node.comparators[0])
        between = place.text[place.end(node.left) : place.start(node.comparators[0])]
        if (sign := between.strip(" ()")) in turned:
            at = place.end(node.left) + between.index(sign)
            for new in turned[sign]:
                words = f"asks for {left} {new} {right} where {left} {sign} {right} belongs"
                yield f"{left} {new} {right}", words, [(at, at + len(sign), new)]


def read_a_neighbour(place, node):
    """Read another variable that is named like the right one."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and not place.called(node):
        for other in filter(None, [*neighbours(place, node.id), later(place, node.id)]):
            words = f"reads {other} in the place of {node.id}"
            yield f"{other} for {node.id}", words, [(place.start(node), place.end(node), other)]
    if place.is_value(node):
        for name, places in occurrences(place, node).items():
            for other in neighbours(place, name) * (len(places) > 1):
                edits = [(place.start(each), place.end(each), other) for each in places]
                yield f"{other} for every {name}", f"reads {other} in the place of {name}, each time", edits


OPERATORS = (exchange_places, compare_otherwise, read_a_neighbour)
