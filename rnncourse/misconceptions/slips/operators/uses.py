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
    """Multiply one term of a sum where the textbook multiplies all of it, or one of them twice."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)):
        return
    for total, factor in ((node.left, node.right), (node.right, node.left)):
        added = place.definition(total.id) if _is_use(place, total) else total
        if isinstance(added, ast.BinOp) and isinstance(added.op, ast.Add):
            terms, by = (place.code(added.left), place.code(added.right)), place.code(factor)
            for k, term in enumerate((added.left, added.right)):
                written = [f"({by}) * ({code})" if i == k else code for i, code in enumerate(terms)]
                label = f"{place.short(factor)} on {place.short(term)} only"
                about = {"factor": place.part(factor), "part": place.part(term)}
                words = phrase("has the factor {factor} on {part} only", **about)
                yield label, words, [(place.start(node), place.end(node), f"({' + '.join(written)})")]
                label = f"{place.short(factor)} twice on {place.short(term)}"
                words = phrase("has the factor {factor} twice on {part}", **about)
                yield label, words, [(place.start(term), place.start(term), f"({by}) * ")]


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
