"""The lines in which a mutant differs: what a report and the appendix of the book show."""

from rnncourse.misconceptions import CATALOGUE, difference


def of(exercise, *labels):
    return difference(*(known for known in CATALOGUE[exercise] if known.label in labels))


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
