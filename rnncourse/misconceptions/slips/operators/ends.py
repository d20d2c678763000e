"""Leave the first or the last entry out of a sum, as a loop does that begins late or ends early."""

import ast
import re

from rnncourse.language import phrase

ENDS = (("first", "1:"), ("last", ":-1"))
SUMMED = re.compile(r"(\w+)\.sum\(axis=(-1|1)\b")
LAYER = re.compile(r"(?:[xh]|[xh]_\w+|delta_\w+)(?:\[t\])?")
"""What loops over single units run over: an input, a state, or a delta; no factor that is joined of two."""


def leave_an_end_out(place, node):
    """Leave the first or the last unit out of a product of matrices, or the first or last class out of a sum."""
    product = isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult) and place.target(node) != "dv_t"
    if product and LAYER.fullmatch(place.code(node.left)):
        summed, span, weights = place.code(node.left), (place.start(node), place.end(node)), place.code(node.right)
        parts = [(end, f"({summed}[..., {cut}] @ ({weights})[{cut}])") for end, cut in ENDS]
    elif match := isinstance(node, ast.Call) and SUMMED.match(place.code(node)):
        summed, span = match[1], (place.start(node), place.end(node))
        parts = [(end, place.code(node).replace(summed, f"{summed}[..., {cut}]", 1)) for end, cut in ENDS]
    else:
        return
    for end, written in parts:
        if end == "first":
            says = phrase("leaves out the first entry of {name}", name=summed)
        else:
            says = phrase("leaves out the last entry of {name}", name=summed)
        yield f"{summed} without its {end}", says, [(*span, written)]


OPERATORS = (leave_an_end_out,)
