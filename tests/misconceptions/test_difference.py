"""The lines in which a mutant differs: what a report and the appendix of the book show."""

import pytest

from rnncourse.misconceptions import CATALOGUE, difference

EVERY = [pytest.param(one, id=f"{one.exercise}-{one.label}") for known in CATALOGUE.values() for one in known]


def of(exercise, *labels):
    return difference(*(one for one in CATALOGUE[exercise] if one.label in labels))


def test_whole_lines_are_shown_without_comments():
    right, wrong = of("cross_entropy", "sign-of-loss")
    assert right == ("    loss = -(counts[..., None] * onehot * log_y_hat).sum() / B",)
    assert wrong == ("    loss = (counts[..., None] * onehot * log_y_hat).sum() / B",)


def test_two_mistakes_in_one_line_are_shown_in_one_line():
    _, wrong = of("cross_entropy", "sign-of-loss", "log2")
    assert wrong == ("    loss = (counts[..., None] * onehot * log_y_hat / np.log(2)).sum() / B",)


def test_a_line_that_moved_is_shown_with_what_it_moved_past():
    right, wrong = of("rnn_forward", "stores-previous-state")
    assert [line.strip() for line in wrong] == [line.strip() for line in right][::-1]
    assert wrong[0].strip() == "h[t] = h_t"


@pytest.mark.parametrize("misconception", EVERY)
def test_every_mistake_has_a_line_of_its_own(misconception):
    right, wrong = difference(misconception)
    assert right != wrong
