"""Change a sum, a mean or another statistic: which one it is, over which axis, and divided by what."""

import ast
import re

from rnncourse.language import phrase

STATISTICS = {
    "mean": {
        phrase("median"): "np.median({})",
        phrase("maximum"): "{}.max()",
        phrase("middle of the range"): "({0}.max() + {0}.min()) / 2",
    },
    "std": {
        phrase("variance"): "{}.var()",
        phrase("range"): "np.ptp({})",
        phrase("mean deviation"): "np.abs({0} - {0}.mean()).mean()",
        phrase("root mean square"): "np.sqrt(np.mean({} ** 2))",
    },
}
WORDS = {
    "sum": phrase("sum"),
    "mean": phrase("mean"),
    "std": phrase("standard deviation"),
}
"""Other numbers that say where values lie and how far apart, and how a method is called in a sentence."""


def sum_otherwise(place, node):
    """Take a mean for a sum, a sum for a mean, or either over another axis."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return
    name, other = node.func.attr, {"sum": "mean", "mean": "sum"}.get(node.func.attr)
    what = place.short(node.func.value)
    if other and place.code(node.func.value) != "np":
        end = place.end(node.func)
        says = phrase("has a {other} in the place of a {own}", other=WORDS[other], own=WORDS[name])
        yield f"{other} of {what}", says, [(end - len(name), end, other)]
    for label, written in STATISTICS.get(name, {}).items():
        if place.code(node.func.value) != "np" and not node.args and not node.keywords:
            about = {"other": label, "what": what, "own": WORDS[name]}
            words = phrase("has the {other} of {what} in the place of the {own}", **about)
            span = (place.start(node), place.end(node))
            yield f"{label} of {what}", words, [(*span, written.format(place.code(node.func.value)))]
    for keyword in node.keywords:
        if keyword.arg == "axis" and name in ("sum", "mean", "max", "cumsum", "std"):
            span, axis = (place.start(keyword.value), place.end(keyword.value)), place.code(keyword.value)
            for new in {"0": ["1"], "1": ["0", "None"], "-1": ["0", "1", "None"]}.get(axis, []):
                if new == "None":
                    words = phrase("takes the {function} over all axes", function=name)
                else:
                    words = phrase("takes the {function} over the wrong axis", function=name)
                yield f"{name} over {new}", words, [(*span, new)]


def sum_over_all(place, node):
    """Let a running sum run on from row to row."""
    if isinstance(node, ast.Call) and place.code(node.func) == "np.cumsum":
        summed, span = place.code(node.args[0]), (place.start(node), place.end(node))
        written = f"np.cumsum({summed}).reshape({summed}.shape)"
        yield "cumsum over all", phrase("runs on from row to row"), [(*span, written)]


def average(place, node):
    """Divide a gradient by the size of the batch, or by the number of steps."""
    if not place.is_value(node):
        return
    if delta := re.match(r"(delta_\w+)(\.T @|\.sum\(axis=0\))", place.code(node)):
        end = place.end(node)
        yield "mean over the batch", phrase("is a mean over the batch"), [(end, end, f" / len({delta[1]})")]
        if isinstance(place.statement, ast.AugAssign):
            yield "mean over time", phrase("is a mean over time"), [(end, end, " / len(x)")]


def average_a_delta(place, node):
    """Divide a delta by the size of the batch, and with it all that is made of it."""
    if place.is_value(node) and isinstance(node, ast.BinOp) and place.target(node).startswith("delta_"):
        factor = next(inner for inner in ast.walk(node) if isinstance(inner, ast.Name) and inner.id != "np")
        yield (
            "divided by B",
            phrase("is divided by the size of the batch"),
            [
                (place.start(node), place.start(node), "("),
                (place.end(node), place.end(node), f") / len({place.code(factor)})"),
            ],
        )


OPERATORS = (sum_otherwise, sum_over_all, average, average_a_delta)
