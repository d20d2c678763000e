"""Exchange or leave out a function or its derivative."""

import ast
import re

from rnncourse.language import phrase

GATE = re.compile("[fioru]_t")
OPPOSITES = {"max": "min", "min": "max", "argmax": "argmin", "maximum": "minimum", "minimum": "maximum"}

WORDS = {
    "np.tanh": phrase("tanh"),
    "sigmoid": phrase("a sigmoid"),
    "relu": phrase("a ReLU"),
    "": phrase("no activation"),
}
"""What stands where another activation should: a function of the code, and how it is called in a sentence."""


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
            phrase("has the sigmoid's derivative, {h} (1 - {h})", h=h),
            [(*span, f"{h} * (1 - {h})")],
        )
        yield f"relu derivative of {h}", phrase("has the ReLU's derivative, {h} > 0", h=h), [(*span, f"{h} > 0")]
        yield f"tanh of {h}", phrase("applies tanh to {h} again", h=h), [(*span, f"1 - np.tanh({h}) ** 2")]
        yield f"square of 1 - {h}", phrase("has (1 - {h})^2, the square of all", h=h), [(*span, f"(1 - {h}) ** 2")]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) and isinstance(node.right, ast.BinOp):
        gate = place.code(node.right.right)
        left = node.left.right if isinstance(node.left, ast.BinOp) else node.left
        if isinstance(node.right.op, ast.Sub) and place.code(left) == gate and place.code(node.right.left) == "1":
            edit = (place.start(left), place.end(node), f"(1 - {gate}**2)")
            yield f"tanh derivative of {gate}", phrase("has tanh's derivative, 1 - {gate}^2", gate=gate), [edit]
            again = (place.end(node), place.end(node), f" * {gate} * (1 - {gate})")
            twice = phrase("has the sigmoid's derivative, {gate} (1 - {gate}), twice", gate=gate)
            yield f"derivative of {gate} twice", twice, [again]


def exchange_an_activation(place, node):
    """Exchange an activation for another one, or leave it out."""
    if not isinstance(node, ast.Call):
        return
    name = place.code(node.func)
    if name not in ("np.tanh", "sigmoid") or (name == "np.tanh" and place.power_of(node)):
        return
    span = (place.start(node.func), place.end(node.func))
    word = name.removeprefix("np.")
    for other, words in WORDS.items():
        if other != name:
            label, about = f"{other.removeprefix('np.') or 'nothing'} for {word}", {"other": words, "own": word}
            if isinstance(node.args[0], ast.Name | ast.Subscript):
                argument = place.code(node.args[0])
                says = phrase("has {other} in the place of {own} of {argument}", argument=argument, **about)
                yield f"{label} of {argument}", says, [(*span, other)]
            else:
                yield label, phrase("has {other} in the place of {own}", **about), [(*span, other)]
    start, end, inner = place.start(node), place.end(node), node.args[0]
    twice = phrase("applies {function} twice", function=word)
    yield f"{word} twice", twice, [(start, start, f"{name}("), (end, end, ")")]
    first, last = place.start(inner), place.end(inner)
    for label, words, before, after in _scaled(word):
        yield f"{word} {label}", words, [(first, first, before), (last, last, after)]
    clipped = "0.2 * ({}) + 0.5, 0, 1" if name == "sigmoid" else "{}, -1, 1"
    hard = f"np.clip({clipped.format(place.code(inner))})"
    straight = phrase("has a hard {function}, straight and cut off", function=word)
    yield f"hard {word}", straight, [(start, end, hard)]


def _scaled(word):
    """List arguments as slips in a function's formula make them, a forgotten 2 or minus.

    Of each a label, words, and what is written before it and after it.
    """
    return (
        ("of half", phrase("takes {function} of half its argument", function=word), "(", ") / 2"),
        ("of double", phrase("takes {function} of double its argument", function=word), "2 * (", ")"),
        ("of the negative", phrase("takes {function} of its negative argument", function=word), "-(", ")"),
    )


