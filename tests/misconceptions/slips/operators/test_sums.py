"""What is said of a sum reads well where the term is the 1 of a count or an index."""

import pytest

from rnncourse.misconceptions import CATALOGUE
from rnncourse.misconceptions.slips.catalogue import slips_of


@pytest.mark.parametrize("exercise", CATALOGUE)
def test_no_sentence_lacks_halves_or_doubles_a_one(exercise):
    for slip in slips_of(exercise)[2]:
        assert not slip.says.endswith((" lacks 1", " half of 1", " takes 1 twice")), slip


def test_a_loop_that_lacks_its_one_counts_too_few_and_an_index_reads_late():
    says = {slip.label: slip.says for slip in slips_of("gradient_norm_by_lag")[2] + slips_of("rnn_backward")[2]}
    assert says["loop-without-1"] == "the loop counts one too few"
    assert says["h_prev-without-1"] == "h_prev reads one step late"


def test_the_same_at_another_place_says_so():
    composed = slips_of("softmax")[2] + slips_of("delta_y_heads")[2] + slips_of("gru_step")[2]
    again = [slip for slip in composed if slip.label.endswith("-2")]
    assert again and all("at the second such place" in slip.says for slip in again)


def test_what_is_returned_is_the_result_and_no_condition():
    places = {slip.place for slip in slips_of("rnn_function")[2]}
    assert "the result" in places and "the condition" not in places
