"""Forty and more accidents, handed in as one class: everybody gets a grade, and nobody's grade is another's doing."""

import json
import os
import shutil

import nbformat
import pytest
from support.handed_in import NAME, RIGHT

from benchmarks.hostile.common_faults import CALLS, CELLS, FILES, LEFT, STRANGE

FEW = (
    *("loop without signals", "segmentation fault", "daemon", "fork bomb", "closes everything", "memory at once"),
    *("much output", "large picture", "no modules", "syntax error", "null byte", "magics"),
    *("loop in a call", "os._exit in a call", "too large an answer", "an answer in itself"),
)
"""The code in the fast tier; what is wrong with files is all there."""
ALL = pytest.param((*CELLS, *CALLS), id="all", marks=pytest.mark.slow)


@pytest.fixture(scope="module", params=[pytest.param(FEW, id="few"), ALL])
def graded(request, released, sandbox, tmp_path_factory, course_type):
    """The class, graded in one run: the course, expected points by student, and the points."""
    course = course_type(shutil.copytree(released, tmp_path_factory.mktemp("course") / "course"))
    expected = {"aaa": 100, "zzz": 100}
    for student in ("aaa", "zzz", *STRANGE):
        course.hand_in(student)
        expected[student] = 100
    cells, calls = ({name: kind[name] for name in kind if name in request.param} for kind in (CELLS, CALLS))
    for name, (code, points) in cells.items():
        course.hand_in(name, RIGHT | {"rnn_step": code + RIGHT["rnn_step"]})
        expected[name] = points
    for name, line in calls.items():
        right_line = RIGHT["rnn_step"].split("\n")[-1].strip()
        course.hand_in(name, RIGHT | {"rnn_step": RIGHT["rnn_step"].replace(right_line, line)})
        expected[name] = LEFT
    for name, (make, points) in FILES.items():
        path = course.place(name) / f"{NAME}.ipynb"
        if make:
            path.write_bytes(make(json.loads(nbformat.writes(course.answered(RIGHT)))))
        else:
            with open(path, "wb") as file:
                file.truncate(200 << 20)
        expected[name] = points
    expected |= _in_the_folder(course)
    course.grade()
    return course, expected, course.scores()


def _in_the_folder(course):
    """What may be wrong around the notebook."""
    course.hand_in("renamed").rename(course.place("renamed") / "my answers (1).ipynb")
    course.place("nothing")
    (course.place("folder") / f"{NAME}.ipynb").mkdir()
    os.mkfifo(course.place("pipe") / f"{NAME}.ipynb")
    os.mkfifo(course.hand_in("pipe beside").parent / "data.csv")
    (course.hand_in("no time").parent / "timestamp.txt").write_bytes(b"\xffyesterday")
    with open(course.hand_in("large beside").parent / "data.bin", "wb") as file:
        file.truncate(1 << 30)
    (course.hand_in("loop of links").parent / "again").symlink_to(".")
    return {
        "renamed": 100,
        "nothing": 0,
        "folder": 0,
        "pipe": 0,
        "pipe beside": 100,
        "no time": 100,
        "large beside": 100,
        "loop of links": 100,
    }


def test_there_are_many(graded):
    assert len(graded[1]) >= 40 + 2


def test_everybody_has_a_grade(graded):
    _, expected, scores = graded
    assert scores.keys() == expected.keys() and None not in scores.values()


def test_honest_students_have_all_their_points(graded):
    *_, scores = graded
    assert {name: scores[name] for name in ("aaa", "zzz", *STRANGE)} == dict.fromkeys(("aaa", "zzz", *STRANGE), 100)


def test_each_has_the_points_that_are_left(graded):
    _, expected, scores = graded
    assert {name: scores[name] for name, points in expected.items() if points is not None} == {
        name: points for name, points in expected.items() if points is not None
    }


@pytest.mark.parametrize(
    "student, words",
    [
        ("truncated", "could not be read: it is not a notebook, or a part of one"),
        ("empty", "could not be read: it is empty"),
        ("200 MB", "could not be read: it is larger than 20 MB"),
        ("pipe", "could not be read: it is not a file"),
        ("nothing", "could not be read: there is none of that name"),
        ("one cell missing", "cell output\\\\_layer was missing"),
        ("os._exit in a call", "ended by itself with exit status 1"),
        ("segmentation fault", "ended by signal 11"),
        ("loop in a call", "did not return within"),
        ("loop without signals", "could not be interrupted"),
        ("too large an answer", "the answer cannot be sent"),
        ("much output", "there was more output, and it was cut off"),
    ],
)
def test_the_reason_is_named(graded, student, words):
    assert words in graded[0].shown(student)
