"""Every exercise has its check under its own name, in the order of the problem sets."""

import pytest

from rnncourse import check
from rnncourse.authoring.messages.package import all_messages
from rnncourse.checks import exercises, registry
from rnncourse.language import Phrase


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


# A message is translated wherever it stands: an output that is called like one would lose its name.
def test_what_an_output_is_called_in_the_code_is_no_message():
    outputs = [output for exercise in registry.EXERCISES.values() for output in exercise.outputs]
    called = {output.name for output in outputs if not isinstance(output.name, Phrase)}
    assert called.isdisjoint(message.text for message in all_messages())
