"""Pairs that leave something unexplained are told apart from those that may explain all; triples share the pieces."""

import numpy as np

from rnncourse.checks.diagnosis.covering import covering_triples, unexplained

WRONG = np.array([True, True, True, False])


def table(*rows):
    return np.array([[letter == "1" for letter in row] for row in rows])


def test_two_that_each_explain_what_the_other_leaves_alone_may_explain_all():
    changes = explains = table("1100", "0010")
    assert unexplained(changes, explains, WRONG)[0, 1] == 0


def test_a_piece_that_both_leave_alone_stays_unexplained():
    changes = explains = table("1000", "0010")
    assert unexplained(changes, explains, WRONG)[0, 1] == 1


def test_a_piece_that_one_alone_changes_to_something_else_stays_unexplained():
    changes, explains = table("1100", "0010"), table("1000", "0010")
    assert unexplained(changes, explains, WRONG)[0, 1] == unexplained(changes, explains, WRONG)[1, 0] == 1


def test_a_piece_that_both_change_may_become_anything():
    changes, explains = table("1100", "1010"), table("0100", "0010")
    assert unexplained(changes, explains, WRONG)[0, 1] == 0


def test_a_triple_has_three_mistakes_that_each_explain_something_of_their_own():
    explains = table("110", "001", "010", "100")
    assert covering_triples(explains, 10) == [(1, 2, 3)]


def test_those_that_explain_most_come_first():
    explains = table("1000", "0100", "0010", "0011")
    assert covering_triples(explains, 10)[0] == (0, 1, 3)
