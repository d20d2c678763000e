"""The functions of a learner's file are found with their source; another code is theirs for a while only."""

import linecache
import textwrap

import pytest

from rnncourse.checks.diagnosis.repair.source import Source, exchanged


def defined(source):
    """Define what a notebook's cell does; return its names."""
    source, names = textwrap.dedent(source).lstrip(), {"__name__": "notebook"}
    linecache.cache["<source>"] = (len(source), None, source.splitlines(keepends=True), "<source>")
    exec(compile(source, "<source>", "exec"), names)
    return names


CELL = """
    def half(x):
        return x / 2

    class Twice:
        def once(self, x):
            return half(x)

    def answer(x):
        return Twice().once(x)
    """


def test_functions_and_methods_are_found_the_learner_s_own_first():
    found = Source(defined(CELL)["answer"]).functions
    assert found[0][0].__qualname__ == "answer"
    assert {function.__qualname__ for function, _ in found} == {"answer", "half", "Twice.once"}


@pytest.mark.parametrize("loop", ["while x > 1:", "for k in itertools.count():", "for k in iter(lambda: x, 0):"])
def test_beside_a_loop_that_may_be_endless_nothing_is_edited(loop):
    cell = f"{CELL}\n    def helper(x):\n        {loop}\n            x = half(x)\n        return x\n"
    assert Source(defined(cell)["answer"]).functions == []


def test_another_code_is_taken_back_also_where_it_raises():
    names = defined(CELL)
    half, before = names["half"], names["half"].__code__
    with pytest.raises(ZeroDivisionError), exchanged(half, (lambda x: x / 0).__code__):
        names["answer"](1)
    assert half.__code__ is before and names["answer"](1) == 0.5
