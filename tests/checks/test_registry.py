"""Every exercise has its check under its own name, in the order of the problem sets."""

import pytest

from rnncourse import check
from rnncourse.checks import exercises, registry


def test_the_bug_clinic_comes_last_and_all_others_have_a_textbook_function():
    assert list(registry.EXERCISES) == [*exercises.EXERCISES, "bug_clinic"]
    assert check.EXERCISES is registry.EXERCISES


# A subpackage is an attribute of its package: one with the name of an exercise would hide the check.
@pytest.mark.parametrize("name", registry.EXERCISES)
def test_no_module_of_the_package_takes_the_place_of_a_check(name):
    assert getattr(check, name).args == (name,)
    assert name in dir(check)


@pytest.mark.parametrize("name", exercises.EXERCISES)
def test_an_exercise_builds_on_earlier_ones(name):
    order = list(exercises.EXERCISES)
    for earlier in exercises.EXERCISES[name].builds_on:
        assert exercises.EXERCISES[earlier.name] is earlier
        assert order.index(earlier.name) < order.index(name)