def cover_other_terms(place, node):
    """Put an activation round other terms of its sum than all: one of them, all but one, each alone."""
    if not (
        isinstance(node, ast.Call) and place.code(node.func) in ("np.tanh", "sigmoid") and not place.power_of(node)
    ):
        return
    name, inner = place.code(node.func), node.args[0]
    word, without = name.removeprefix("np."), [(place.start(node.func), place.end(node.func), "")]
    defined = isinstance(inner, ast.Name) and place.uses(inner.id) == 1 and place.definition(inner.id)
    terms = place.terms(defined or inner)

    def around(*covered):
        first, last = place.start(covered[0]), place.end(covered[-1])
        return [(first, first, f"{name}("), (last, last, ")")]

    for term in terms if len(terms) > 1 else ():
        short, part = place.short(term), place.part(term)
        about = {"part": part, "function": word}
        before = phrase("puts {part} through {function} before it is added", **about)
        yield f"{word} of {short} first", before, around(term)
        if len(terms) > 2:
            yield f"{word} of {short} only", phrase("has {function} on {part} only", **about), without + around(term)
        if term in (terms[0], terms[-1]):  # else the others do not stand together
            others = around(*(other for other in terms if other is not term))
            yield f"{short} outside", phrase("adds {part} outside {function}", **about), without + others
            own = phrase("has a {function} of its own for {part}", **about)
            yield f"{word} of {short} alone", own, without + others + around(term)


def drop_a_function(place, node):
    """Leave out a function of NumPy's, or the bound of a value."""
    if isinstance(node, ast.Call) and place.code(node.func) in ("np.minimum", "np.maximum") and place.is_value(node):
        inner = place.code(node.args[0])
        yield "without bound", phrase("lacks its bound"), [(place.start(node), place.end(node), inner)]
    if not (isinstance(node, ast.Call) and place.code(node.func) in ("np.sqrt", "np.exp", "np.log", "np.abs")):
        return
    start, end = place.start(node.func), place.end(node.func)
    name = place.code(node.func).removeprefix("np.")
    lacking = phrase("lacks the {function} of {part}", function=name, part=place.part(node.args[0]))
    yield f"without {name}", lacking, [(start, end, "")]


def take_the_opposite(place, node):
    """Take the minimum for the maximum, or the maximum for the minimum."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in OPPOSITES:
        name, end = node.func.attr, place.end(node.func)
        other = OPPOSITES[name]
        says = phrase("takes the {other} where the {own} belongs", other=other, own=name)
        yield f"{other} for {name}", says, [(end - len(name), end, other)]


def activate_once_more(place, node):
    """Put a whole value through tanh or a sigmoid."""
    if place.is_value(node) and isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        edits = [(place.start(node), place.start(node), "np.log("), (place.end(node), place.end(node), ")")]
        yield "logarithm", phrase("goes through a logarithm that does not belong there"), edits
    if place.is_value(node) and isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.MatMult):
        for name in ("np.tanh", "sigmoid", "relu"):
            edits = [(place.start(node), place.start(node), f"{name}("), (place.end(node), place.end(node), ")")]
            word = name.removeprefix("np.")
            says = phrase("goes through a {function} that does not belong there", function=word)
            yield f"through {word}", says, edits
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult) and re.match(r"h\b|h_", place.code(node.left)):
        h, start, end = place.code(node.left), place.start(node.left), place.end(node.left)
        yield f"tanh of {h}", phrase("applies tanh to {h} again", h=h), [(start, end, f"np.tanh({h})")]


def turn_a_gate_round(place, node):
    """Take one minus a gate for the gate, or give it the derivative of the sigmoid as well."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        for factor in (node.left, node.right):
            if isinstance(factor, ast.Name) and GATE.fullmatch(factor.id):
                gate, span = factor.id, (place.start(factor), place.end(factor))
                says = phrase("takes 1 - {gate} in the place of {gate}", gate=gate)
                yield f"complement of {gate}", says, [(*span, f"(1 - {gate})")]
                says = phrase("has the derivative {gate} (1 - {gate}) in the place of {gate}", gate=gate)
                yield f"slope of {gate}", says, [(*span, f"{gate} * (1 - {gate})")]


OPERATORS = (
    mistake_a_derivative,
    exchange_an_activation,
    cover_other_terms,
    drop_a_function,
    take_the_opposite,
    activate_once_more,
    turn_a_gate_round,
)
