"""Cheats and faults in kinds beyond the common ones, graded as one class: they earn nothing, and harm nobody."""

import shutil

import pytest

from benchmarks.hostile import measure, submissions
from benchmarks.hostile.submissions import CHEAT, FAULT

FEW = (
    *("a value before the answer", "points for a function", "moves the cursor", "infinite_points"),
    *("takes the alarm away", "stdout in a file", "a huge shape of nothing", "folders as deep as can be"),
)
"""Those in the fast tier."""
ALL = pytest.param(None, id="all", marks=pytest.mark.slow)


@pytest.fixture(scope="module", params=[pytest.param(FEW, id="few"), ALL])
def found(request, released, sandbox, tmp_path_factory):
    """The class, graded in one run: what was handed in, the points, and what went wrong."""
    handed_in = [one for one in submissions.new() if request.param is None or one.student in request.param]
    folder = shutil.copytree(released, tmp_path_factory.mktemp("hostile") / "course")
    return handed_in, *measure.graded(folder, handed_in)


def test_nobody_is_left_without_a_grade_or_to_a_person(found):
    handed_in, points, failed, problems = found
    assert points.keys() == {*measure.HONEST, *(one.student for one in handed_in)}
    assert failed == {} and problems == {}


def test_honest_students_have_all_points(found):
    assert {student: found[1][student] for student in measure.HONEST} == dict.fromkeys(measure.HONEST, 100)


def test_no_cheat_earns_anything(found):
    handed_in, points, *_ = found
    cheats = [one.student for one in handed_in if one.side == CHEAT]
    assert cheats and {student: points[student] for student in cheats if points[student]} == {}


def test_each_fault_costs_what_it_costs_and_no_more(found):
    handed_in, points, *_ = found
    faults = {one.student: one.points for one in handed_in if one.side == FAULT and one.points is not None}
    assert faults and {student: points[student] for student in faults} == faults


def test_there_are_many_and_no_two_of_one_name():
    new, common = submissions.new(), submissions.common()
    assert len(new) >= 40 and len({one.kind for one in new}) >= 10
    names = [one.student for one in new]
    assert len(names) == len(set(names)) and {*FEW} <= set(names)
    assert not {(one.side, one.student) for one in new} & {(one.side, one.student) for one in common}
    assert sum(one.side == CHEAT for one in new) >= 40 and sum(one.side == FAULT for one in new) >= 40
