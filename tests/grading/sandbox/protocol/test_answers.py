"""An answer has the fields that are known, with values of their types; a call back takes no more than was sent."""

import signal

import numpy as np
import pytest

from rnncourse.grading.sandbox.protocol.answers import checked, how_it_ended, student_error, wish
from rnncourse.grading.sandbox.protocol.encoding import ProtocolError

GOOD = [
    {},
    {"outputs": []},
    {"callable": True},
    {"value": np.ones(3), "arguments": [1], "printed": "x"},
    {"error": "E", "says": "no"},
]
BAD = [
    None,
    [],
    {1: 2},
    {"more": 1},
    {"outputs": {}},
    {"callable": np.ones(2)},
    {"arguments": np.ones(2)},
    {"printed": 3},
    {"error": ["E"]},
    {"back": True},
    {"back": "0"},
]


@pytest.mark.parametrize("answer", GOOD, ids=str)
def test_what_is_known_passes(answer):
    assert checked(answer) is answer


@pytest.mark.parametrize("answer", BAD, ids=str)
def test_what_is_not_known_does_not(answer):
    with pytest.raises(ProtocolError, match="an answer"):
        checked(answer)


SENT = {"do": "call", "arguments": [np.zeros((4, 2000))]}


def test_a_call_back_is_taken_apart():
    assert wish({"back": 1, "arguments": [2], "options": {"a": 1}}, SENT, [min, max]) == (max, [2], {"a": 1})


@pytest.mark.parametrize(
    "answer",
    [
        {"back": -1},
        {"back": 2},
        {"back": 0, "options": {3: 1}},
        {"back": 0, "arguments": [np.zeros((4, 2000)), [{"x": np.zeros(3000)}]]},
        {"back": 0, "arguments": [np.zeros((20_000, 0)), np.zeros((20_000, 0))]},
    ],
    ids=str,
)
def test_a_call_back_of_nothing_or_of_more_than_was_sent_is_refused(answer):
    with pytest.raises(ProtocolError, match="a call back"):
        wish(answer, SENT, [min, max])


def test_an_error_bears_its_name_and_an_end_says_how():
    assert type(student_error("KeyError", "x" * 999)).__name__ == "KeyError"
    assert type(student_error("not a name", "x")).__name__ == "object"
    assert isinstance(student_error("NotImplementedError", "x"), NotImplementedError)
    assert how_it_ended(None) == "closed its connection to the grader"
    assert how_it_ended(signal.SIGSEGV).startswith("ended by signal 11")
    assert how_it_ended(3 << 8) == "ended by itself with exit status 3"
