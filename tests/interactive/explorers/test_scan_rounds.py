"""The scan explorer's JavaScript joins steps as the library does, and says how far it has come."""

import numpy as np
import pytest
from support.node import evaluate

from rnncourse.interactive.explorers import ScanRounds
from rnncourse.numpy.scan import linear_scan

MODULE = "scan_rounds.js"


def draw(T):
    a, b = np.random.default_rng(T).uniform(-1, 1, (2, T))
    return a, b


@pytest.mark.parametrize("T", [1, 2, 3, 8, 9, 16])
def test_all_rounds_give_the_states_of_the_library(T):
    a, b = draw(T)
    known = evaluate(
        MODULE, "module.scan({ ...args, count: module.roundsFor(args.a.length) })", a=a.tolist(), b=b.tolist()
    )
    expected = linear_scan(a[:, None, None], b[:, None, None], np.zeros((1, 1))).ravel()
    np.testing.assert_allclose(known["B"], expected, rtol=1e-12, atol=1e-14)
    assert known["reach"] == T


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_after_some_rounds_a_step_knows_as_many_steps(count):
    a, b = draw(11)
    known = evaluate(MODULE, "module.scan(args)", a=a.tolist(), b=b.tolist(), count=count)
    assert known["reach"] == 2**count
    for t in range(11):
        first = max(0, t + 1 - 2**count)
        part = linear_scan(*(v[first : t + 1, None, None] for v in (a, b)), np.zeros((1, 1)))
        assert known["B"][t] == pytest.approx(part[-1].item(), rel=1e-12, abs=1e-14)


def test_the_sentence_says_how_far_it_is():
    say = "module.finding(args.T, args.count, module.scan(args))"
    case = {"T": 10, "a": [0.5] * 10, "b": [1.0] * 10}
    assert evaluate(MODULE, say, count=0, **case).startswith("After 0 rounds: step 10 has taken in itself alone")
    assert "After 1 round: step 10 has taken in 2 steps" in evaluate(MODULE, say, count=1, **case)
    assert "4 of 10 states are finished; a chain has finished 3" in evaluate(MODULE, say, count=2, **case)
    done = evaluate(MODULE, say, count=4, **case)
    assert done.startswith("After 4 rounds all is done") and "A chain goes through 10 steps" in done


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"a": 2}, "a is 2; expected"), ({"T": 1}, "T is 1; expected"), ({"round": 5}, "round is 5; expected")],
)
def test_refuses_what_the_sliders_cannot_show(wrong, says):
    with pytest.raises(ValueError, match=says):
        ScanRounds(**wrong)
