"""Every mistake of the catalogue is found, and called by its own name; right answers are left alone."""

import itertools
import random

import pytest

from rnncourse.checks import EXERCISES, grade
from rnncourse.misconceptions import CATALOGUE, TEXTBOOK, mutant

EVERY = [pytest.param(one, id=f"{one.exercise}-{one.label}") for known in CATALOGUE.values() for one in known]
SEEDS = range(20)


@pytest.mark.parametrize("misconception", EVERY)
def test_every_misconception_fails_under_its_own_name(misconception):
    exercise = EXERCISES[misconception.exercise]
    function = exercise.adapt(mutant(misconception))
    for seed in SEEDS:
        result = grade(exercise, function, seed)
        assert not result.passed
        assert result.messages[0].labels == (misconception.label,)


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_textbook_earns_full_points_at_every_seed(name):
    exercise = EXERCISES[name]
    for seed in SEEDS:
        result = grade(exercise, exercise.adapt(TEXTBOOK[name]), seed)
        assert result.passed and not result.messages


@pytest.mark.parametrize("name", CATALOGUE)
def test_two_mistakes_at_once_are_both_named(name):
    exercise = EXERCISES[name]
    pairs = list(itertools.combinations(CATALOGUE[name], 2))
    random.Random(0).shuffle(pairs)
    named = tried = 0
    for pair in pairs:
        if tried == 30:
            break
        try:
            function = exercise.adapt(mutant(*pair))
        except ValueError:  # two mistakes in one place
            continue
        alone = [grade(exercise, exercise.adapt(mutant(one)), 1).points for one in pair]
        result = grade(exercise, function, 1)
        tried += 1
        assert result.points <= min(alone) + 1e-9 or not result.passed
        labels = {one.label for one in pair}
        found = set(result.messages[0].labels) if result.messages else set()
        hidden = len(found) == 1 and found < labels  # one mistake hides the other: together they do what it does alone
        named += found == labels or hidden
    assert named >= 0.8 * tried
