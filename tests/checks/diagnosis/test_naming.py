"""Two mistakes of the catalogue at once are both named; right answers are left alone."""

from functools import cache

import pytest
from support.seeds import EACH_SEED

from benchmarks.checks import draw_pairs, with_mistakes
from rnncourse.checks import EXERCISES, grade
from rnncourse.misconceptions import CATALOGUE, TEXTBOOK

PAIRS, FEW_PAIRS, PAIR_SEEDS = 20, 2, (0, 1, 2)
"""How many pairs of each exercise are drawn at each seed, in the slow run and in the ordinary one."""


@EACH_SEED
@pytest.mark.parametrize("name", CATALOGUE)
def test_the_textbook_earns_full_points_at_every_seed(name, seed):
    exercise = EXERCISES[name]
    result = grade(exercise, exercise.adapt(TEXTBOOK[name]), seed)
    assert result.passed and not result.messages


@cache
def named(name, seed, pairs=PAIRS):
    """Count random pairs of which neither hides the other, and those of them that are named, both and no more.

    Where the two together give exactly what one gives alone, that one has to be named.
    """
    exercise, seen, right = EXERCISES[name], 0, 0
    for pair, visible in draw_pairs(name, seed, pairs):
        result = grade(exercise, exercise.adapt(with_mistakes(name, pair)), seed)
        labels = result.messages[0].labels if result.messages else ()
        assert not result.passed
        if len(visible) == 1:
            assert labels == (visible[0].label,)
        else:
            seen += 1
            right += set(labels) == {misconception.label for misconception in pair}
    return seen, right


@pytest.mark.slow
@pytest.mark.parametrize("name", CATALOGUE)
def test_two_mistakes_at_once_are_both_named(name):
    seen, right = (sum(column) for column in zip(*(named(name, seed) for seed in PAIR_SEEDS), strict=True))
    assert right >= 0.8 * seen
    assert seen >= PAIRS or name == "output_layer"  # its five mistakes are all in one line


@pytest.mark.parametrize(
    "seed, pairs", [(0, FEW_PAIRS), *(pytest.param(k, PAIRS, marks=pytest.mark.slow) for k in PAIR_SEEDS)]
)
def test_over_all_exercises_nine_pairs_in_ten_are_named(seed, pairs):
    seen, right = (sum(column) for column in zip(*(named(name, seed, pairs) for name in CATALOGUE), strict=True))
    assert right >= 0.9 * seen
