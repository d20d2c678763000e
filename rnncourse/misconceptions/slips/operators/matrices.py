"""Change a product of matrices, a sum over an axis, or a shape."""

import ast
import re

from rnncourse.misconceptions.slips.neighbours import joined_otherwise

STATISTICS = {
    "mean": {"median": "np.median({})", "maximum": "{}.max()", "middle of the range": "({0}.max() + {0}.min()) / 2"},
    "std": {
        "variance": "{}.var()",
        "range": "np.ptp({})",
        "mean deviation": "np.abs({0} - {0}.mean()).mean()",
        "root mean square": "np.sqrt(np.mean({} ** 2))",
    },
}
WORDS = {"std": "standard deviation"}
"""Other numbers that say where values lie and how far apart, and how a method is called in a sentence."""

HIDDEN = re.compile(r"W_h[hn](\.T)?")
"""Matrices after which a state still has its shape."""


def transpose_a_factor(place, node):
    """Transpose a factor of a product of matrices, or the whole product."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult)):
        return
    for factor in (node.left, node.right):
        if isinstance(factor, ast.Attribute) and factor.attr == "T":
            name = place.code(factor.value)
            yield f"{name} transposed", f"uses {name} transposed", [(place.end(factor.value), place.end(factor), "")]
        elif isinstance(factor, ast.Name) and factor is node.right:
            name = place.code(factor)
            yield f"{name} transposed", f"uses {name} transposed", [(place.end(factor), place.end(factor), ".T")]
    factor = node.right
    if isinstance(factor, ast.Attribute) and factor.attr == "T" and isinstance(factor.value, ast.Name):
        name, left = factor.value.id, place.code(node.left)
        span = (place.start(factor), place.end(factor))
        reshaped = [(*span, f"{name}.reshape({name}.shape[::-1])")]
        yield f"{name} reshaped", f"reshapes {name} where it has to be transposed", reshaped
        entrywise = [(place.start(node), place.end(node), f"{left} * {name}.sum(axis=0)")]
        yield f"{name} summed over axis 0", f"sums the products with {name} over the wrong axis", entrywise
    if HIDDEN.fullmatch(place.code(factor)):
        name = place.code(factor).removesuffix(".T")
        yield f"without {name}", f"lacks the product with {name}", [(place.end(node.left), place.end(node), "")]
    if isinstance(node.left, ast.Attribute) and place.is_value(node):
        edits = [(place.start(node), place.start(node), "("), (place.end(node), place.end(node), ").T")]
        yield "transposed", "is transposed", edits


def read_the_first_sample(place, node):
    """Read the first sample for all samples."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult) and isinstance(node.left, ast.Name):
        name, end = node.left.id, place.end(node.left)
        rows = "[:, :1]" if name == "h" else "[:1]"  # h is a sequence
        yield f"first {name} for all", f"reads the first sample of {name} for all samples", [(end, end, rows)]


def join_in_another_order(place, node):
    """Join two inputs in one order and their weights in the other; add a bias once for each term of a product."""
    terms = place.terms(node)
    products = [term for term in terms if isinstance(term, ast.BinOp) and isinstance(term.op, ast.MatMult)]
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and products):
        return
    if products == terms and len(terms) == 2 and all(place.code(term.right).endswith(".T") for term in terms):
        (a, U), (b, V) = ((place.code(term.left), place.code(term.right).removesuffix(".T")) for term in terms)
        joined = f"np.concatenate([{b}, {a}], axis=1) @ np.concatenate([{U}, {V}], axis=1).T"
        words = f"joins {b} and {a} in another order than {U} and {V}"
        yield f"{b} before {a}", words, [(place.start(node), place.end(node), joined)]
    if isinstance(node.right, ast.Name) and node.right.id.startswith("b_"):
        for product in products:
            times = f" * {place.code(product.left)}.shape[-1]"
            words = f"adds {node.right.id} once for each entry of {place.part(product.left)}"
            label = f"{node.right.id} for each entry of {place.short(product.left)}"
            yield label, words, [(place.end(node), place.end(node), times)]


def reshape_a_transpose(place, node):
    """Reshape what has to be transposed, outside a product."""
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "T":
        name, end = place.code(node.value.value), place.end(node.value)
        yield (
            f"{name} reshaped",
            f"reshapes {name} where it has to be transposed",
            [(end - 2, end, f".reshape({name}.shape[::-1])")],
        )


def join_otherwise(place, node):
    """Leave out one of the two parts of which a factor is joined, or join another one."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult) and isinstance(node.left, ast.Name):
        for piece, says, other in joined_otherwise(place, node.left.id):
            yield piece, says, [(place.start(node.left), place.end(node.left), other)]


def sum_otherwise(place, node):
    """Take a mean for a sum, a sum for a mean, or either over another axis."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return
    name, other = node.func.attr, {"sum": "mean", "mean": "sum"}.get(node.func.attr)
    what = place.short(node.func.value)
    if other and place.code(node.func.value) != "np":
        end = place.end(node.func)
        yield f"{other} of {what}", f"has a {other} in the place of a {name}", [(end - len(name), end, other)]
    for label, written in STATISTICS.get(name, {}).items():
        if place.code(node.func.value) != "np" and not node.args and not node.keywords:
            words = f"has the {label} of {what} in the place of the {WORDS.get(name, name)}"
            span = (place.start(node), place.end(node))
            yield f"{label} of {what}", words, [(*span, written.format(place.code(node.func.value)))]
    if name == "cumsum":
        edits = [
            (place.start(node), place.start(node), "np.reshape("),
            (place.end(node), place.end(node), ", p.shape)"),
        ]
        axis = next(((place.start(k), place.end(k), "axis=None") for k in node.keywords), None)
        yield "cumsum over all", "runs on from row to row", [*edits, axis] if axis and "p" in place.stored else edits
    for keyword in node.keywords:
        if keyword.arg == "axis" and name in ("sum", "mean", "max", "cumsum", "std"):
            span, axis = (place.start(keyword.value), place.end(keyword.value)), place.code(keyword.value)
            for new in {"0": ["1"], "1": ["0", "None"], "-1": ["0", "1", "None"]}.get(axis, []):
                words = "all axes" if new == "None" else f"axis {new}"
                yield f"{name} over {new}", f"takes the {name} over {words}", [(*span, new)]


def average(place, node):
    """Divide a gradient by the size of the batch, or by the number of steps."""
    if not place.is_value(node):
        return
    if delta := re.match(r"(delta_\w+)(\.T @|\.sum\(axis=0\))", place.code(node)):
        end = place.end(node)
        yield "mean over the batch", "is a mean over the batch", [(end, end, f" / len({delta[1]})")]
        if isinstance(place.statement, ast.AugAssign):
            yield "mean over time", "is a mean over time", [(end, end, " / len(x)")]


def average_a_delta(place, node):
    """Divide a delta by the size of the batch, and with it all that is made of it."""
    if place.is_value(node) and isinstance(node, ast.BinOp) and place.target(node).startswith("delta_"):
        factor = next(inner for inner in ast.walk(node) if isinstance(inner, ast.Name) and inner.id != "np")
        yield (
            "divided by B",
            "is divided by the size of the batch",
            [
                (place.start(node), place.start(node), "("),
                (place.end(node), place.end(node), f") / len({place.code(factor)})"),
            ],
        )


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
            yield f"is {shape}", f"has the shape {written}", [(*span, written)]


OPERATORS = (
    transpose_a_factor,
    read_the_first_sample,
    join_in_another_order,
    reshape_a_transpose,
    join_otherwise,
    sum_otherwise,
    average,
    average_a_delta,
    mistake_a_shape,
)
