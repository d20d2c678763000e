import numpy as np
import pytest

from rnncourse.misconceptions import CATALOGUE, TEXTBOOK, mutate
from rnncourse.notation import RNNParams
from rnncourse.reference.rnn import rnn_step


def test_a_mutant_is_the_textbook_with_one_line_exchanged():
    x_t, h_prev = np.ones((1, 1)), np.ones((1, 1))
    params = RNNParams(np.full((1, 1), 2.0), np.full((1, 1), 3.0), np.full(1, 0.5))
    no_bias = mutate(rnn_step, ("+ h_prev @ W_hh.T + b_h", "+ h_prev @ W_hh.T"))
    assert no_bias(x_t, h_prev, params) == np.tanh(5.0)
    assert rnn_step(x_t, h_prev, params) == np.tanh(5.5)


@pytest.mark.parametrize("right, times", [("no such line", 0), ("a_t", 3)])
def test_a_swap_needs_exactly_one_place(right, times):
    with pytest.raises(ValueError, match=f"occurs {times} times in rnn_step"):
        mutate(rnn_step, (right, "x"))


def test_there_are_enough_and_each_has_a_name_of_its_own():
    assert sum(len(known) for known in CATALOGUE.values()) >= 60
    for exercise, known in CATALOGUE.items():
        labels = [misconception.label for misconception in known]
        assert len(set(labels)) == len(labels)
        assert {misconception.exercise for misconception in known} == {exercise}
    assert CATALOGUE.keys() == TEXTBOOK.keys()


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_misconception_says_what_to_do(name):
    for misconception in CATALOGUE[name]:
        assert misconception.says and misconception.hint.endswith((".", "?")), misconception.label
        assert misconception.right not in misconception.hint, (
            f"{misconception.label}: a hint must not hold the solution"
        )
