"""Change a product of matrices, or a shape."""

import ast
import re

from rnncourse.language import phrase
from rnncourse.misconceptions.slips.neighbours import joined_otherwise

HIDDEN = re.compile(r"W_h[hn](\.T)?")
"""Matrices after which a state still has its shape."""


def transpose_a_factor(place, node):
    """Transpose a factor of a product of matrices, or the whole product."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult)):
        return
    for factor in (node.left, node.right):
        if isinstance(factor, ast.Attribute) and factor.attr == "T":
            name = place.code(factor.value)
            says = phrase("uses {name} transposed", name=name)
            yield f"{name} transposed", says, [(place.end(factor.value), place.end(factor), "")]
        elif isinstance(factor, ast.Name) and factor is node.right:
            name = place.code(factor)
            says = phrase("uses {name} transposed", name=name)
            yield f"{name} transposed", says, [(place.end(factor), place.end(factor), ".T")]
    factor = node.right
    if isinstance(factor, ast.Attribute) and factor.attr == "T" and isinstance(factor.value, ast.Name):
        name, left = factor.value.id, place.code(node.left)
        span = (place.start(factor), place.end(factor))
        reshaped = [(*span, f"{name}.reshape({name}.shape[::-1])")]
        yield f"{name} reshaped", phrase("reshapes {name} where it has to be transposed", name=name), reshaped
        entrywise = [(place.start(node), place.end(node), f"{left} * {name}.sum(axis=0)")]
        says = phrase("sums the products with {name} over the wrong axis", name=name)
        yield f"{name} summed over axis 0", says, entrywise
    if HIDDEN.fullmatch(place.code(factor)):
        name = place.code(factor).removesuffix(".T")
        says = phrase("lacks the product with {name}", name=name)
        yield f"without {name}", says, [(place.end(node.left), place.end(node), "")]
    if isinstance(node.left, ast.Attribute) and place.is_value(node):
        edits = [(place.start(node), place.start(node), "("), (place.end(node), place.end(node), ").T")]
        yield "transposed", phrase("is transposed"), edits


def read_the_first_sample(place, node):
    """Read the first sample for all samples."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult) and isinstance(node.left, ast.Name):
        name, end = node.left.id, place.end(node.left)
        rows = "[:, :1]" if name == "h" else "[:1]"  # h is a sequence
        yield (
            f"first {name} for all",
            phrase("reads the first sample of {name} for all samples", name=name),
            [(end, end, rows)],
        )


def join_in_another_order(place, node):
    """Join two inputs in one order and their weights in the other."""
    terms = place.terms(node)
    if len(terms) == 2 and all(_is_layer(place, term) for term in terms):
        (a, U), (b, V) = ((place.code(term.left), place.code(term.right.value)) for term in terms)
        joined = f"np.concatenate([{b}, {a}], axis=1) @ np.concatenate([{U}, {V}], axis=1).T"
        about = {"input": b, "other": a, "weights": U, "others": V}
        words = phrase("joins {input} and {other} in another order than {weights} and {others}", **about)
        yield f"{b} before {a}", words, [(place.start(node), place.end(node), joined)]


def _is_layer(place, node):
    """Tell whether a node is an input times transposed weights."""
    product = isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult)
    return product and isinstance(node.right, ast.Attribute) and node.right.attr == "T"


def add_a_bias_often(place, node):
    """Add a bias once for each term of a product, as a loop does that adds it inside."""
    bias = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and isinstance(node.right, ast.Name)
    if bias and node.right.id.startswith("b_"):
        for term in place.terms(node):
            if _is_layer(place, term):
                name, end = node.right.id, place.end(node)
                words = phrase("adds {name} once for each entry of {part}", name=name, part=place.part(term.left))
                label = f"{name} for each entry of {place.short(term.left)}"
                yield label, words, [(end, end, f" * {place.code(term.left)}.shape[-1]")]


def reshape_a_transpose(place, node):
    """Reshape what has to be transposed, outside a product."""
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "T":
        name, end = place.code(node.value.value), place.end(node.value)
        yield (
            f"{name} reshaped",
            phrase("reshapes {name} where it has to be transposed", name=name),
            [(end - 2, end, f".reshape({name}.shape[::-1])")],
        )


def join_otherwise(place, node):
    """Leave out one of the two parts of which a factor is joined, or join another one."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult) and isinstance(node.left, ast.Name):
        for piece, says, other in joined_otherwise(place, node.left.id):
            yield piece, says, [(place.start(node.left), place.end(node.left), other)]


def mistake_a_shape(place, node):
    """Exchange, leave out or replace a size in a shape."""
    if not (isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load) and node.elts):
        return
    sizes = [place.code(size) for size in node.elts]
    if not all(re.fullmatch(r"[A-Z1]", size) for size in sizes):
        return
    span = (place.start(node), place.end(node))
    shapes = [sizes[:i] + sizes[i + 1 :] for i in range(len(sizes))]
    shapes += [[*sizes[:i], sizes[i + 1], sizes[i], *sizes[i + 2 :]] for i in range(len(sizes) - 1)]
    letters = [letter for letter in "TBDHK" if letter in place.arguments or letter in place.stored]
    shapes += [
        [*sizes[:i], new, *sizes[i + 1 :]] for i in range(len(sizes)) for new in [*letters, "1"] if new != sizes[i]
    ]
    shapes += [[new, *sizes] for new in [*letters, "1"]] + [[*sizes, "1"]]
    was = ", ".join(sizes)
    for shape in map(", ".join, shapes):
        if shape and shape != was:
            written = f"({shape}{',' * (',' not in shape)})"
            yield f"is {shape}", phrase("has the shape {shape}", shape=written), [(*span, written)]


OPERATORS = (
    transpose_a_factor,
    read_the_first_sample,
    join_in_another_order,
    add_a_bias_often,
    reshape_a_transpose,
    join_otherwise,
    mistake_a_shape,
)
