"""What being late costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnncourse.grading.deadlines.policy import LatePolicy

DAY = 86400


@pytest.mark.parametrize(
    ("policy", "days", "off"),
    [
        ({"per_day": 10}, 0, 0),
        ({"per_day": 10}, 0.001, 8),
        ({"per_day": 10}, 1, 8),
        ({"per_day": 10}, 1.001, 16),
        ({"per_day": 10, "days": "exact"}, 0.5, 4),
        ({"per_day": 10, "of": "maximum"}, 1, 10),
        ({"per_day": 100, "of": "maximum"}, 3, 80),
        ({"per_day": 10, "grace_hours": 24}, 1, 0),
        ({"per_day": 10, "grace_hours": 24}, 1.001, 16),
        ({"per_day": 10, "cap": 25}, 9, 20),
        ({"per_day": 10, "floor": 50}, 9, 30),
        ({"per_day": 10, "floor": 90}, 9, 0),
        ({}, 9, 0),
    ],
)
def test_eighty_of_a_hundred_points_handed_in_late(policy, days, off):
    assert LatePolicy(**policy).penalty(80, 100, days * DAY) == pytest.approx(off)


POLICIES = st.builds(
    LatePolicy,
    per_day=st.floats(0, 100),
    grace_hours=st.floats(0, 100),
    cap=st.floats(0, 100),
    floor=st.floats(0, 100),
    of=st.sampled_from(["points", "maximum"]),
    days=st.sampled_from(["begun", "exact"]),
)


@given(POLICIES, st.floats(0, 100), st.floats(0, 1e7), st.floats(0, 1e7))
def test_a_penalty_is_never_more_than_the_points_and_never_less_for_being_later(policy, points, one, other):
    earlier, later = (policy.penalty(points, 100, seconds) for seconds in sorted((one, other)))
    assert 0 <= earlier <= later <= points + 0.005
    assert points - later >= min(points, policy.floor) - 0.006


def test_a_policy_is_said_in_words():
    assert LatePolicy(10).described() == "10 % of the points reached for each day that has begun"
    words = LatePolicy(5, 1, 40, 20, "maximum", "exact").described()
    assert (
        words == "5 % of all points for each day, nothing within 1 hour, 40 % at most, never below 20 % of all points"
    )
