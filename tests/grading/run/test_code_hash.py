"""A hash of code follows what a name uses, and nothing else."""

import pytest

from rnncourse.grading.run.code_hash import Code

A = """
from p.b import g as h, LIMIT
from p import c
import math

def f(x):
    'Says f.'
    return h(x)

def other():
    return c.value
"""
B = """
def g(x):
    return k(x) + 1

def k(x):
    return x

def unused():
    return 0

LIMIT = 3
"""
FILES = {"__init__.py": "", "a.py": A, "b.py": B, "c.py": "value = []\nvalue.append(1)\n"}


@pytest.fixture
def hashed(tmp_path):
    """The function that hashes a name of the module a, with some files as they are given."""

    def of(name, without=frozenset(), **changed):
        folder = tmp_path / "p"
        folder.mkdir(exist_ok=True)
        for file, text in FILES.items():
            (folder / file).write_text(changed.get(file.removesuffix(".py"), text))
        return Code(folder).hash([("p.a", name)], without)

    return of


@pytest.mark.parametrize(
    "change",
    [{"b": B.replace("return x", "return -x")}, {"b": B.replace("+ 1", "+ 2")}],
    ids=["what is used by what is used", "what is used"],
)
def test_what_a_name_uses_counts(hashed, change):
    assert hashed("f", **change) != hashed("f")
    assert hashed("other", **change) == hashed("other")


@pytest.mark.parametrize(
    "change",
    [
        {"a": A.replace("Says f.", "Says more.") + "\n# a comment\n"},
        {"b": B.replace("return 0", "return 1")},
        {"b": B.replace("return k(x) + 1", "return (k(x) +\n        1)")},
        {"a": A.replace("return c.value", "return None")},
    ],
    ids=["words", "what is not used", "layout", "a neighbour"],
)
def test_all_else_does_not(hashed, change):
    assert hashed("f", **change) == hashed("f")


def test_statements_that_bind_nothing_belong_to_their_module(hashed):
    assert hashed("other", c=FILES["c.py"].replace("append(1)", "append(2)")) != hashed("other")


def test_what_is_left_out_is_left_out_with_what_only_it_uses(hashed):
    changed = {"b": B.replace("return x", "return -x")}
    assert hashed("f", {("p.b", "g")}, **changed) == hashed("f", {("p.b", "g")})
    assert hashed("f", {("p.b", None)}, **changed) == hashed("f", {("p.b", "g")})
