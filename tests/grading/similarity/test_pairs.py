"""What was copied comes first, and independent answers are not listed: those of RNN-Bugs, each in its own style."""

import inspect

import pytest
from support.copied import renamed, reordered

from benchmarks.bugs.cases import read_split
from rnncourse.grading.similarity.gather import Handed
from rnncourse.grading.similarity.pairs import find_pairs
from rnncourse.misconceptions import TEXTBOOK

SETS = {
    "ps1": ("rnn_step", "rnn_forward", "output_layer"),
    "ps2": ("softmax", "cross_entropy", "delta_y_heads"),
    "ps3": ("rnn_step_backward", "rnn_backward", "gradient_norm_by_lag", "truncated_bptt"),
    "ps5": ("lstm_step", "lstm_forward", "lstm_step_backward", "lstm_backward"),
}


def textbook(exercise):
    return inspect.getsource(TEXTBOOK[exercise])


def independent(exercises, split="heldout"):
    """A class of students who have never seen one another: right and wrong answers."""
    answers = {name: [case.source for case in read_split(split, [name])] for name in exercises}
    size = min(map(len, answers.values()))
    return {f"s{number:02}": {name: answers[name][number] for name in exercises} for number in range(size)}


def handed(cells, exercises):
    return Handed("ps", cells, {name: [textbook(name)] for name in exercises})


@pytest.mark.parametrize("split", ["heldout", "dev"])
@pytest.mark.parametrize("name", SETS)
def test_independent_answers_are_not_listed(name, split):
    exercises = SETS[name]
    cells = independent(exercises, split)
    cells["from the book"] = {each: textbook(each) for each in exercises}
    cells["also from it"] = {each: renamed(textbook(each)) for each in exercises}
    assert find_pairs(handed(cells, exercises)) == []


@pytest.mark.parametrize("name", SETS)
def test_the_copies_come_first(name):
    exercises = SETS[name]
    cells = independent(exercises)
    cells["zoe"] = {each: renamed(source) for each, source in cells["s03"].items()}
    cells["yan"] = {each: reordered(renamed(source)) for each, source in cells["s06"].items()}
    first, second = find_pairs(handed(cells, exercises))
    assert first.students == ("s03", "zoe") and first.share == 1
    assert second.students == ("s06", "yan") and second.share > 0.75


def test_a_part_is_found_too():
    exercises = SETS["ps5"]
    cells = independent(exercises)
    cells["s07"] |= {"lstm_backward": renamed(cells["s02"]["lstm_backward"])}
    (pair,) = find_pairs(handed(cells, exercises))
    found = {cell.exercise: cell.share for cell in pair.cells}
    assert pair.students == ("s02", "s07") and pair.share < 0.7 and found["lstm_backward"] == 1


def test_the_lines_are_those_that_are_shared():
    exercises = SETS["ps3"]
    cells = independent(exercises)
    cells["zoe"] = {each: renamed(source) for each, source in cells["s03"].items()}
    cells["zoe"]["rnn_backward"] = "# mine\n\n" + cells["zoe"]["rnn_backward"]
    (pair,) = find_pairs(handed(cells, exercises))
    (cell,) = [cell for cell in pair.cells if cell.exercise == "rnn_backward"]
    assert min(cell.lines[0]) + 2 == min(cell.lines[1]) and len(cell.lines[0]) == len(cell.lines[1]) > 5


def test_a_group_is_listed_pair_by_pair():
    exercises = SETS["ps3"]
    cells = independent(exercises)
    cells |= {name: {each: renamed(source) for each, source in cells["s03"].items()} for name in ("yan", "zoe")}
    assert [pair.students for pair in find_pairs(handed(cells, exercises))] == [
        ("s03", "yan"),
        ("s03", "zoe"),
        ("yan", "zoe"),
    ]


def test_what_many_wrote_is_not_what_two_share():
    """A line that everybody was told, say, makes nobody alike."""
    exercises = SETS["ps1"]
    line = "    assert a.shape == b.shape[{0}:] and a.dtype != b.ndim"
    told = "\n".join(f"def check_{k}(a, b):\n{line.format(k)}" for k in range(9))
    cells = {
        student: {each: f"{told}\n{source}" for each, source in own.items()}
        for student, own in independent(exercises).items()
    }
    assert find_pairs(handed(cells, exercises)) == []


@pytest.mark.parametrize("cells", [{}, {"a": {}}, {"a": {}, "b": {}}, {"a": {"rnn_step": "def f(:"}, "b": {"x": ""}}])
def test_a_class_with_little_in_it_has_no_pairs(cells):
    assert find_pairs(Handed("ps", cells, {})) == []
