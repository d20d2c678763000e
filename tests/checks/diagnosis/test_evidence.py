"""What is seen of a function tells right pieces from wrong ones, and equals what is seen of the mistake in it."""

import numpy as np
import pytest

from rnncourse.checks import EXERCISES
from rnncourse.checks.diagnosis.candidates import Candidates
from rnncourse.checks.diagnosis.evidence import Evidence

NAMES = ["rnn_step", "softmax", "rnn_step_backward", "gru_step"]


def look(name, mistakes):
    """Look at a textbook function with mistakes in it."""
    exercise = EXERCISES[name]
    candidates = Candidates(exercise, exercise.probes(np.random.default_rng(3)))
    outcomes = [candidates.outcome(mistakes, k) for k in range(len(candidates.right))]

    def ask(probe):
        return candidates.outcome(mistakes, next(k for k, known in enumerate(candidates.probes) if known is probe))

    return Evidence(candidates, outcomes, ask)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wrong_with_the_textbook(name):
    assert not look(name, ()).wrong.any()


@pytest.mark.parametrize("name", NAMES)
def test_a_mistake_is_seen_and_explains_itself(name):
    shown = 0
    for i in range(0, 12, 3):
        evidence = look(name, (i,))
        if not evidence.wrong.any():
            continue
        numbers, kinds = evidence._look((i,))
        assert evidence._explained(numbers, kinds)[evidence.wrong].all()
        shown += 1
    assert shown
