"""A line is found by numbers that only a mistake makes, by their order, or by how often they are made."""

import numpy as np

from rnncourse.checks.diagnosis.traces import first_to_make, first_to_repeat, last_zeros

A, B = np.array([[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]), np.array([7.5, 8.5, 9.5])


def trace(*arrays):
    return [(line, array.ravel()) for line, array in enumerate(arrays)]


def test_numbers_that_only_the_mistake_makes():
    assert first_to_make(trace(A, B), [A, B], [A], []) == 1


def test_the_same_numbers_in_another_order():
    assert first_to_make(trace(A, A[::-1]), [A[::-1]], [A], []) == 1


def test_an_array_and_its_transpose_are_the_same():
    assert first_to_make(trace(A, A.T), [A.T], [A], []) == 2


def test_what_was_given_counts_for_nothing():
    assert first_to_make(trace(A), [A], [], [A]) == 1


def test_zeros_and_ones_count_for_nothing():
    eye = np.eye(3)
    assert first_to_make(trace(eye[::-1]), [eye[::-1]], [eye[[1, 0, 2]]], []) == 1


def test_an_array_that_is_assigned_once_more():
    assert first_to_repeat(trace(B, A, B), [B, A, B], [B, A], []) == 2


def test_an_array_that_is_assigned_as_often():
    assert first_to_repeat(trace(B, A, B), [B, A], [B, A], []) == 3


def test_zeros_of_the_size_that_the_mistake_makes():
    zeros = np.zeros(4)
    assert last_zeros(trace(np.zeros(3), zeros, B), [zeros], [], 1) == 1
    assert last_zeros(trace(np.zeros(3), zeros, B), [zeros], [zeros], 1) == -1
