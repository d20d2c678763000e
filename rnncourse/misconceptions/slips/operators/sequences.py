"""Change a whole sequence, or a whole batch: another order of time, one step only, one sample for all."""

import ast
import re

from rnncourse.language import phrase


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
        for label, words, written in (
            ("one step late", phrase("has at each step what belongs to the one before"), "np.roll(z, 1, axis=0)"),
            ("added up over time", phrase("adds up over time"), "np.cumsum(z, axis=0)"),
            ("without step 1", phrase("has zeros at the first step"), "np.concatenate([0 * z[:1], z[1:]])"),
            ("without step T", phrase("has zeros at the last step"), "np.concatenate([z[:-1], 0 * z[-1:]])"),
            ("step 1 only", phrase("has zeros at all steps but the first"), "np.concatenate([z[:1], 0 * z[1:]])"),
            ("step T only", phrase("has zeros at all steps but the last"), "np.concatenate([0 * z[:-1], z[-1:]])"),
            (
                "of sample 1",
                phrase("has at each sample what belongs to the first"),
                "np.broadcast_to(z[:, :1], z.shape)",
            ),
        ):
            yield label, words, [(first, first, f"(lambda z: {written})("), (last, last, ")")]


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


OPERATORS = (return_otherwise, keep_one_sample)
