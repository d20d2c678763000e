"""RNN-Bugs, the right answers held out apart: each agrees with the textbook, whatever the checks say of it."""

from copy import deepcopy

import numpy as np
import pytest
from support.textbook import SIZES, TEXTBOOK, draw, flat

from benchmarks.bugs.cases import FOLDER, SPLITS, read_file, read_split

ROUNDS = 2
FOLDERS = [folder for folder in SPLITS["heldout"] if folder.startswith("heldout_right")]
FILES = [path for folder in FOLDERS for path in sorted((FOLDER / folder).glob("*.py"))]
WANTED = 450


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_exercise_has_such_answers_and_all_of_them_are_right_by_their_own_word(folder):
    files = [path for path in FILES if path.parent.name == folder]
    assert [path.stem for path in files] == sorted(TEXTBOOK)
    assert not [case.where for path in files for case in read_file(path) if case.mistakes]


def test_enough_different_right_answers_are_held_out():
    assert len({(case.exercise, case.source) for case in read_split("heldout") if not case.mistakes}) >= WANTED


@pytest.mark.filterwarnings("ignore:the matrix subclass")
@pytest.mark.parametrize("case", [case for path in FILES for case in read_file(path)], ids=lambda case: case.where)
def test_a_right_answer_agrees_with_the_textbook_and_leaves_its_arguments_alone(case, rounds=ROUNDS):
    function = case.function()
    for seed in range(rounds * len(SIZES)):
        arguments, wanted = TEXTBOOK[case.exercise](draw(np.random.default_rng(seed), SIZES[seed % len(SIZES)]))
        given = [value for value in arguments if not callable(value)]
        before = deepcopy(given)
        for _ in range(2):  # the second call meets whatever the first one has left
            found = function(*arguments)
            several = isinstance(found, tuple | list) or len(wanted) > 1  # an array unpacks as a tuple does
            assert_close(flat(list(found) if several else [found]), flat(wanted))
        assert all(map(np.array_equal, flat(given), flat(before)))


def assert_close(found, wanted):
    """Assert that two lists of arrays differ by 1e-10 at most, relative to the length of the wanted one."""
    assert len(found) == len(wanted)
    for one, other in zip(found, wanted, strict=True):
        if isinstance(other, dict):
            assert one == other
            continue
        one, other = np.asarray(one, float), np.asarray(other, float)
        assert one.shape in (other.shape, (1, *other.shape[1:]))
        assert np.linalg.norm(one - other) <= 1e-10 * np.linalg.norm(other) + 1e-15
