"""What the grader notes for programs: which mistakes have a name, and why no answer came back."""

import json

import numpy as np
import pytest
from support.handed_in import NAME, RIGHT

from rnncourse.checks import EXERCISES
from rnncourse.checks.grading import grade
from rnncourse.grading.notebook import findings
from rnncourse.misconceptions import CATALOGUE, mutant


def of(function, name="rnn_step"):
    return findings.of_result(grade(EXERCISES[name], function))


def test_a_named_mistake_has_its_sentence_and_its_section():
    one = CATALOGUE["rnn_step"][0]
    found = of(EXERCISES["rnn_step"].adapt(mutant(one)))
    assert found["mistakes"] == [{"label": one.label, "says": one.says, "see": one.see}] and "kind" not in found
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize("name, keeps", [("softmax", True), ("rnn_step", False)])
def test_whether_a_part_is_kept_is_noted(name, keeps):
    one = next(known for known in CATALOGUE[name] if known.label in ("sum-over-time", "transposed-W_hh"))
    assert of(EXERCISES[name].adapt(mutant(one)), name)["keeps_part"] is keeps


def raises(*arguments):
    raise ValueError("did not return, called with T = 3, raised ProcessEnded")


def unwritten(*arguments):
    raise NotImplementedError


def wrong(x_t, h_prev, *arguments):
    return np.zeros_like(h_prev)


@pytest.mark.parametrize("function, kind", [(raises, "crashed"), (unwritten, "unwritten"), (wrong, None)])
def test_why_no_answer_came_back(function, kind):
    assert of(function).get("kind") == kind


def test_the_two_ways_of_grading_find_the_same(course):
    wrong = RIGHT | {"rnn_step": RIGHT["rnn_step"].replace("W_hh.T", "W_hh"), "output_layer": "raise SystemExit"}
    course.hand_in("ada", wrong)
    course.place("bela").joinpath(f"{NAME}.ipynb").write_text("{")
    course.grade()
    ours = {student: json.loads(course.shown(student)) for student in ("ada", "bela")}
    worked, log = course.autograde()
    assert worked, log
    for student, notebook in ours.items():
        again = json.loads(course.shown(student))
        assert findings.by_cell(again) == findings.by_cell(notebook)
        assert findings.of_notebook(again).keys() == findings.of_notebook(notebook).keys()
    found = findings.by_cell(ours["ada"])
    assert found["check-rnn_step"]["mistakes"][0]["label"] == "transposed-W_hh"
    assert found["check-output_layer"]["kind"] == "crashed"
    assert findings.of_notebook(ours["ada"])["seconds"] > 0
    assert findings.of_notebook(ours["bela"])["read"] is False
    assert "could not be read" in findings.of_notebook(ours["bela"])["notes"][0]


def test_a_mistake_that_no_record_lists_is_found_too():
    result = grade(EXERCISES["output_layer"], lambda h, W_hy, b_y: h @ W_hy.T - b_y)
    (mistake,) = findings.of_result(result)["mistakes"]
    assert mistake["label"] == "z-sign-of-b_y" and mistake["says"] and mistake["see"]


def test_a_graded_page_quotes_no_line_of_the_grader(course):
    course.hand_in("ada", RIGHT | {"output_layer": "def output_layer(h, W_hy, b_y):\n    return h @ W_hy.T - b_y"})
    assert course.grade() == ["ada"]
    shown = course.shown("ada")
    assert "z-sign-of-b_y" in shown and "Look for a line like this one" in shown
    assert "_remote" not in shown and "It first shows" not in shown
