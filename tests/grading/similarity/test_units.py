"""Units of a cell depend on what it does, not on how it is called or laid out."""

import pytest

from rnncourse.grading.similarity.units import names_in, units_of

SOURCE = '''
def f(x, h):
    """Say something."""
    # a comment
    for t in range(len(x)):
        h = np.tanh(x[t] + h)  # why
    return h
'''
SAME = """
def f(inp, state: np.ndarray) -> np.ndarray:
    for k in range(len(inp)):

        state = np.tanh(
            inp[k] + state
        )
    return state
"""


def tokens(source):
    return [unit.tokens for unit in units_of(source)]


def test_names_comments_and_layout_do_not_matter():
    assert tokens(SOURCE) == tokens(SAME)
    assert [unit.line for unit in units_of(SOURCE)] == [2, 5, 6, 7]


@pytest.mark.parametrize(
    "old, new", [("tanh", "cosh"), ("+ h", "- h"), ("len(x)", "len(x) - 1"), ("x[t]", "x[0]"), ("for t in", "while")]
)
def test_what_it_does_matters(old, new):
    changed = SOURCE.replace(old, new)
    if new == "while":
        changed = SOURCE.replace("for t in range(len(x)):", "while range(len(x)):")
    assert tokens(changed) != tokens(SOURCE)


def test_magics_are_passed_over_and_what_is_no_python_is_said():
    assert tokens("%matplotlib inline\nx = 1\n") == tokens("x = 1")
    assert units_of("def f(:") is None and units_of("x = '\0'") is None and names_in("def f(:") == set()
    assert units_of("") == ()


def test_a_cell_that_is_made_to_be_slow_is_not():
    deep = units_of("x = " + "-" * 3000 + "1")
    assert deep is None or len(deep) == 1
    assert units_of("(" * 5000) is None
    assert len(units_of("x = 1\n" * 50_000)) == 2000


def test_names_that_were_chosen():
    assert names_in("def f(a):\n    b = a\n    return np.sum(b)") == {"f", "a", "b"}
