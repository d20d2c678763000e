"""Make a mistake at one use of a variable only, or put a factor where it covers too little."""

import ast

from rnncourse.language import phrase


def use_without_a_part(place, node):
    """Read a variable, at one use, without a term or a factor of it."""
    if not _is_use(place, node) or place.uses(node.id) == 1:
        return  # what is read once is changed where it is computed
    for whole, kept, dropped in _parts(place.definition(node.id)):
        words = phrase("reads {name} without {part}", name=node.id, part=place.part(dropped))
        span = (place.start(node), place.end(node))
        yield (
            f"{node.id} without {place.short(dropped)}",
            words,
            [(*span, f"({place.definition_with(node.id, whole, kept)})")],
        )


def multiply_after_the_product(place, node):
    """Multiply a factor of a variable after a product of matrices instead of before."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult) and _is_use(place, node.left)):
        return
    whole = place.definition(node.left.id)
    if isinstance(whole, ast.BinOp) and isinstance(whole.op, ast.Mult):
        first, last, matrix = place.code(whole.left), place.code(whole.right), place.code(node.right)
        label = f"{place.short(whole.right)} after {place.short(node.right)}"
        factor, product = place.part(whole.right), place.part(node.right)
        words = phrase("has the factor {factor} after the product with {part}", factor=factor, part=product)
        yield label, words, [(place.start(node), place.end(node), f"({first}) @ {matrix} * ({last})")]


def multiply_one_term(place, node):
    """Multiply or divide one term of a sum where the textbook does so with all of it; multiply one of them twice."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div)):
        return
    divides = isinstance(node.op, ast.Div)
    for total, factor in ((node.left, node.right), (node.right, node.left))[: 1 if divides else 2]:
        added = place.definition(total.id) if _is_use(place, total) else total
        if isinstance(added, ast.BinOp) and isinstance(added.op, ast.Add | ast.Sub):
            by, sign = place.code(factor), "+" if isinstance(added.op, ast.Add) else "-"
            for term in (added.left, added.right):
                if not isinstance(term, ast.Constant):
                    yield from _on_one_term(place, node, added, term, factor, f" {sign} ", divides)
                if not divides and sign == "+":
                    label = f"{place.short(factor)} twice on {place.short(term)}"
                    about = {"factor": place.part(factor), "part": place.part(term)}
                    words = phrase("has the factor {factor} twice on {part}", **about)
                    yield label, words, [(place.start(term), place.start(term), f"({by}) * ")]


def _on_one_term(place, node, added, term, factor, sign, divides):
    """Multiply or divide one term alone."""
    by, about = place.code(factor), {"factor": place.part(factor), "part": place.part(term)}
    alone = f"({place.code(term)}) / ({by})" if divides else f"({by}) * ({place.code(term)})"
    written = sign.join(alone if each is term else f"({place.code(each)})" for each in (added.left, added.right))
    if divides:
        label = f"only {place.short(term)} divided by {place.short(factor)}"
        words = phrase("divides {part} only by {factor}", **about)
    else:
        label = f"{place.short(factor)} on {place.short(term)} only"
        words = phrase("has the factor {factor} on {part} only", **about)
    yield label, words, [(place.start(node), place.end(node), f"({written})")]


def _is_use(place, node):
    """Tell whether a node reads a variable that is assigned once, before, and not by itself."""
    read = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and not place.called(node)
    return bool(read and place.definition(node.id) and place.definition(node.id).end_lineno < node.lineno)


def _parts(whole):
    """Yield each sum or product in a definition, with its side that is kept and the one that is left out."""
    waiting = [whole]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "np.exp":
            waiting += node.args  # gates are computed once
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div):
            yield node, node.left, node.right
            if isinstance(node.op, ast.Add | ast.Mult):
                yield node, node.right, node.left
            waiting += [node.left, node.right]


OPERATORS = (use_without_a_part, multiply_after_the_product, multiply_one_term)
