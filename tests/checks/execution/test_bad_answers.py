"""Whatever a function does or hands back, for every exercise: no points for it, and words that say why."""

import numpy as np
import pytest
from support.styles import each
from support.tiers import every_other

from rnncourse import check
from rnncourse.checks import EXERCISES
from rnncourse.misconceptions import CATALOGUE, TEXTBOOK

NAMES = [name for name in CATALOGUE if name not in ("gradient_check", "shapes")]  # these answer with no array
SEVERAL = [
    name
    for name in NAMES
    if len(EXERCISES[name].outputs) > 1 and name not in ("softmax", "delta_y_heads")  # one value of several calls
]
RIGHT = {name: EXERCISES[name].adapt(TEXTBOOK[name]) for name in CATALOGUE}


def endless(*arguments):
    return endless(*arguments)


def crash(*arguments):
    raise ValueError("operands could not be broadcast together")


def out_of_memory(*arguments):
    raise MemoryError


async def not_awaited(*arguments):
    return arguments


WHATEVER = {
    "None": (lambda *a: None, "None"),
    "text": (lambda *a: "trained", "str"),
    "a set": (lambda *a: {1, 2}, "set"),
    "a function": (lambda *a: print, "function"),
    "a generator": (lambda *a: (argument for argument in a), "generator"),
    "a class": (type("Net", (), {"__init__": lambda self, *a: None}), "Net"),
    "no arguments": (lambda: None, "raised TypeError"),
    "too many arguments": (lambda a, b, c, d, e, f, g, h, i, j, k, L, m, n, o, /: a, "raised TypeError"),
    "by name only": (lambda *, x: x, "Your function takes x by name only"),
    "endless recursion": (endless, "raised RecursionError"),
    "an error": (crash, "raised ValueError: operands could not be broadcast together (line"),
    "no memory": (out_of_memory, "raised MemoryError"),
    "exit": (lambda *a: exit(1), "raised SystemExit"),
    "an assertion": (lambda *a: [][1], "raised IndexError"),
    "module for function": (np, "it was given module"),
    "text for function": ("rnn_step", "it was given str 'rnn_step'"),
}


@pytest.mark.parametrize(("name", "kind"), every_other(CATALOGUE, WHATEVER))
def test_what_is_no_answer_earns_nothing_and_is_told_why(name, kind):
    function, said = WHATEVER[kind]
    if name == "gradient_check" and kind in ("text", "a set"):
        said = "expected True or False"
    result = check.check(name, function)
    assert result == 0
    assert said in str(result), str(result)
    assert all(verdict.problem for verdict in result.verdicts)


@pytest.mark.filterwarnings("ignore:coroutine")
@pytest.mark.parametrize("name", CATALOGUE)
def test_a_coroutine_is_told_apart_from_an_answer(name):
    result = check.check(name, not_awaited)
    assert result == 0 and "coroutine" in str(result)


SPOILT = {
    "nan": (lambda a: a * np.nan, "expected finite numbers"),
    "infinite": (lambda a: a + np.inf, "expected finite numbers"),
    "complex": (lambda a: a + 0j, "complex128"),
    "objects": (lambda a: np.asarray(a).astype(object), "object"),
    "text": (lambda a: np.asarray(a).astype(str), "<U"),
    "half precision": (lambda a: np.asarray(a).astype(np.float16), "float16"),
    "an axis too many": (lambda a: np.asarray(a)[None], "has shape (1,"),
    "empty": (lambda a: np.asarray(a)[..., :0], "has shape"),
    "Nones": (lambda a: None, "None"),
}
RAISED = {
    ("sgd_step", "empty"): "raised ValueError: operands could not be broadcast",
    ("adam_step", "empty"): "raised ValueError: operands could not be broadcast",
    ("adam_step", "objects"): "raised TypeError",
}
"""Where the spoilt arrays go into the next call, the function itself may stumble over them."""

SCALARS_RIGHT = {
    "cross_entropy": (["loss", "loss at ±1000"], SPOILT),
    "scale_series": (["mean", "scale"], SPOILT),
    "adam_step": (["t after 10 steps"], ("nan", "infinite", "complex", "half precision", "an axis too many")),
    "train_forecaster": (["error against naive"], ("complex", "objects", "text", "half precision")),
}
"""Outputs that are no arrays, which `each` leaves alone, and the kinds with which they stay right."""


@pytest.mark.parametrize(("name", "kind"), every_other(NAMES, SPOILT, 3))
def test_spoilt_arrays_earn_nothing_and_are_told_why(name, kind):
    change, said = SPOILT[kind]
    result = check.check(name, lambda *arguments: each(change, RIGHT[name](*arguments)))
    scalars, kinds = SCALARS_RIGHT.get(name, ([], ()))
    assert [verdict.output for verdict in result.verdicts if verdict.right] == (scalars if kind in kinds else [])
    assert RAISED.get((name, kind), said) in str(result), str(result)


@pytest.mark.parametrize("name", SEVERAL)
@pytest.mark.parametrize(
    "change",
    [lambda values: values[:-1], lambda values: (*values, 0.0), lambda values: values[:1]],
    ids=["the last is missing", "one too many", "the first alone"],
)
def test_too_few_and_too_many_values_are_counted(name, change):
    counts = []

    def answer(*arguments):
        values = change(tuple(RIGHT[name](*arguments)))
        counts.append(len(values))
        return values

    result = check.check(name, answer)
    assert result < result.maximum
    assert f"returned {counts[0]} value{'s' * (counts[0] != 1)}" in str(result), str(result)


def in_itself(*arguments):
    h = []
    for _ in range(3):
        h.append(h)
    return h


def doubled(*arguments):
    h = [0.0]
    for _ in range(60):
        h = [h, h]
    return h


@pytest.mark.parametrize("name", CATALOGUE)
@pytest.mark.parametrize("function", [in_itself, doubled])
def test_lists_that_would_fill_all_memory_as_an_array_earn_nothing(name, function):
    assert check.check(name, function) == 0


def test_a_list_in_itself_is_told_so():
    assert "is a list that holds itself, or more than an array can hold" in str(check.rnn_forward(in_itself))


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_flood_of_prints_does_no_harm(name, capsys):
    def talkative(*arguments):
        print("x" * 1000)
        return RIGHT[name](*arguments)

    result = check.check(name, talkative)
    assert result.passed and not result.messages
    assert "x" * 100 not in str(result)
    capsys.readouterr()
