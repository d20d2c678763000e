"""Durations in words."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnncourse.grading.deadlines.durations import duration, spoken


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (2 * 86400 + 3 * 3600, "2 days 3 hours"),
        (86400, "1 day"),
        (86400 + 59, "1 day"),
        (86400 + 120, "1 day"),
        (3600 + 60, "1 hour 1 minute"),
        (59 * 60 + 59, "59 minutes"),
        (59.9, "less than a minute"),
        (0, "less than a minute"),
    ],
)
def test_a_duration_is_said_by_its_two_largest_units(seconds, words):
    assert spoken(seconds) == words


@given(st.integers(1, 400), st.integers(1, 23))
def test_what_is_said_is_read(days, hours):
    assert duration(spoken(86400 * days + 3600 * hours)) == timedelta(days=days, hours=hours)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3 days", timedelta(days=3)),
        ("1.5 hours", timedelta(hours=1.5)),
        ("1 day, 12 hours", timedelta(days=1.5)),
        ("90 minutes", timedelta(hours=1.5)),
        ("three days", None),
        ("3", None),
        ("3 days ago", None),
        ("", None),
    ],
)
def test_a_person_s_duration(text, found):
    assert duration(text) == found
