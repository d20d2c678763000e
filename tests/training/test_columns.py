"""A table is aligned in every language."""

from rnncourse.training.columns import columns_of, padded


def test_a_chinese_character_takes_two_columns():
    assert columns_of("朴素 AR(2)") == 10
    assert columns_of(padded("朴素", 9)) == columns_of(padded("naive", 9)) == 9


def test_text_is_filled_up_on_the_side_that_is_asked_for():
    assert padded("ab", 4) == "ab  " and padded("均值", 6, right=True) == "  均值"
    assert padded("wider", 3) == "wider"
