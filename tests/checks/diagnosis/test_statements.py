"""Statements and heads of loops are found in source text by their lines."""

import linecache

import pytest

from rnncourse.checks.diagnosis.statements import element_loop_head, loop_head, statement

SOURCE = """\
def f(x, h):
    total = 0
    for t in range(3):
        total += (
            x[t]
        )
    for h_t in h:
        total += h_t
        total += x[0] * h_t
    return total
"""


@pytest.fixture
def file():
    name = "<statements>"
    linecache.cache[name] = (len(SOURCE), None, SOURCE.splitlines(keepends=True), name)
    yield name
    del linecache.cache[name]


def test_a_statement_has_all_its_lines(file):
    assert statement(file, 5) == (4, 6, "total += (\n    x[t]\n)")


@pytest.mark.parametrize("line, head", [(4, 3), (8, 7), (10, 7), (2, 2)])
def test_the_loop_round_a_line_or_the_last_one_before_it(file, line, head):
    assert loop_head(file, line) == head


@pytest.mark.parametrize("line, head", [(8, 7), (9, 9), (5, 5), (10, 10)])
def test_a_line_that_reads_an_element_goes_with_the_loop_that_gives_it(file, line, head):
    assert element_loop_head(file, line) == head


def test_what_cannot_be_parsed_has_no_loops():
    linecache.cache["<broken>"] = (1, None, ["def f(:\n"], "<broken>")
    assert loop_head("<broken>", 1) == element_loop_head("<broken>", 1) == 1
