"""A slip on one line is mended by one edit of that line."""

import ast

import pytest

from rnncourse.checks.diagnosis.repair.expressions import expression_edits
from rnncourse.checks.diagnosis.repair.statements import bodies, insertions, statement_edits, variables

PAIRS = [
    ("a = x @ W", "a = x @ W.T"),
    ("a = x @ W.T", "a = x @ W"),
    ("a = h - b", "a = h + b"),
    ("a = -h", "a = h"),
    ("a = h", "a = -h"),
    ("a = h[t]", "a = h[t + -1]"),
    ("a = h[t]", "a = b"),
    ("a = h[1:]", "a = h[:1]"),
    ("a = h.sum(axis=0)", "a = h.sum(axis=1)"),
    ("a = h.mean(axis=0)", "a = h.sum(axis=0)"),
    ("a = np.exp(h)", "a = np.log(h)"),
    ("a = np.tanh(h)", "a = h"),
    ("a = np.concatenate([h, b])", "a = np.concatenate([b, h])"),
    ("a += h", "a = h"),
    ("a = h", "a += h"),
    ("a -= h", "a += h"),
    ("a += h", "a = a + h"),
    ("a = 1 - h", "a = 1 - h ** 2"),
    ("a = h * (1 - h)", "a = h"),
    ("a = h", "a = h + b"),
    ("a = h", "a = h * (1 - b ** 2)"),
    ("a = h if t else b", "a = b if t else h"),
    ("a = h if t > 0 else b", "a = h if t >= 0 else b"),
    ("a = 0.5 * h", "a = 1 * h"),
    ("for t in range(n):\n    a = t", "for t in range(1, n):\n    a = t"),
    ("for t in range(n):\n    a = t", "for t in reversed(range(n)):\n    a = t"),
]


@pytest.mark.parametrize(("wrong", "right"), PAIRS)
def test_a_slip_on_one_line_is_mended_by_one_edit(wrong, right):
    source = f"def f(x, W, h, b, t, n):\n    a = n\n{'    ' + wrong.replace(chr(10), chr(10) + '    ')}\n    return a"
    wanted = ast.unparse(ast.parse(source.replace(wrong.replace("\n", "\n    "), right.replace("\n", "\n    "))))
    tree = ast.parse(source)
    (function,) = tree.body
    before, found = ast.unparse(tree), set()
    for body in bodies(function):
        for k, statement in enumerate(body):
            names = variables(function)
            for edit in [*statement_edits(body, k), *expression_edits(statement, names), *insertions(statement, names)]:
                back = edit.exchange()
                found.add(ast.unparse(tree))
                back.exchange()
                assert ast.unparse(tree) == before
    assert wanted in found


@pytest.mark.parametrize("looped", ["x", "enumerate(x)", "x[:-1]", "h[:]", "list(h)"])
@pytest.mark.parametrize("grows", ["h.append(x_t)", "h += [x_t]", "h.extend([x_t])"])
def test_no_loop_is_put_over_a_list_that_grows_in_it(looped, grows):
    tree = ast.parse(f"def f(x, y):\n    h = [y]\n    for x_t in {looped}:\n        {grows}\n    return h")
    (function,) = tree.body
    loops = set()
    for edit in expression_edits(function.body[1], variables(function)):
        back = edit.exchange()
        loops.add(ast.unparse(function.body[1].iter))
        back.exchange()
    assert any("y" in loop for loop in loops)
    assert not loops & {"h", "enumerate(h)"}
