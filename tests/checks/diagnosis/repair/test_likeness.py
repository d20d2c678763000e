"""An edit that adds and takes away the words of what mends the textbook is like it, in whatever names."""

import ast

import pytest

from rnncourse.checks.diagnosis.repair.edit import one_minus, squared
from rnncourse.checks.diagnosis.repair.likeness import change_of_text, change_of_tree, likeness


def edited(old, mend):
    """Describe what an edit of an expression changes."""
    node = ast.parse(old, mode="eval").body
    return change_of_tree(node, mend(node))


TRANSPOSED = edited("d @ W", lambda node: ast.BinOp(node.left, node.op, ast.Attribute(node.right, "T", ast.Load())))
SLOPE = edited("d", lambda node: ast.BinOp(node, ast.Mult(), one_minus(squared(ast.Name("out", ast.Load())))))
TURNED = edited("np.dot(a, b)", lambda node: ast.Call(node.func, node.args[::-1], []))


def test_only_what_is_new_and_what_is_gone_is_compared():
    assert tuple(TRANSPOSED) == ({"T"}, set())
    assert tuple(SLOPE) == ({"*", "1", "-", "out", "**", "2"}, set())
    assert tuple(TURNED) == (set(), set())
    assert edited("a + b", lambda node: node.left) == (set(), {"+", "b"})
    assert edited("x[1:]", lambda node: node.value) == (set(), {"[", ":", "1"})


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        ([("W_hh", "W_hh.T")], TRANSPOSED),
        ([("delta_h", "delta_h * (1 - h[t] ** 2)")], SLOPE),
        ([("W_hh, W_xh", "W_xh, W_hh")], TURNED),
    ],
)
def test_the_edit_that_mends_is_the_likest(texts, wanted):
    mended = change_of_text(texts)
    assert max((TRANSPOSED, SLOPE, TURNED), key=lambda change: likeness(mended, change)) is wanted


def test_likeness_is_between_none_and_all():
    assert likeness(TRANSPOSED, TRANSPOSED) == 1
    assert likeness(TRANSPOSED, SLOPE) == 0
    assert 0.8 < likeness(SLOPE, change_of_text([("", "* (1 - h_t**2)")])) < 1  # another name for one thing
