"""Change a whole sequence, or a whole batch: another order of time, one step only, one sample for all."""

import ast
import re
from itertools import pairwise

from rnncourse.language import phrase

_OF_SEQUENCES = (
    ("one step late", phrase("has at each step what belongs to the one before"), "np.roll(z, 1, axis=0)"),
    ("added up over time", phrase("adds up over time"), "np.cumsum(z, axis=0)"),
    ("without step 1", phrase("has zeros at the first step"), "np.concatenate([0 * z[:1], z[1:]])"),
    ("without step T", phrase("has zeros at the last step"), "np.concatenate([z[:-1], 0 * z[-1:]])"),
    ("step 1 only", phrase("has zeros at all steps but the first"), "np.concatenate([z[:1], 0 * z[1:]])"),
    ("step T only", phrase("has zeros at all steps but the last"), "np.concatenate([0 * z[:-1], z[-1:]])"),
    ("of sample 1", phrase("has at each sample what belongs to the first"), "np.broadcast_to(z[:, :1], z.shape)"),
)
_OF_OUTPUTS = (
    ("of step T alone", phrase("is that of the last step alone"), "z[-1]"),
    (
        "batch first",
        phrase("is reshaped where it has to be transposed"),
        "z.reshape(z.shape[1], z.shape[0], -1).swapaxes(0, 1)",
    ),
)
"""What becomes of a whole sequence z, and of one of outputs: a label, words, and code."""


def return_otherwise(place, node):
    """Return a sequence in reversed time, a step late, added up, or at some of its steps only."""
    if not (place.is_value(node) and isinstance(place.statement, ast.Return)):
        return
    shape, first, last = place.shape(place.target(node)), place.start(node), place.end(node)
    if shape.endswith(", T + 1)"):
        yield "columns reversed", phrase("has its columns in reversed order"), [(last, last, "[:, ::-1]")]
    if not shape.startswith("(T,"):
        return
    yield "reversed", phrase("is reversed in time"), [(first, first, "("), (last, last, ")[::-1]")]
    if not place.loops:
        for label, words, written in (*(_OF_OUTPUTS if shape.endswith("K)") else ()), *_OF_SEQUENCES):
            yield label, words, [(first, first, f"(lambda z: {written})("), (last, last, ")")]


def exchange_what_is_returned(place, node):
    """Return two neighbours in each other's place; where their shapes differ the shape tells."""
    if not (isinstance(place.statement, ast.Return) and node is place.statement.value and isinstance(node, ast.Tuple)):
        return
    for first, second in pairwise(node.elts):
        arrays = not any(isinstance(each, ast.Tuple) or "Params(" in place.code(each) for each in (first, second))
        a, b = (place.code(each) if isinstance(each, ast.Name) else place.target(each) for each in (first, second))
        # A gradient has the shape of its own array.
        if arrays and not any(re.match("the |d[A-Zbhx]", name) for name in (a, b)) and place.shape(a) == place.shape(b):
            edits = [(place.start(first), place.end(first), place.code(second))]
            edits.append((place.start(second), place.end(second), place.code(first)))
            yield f"{b} before {a}", phrase("has {first} before {second}", first=b, second=a), edits


def keep_one_sample(place, node):
    """Make a gradient of one sample only, the first or the last, as a loop does that overwrites."""
    if not place.is_value(node):
        return
    if match := re.fullmatch(r"(\w+)\.T @ (\w+(?:\[[^\]]*\])?)", place.code(node)):
        delta, other = match.groups()
        span = (place.start(node), place.end(node))
        yield (
            "of the last sample",
            phrase("is that of the last sample only"),
            [(*span, f"{delta}[-1:].T @ {other}[-1:]")],
        )
        yield (
            "of the first sample",
            phrase("is that of the first sample only"),
            [(*span, f"{delta}[:1].T @ {other}[:1]")],
        )
    if match := re.fullmatch(r"(\w+)\.sum\(axis=0\)", place.code(node)):
        span = (place.start(node), place.end(node))
        yield "of the last sample", phrase("is that of the last sample only"), [(*span, f"{match[1]}[-1]")]
        yield "of the first sample", phrase("is that of the first sample only"), [(*span, f"{match[1]}[0]")]


OPERATORS = (return_otherwise, exchange_what_is_returned, keep_one_sample)
